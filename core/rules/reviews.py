"""Knows what is said of a version handed in (accepted, returned), and how long mending may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.rules.calendar import WorkCalendar

MEND_DAYS = 3
"""Working days for mending what was returned, unless the office sets `mend_days`."""


@dataclass(frozen=True, slots=True)
class Review:
    """outcome: accepted | returned; `mend_by` is the date for mending."""

    id: int
    obligation_id: int
    report_id: int
    outcome: str
    reason: str
    mend_by: date | None
    person_id: int
    person: str
    at: datetime


def mend_date(settings: Mapping[str, Any], today: date, calendar: WorkCalendar) -> date:
    """The working day by which something returned today is to be handed in again."""
    return calendar.add_working_days(today, int(settings.get("mend_days") or MEND_DAYS))
