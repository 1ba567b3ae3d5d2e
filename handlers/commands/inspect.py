"""/inspect [which]: a round of inspection is put together, previewed and opened; the rounds there are."""

from collections.abc import Sequence
from datetime import date

from core.cases import inspection
from core.cases.classify import overview
from core.cases.inspection import TALK, Preview
from core.cases.problem import Problem
from core.rules.inspection import Candidate, Draft, days_around
from core.words import inspection as words
from core.words import inspection_round as round_words
from core.words.classify import FREQUENCIES
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation

AHEAD = (1, 2, 3, 5, 7, 10)
"""Working days that have a button."""


@command("inspect", words=("督查", "督查检查", "Inspect", "Inspection"), past="free")
def inspect(ask: Ask, work: Work) -> Reply:
    """/inspect: rounds under way (of a closed year: those there were), else a new one; /inspect 月报, 2-1 2-3: tasks at once.

    Of a past moment: the rounds, and what was proposed then; with a scope its tasks.
    """
    if ask.args:
        scope, letter = inspection.scope_of(work, ask.args)
        return Reply.say(_listed(ask, work, scope, letter, 0) if ask.then else _begin(ask, work, scope, letter))
    if ask.then:
        rounds = round_words.list_message(ask.voice, work.inspections.listed(), 0)
        return Reply.say(rounds, _listed(ask, work, inspection.PROPOSED, "", 0))
    if work.inspections.listed("open", 1) or (not work.notices.active() and work.inspections.listed(None, 1)):
        return Reply.say(round_words.list_message(ask.voice, work.inspections.listed(), 0))
    return Reply.say(_scopes(ask, work))


@button("in", action="inspect", past=("then",))
def press(ask: Ask, work: Work) -> Reply:
    """in:home, L, U:<page>, s:<scope>:<letter>, c/t tick, d day, D:<day>, R ask what, r the usual, ok confirm, no,
    then:<scope>:<letter>:<page> the tasks of a past moment"""
    match ask.fields:
        case ["then", scope, letter, page] if letter in ("", *FREQUENCIES):
            return Reply(edit=_listed(ask, work, scope, letter, int(page)))
        case ["home"]:
            return Reply(edit=_scopes(ask, work))
        case ["L", page]:
            return Reply(edit=words.leaders_message(ask.voice, overview(work).leaders, int(page)))
        case ["U", page]:
            return Reply(edit=words.units_message(ask.voice, overview(work).units, int(page)))
        case ["s", scope, letter] if letter in ("", *FREQUENCIES):
            return Reply(edit=_begin(ask, work, scope, letter))
        case ["c", mark, page]:
            draft = inspection.draft_of(work, ask.person, mark)
            return Reply(edit=_choose(ask, work, draft, None, int(page)))
        case ["t", mark, page, which, on]:
            ids = None if which == "a" else [int(which)]
            draft = inspection.pick(work, ask.person, mark, ids, on == "1", ask.now)
            return Reply(edit=_choose(ask, work, draft, None, int(page)))
        case ["d", mark]:
            return Reply(edit=_ask_day(ask, work, mark))
        case ["D", mark, day, *kept]:
            return Reply(edit=_day(ask, work, mark, _date(day), bool(kept)))
        case ["R", mark]:
            draft = inspection.draft_of(work, ask.person, mark)
            inspection.keep(work, ask.person, draft, "ready", ask.now)
            return Reply(edit=words.ready_message(ask.voice, draft))
        case ["r", mark]:
            usual = ask.voice.plain("inspect.usual")
            return Reply(edit=_ready(ask, work, inspection.draft_of(work, ask.person, mark), usual))
        case ["ok", mark, digest]:
            return _open(ask, work, mark, digest)
        case ["no"]:
            inspection.give_up(work, ask.person)
            return Reply(edit=Message(ask.voice("inspect.given_up")))
    raise Problem("help.old_button")


@conversation(TALK, action="inspect")
def typed(ask: Ask, work: Work) -> Reply:
    """The day, then what to have ready; what can't be used is said, and the next text is tried again."""
    draft = inspection.draft_of(work, ask.person)
    talk = work.talks.get(ask.person.id, TALK)
    if talk is not None and talk.step == "day":
        day = inspection.read_day(work, ask.text, ask.now)
        return Reply.say(_day(ask, work, draft.mark, day, False))
    return Reply.say(_ready(ask, work, draft, ask.text))


def days_ahead(ask: Ask) -> list[date]:
    """The next working days, as far as the units can still be told."""
    office = ask.office
    first = office.today(office.next_open(ask.now))
    found = [office.calendar.add_working_days(ask.today, n) for n in AHEAD]
    return [day for day in found if day >= first]


def day_asked(ask: Ask, prefix: str, day: date) -> Message | None:
    """The question which working day is meant, for a day off."""
    if ask.office.calendar.is_working(day):
        return None
    before, after = days_around(day, ask.office.calendar)
    return words.day_off_message(ask.voice, prefix, day, before if before >= ask.today else None, after)


def _scopes(ask: Ask, work: Work) -> Message:
    by_frequency, proposed = inspection.counts(work, ask.now)
    return words.scopes_message(ask.voice, by_frequency, proposed, len(work.inspections.listed()))


def _listed(ask: Ask, work: Work, scope: str, letter: str, page: int) -> Message:
    """The tasks with why they were proposed, to read only."""
    try:
        found = inspection.candidates(work, scope, letter, ask.now)
    except Problem as none:
        return Message(ask.voice(none.key, **none.values))
    return words.listed_message(ask.voice, scope, letter, found, page)


def _begin(ask: Ask, work: Work, scope: str, letter: str) -> Message:
    mark = str(ask.source.update_id)
    draft, found = inspection.start(work, ask.person, scope, letter, mark, ask.now)
    return _choose(ask, work, draft, found, 0)


def _choose(ask: Ask, work: Work, draft: Draft, found: Sequence[Candidate] | None, page: int) -> Message:
    listed = found or inspection.candidates(work, draft.scope, draft.letter, ask.now)
    return words.choose_message(ask.voice, draft, listed, page)


def _ask_day(ask: Ask, work: Work, mark: str) -> Message:
    draft = inspection.draft_of(work, ask.person, mark)
    if not draft.chosen:
        raise Problem("inspect.none_chosen")
    inspection.keep(work, ask.person, draft, "day", ask.now)
    return words.day_message(ask.voice, f"in:D:{mark}", days_ahead(ask), f"in:c:{mark}:0")


def _day(ask: Ask, work: Work, mark: str, day: date, kept: bool) -> Message:
    draft = inspection.draft_of(work, ask.person, mark)
    inspection.check_day(work, day, ask.now)
    if not kept and (question := day_asked(ask, f"in:D:{mark}", day)):
        return question
    draft = inspection.set_day(work, ask.person, draft, day, ask.now)
    if draft.ready is None:
        return words.ready_message(ask.voice, draft)
    return _preview(ask, inspection.preview(work, draft, ask.now))


def _ready(ask: Ask, work: Work, draft: Draft, text: str) -> Message:
    draft = inspection.set_ready(work, ask.person, draft, text, ask.now)
    return _preview(ask, inspection.preview(work, draft, ask.now))


def _open(ask: Ask, work: Work, mark: str, digest: str) -> Reply:
    done = inspection.open_round(work, ask.person, mark, digest, ask.now)
    if isinstance(done, Preview):
        return Reply(edit=_preview(ask, done, changed=True))
    opened, seen = done
    return Reply(edit=words.opened_message(ask.voice, opened, len(seen.people), seen.nobody))


def _preview(ask: Ask, seen: Preview, changed: bool = False) -> Message:
    return words.preview_message(
        ask.voice,
        ask.office,
        seen.draft,
        seen.stops,
        seen.people,
        seen.nobody,
        seen.without_unit,
        seen.elsewhere,
        seen.at,
        ask.now,
        seen.digest,
        changed,
    )


def _date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise Problem("help.old_button") from None
