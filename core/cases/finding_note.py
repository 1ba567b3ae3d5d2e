"""Knows what a supervisor typed or sent at a stop of an inspection and has not marked yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from core.cases.inspection_round import open_one
from core.cases.problem import Problem
from core.ports import Source
from core.rules.inspection import FILES_MOST, TEXT_MOST, Stop
from core.rules.people import Person
from core.rules.reports import Talk
from core.work import Work

TALK = "insp"


@dataclass(frozen=True, slots=True)
class Note:
    """What a supervisor typed or sent at a stop and has not marked yet."""

    stop_id: int
    parts: tuple[tuple[int, str], ...] = ()
    """(message, its words) in the order in which they came."""
    files: tuple[dict[str, object], ...] = ()
    chat_id: int = 0
    message_id: int = 0
    album: str = ""

    @property
    def text(self) -> str:
        return "\n".join(words for _, words in self.parts if words)

    @property
    def empty(self) -> bool:
        return not self.text and not self.files


def stop_of(work: Work, stop_id: int) -> Stop:
    found = work.inspections.stop(stop_id)
    if found is None:
        raise Problem("inspect.gone")
    return found


def check_text(text: str) -> None:
    if len(text) > TEXT_MOST:
        raise Problem("inspect.long_text", most=TEXT_MOST)


def look_at(work: Work, by: Person, stop_id: int, now: datetime) -> Note:
    """From now on what this person types or sends belongs to this stop; a note left at another one is returned first."""
    note = note_of(work, by)
    if note is None or note.empty:
        note = Note(stop_id)
    _keep(work, by, note, now)
    return note


def note_of(work: Work, by: Person) -> Note | None:
    talk = work.talks.get(by.id, TALK)
    if talk is None or talk.step not in ("note", "mend"):
        return None
    parts = tuple((int(message), str(words)) for message, words in talk.data.get("parts", ()))
    return Note(**{**talk.data, "parts": parts, "files": tuple(talk.data.get("files") or ())})


def take(work: Work, by: Person, source: Source, text: str, album: str, now: datetime) -> tuple[Note, bool]:
    """(the note with this text and these files, whether it is a further part of one album). Raises Problem.

    A photo of an album whose first one was marked already goes with that finding.
    """
    note = note_of(work, by)
    if note is None:
        raise Problem("finding.no_stop")
    stop = stop_of(work, note.stop_id)
    open_one(work, stop.round_id)
    again = bool(album) and album == note.album
    parts = (*note.parts, (source.message_id, text.strip())) if text.strip() else note.parts
    files = (*note.files, *(asdict(file) for file in source.files))
    check_text("\n".join(words for _, words in parts))
    if len(files) > FILES_MOST:
        raise Problem("finding.many_files", most=FILES_MOST)
    first = note.message_id or source.message_id
    note = Note(note.stop_id, parts, files, source.chat_id, first, album or note.album)
    _keep(work, by, note, now)
    return note, again


def retype(work: Work, by: Person, message_id: int, text: str, now: datetime) -> Note | None:
    """The note with the words of one message changed; None where they are not part of it."""
    note = note_of(work, by)
    if note is None or message_id not in dict(note.parts) or not text.strip():
        return None
    parts = tuple((number, text.strip() if number == message_id else words) for number, words in note.parts)
    note = replace(note, parts=parts)
    check_text(note.text)
    _keep(work, by, note, now)
    return note


def forget(work: Work, by: Person) -> None:
    """What was typed and not marked is given up."""
    work.talks.end(by.id, TALK)


def _keep(work: Work, by: Person, note: Note, now: datetime) -> None:
    data = {**asdict(note), "parts": [list(part) for part in note.parts], "files": list(note.files)}
    work.talks.put(by.id, Talk(TALK, "note", data), now)
