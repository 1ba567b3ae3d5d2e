"""Knows what a briefing (通报) says: the figures of one moment, who is behind and why, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core.rules.lights import TaskLight
from core.rules.month_heads import ENGLISH
from core.rules.numerals import chinese_number, narrow
from core.rules.obligations import Obligation, grouped_dates
from core.rules.periods import Frequency, Period
from core.rules.summary import Figures
from core.rules.tasks import Leader, Task


@dataclass(frozen=True, slots=True)
class Span:
    """What a briefing is about: a period, or (None) everything up to a day. `day` is the last day it knows of."""

    period: Period | None
    day: date

    @property
    def key(self) -> str:
        """For a button: "2023-04", "2023-Q1", "2023-H1", or the day as 20230410."""
        return self.period.key if self.period else self.day.strftime("%Y%m%d")


@dataclass(frozen=True, slots=True)
class Behind:
    """One overdue item: the days, the unit's own words and their date ("" where it said nothing), its next plan."""

    obligation: Obligation
    days: int
    why: str = ""
    said_on: date | None = None
    next_plan: str = ""


@dataclass(frozen=True, slots=True)
class LeaderRow:
    leader: Leader | None
    tasks: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything a briefing says. `at` is the moment (UTC) whose facts it tells; `current` where that is now."""

    span: Span
    at: datetime
    current: bool
    title: str
    addressees: tuple[str, ...]
    tasks: int
    units: int
    total: Figures
    late_units: int
    filed: int
    leaders: tuple[LeaderRow, ...]
    stages: tuple[tuple[Obligation, Figures], ...]
    behind: tuple[Behind, ...]
    coming: tuple[tuple[date, Obligation, int], ...]
    """(date, an example, how many) of what falls due next."""
    next_month: int
    lights: tuple[tuple[Task, TaskLight], ...] = ()
    """Every task with its light at that moment."""


def next_dues(obligations: Iterable[Obligation], day: date, most: int = 4) -> list[tuple[date, Obligation, int]]:
    """What falls due next and within a month of that, by date and kind."""
    coming = grouped_dates(o for o in obligations if o.open and o.chase >= day)
    rows = [(found[0].chase, found[0], len(found)) for found in coming]
    return [row for row in rows if (row[0] - rows[0][0]).days < 28][:most]


def spans(today: date) -> list[Span]:
    """What the office asks for most: this month, the last one, the quarter and the half-year that hold them."""
    month = Period.holding(Frequency.MONTHLY, today)
    before = _before(month)
    wanted = [
        month,
        before,
        Period.holding(Frequency.QUARTERLY, today),
        _before(Period.holding(Frequency.QUARTERLY, today)),
        Period.holding(Frequency.HALF_YEARLY, today),
        _before(Period.holding(Frequency.HALF_YEARLY, today)),
    ]
    return [span_of(period, today) for period in wanted]


def span_of(period: Period, today: date) -> Span:
    return Span(period, min(period.last_day, today))


def finished(today: date) -> list[Period]:
    """The periods that ended with the last month before `today`, the longest first."""
    month = _before(Period.holding(Frequency.MONTHLY, today))
    longer = [Period.holding(frequency, month.first_day) for frequency in (Frequency.HALF_YEARLY, Frequency.QUARTERLY)]
    return [period for period in [*longer, month] if period.last_day == month.last_day]


def _before(period: Period) -> Period:
    if period.index > 1:
        return Period(period.frequency, period.year, period.index - 1)
    return Period(period.frequency, period.year - 1, 12 // period.frequency.months)


_PERIOD = re.compile(
    r"(?:(20\d\d|今|本|去|上)年?[-年./ ]?)?"
    r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月?(?:份|月报)?"
    r"|第?(?P<quarter>[1-4一二三四])季度?(?:报)?|Q(?P<q>[1-4])"
    r"|(?P<half>[上下])半年(?:报)?|H(?P<h>[12]))",
    re.IGNORECASE,
)
_ENGLISH = re.compile(rf"({'|'.join(ENGLISH)})[a-z]*\.?(?: (20\d\d))?")
_YEAR_LAST = re.compile(r"([qh][1-4]) (20\d\d)")
_RELATIVE = {
    "本月": (Frequency.MONTHLY, 0),
    "上月": (Frequency.MONTHLY, 1),
    "上个月": (Frequency.MONTHLY, 1),
    "月报": (Frequency.MONTHLY, 0),
    "本季": (Frequency.QUARTERLY, 0),
    "本季度": (Frequency.QUARTERLY, 0),
    "上季度": (Frequency.QUARTERLY, 1),
    "季报": (Frequency.QUARTERLY, 0),
    "半年报": (Frequency.HALF_YEARLY, 0),
    "this month": (Frequency.MONTHLY, 0),
    "last month": (Frequency.MONTHLY, 1),
    "this quarter": (Frequency.QUARTERLY, 0),
    "last quarter": (Frequency.QUARTERLY, 1),
}


def read_period(text: str, today: date) -> Period | None:
    """4月, 2023-04, 三月份, 一季度, Q2, 上半年, 上月: a period that has begun; without year the last one of that name."""
    flat = narrow(text).strip().casefold()
    if flat in _RELATIVE:
        frequency, back = _RELATIVE[flat]
        period = Period.holding(frequency, today)
        return _before(period) if back else period
    if english := _ENGLISH.fullmatch(flat):
        month, year = ENGLISH.index(english[1]) + 1, int(english[2] or today.year)
        late = english[2] is None and month > today.month
        return Period(Frequency.MONTHLY, year - late, month)
    found = _PERIOD.fullmatch(_YEAR_LAST.sub(r"\2 \1", flat))
    if not found:
        return None
    year = {"去": today.year - 1, "上": today.year - 1}.get(found[1] or "", today.year)
    if found[1] and found[1].isdigit():
        year = int(found[1])
    period = _named(found, year)
    if found[1] is None and period.first_day > today:
        period = _named(found, year - 1)
    return period


def _named(found: re.Match[str], year: int) -> Period:
    if found["month"]:
        return Period(Frequency.MONTHLY, year, _number(found["month"]))
    if quarter := found["quarter"] or found["q"]:
        return Period(Frequency.QUARTERLY, year, _number(quarter))
    half = {"上": 1, "下": 2}.get(found["half"] or "") or int(found["h"] or 1)
    return Period(Frequency.HALF_YEARLY, year, half)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)
