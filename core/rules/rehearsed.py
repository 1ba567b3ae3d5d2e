"""Knows what a rehearsed year shows: its days, months and people, what had to move, and on what it was assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.rehearsal import Day, Recipient


@dataclass(frozen=True, slots=True)
class Moved:
    """A due date that a day off moved, and why it was off."""

    nominal: date
    due: date
    why: str
    """weekend, or the holiday's name as the calendar has it"""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The days on which something happens, and what was assumed to play them."""

    first: date
    days: tuple[Day, ...]
    assumed: int
    """Tasks without frequency, played as the assumed one."""
    without_lead: tuple[str, ...]
    nobody: tuple[str, ...]
    """Units without anybody who can be reached; each is played with one contact."""
    unknown_years: tuple[int, ...]
    calendar: WorkCalendar
    title: str = ""
    draft: int = 0
    """The notice that is played as if it were confirmed now; 0 where only what is in force is played."""
    groups: int = 0

    @property
    def messages(self) -> int:
        return sum(day.messages for day in self.days)

    @property
    def punctual(self) -> int:
        return sum(day.punctual for day in self.days)

    @property
    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every month from the first on in which something happens."""
        return sorted({(day.day.year, day.day.month) for day in self.days})

    @property
    def moved(self) -> list[Moved]:
        return [Moved(nominal, day.day, self.calendar.why_off(nominal)) for day in self.days for nominal in day.moved]

    @property
    def people(self) -> list[tuple[Recipient, list[Day]]]:
        """Everybody with the days on which they get something, in the order of the first one."""
        out: dict[str, tuple[Recipient, list[Day]]] = {}
        for day in self.days:
            for note in day.notes:
                mine = out.setdefault(note.to.key, (note.to, []))[1]
                if not mine or mine[-1] is not day:
                    mine.append(day)
        return list(out.values())

    def of_month(self, year: int, month: int) -> list[Day]:
        return [day for day in self.days if (day.day.year, day.day.month) == (year, month)]

    def quiet(self, year: int, month: int) -> list[date]:
        """The month's working days, from the first to the last that was played, on which nobody gets a message."""
        if not self.days:
            return []
        told = {day.day for day in self.days if day.notes}
        day, out = max(date(year, month, 1), self.first), []
        while (day.year, day.month) == (year, month) and day <= self.days[-1].day:
            if self.calendar.is_working(day) and day not in told:
                out.append(day)
            day += timedelta(days=1)
        return out
