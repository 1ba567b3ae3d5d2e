"""/hours: when unasked messages may come, within the office's hours, and what is held back."""

from datetime import time

from core.cases.held import held_back
from core.cases.problem import Problem
from core.rules.own_hours import OPENING, QUIET, WHOLE, HoursUnclear, OwnHours, open_between, quiet_between, read_range
from core.words import hours as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("hours", words=("静音", "时段", "接收时段", "免打扰", "Quiet hours"), opening=OPENING, now="setting")
def hours(ask: Ask, work: Work) -> Reply:
    """/hours, /hours 8:30-17:00, /hours quiet 12:00-14:00, 时段 9点到17点, 静音 12:00-14:00, 时段 全天"""
    args = ask.args.strip(" ：:")
    if not args:
        return Reply.say(_page(ask, work, ask.person.hours))
    if WHOLE.search(args):
        return Reply.say(_set(ask, work, None))
    try:
        first, last = read_range(args)
    except HoursUnclear:
        raise Problem("hours.unreadable", text=args[:30]) from None
    quiet = bool(QUIET.match(ask.text.strip()) or QUIET.match(args))
    return Reply.say(_within(ask, work, quiet, first, last))


@button("hr", action="hours")
def press(ask: Ask, work: Work) -> Reply:
    """hr:o:<from>:<to> open between, hr:q:<from>:<to> quiet between, hr:all the office's hours again"""
    match ask.fields:
        case ["all"]:
            return Reply(edit=_set(ask, work, None))
        case ["o" | "q" as which, first, last]:
            ends = (time.fromisoformat(first), time.fromisoformat(last))
            return Reply(edit=_within(ask, work, which == "q", *ends))
    raise Problem("help.old_button")


def _within(ask: Ask, work: Work, quiet: bool, first: time, last: time) -> Message:
    """Sets the hours. Raises Problem where too little would be left, or nothing of it is within the office's hours."""
    try:
        own = (quiet_between if quiet else open_between)(ask.office, first, last, ask.person.hours)
    except HoursUnclear as unclear:
        bounds = words.between(ask.office.opens, ask.office.closes)
        raise Problem(f"hours.{unclear.reason}", hours=bounds, text="") from None
    cut = not quiet and (first < ask.office.opens or last > ask.office.closes)
    return _set(ask, work, own, cut)


def _set(ask: Ask, work: Work, own: OwnHours | None, cut: bool = False) -> Message:
    if own and own == OwnHours(ask.office.opens, ask.office.closes):
        own = None
    work.people.set_hours(ask.person.id, own)
    if own:
        work.outbox.retime(ask.person.id, own)
    work.history.add(
        "hours_set", "person", ask.person.id, ask.now, ask.person.id, ask.source, hours=own.to_data() if own else None
    )
    return _page(ask, work, own, "set" if own else "cleared", cut)


def _page(ask: Ask, work: Work, own: OwnHours | None, changed: str = "", cut: bool = False) -> Message:
    held = held_back(work, ask.person, ask.now)
    return words.hours_message(ask.voice, ask.office, own, held, ask.today, changed, cut)
