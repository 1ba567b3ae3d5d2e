"""Knows a call for input (征集): what a lead asks its co-units for, what they answered, and the one text made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.rules.calendar import WorkCalendar
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.rules.tasks import Part, Task, Unit

SETTING = "collect_days"
"""The office's setting: working days before the lead's date on which co-units are asked by themselves; 0 is never."""

MOST_DAYS = 15


@dataclass(frozen=True, slots=True)
class Input:
    """One version of what a co-unit answered."""

    id: int
    asked_id: int
    version: int
    text: str
    person_id: int
    person: str
    at: datetime
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    album: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One co-unit of a call; `input` is the newest version of its answer."""

    id: int
    call_id: int
    obligation_id: int
    unit_id: int
    unit: str
    asked_at: datetime
    reminded_at: datetime | None = None
    input: Input | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What one lead asked for towards one report. `by_id` is None where the office's setting asked by itself."""

    id: int
    obligation_id: int
    question: str
    by_id: int | None
    by: str
    at: datetime
    given_at: datetime | None = None
    """When the lead was given the text made of the answers, complete or on the last day."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What pressing "send" does.

    `reached` are the units with who would be asked, `lost` those where nobody can be, `left` those the lead leaves out.
    """

    obligation: Obligation
    question: str
    reached: list[tuple[Unit, list[Person]]]
    lost: list[Unit]
    groups: list[Unit]
    by: date
    left: list[Unit]


@dataclass(frozen=True, slots=True)
class Status:
    """How a call stands. `lost` are co-units that weren't asked, for nobody could be; `fresh` those who can be now."""

    obligation: Obligation
    call: Call
    asked: list[Asked]
    lost: list[Unit]
    fresh: list[Unit]

    @property
    def answered(self) -> list[Asked]:
        return [each for each in self.asked if each.input]

    @property
    def complete(self) -> bool:
        return bool(self.asked) and len(self.answered) == len(self.asked)


def co_units(task: Task, lead_id: int) -> list[Unit]:
    """Whom a lead asks: the co-units, a group term as the units it stands for, the others where nobody leads."""
    found: dict[int, Unit] = {}
    for assignment in task.assignments:
        if assignment.part is Part.LEAD and assignment.unit.id == lead_id:
            continue
        for unit in assignment.units:
            if unit.id != lead_id:
                found.setdefault(unit.id, unit)
    return list(found.values())


def empty_groups(task: Task) -> list[Unit]:
    """Group terms of which nobody knows whom they stand for."""
    return [a.unit for a in task.assignments if not a.units]


def wanted_by(due: date, today: date, calendar: WorkCalendar) -> date:
    """The day by which co-units are asked to answer: the working day before the lead's own, never before today."""
    return max(calendar.add_working_days(due, -1), today)


def asks_on(due: date, days: int, calendar: WorkCalendar) -> date:
    """The day on which co-units are asked by themselves."""
    return calendar.add_working_days(due, -days)


def reminds_on(due: date, asked: date, calendar: WorkCalendar) -> date | None:
    """The day of the one reminder: the last working day before the lead's; None where they were asked only then."""
    day = calendar.add_working_days(due, -1)
    return day if day > asked else None


def merged(asked: Sequence[Asked], source: Callable[[str, str, datetime], str]) -> str:
    """The answers one under the other, each behind its source: `source` says unit, person and moment."""
    parts = []
    for each in asked:
        if each.input and each.input.text.strip():
            parts.append(f"{source(each.unit, each.input.person, each.input.at)}{each.input.text.strip()}")
    return "\n".join(parts)
