"""Knows a leader's digest (专报): what it says of the tasks a leader heads, and when it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.lights import Light, TaskLight
from core.rules.obligations import Obligation
from core.rules.periods import Period
from core.rules.summary import Figures
from core.rules.tasks import Leader, Task

SETTING = "leader_digest"
"""The office's setting: since when digests go out by themselves (a moment in ISO form); off where it isn't set."""

HELD = "leader_digest_held"
"""The office's setting: the month that a supervisor keeps back."""

AT = time(15, 0)
"""In the afternoon of the day on which the office finds the period's briefing in the morning: time to look it over."""

USEFUL = timedelta(days=10)
"""After downtime a digest older than this is skipped: its figures would be last month's news."""

BAD = (Light.OVERDUE, Light.BEHIND)


@dataclass(frozen=True, slots=True)
class DigestTask:
    """A task with its light; where it is behind, why in the unit's own words ("" where it said nothing) and since when."""

    task: Task
    light: TaskLight
    why: str = ""
    unit: str = ""
    said_on: date | None = None

    @property
    def bad(self) -> bool:
        return self.light.light in BAD


@dataclass(frozen=True, slots=True)
class LeaderDigest:
    """What one leader is told at the end of a period: `figures` are of the reports of `periods`, all else is of `at`.

    `unconfirmed` and `answered` count instructions: some unit has not confirmed; answered since the digest before.
    """

    leader: Leader
    periods: tuple[Period, ...]
    at: datetime
    figures: Figures
    tasks: tuple[DigestTask, ...]
    coming: tuple[tuple[date, Obligation, int], ...]
    rounds: tuple[tuple[date, int], ...]
    """(day, tasks of this leader) of the inspections to come."""
    unconfirmed: int = 0
    answered: int = 0


def digest_moment(day: date, calendar: WorkCalendar, hours: OfficeHours) -> datetime:
    """When the digests of the periods that ended with the month before `day` go out (UTC): its first working day."""
    first = calendar.working_day_on_or_after(day.replace(day=1))
    return hours.next_open(hours.at(first, AT), calendar)
