"""Knows the walk through a round: one stop at a time with what is known of its task, and the stops before and behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.cases.finding_note import Note, look_at, stop_of
from core.cases.inspection_round import Sight, sight
from core.rules.inspection import Finding, Stop
from core.rules.obligations import Kind, State
from core.rules.people import Person
from core.rules.reports import Report
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class StopCard:
    """One stop: its place in the round, what was found, what the unit planned for this month and said last."""

    sight: Sight
    stop: Stop
    place: int
    back: Stop | None
    forth: Stop | None
    findings: list[Finding]
    note: Note
    planned: str = ""
    last: Report | None = None
    unmarked: bool = False
    """Another stop was asked for, but what was typed at this one still waits for its mark."""
    reading: bool = False
    """Nothing can be recorded: a past moment is looked at."""


def stop_card(work: Work, by: Person, stop_id: int, now: datetime, reading: bool = False) -> StopCard:
    """The card of this stop; what was typed elsewhere and not marked comes first. Raises Problem where it is gone.

    While the round is open, what this person types or sends from now on belongs to the stop shown; not if they are only
    `reading`.
    """
    stop = stop_of(work, stop_id)
    seen = sight(work, stop.round_id, now)
    note = Note(stop_id)
    unmarked = False
    if seen.round.open and not reading:
        note = look_at(work, by, stop_id, now)
        if not note.empty and note.stop_id != stop_id:
            left = stop_of(work, note.stop_id)
            unmarked = True
            stop, seen = left, seen if left.round_id == seen.round.id else sight(work, left.round_id, now)
    place = next(i for i, each in enumerate(seen.stops) if each.id == stop.id)
    planned, last = _known(work, stop, now)
    return StopCard(
        seen,
        stop,
        place,
        seen.stops[place - 1] if len(seen.stops) > 1 else None,
        seen.stops[(place + 1) % len(seen.stops)] if len(seen.stops) > 1 else None,
        seen.findings.get(stop.id, []),
        note,
        planned,
        last,
        unmarked,
        reading,
    )


def _known(work: Work, stop: Stop, now: datetime) -> tuple[str, Report | None]:
    """(this month's part of the plan, the last progress report) of the unit for the task."""
    owed = work.obligations.find(
        Wanted(task_id=stop.task_id, unit_ids=[stop.unit_id], states=[State.OPEN, State.HANDED_IN])
    )
    latest = work.reports.latest([o.id for o in owed if o.kind in (Kind.PLAN, Kind.REPORT)])
    plans = [latest[o.id] for o in owed if o.kind is Kind.PLAN and o.id in latest]
    said = [latest[o.id] for o in owed if o.kind is Kind.REPORT and o.id in latest]
    month = work.office.today(now).month
    planned = plans[-1].months.get(month, "") if plans else ""
    return planned, max(said, key=lambda report: report.at, default=None)
