"""Knows the reporting periods of a year and the day each one's report is due."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.rules.calendar import WorkCalendar

DUE_DAY = 25
"""Day of a period's last month on which its report is due, where the office sets no other."""


class Frequency(Enum):
    """How often a task is reported on (月报, 季报, 半年报)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"

    @property
    def months(self) -> int:
        """Months that one period of this frequency spans."""
        return _MONTHS[self]


_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6}
_KEY = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12]))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period (报送期); `index` counts from 1 within the year, beyond it ValueError is raised."""

    frequency: Frequency
    year: int
    index: int

    def __post_init__(self) -> None:
        if not 1 <= self.index <= 12 // self.frequency.months:
            raise ValueError(f"no {self.frequency.value} period {self.index} in a year")

    @property
    def key(self) -> str:
        """ "2023-04", "2023-Q2" or "2023-H1"."""
        if self.frequency is Frequency.MONTHLY:
            return f"{self.year:04d}-{self.index:02d}"
        letter = "Q" if self.frequency is Frequency.QUARTERLY else "H"
        return f"{self.year:04d}-{letter}{self.index}"

    @property
    def months(self) -> tuple[int, ...]:
        span = self.frequency.months
        return tuple(range((self.index - 1) * span + 1, self.index * span + 1))

    @property
    def first_day(self) -> date:
        return date(self.year, self.months[0], 1)

    @property
    def last_day(self) -> date:
        return _day_in_month(self.year, self.months[-1], 31)

    def following(self) -> Period:
        if self.index < 12 // self.frequency.months:
            return Period(self.frequency, self.year, self.index + 1)
        return Period(self.frequency, self.year + 1, 1)

    @staticmethod
    def parse(key: str) -> Period:
        """The inverse of `key`. Raises ValueError for anything else."""
        found = _KEY.fullmatch(key)
        if not found:
            raise ValueError(f"not a period: {key!r}; expected 2023-04, 2023-Q2 or 2023-H1")
        year, month, quarter, half = found.groups()
        if month:
            return Period(Frequency.MONTHLY, int(year), int(month))
        if quarter:
            return Period(Frequency.QUARTERLY, int(year), int(quarter))
        return Period(Frequency.HALF_YEARLY, int(year), int(half))

    @staticmethod
    def holding(frequency: Frequency, day: date) -> Period:
        """The period of this frequency in which `day` lies."""
        return Period(frequency, day.year, (day.month - 1) // frequency.months + 1)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line of a preview: `moved_from` is the nominal day where a day off moved it, else None."""

    period: Period
    due: date
    moved_from: date | None


def due_date(period: Period, calendar: WorkCalendar, due_day: int = DUE_DAY) -> date:
    """The day the period's report is due.

    The due day of the period's last month (31 means the month's last), or the working day before it where it is
    off; 调休 counts. Raises ValueError for a due day outside 1..31.
    """
    return due_row(period, calendar, due_day).due


def due_row(period: Period, calendar: WorkCalendar, due_day: int = DUE_DAY) -> DueRow:
    if not 1 <= due_day <= 31:
        raise ValueError(f"a due day is 1 to 31, not {due_day}")
    nominal = _day_in_month(period.year, period.months[-1], due_day)
    due = calendar.working_day_on_or_before(nominal)
    return DueRow(period, due, nominal if due != nominal else None)


def periods_of_year(
    frequency: Frequency,
    year: int,
    from_date: date,
    calendar: WorkCalendar,
    due_day: int = DUE_DAY,
    until: date | None = None,
) -> list[DueRow]:
    """What is owed in a year once the frequency is set on `from_date`, in order.

    A period counts if its due date lies on or after `from_date` and on or before `until` (December 31 if None): what
    was due before anybody was told is not owed.
    """
    last = until or date(year, 12, 31)
    periods = (Period(frequency, year, index) for index in range(1, 12 // frequency.months + 1))
    rows = (due_row(period, calendar, due_day) for period in periods)
    return [row for row in rows if from_date <= row.due <= last]


def _day_in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
