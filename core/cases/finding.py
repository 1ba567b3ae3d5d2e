"""Knows how findings are recorded stop by stop, changed and withdrawn; one that is to be mended is owed from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from core.cases.extension import close as close_extension
from core.cases.finding_note import Note, check_text, forget, note_of, stop_of
from core.cases.finding_told import tell, tell_changed, tell_withdrawn
from core.cases.inspection_round import open_one, owed_for, round_of
from core.cases.owing import owe, set_nudges
from core.cases.problem import Problem
from core.ports import FileRef, Source
from core.rules.dates import DateUnclear, read_date
from core.rules.dates_in_text import find_date, in_working_days
from core.rules.inspection import (
    FILES_MOST,
    FINE,
    FURTHEST,
    MARKS,
    MEND,
    MEND_DAYS,
    Finding,
    Stop,
    days_around,
    inspected_units,
)
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person
from core.words import terms
from core.words.voice import voice
from core.work import Work


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding as it was kept, and the people who hear of it ([]: nobody of the unit can be reached)."""

    finding: Finding
    stop: Stop
    told: list[Person]


# -- recording -------------------------------------------------------------------------------------------------------


def finding_of(work: Work, finding_id: int) -> tuple[Finding, Stop]:
    """Raises Problem where it is gone or was withdrawn."""
    found = work.inspections.finding(finding_id)
    if found is None:
        raise Problem("inspect.gone")
    if found.withdrawn_at:
        raise Problem("finding.was_withdrawn")
    return found, stop_of(work, found.stop_id)


def proposed_day(work: Work, now: datetime) -> date:
    """The day by which a finding of today is to be mended, unless somebody says another."""
    return work.office.calendar.add_working_days(work.office.today(now), MEND_DAYS)


def read_mend_day(work: Work, text: str, now: datetime) -> tuple[date, date | None]:
    """(the day, the day off that was meant or None) of what somebody typed. Raises Problem.

    A day off becomes the working day before it (after it, where that has passed), and the caller says so.
    """
    office, said = work.office, voice(work.office.lang)
    today = office.today(now)
    day = in_working_days(text, today, office.calendar) or _named(text, today)
    if day <= today:
        raise Problem("finding.past", day=terms.full_day(said, day))
    if (day - today).days > FURTHEST:
        raise Problem("inspect.too_far", day=terms.full_day(said, day))
    if office.calendar.is_working(day):
        return day, None
    before, after = days_around(day, office.calendar)
    return (before if before > today else after), day


def _named(text: str, today: date) -> date:
    try:
        return read_date(text, today)
    except DateUnclear:
        found = find_date(text, today)
        if found is None:
            raise Problem("finding.no_date", text=text[:30]) from None
        return found[0]


def record(
    work: Work, by: Person, stop_id: int, mark: str, mend_by: date | None, source: Source, now: datetime
) -> Recorded:
    """Records the note of this person at the stop under a mark.

    1. In order needs no words, the other marks do; what is to be mended and in order exclude each other.
    2. What is to be mended is owed from now on, with its own date; the unit's contacts hear of it within minutes, what
       is recorded meanwhile for the same person in the same message.

    Raises Problem where somebody was faster, the round is over, or words are missing.
    """
    stop = work.inspections.hold(stop_id)
    if stop is None or mark not in MARKS:
        raise Problem("inspect.gone")
    open_one(work, stop.round_id)
    note = note_of(work, by)
    if note is None or note.stop_id != stop_id:
        note = Note(stop_id)
    if mark != FINE and not note.text:
        raise Problem("finding.no_words" if not note.files else "finding.words_with_files")
    here = work.inspections.findings(stop.round_id).get(stop.id, [])
    _exclude(work, here, mark, by, now)
    day = mend_by or proposed_day(work, now) if mark == MEND else None
    at = Source(note.chat_id, note.message_id) if note.message_id else source
    today = work.office.today(now)
    found = work.inspections.record(stop, mark, note.text, day, note.files, by.id, at, note.album, today, now)
    _log(work, f"found_{mark}", stop, now, by, at, reason=note.text, day=day.isoformat() if day else "")
    forget(work, by)
    told = tell(work, stop, _owe(work, found, stop, now), now) if day else []
    return Recorded(found, stop, told)


def _exclude(work: Work, here: Sequence[Finding], mark: str, by: Person, now: datetime) -> None:
    if mark == FINE:
        if any(f.mark == MEND for f in here):
            raise Problem("finding.has_mend")
        if fine := next((f for f in here if f.mark == FINE), None):
            raise Problem("finding.fine_already", who=fine.person)
    elif mark == MEND:
        for fine in (f for f in here if f.mark == FINE and not f.text and not f.files):
            work.inspections.withdraw(fine.id, now)


def _owe(work: Work, found: Finding, stop: Stop, now: datetime) -> Obligation:
    """Owed by the unit that was inspected; by the new lead where the task has passed over since the round was opened."""
    assert found.mend_by is not None
    task = work.notices.task(stop.task_id)
    units = [unit.id for unit in inspected_units(task)] if task else []
    unit_id = stop.unit_id if stop.unit_id in units or not units else units[0]
    number = owe(work, stop.task_id, unit_id, Kind.FINDING, found.key, found.mend_by, now, asks=found.text)
    owed = work.obligations.get(number) if number else None
    if owed is None:
        raise Problem("finding.task_not_active", ref=stop.ref)
    return owed


# -- changes ---------------------------------------------------------------------------------------------------------


def reword(work: Work, finding_id: int, text: str, by: Person, now: datetime) -> Recorded:
    """Other words for a finding; the unit hears of it where it was told already. Raises Problem."""
    found, stop = finding_of(work, finding_id)
    words = text.strip()
    if len(words) < 2:
        raise Problem("finding.no_words")
    check_text(words)
    owed = _changeable(work, found, stop)
    if not work.inspections.change(found.id, now, text=words):
        raise Problem("finding.was_withdrawn")
    _log(work, "finding_changed", stop, now, by, None, reason=words, old=found.text)
    told = []
    if owed:
        work.obligations.reword(owed.id, words, now)
        told = tell_changed(work, stop, _fresh(work, owed), now)
    return Recorded(finding_of(work, finding_id)[0], stop, told)


def redate(work: Work, finding_id: int, day: date, by: Person, now: datetime) -> Recorded:
    """Another date for mending; for what the unit knows already the first date stays beside it. Raises Problem."""
    found, stop = finding_of(work, finding_id)
    owed = _changeable(work, found, stop)
    if found.mark != MEND or owed is None:
        raise Problem("finding.nothing_to_mend")
    if day == owed.chase:
        raise Problem("finding.same_date")
    work.inspections.change(found.id, now, mend_by=day)
    work.obligations.agree(owed.id, day, now)
    fresh = _fresh(work, owed)
    set_nudges(work, fresh, now)
    work.outbox.drop_nudges([owed.id], "another date for mending", now)
    close_extension(work, owed, now)
    _log(work, "finding_changed", stop, now, by, None, reason=found.text, day=day.isoformat())
    return Recorded(finding_of(work, finding_id)[0], stop, tell_changed(work, stop, fresh, now))


def remark(work: Work, finding_id: int, mark: str, by: Person, now: datetime) -> Recorded:
    """To be mended becomes noted only, or the other way round. Raises Problem."""
    found, stop = finding_of(work, finding_id)
    if mark == found.mark or mark == FINE or mark not in MARKS:
        raise Problem("finding.same_mark")
    if mark == MEND and not found.text:
        raise Problem("finding.no_words")
    owed = _changeable(work, found, stop)
    day = proposed_day(work, now) if mark == MEND else None
    work.inspections.change(found.id, now, mark=mark, mend_by=day)
    fresh = finding_of(work, finding_id)[0]
    _log(work, f"found_{mark}", stop, now, by, None, reason=found.text, day=day.isoformat() if day else "")
    if mark == MEND:
        return Recorded(fresh, stop, tell(work, stop, _owe(work, fresh, stop, now), now))
    return Recorded(fresh, stop, _stop_owing(work, owed, stop, now))


def withdraw(work: Work, finding_id: int, by: Person, now: datetime) -> Recorded:
    """Takes a finding back; what it asked for is owed no more, and who knew of it is told. Raises Problem."""
    found, stop = finding_of(work, finding_id)
    owed = _changeable(work, found, stop)
    if not work.inspections.withdraw(found.id, now):
        raise Problem("finding.was_withdrawn")
    _log(work, "finding_withdrawn", stop, now, by, None, reason=found.text)
    return Recorded(found, stop, _stop_owing(work, owed, stop, now))


def album_of(work: Work, source: Source, album: str, now: datetime) -> bool:
    """Whether the file was put to a finding whose album it belongs to."""
    found = work.inspections.by_album(source.chat_id, album)
    if found is None or not source.files:
        return False
    add_files(work, found, source.files, now)
    return True


def add_files(work: Work, found: Finding, files: Sequence[FileRef], now: datetime) -> int:
    """Puts files to a finding; returns how many it has. Raises Problem for too many."""
    together = [*found.files, *(asdict(file) for file in files)]
    if len(together) > FILES_MOST:
        raise Problem("finding.many_files", most=FILES_MOST)
    work.inspections.change(found.id, now, files=together)
    return len(together)


def _stop_owing(work: Work, owed: Obligation | None, stop: Stop, now: datetime) -> list[Person]:
    if owed is None:
        return []
    close_extension(work, owed, now)
    work.obligations.move(owed.id, State.DROPPED, now)
    work.outbox.drop_nudges([owed.id], "the finding was withdrawn", now)
    return tell_withdrawn(work, stop, owed, now)


def _changeable(work: Work, found: Finding, stop: Stop) -> Obligation | None:
    """What is owed for it. Raises Problem where the round was called off or the unit has answered already."""
    if round_of(work, found.round_id).state == "cancelled":
        raise Problem("inspect.is_cancelled")
    owed = owed_for(work, [found], [stop]).get(found.key)
    if owed is None or owed.state is State.DROPPED:
        return None
    if owed.state is State.HANDED_IN:
        raise Problem("finding.handed_in")
    return owed


def _fresh(work: Work, owed: Obligation) -> Obligation:
    found = work.obligations.get(owed.id)
    assert found is not None
    return found


def _log(work: Work, what: str, stop: Stop, now: datetime, by: Person, source: Source | None, **data: object) -> None:
    work.history.add(what, "task", stop.task_id, now, by.id, source, inspection=stop.round_id, unit=stop.unit, **data)
