"""Knows an office's own settings: language, time zone, due day, hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours


@dataclass(frozen=True)
class Office:
    id: int
    name: str
    lang: str = "zh"
    timezone: str = "Asia/Shanghai"
    due_day: int = 25
    opens: time = time(9, 0)
    closes: time = time(17, 30)
    holidays: dict[str, Any] | None = None
    """The operator's table of days off and make-up days for years that the library does not know."""
    settings: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar.from_table(self.holidays) if self.holidays else WorkCalendar()

    @cached_property
    def hours(self) -> OfficeHours:
        return OfficeHours(opens=self.opens, closes=self.closes, zone=self.zone)

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def midnight(self, now: datetime) -> datetime:
        """When the office's present day began."""
        return datetime.combine(self.today(now), time(0), self.zone)

    def next_open(self, moment: datetime) -> datetime:
        """That moment (UTC) if the office is open then, else its next opening."""
        return self.hours.next_open(moment, self.calendar)

    def next_morning(self, moment: datetime) -> datetime:
        """The opening (UTC) of the first working day after that of the moment."""
        return self.hours.opening(self.calendar.add_working_days(self.today(moment), 1))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def __hash__(self) -> int:
        return hash((self.id, self.name))
