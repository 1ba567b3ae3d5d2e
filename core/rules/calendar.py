"""Knows which days are worked: weekends, public holidays and the worked weekends that pay for them (调休)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from chinese_calendar import constants  # type: ignore[import-untyped]

_OFF: Mapping[date, str] = constants.holidays
_WORKED: Mapping[date, str] = constants.workdays
_PUBLISHED = frozenset(day.year for day in _OFF)
"""Years whose holidays the State Council had announced when the library was released (2004 to 2026)."""


class WorkCalendar:
    """Working days of the mainland, with an operator's own days on top.

    `extra_days` says for single days whether they are worked; it wins over everything else. `extra_years` names the
    years these days complete; left out, every year that occurs in `extra_days` counts as known.
    A year that nobody knows falls back to Monday to Friday, and `knows` says so for the caller to warn.
    """

    __slots__ = ("_extra", "_known", "_years")

    def __init__(self, extra_days: Mapping[date, bool] | None = None, extra_years: Iterable[int] | None = None) -> None:
        self._extra = dict(extra_days or {})
        named = {day.year for day in self._extra} if extra_years is None else set(extra_years)
        self._known = _PUBLISHED | named
        self._years: dict[int, tuple[int, ...]] = {}

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> WorkCalendar:
        """From an operator's table `{"2027": {"off": ["2027-01-01"], "work": ["2027-02-06"]}}`.

        Days of a neighbouring year may stand in it (New Year's holiday crosses over). Raises ValueError naming the
        year and the day at fault.
        """
        days: dict[date, bool] = {}
        years = []
        for key, entry in table.items():
            years.append(_year(key))
            for day, worked in _entries(key, entry):
                if days.setdefault(day, worked) is not worked:
                    raise ValueError(f"calendar table, {key}: {day} is both off and worked")
        return cls(days, years)

    def knows(self, year: int) -> bool:
        """Whether the holidays of this year are known rather than assumed."""
        return year in self._known

    def is_working(self, day: date) -> bool:
        return _holds(self._days(day.year), day.toordinal())

    def why_off(self, day: date) -> str:
        """Why a day is off: the holiday's English name where one is known, "own" for the operator's table, else weekend."""
        if day in _OFF and day not in self._extra:
            return _OFF[day]
        return "own" if day in self._extra else "weekend"

    def working_day_on_or_before(self, day: date) -> date:
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def working_day_on_or_after(self, day: date) -> date:
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, where negative); 0 is `day` itself, worked or not."""
        year, left, here = day.year, abs(count), day.toordinal()
        while left:
            days = self._days(year)
            ahead = days[bisect_right(days, here) :] if count > 0 else days[: bisect_left(days, here)]
            if left <= len(ahead):
                return date.fromordinal(ahead[left - 1] if count > 0 else ahead[-left])
            left -= len(ahead)
            year += 1 if count > 0 else -1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` lies before `start`.

        The inverse of adding: `working_days_between(d, add_working_days(d, n)) == n`.
        """
        if end < start:
            return -self._count(end.toordinal(), start.toordinal() - 1)
        return self._count(start.toordinal() + 1, end.toordinal())

    def _count(self, first: int, last: int) -> int:
        """Working days from ordinal `first` to ordinal `last`, both counted."""
        if last < first:
            return 0
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return sum(bisect_right(self._days(y), last) - bisect_left(self._days(y), first) for y in years)

    def _days(self, year: int) -> tuple[int, ...]:
        """The ordinals of the year's working days, worked out once: a tick asks for thousands."""
        days = self._years.get(year)
        if days is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = tuple(n for n in range(first, last + 1) if self._worked(date.fromordinal(n)))
            self._years[year] = days
        return days

    def _worked(self, day: date) -> bool:
        if day in self._extra:
            return self._extra[day]
        return day in _WORKED or (day.weekday() < 5 and day not in _OFF)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _holds(days: tuple[int, ...], ordinal: int) -> bool:
    place = bisect_left(days, ordinal)
    return place < len(days) and days[place] == ordinal


def _year(key: str) -> int:
    if not (isinstance(key, str) and key.isascii() and key.isdigit() and len(key) == 4):
        raise ValueError(f"calendar table: {key!r} is not a year")
    return int(key)


def _entries(key: str, entry: Any) -> list[tuple[date, bool]]:
    if not isinstance(entry, Mapping) or set(entry) - {"off", "work"}:
        raise ValueError(f'calendar table, {key}: expected {{"off": [...], "work": [...]}}')
    return [(_day(key, text), part == "work") for part in ("off", "work") for text in entry.get(part, ())]


def _day(key: str, text: Any) -> date:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError(f"calendar table, {key}: {text!r} is not a day like {key}-01-31") from None
    if abs(day.year - int(key)) > 1:
        raise ValueError(f"calendar table, {key}: {text} belongs to another year")
    return day
