"""Findings at the stops of an inspection: what is typed or sent, the marks, and what is changed afterwards."""

from datetime import date

from core.cases import finding, finding_note
from core.cases.finding import Recorded
from core.cases.finding_note import TALK
from core.cases.inspection import read_day
from core.cases.inspection_round import owed_for
from core.cases.problem import Problem
from core.rules.inspection import MARKS, MEND
from core.rules.reports import Talk
from core.words import inspection_round as words
from core.words import terms
from core.words.html import Html, lines
from core.words.message import Message
from core.work import Work
from handlers.ask import NOTHING, Ask, Reply
from handlers.buttons.inspect_round import moved, stop
from handlers.registry import button, conversation


@button("fd", action="inspect", past=("c", "f"))
def press(ask: Ask, work: Work) -> Reply:
    """fd:k:<stop>:<mark>:<day> record, w another day, d drop; c:<finding> card, t a f x xy M p change it"""
    match ask.fields:
        case ["k", number, mark, day] if mark in MARKS:
            done = finding.record(work, ask.person, int(number), mark, _date(day), ask.source, ask.now)
            return Reply(edit=stop(ask, work, done.stop.id, _recorded(ask, done)))
        case ["w", number]:
            return _ask_mend_day(ask, work, int(number))
        case ["b", number]:
            return _back(ask, work, int(number))
        case ["d", number]:
            finding_note.forget(work, ask.person)
            return Reply(edit=stop(ask, work, int(number)), toast=ask.voice.plain("finding.discarded"))
        case ["c", number]:
            return Reply(edit=_card(ask, work, int(number)))
        case [("t" | "a" | "p") as verb, number]:
            return _ask_change(ask, work, verb, int(number))
        case ["M", number, mark]:
            finding.remark(work, int(number), mark, ask.person, ask.now)
            return Reply(edit=_card(ask, work, int(number)), toast=ask.voice.plain("finding.changed_done"))
        case ["f", number]:
            return Reply.say(*words.file_messages(finding.finding_of(work, int(number))[0]))
        case ["x", number]:
            return Reply(edit=words.withdraw_message(ask.voice, finding.finding_of(work, int(number))[0]))
        case ["xy", number]:
            done = finding.withdraw(work, int(number), ask.person, ask.now)
            return Reply(edit=stop(ask, work, done.stop.id), toast=ask.voice.plain("finding.withdrawn_done"))
    raise Problem("help.old_button")


@conversation(TALK, action="inspect", files=True)
def typed(ask: Ask, work: Work) -> Reply:
    """What was found, a day, other words, further files: whatever the card that is open asked for."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    match talk.step:
        case "note":
            return _note(ask, work)
        case "mend":
            return _mend(ask, work, talk)
        case "move":
            day = read_day(work, _text(ask), ask.now)
            return Reply.say(moved(ask, work, talk.data["round"], day, False))
        case "text":
            number = talk.data["finding"]
            finding.reword(work, number, _text(ask), ask.person, ask.now)
            return _changed(ask, work, number)
        case "date":
            return _redate(ask, work, talk.data["finding"])
        case "files":
            return _files(ask, work, talk)
    raise Problem("help.old_button")


def edited(ask: Ask, work: Work) -> Reply | None:
    """A supervisor edited the message that a finding was made of, or what is not marked yet."""
    if note := finding_note.retype(work, ask.person, ask.source.message_id, ask.text, ask.now):
        return Reply.say(stop(ask, work, note.stop_id))
    found = work.inspections.by_message(ask.chat_id, ask.source.message_id)
    if found is None or not ask.text.strip() or ask.text.strip() == found.text:
        return None
    finding.reword(work, found.id, ask.text, ask.person, ask.now)
    return _changed(ask, work, found.id, rest=False)


def late_photo(ask: Ask, work: Work) -> bool:
    """A further photo of an album whose first one was marked already."""
    return bool(ask.album and ask.person.supervises and finding.album_of(work, ask.source, ask.album, ask.now))


def _note(ask: Ask, work: Work) -> Reply:
    if late_photo(ask, work):
        return NOTHING
    if not ask.text.strip() and not ask.source.files:
        raise Problem("report.no_voice")
    note, again = finding_note.take(work, ask.person, ask.source, ask.text, ask.album, ask.now)
    return NOTHING if again else Reply.say(stop(ask, work, note.stop_id))


def _ask_mend_day(ask: Ask, work: Work, stop_id: int) -> Reply:
    note = finding_note.note_of(work, ask.person)
    if note is None or note.stop_id != stop_id or not note.text:
        raise Problem("finding.no_words")
    here = finding_note.stop_of(work, stop_id)
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    work.talks.put(ask.person.id, Talk(TALK, "mend", talk.data), ask.now)
    return Reply(edit=words.prompt_message(ask.voice, "finding.which_day", f"fd:b:{stop_id}", ref=here.ref))


def _back(ask: Ask, work: Work, stop_id: int) -> Reply:
    """No other day after all: what was typed waits for its mark again."""
    talk = work.talks.get(ask.person.id, TALK)
    if talk is not None and talk.step == "mend":
        work.talks.put(ask.person.id, Talk(TALK, "note", talk.data), ask.now)
    return Reply(edit=stop(ask, work, stop_id))


def _mend(ask: Ask, work: Work, talk: Talk) -> Reply:
    day, meant = finding.read_mend_day(work, _text(ask), ask.now)
    work.talks.put(ask.person.id, Talk(TALK, "note", talk.data), ask.now)
    done = finding.record(work, ask.person, talk.data["stop_id"], MEND, day, ask.source, ask.now)
    return Reply.say(stop(ask, work, done.stop.id, _recorded(ask, done, meant)))


def _redate(ask: Ask, work: Work, finding_id: int) -> Reply:
    day, meant = finding.read_mend_day(work, _text(ask), ask.now)
    finding.redate(work, finding_id, day, ask.person, ask.now)
    return _changed(ask, work, finding_id, _day_moved(ask, day, meant))


def _files(ask: Ask, work: Work, talk: Talk) -> Reply:
    if not ask.source.files:
        raise Problem("finding.which_files")
    found, _ = finding.finding_of(work, talk.data["finding"])
    count = finding.add_files(work, found, ask.source.files, ask.now)
    if ask.album and ask.album == talk.data.get("album"):
        return NOTHING
    work.talks.put(ask.person.id, Talk(TALK, "files", {**talk.data, "album": ask.album}), ask.now)
    return Reply.say(Message(ask.voice("finding.files_added", n=found.number, files=count)), _card(ask, work, found.id))


def _ask_change(ask: Ask, work: Work, verb: str, finding_id: int) -> Reply:
    found, here = finding.finding_of(work, finding_id)
    step = {"t": "text", "a": "date", "p": "files"}[verb]
    note = finding_note.note_of(work, ask.person)
    if note is not None and not note.empty:
        return Reply(edit=stop(ask, work, note.stop_id))
    work.talks.put(ask.person.id, Talk(TALK, step, {"finding": finding_id}), ask.now)
    key = {"t": "finding.which_text", "a": "finding.which_day", "p": "finding.which_files"}[verb]
    return Reply(
        edit=words.prompt_message(
            ask.voice, key, f"fd:c:{finding_id}", n=found.number, text=found.text[:1_000], ref=here.ref
        )
    )


def _changed(ask: Ask, work: Work, finding_id: int, above: Html | None = None, rest: bool = True) -> Reply:
    if rest:
        work.talks.end(ask.person.id, TALK)
    card = _card(ask, work, finding_id)
    text = lines(above or ask.voice("finding.changed_done"), card.text)
    return Reply.say(Message(text, card.buttons))


def _card(ask: Ask, work: Work, finding_id: int) -> Message:
    found, here = finding.finding_of(work, finding_id)
    owed = owed_for(work, [found], [here]).get(found.key)
    return words.finding_message(ask.voice, found, here, owed, ask.today)


def _recorded(ask: Ask, done: Recorded, meant: date | None = None) -> Html:
    """What was kept, who hears of it, and the day off that was meant."""
    said, f = ask.voice, done.finding
    if f.mark != MEND or f.mend_by is None:
        return said(f"finding.recorded_{f.mark}", ref=done.stop.ref)
    day = terms.day(said, f.mend_by)
    names = said.plain("terms.comma").join(person.name for person in done.told)
    key = "finding.recorded_mend" if done.told else "finding.recorded_nobody"
    text = said(key, ref=done.stop.ref, day=day, names=names, unit=done.stop.unit)
    return lines(text, _day_moved(ask, f.mend_by, meant)) if meant else text


def _day_moved(ask: Ask, day: date, meant: date | None) -> Html | None:
    if meant is None:
        return None
    return ask.voice("finding.day_moved", meant=terms.day(ask.voice, meant), day=terms.day(ask.voice, day))


def _text(ask: Ask) -> str:
    if not ask.text.strip():
        raise Problem("finding.only_text")
    return ask.text


def _date(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 and text.isdigit() else None
