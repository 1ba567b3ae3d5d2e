"""The page of one notice, in force or closed: its lists are asked of it alone."""

from datetime import date, datetime

from core.cases.briefing import make_briefing, span_asked
from core.cases.closing import closed_event, looking_at
from core.cases.gathered import archive_wanted
from core.cases.overdue import list_overdue, overdue_page
from core.cases.problem import Problem
from core.cases.progress import progress
from core.cases.retention import retention
from core.rules.dates_past import AsOf
from core.rules.overdue import Filters
from core.rules.scope import Scope
from core.words.archive import file_name
from core.words.as_of import stamped
from core.words.briefing import briefing_message, paper_message
from core.words.closing import notice_page
from core.words.html import Html, lines
from core.words.message import Message
from core.words.overdue import overdue_message, sheet_message
from core.words.progress import progress_message
from core.words.retention import when_row
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.notice import state_row
from handlers.registry import button

_ALL = Scope(everything=True)


@button("nt", action="notice", past=("c", "o", "p", "b"))
def press(ask: Ask, work: Work) -> Reply:
    """nt:c:<notice> the page | o what is missing | p progress | b the briefing | z the archive"""
    what, number = (ask.fields + ["", ""])[:2]
    if not number.isdigit():
        raise Problem("help.old_button")
    match what:
        case "c":
            return Reply.say(page(ask, work, int(number)))
        case "o":
            return _missing(ask, work, int(number))
        case "p":
            return _progress(ask, work, int(number))
        case "b":
            return _briefing(ask, work, int(number))
        case "z":
            return _archive(ask, work, int(number))
    raise Problem("help.old_button")


def _archive(ask: Ask, work: Work, number: int) -> Reply:
    """The files when they are drawn; while they are, a second press asks for none."""
    key = f"archive:{number}:{ask.person.id}:"
    if any(said.state in ("waiting", "claimed", "drawing") for said in work.outbox.by_key(key)):
        return Reply(toast=ask.voice.plain("archive.under_way"), alert=True)
    with looking_at(work, number) as card:
        paper = archive_wanted(file_name(ask.voice, card), number, ask.voice.lang)
    work.outbox.put(
        f"{key}{ask.source.update_id}",
        ask.chat_id,
        Message(Html(""), paper=paper),
        kind="reply",
        now=ask.now,
        person_id=ask.person.id,
    )
    return Reply(toast=ask.voice.plain("archive.begun"))


def page(ask: Ask, work: Work, number: int) -> Message:
    with looking_at(work, number) as card:
        event = closed_event(work, number) if card.state == "closed" else None
        late = [e for e in work.history.of("notice", number) if e.what == "late_answer"]
        undo = bool(event and datetime.fromisoformat(event.data["at"]) > ask.now)
        state, found = state_row(ask, work, card), retention(work, ask.now)
        keeping = when_row(ask.voice, found.rule, next((p for p in found.plans if p.card.id == number), None))
        at = event.at if event else None
        return notice_page(ask.voice, ask.office, card, state, at, len(late), undo, keeping)


def _missing(ask: Ask, work: Work, number: int) -> Reply:
    """The list as text and sheet; its buttons would ask all notices again, so they are left out."""
    day = _last_day(ask, work, number)
    then = AsOf(day) if day else None
    moment = then.moment(ask.office.zone) if then else ask.now
    with looking_at(work, number):
        then_work = work.at(moment) if then else work
        listed = overdue_page(then_work, _ALL, moment, Filters())
        shown = overdue_message(ask.voice, listed, "", False)
        found = list_overdue(then_work, _ALL, moment, Filters())
        sheet = sheet_message(ask.voice, found.late, found.total, found.day, then)
    text = stamped(ask.voice, shown, then, lambda _: False).text if then else shown.text
    return Reply.say(Message(lines(text, ask.voice("closing.both"))), *([sheet] if found.late else []))


def _briefing(ask: Ask, work: Work, number: int) -> Reply:
    """The final briefing in the office's name: its figures, Word and PDF."""
    day = _last_day(ask, work, number) or ask.today
    said = voice(ask.office.lang)
    with looking_at(work, number):
        made = make_briefing(work, span_asked(f"{day:%Y%m%d}", ask.today), ask.now)
        text = briefing_message(ask.voice, ask.office, made, ask.today).text
        papers = [paper_message(said, ask.office, made, kind) for kind in ("docx", "pdf")]
    return Reply.say(Message(text), *papers)


def _last_day(ask: Ask, work: Work, number: int) -> date | None:
    """The day on which a closed notice is asked; None (today) for one in force."""
    event = closed_event(work, number)
    day = ask.office.today(event.at) if event else None
    return day if day != ask.today else None


def _progress(ask: Ask, work: Work, number: int) -> Reply:
    """A closed notice as of the moment of its closing, with what came for it since."""
    event = closed_event(work, number)
    moment = event.at if event else ask.now
    with looking_at(work, number):
        found = progress(work, _ALL, moment)
    at = ask.office.local(moment)
    text = progress_message(ask.voice, found.summary, at, office=True, leaders=False, lights=found.lights).text
    return Reply.say(Message(lines(text, ask.voice("closing.both"))))
