"""Knows when a summary goes out by itself: on Friday afternoon, and the morning after a period's last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.rules.calendar import WorkCalendar, week_of
from core.rules.hours import OfficeHours

WEEKLY_AT = time(16, 0)
PERIOD_AT = time(10, 0)
FRIDAY = 4
USEFUL = timedelta(hours=24)
"""After downtime a summary older than this is skipped: its figures would be yesterday's news."""

LOOK_BACK = timedelta(days=20)
"""Longer than any run of days off, so the slot after a due date is found on every later working day."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One appointed summary. kind: weekly | period; `key` sorts by time within its kind; `at` is UTC.

    `stage` is the due date a period's summary looks back at, None for the weekly one.
    """

    kind: str
    key: str
    at: datetime
    stage: date | None = None


def weekly_slot(day: date, calendar: WorkCalendar, hours: OfficeHours) -> Slot | None:
    """The slot of the week that holds `day`: Friday, or the last working day before it; None in a week off."""
    monday = week_of(day)[0]
    worked = [d for n in range(FRIDAY + 1) if calendar.is_working(d := monday + timedelta(days=n))]
    if not worked:
        return None
    year, week, _ = monday.isocalendar()
    return Slot("weekly", f"{year}-W{week:02d}", hours.at(worked[-1], WEEKLY_AT))


def period_slot(due: date, calendar: WorkCalendar, hours: OfficeHours) -> Slot:
    """The slot of everything that was due on `due`: the working day after it."""
    return Slot("period", due.isoformat(), hours.at(calendar.add_working_days(due, 1), PERIOD_AT), due)


def past_slots(now: datetime, dues: Iterable[date], calendar: WorkCalendar, hours: OfficeHours) -> list[Slot]:
    """The latest slot of each kind that has come, the earlier one first."""
    today = hours.local_date(now)
    weekly = [weekly_slot(today - timedelta(days=back), calendar, hours) for back in (0, 7, 14)]
    slots = [slot for slot in weekly if slot and slot.at <= now][:1]
    period = [slot for due in dues if (slot := period_slot(due, calendar, hours)).at <= now]
    slots += sorted(period, key=lambda slot: slot.key)[-1:]
    return sorted(slots, key=lambda slot: slot.at)


def next_slot(now: datetime, dues: Iterable[date], calendar: WorkCalendar, hours: OfficeHours) -> Slot | None:
    """The slot that comes next after `now`."""
    today = hours.local_date(now)
    weekly = [weekly_slot(today + timedelta(days=ahead), calendar, hours) for ahead in (0, 7, 14, 21)]
    slots = [slot for slot in weekly if slot] + [period_slot(due, calendar, hours) for due in dues]
    return min((slot for slot in slots if slot.at > now), key=lambda slot: slot.at, default=None)
