"""Buttons of a round of inspection: the list, the round, its stops, another day, called off, ended, the briefing."""

from datetime import date

from core.cases import inspection, inspection_round
from core.cases.briefing import addressees
from core.cases.finding import proposed_day
from core.cases.finding_note import TALK, note_of
from core.cases.inspection_seen import group_preview, tell_groups
from core.cases.inspection_walk import stop_card
from core.cases.problem import Problem
from core.rules.reports import Talk
from core.words import inspection as words
from core.words import inspection_paper as paper_words
from core.words import inspection_round as round_words
from core.words import inspection_seen as seen_words
from core.words.html import Html
from core.words.message import Message
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.inspect import day_asked, days_ahead
from handlers.registry import button, fallback


@button("ir", action="inspect", past=("list", "r", "n", "s", "u", "b", "docx", "pdf"))
def press(ask: Ask, work: Work) -> Reply:
    """ir:list:<page>, r/n round (edit, new), s stop, u units, m/md day, x/xy cancel, e/ey end, b briefing, docx, pdf, g groups"""
    match ask.fields:
        case ["list", page]:
            return Reply(edit=round_words.list_message(ask.voice, work.inspections.listed(), int(page)))
        case ["r", number]:
            return Reply(edit=card(ask, work, int(number)))
        case ["n", number]:
            return Reply.say(card(ask, work, int(number)))
        case ["s", number]:
            return Reply(edit=stop(ask, work, int(number)))
        case ["u", number, page]:
            seen = inspection_round.sight(work, int(number), ask.now)
            return Reply(edit=round_words.units_message(ask.voice, seen, int(page)))
        case [("m" | "md" | "x" | "xy" | "e" | "ey"), number, *more]:
            return _change(ask, work, int(number), more)
        case ["g", number]:
            return Reply.say(*_for_groups(ask, work, int(number)))
        case ["gy", number, mark]:
            told = tell_groups(work, int(number), ask.person, mark, ask.now)
            if told is None:
                return Reply(messages=_for_groups(ask, work, int(number)), edit=Message(ask.voice("summary.old")))
            return Reply(edit=Message(ask.voice("inspect.groups_sent", n=len(told))))
        case ["gn", _]:
            return Reply(edit=Message(ask.voice("summary.cancelled")))
        case [("b" | "docx" | "pdf") as wanted, number]:
            return _briefing(ask, work, int(number), wanted)
    raise Problem("help.old_button")


def card(ask: Ask, work: Work, round_id: int) -> Message:
    seen = inspection_round.sight(work, round_id, ask.now)
    return round_words.round_message(ask.voice, ask.office, seen, inspection_round.unconfirmed(work, seen))


def stop(ask: Ask, work: Work, stop_id: int, above: Html | None = None) -> Message:
    seen = stop_card(work, ask.person, stop_id, ask.now, reading=ask.then is not None)
    return round_words.stop_message(ask.voice, seen, proposed_day(work, ask.now), above)


def moved(ask: Ask, work: Work, round_id: int, day: date, kept: bool) -> Message:
    """Another day for the round, or the question which one is meant."""
    inspection.check_day(work, day, ask.now)
    if not kept and (question := day_asked(ask, f"ir:md:{round_id}", day)):
        return question
    found = inspection_round.move(work, round_id, day, ask.person, ask.now)
    work.talks.end(ask.person.id, TALK)
    return round_words.done_message(ask.voice, "moved", found)


def _change(ask: Ask, work: Work, round_id: int, more: list[str]) -> Reply:
    verb = ask.fields[0]
    if verb == "m":
        inspection_round.open_one(work, round_id)
        note = note_of(work, ask.person)
        if note is not None and not note.empty:
            return Reply(edit=stop(ask, work, note.stop_id))
        work.talks.put(ask.person.id, Talk(TALK, "move", {"round": round_id}), ask.now)
        return Reply(edit=words.day_message(ask.voice, f"ir:md:{round_id}", days_ahead(ask), f"ir:r:{round_id}"))
    if verb == "md" and more and len(more[0]) == 8 and more[0].isdigit():
        day = date(int(more[0][:4]), int(more[0][4:6]), int(more[0][6:]))
        return Reply(edit=moved(ask, work, round_id, day, len(more) > 1))
    if verb in ("x", "e"):
        found = inspection_round.open_one(work, round_id)
        seen = inspection_round.sight(work, found.id, ask.now)
        if verb == "x" and seen.total.seen:
            raise Problem("inspect.has_findings")
        return Reply(edit=round_words.ask_message(ask.voice, "cancel" if verb == "x" else "end", seen))
    if verb == "xy":
        found = inspection_round.cancel(work, round_id, ask.person, ask.now)
        return Reply(edit=round_words.done_message(ask.voice, "cancelled", found))
    if verb == "ey":
        inspection_round.close(work, round_id, ask.person, ask.now)
        work.talks.end(ask.person.id, TALK)
        return _briefing(ask, work, round_id, "b")
    raise Problem("help.old_button")


def _briefing(ask: Ask, work: Work, round_id: int, wanted: str) -> Reply:
    seen = inspection_round.sight(work, round_id, ask.now)
    if wanted == "b":
        return Reply(edit=paper_words.briefing_message(ask.voice, ask.office, seen, ask.now))
    # The paper goes out in the office's name and language, whoever asks for it.
    said = voice(ask.office.lang)
    to = addressees(work.notices.active())
    return Reply.say(paper_words.paper_message(said, ask.office, seen, ask.now, to, wanted))


def _for_groups(ask: Ask, work: Work, round_id: int) -> tuple[Message, Message]:
    """Exactly what the groups would read, and below it the choice."""
    message, groups, mark = group_preview(work, round_id, ask.now)
    seen = inspection_round.sight(work, round_id, ask.now)
    at = ask.office.next_open(ask.now)
    return message, seen_words.groups_choice(ask.voice, ask.office, seen, groups, mark, at, ask.now)


@button("inspected", action="inspected")
def confirm(ask: Ask, work: Work) -> Reply:
    """Somebody of a unit has taken note of the inspection."""
    found, mine, new = inspection_round.confirm(work, int(ask.args), ask.person, ask.now)
    toast = ask.voice.plain("inspect.confirm_done" if new else "inspect.confirm_again")
    message = words.called_message(ask.voice, found, mine, confirmed=True)
    said = work.outbox.sent(ask.chat_id, ask.source.message_id)
    if said is None or not said.key.startswith("inspection:"):
        return Reply(edit=message, toast=toast)
    # Under a key of the round, so that a reply to what is edited is still an answer to its call.
    work.outbox.put(
        f"inspection:{found.id}:{ask.person.id}:noted:{said.id}",
        ask.chat_id,
        message,
        kind="reply",
        now=ask.now,
        person_id=ask.person.id,
        edits_id=said.id,
    )
    return Reply(toast=toast)


@fallback("inspection", action="inspected")
def answer(ask: Ask, work: Work) -> Reply:
    """A reply to the call of an inspection is passed on."""
    said = work.outbox.sent(ask.chat_id, ask.reply_to or 0)
    if said is None:
        raise Problem("help.old_button")
    inspection_round.answer(work, said, ask.person, ask.source, ask.text, ask.now)
    return Reply.say(Message(ask.voice("inspect.answer_passed")))
