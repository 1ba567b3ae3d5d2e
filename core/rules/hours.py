"""Knows office hours: when a message that nobody asked for may go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.rules.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Opening hours of a working day in local time; `closes` itself is already closed.

    Moments are aware datetimes; a naive one raises ValueError, for it would be hours off without a word.
    """

    opens: time = time(9, 0)
    closes: time = time(17, 30)
    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"office hours: {self.opens} must be before {self.closes}")

    def local(self, now: datetime) -> datetime:
        if now.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return now.astimezone(self.zone)

    def local_date(self, now: datetime) -> date:
        return self.local(now).date()

    def at(self, day: date, clock: time) -> datetime:
        """The moment (UTC) at which local clocks show `clock` on `day`."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def opening(self, day: date) -> datetime:
        """The moment (UTC) of opening on `day`, worked or not."""
        return self.at(day, self.opens)

    def closing(self, day: date) -> datetime:
        """The moment (UTC) of closing on `day`, worked or not."""
        return self.at(day, self.closes)

    def is_open(self, now: datetime, calendar: WorkCalendar) -> bool:
        here = self.local(now)
        return self.opens <= here.time() < self.closes and calendar.is_working(here.date())

    def next_open(self, now: datetime, calendar: WorkCalendar) -> datetime:
        """`now` itself while open, else the next opening, in UTC."""
        if self.is_open(now, calendar):
            return now.astimezone(UTC)
        here = self.local(now)
        day = here.date() if here.time() < self.opens else here.date() + timedelta(days=1)
        return self.opening(calendar.working_day_on_or_after(day))
