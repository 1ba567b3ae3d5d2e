"""Knows how long a closed notice's data is kept by an office's rule, and when who is warned before it goes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.rules.calendar import WorkCalendar
from core.rules.tasks import NoticeCard

SETTING = "retention"
KEEP, ANONYMISE, DELETE = "keep", "anonymise", "delete"
WARN_DAYS = 5
"""Working days between the warning and the deed."""

LEAST_MONTHS, MOST_MONTHS = 1, 240
MONTHS = (6, 12, 24, 36, 60)
"""What is offered as buttons."""

POSTPONE = (3, 12)
"""Months by which it can be put off by button."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`months` after a notice was closed its people are made nameless, or all of it is deleted."""

    what: str
    months: int

    def to_data(self) -> dict[str, Any]:
        return {"what": self.what, "months": self.months}


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one closed notice when. `on` is None where it is kept by a supervisor's word, or was dealt with.

    `warned`: the supervisors know of it and of this day. `warn_on`: the day of the warning, where there is none yet.
    """

    card: NoticeCard
    closed_on: date
    on: date | None
    warned: bool = False
    warn_on: date | None = None
    kept: bool = False
    nameless: bool = False


def rule_of(settings: dict[str, Any]) -> Rule | None:
    """The office's rule; None: everything is kept."""
    kept = settings.get(SETTING) or {}
    return Rule(kept["what"], int(kept["months"])) if kept.get("what") in (ANONYMISE, DELETE) else None


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the month's last where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_of(base: date, today: date, calendar: WorkCalendar) -> tuple[date, date]:
    """(day of the warning, day of the deed), both worked: five working days apart, whenever the rule was made."""
    on = calendar.working_day_on_or_after(base)
    warn = calendar.add_working_days(on, -WARN_DAYS)
    if warn >= today:
        return warn, on
    warn = calendar.working_day_on_or_after(today)
    return warn, max(on, calendar.add_working_days(warn, WARN_DAYS))
