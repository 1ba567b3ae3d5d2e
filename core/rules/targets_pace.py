"""Knows what a target asks for (at least, at most, about) and how much of it a day may expect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from core.rules.figures import Target, find_figures
from core.rules.figures_said import Sense, sense_of
from core.rules.measures import convert, measure


class Bound(StrEnum):
    """How a value is measured against the target: 以上 and no word, 超过, 不超过 / 以内, 左右."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    ABOUT = "about"


_AT_MOST = ("不超过", "不高于", "不多于", "以内", "以下")
_MORE = ("超过", "突破", "超")
ABOUT_ENOUGH = Decimal("0.95")
"""From this share on a target of "about" (左右) is reached."""

TIME_MARGIN = Decimal("0.1")
"""By time passed alone a tenth of the target may lack: work is not spread evenly over a year."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One target of a task as it is compared: `key` names it within the task, whatever its figure is changed to."""

    key: str
    target: Target
    bound: Bound = Bound.AT_LEAST
    aspired: bool = False
    """力争, 争取, 努力: to be striven for. Falling short of it is no failing."""

    @property
    def growth(self) -> bool:
        """A rate of growth is told of each period as it is; it doesn't add up over the year."""
        return self.level and bool(re.search(r"增长|增幅|增速|下降|降幅|降低|提高|growth|rise|fall", self.target.label))

    @property
    def level(self) -> bool:
        """A share or rate: what it was when the year began is not known, so time says nothing about it."""
        found = measure(self.target.unit)
        return found is not None and found[0] in ("share", "points")

    def reached(self, total: Decimal) -> bool:
        if self.bound is Bound.AT_MOST:
            return total <= self.target.value
        if self.bound is Bound.MORE_THAN:
            return total > self.target.value
        return total >= self.target.value * (ABOUT_ENOUGH if self.bound is Bound.ABOUT else 1)


def goals_of(targets: tuple[dict[str, object], ...], content: str) -> tuple[Goal, ...]:
    """The targets of a task as the notice was read; 控制在 before the figure makes it a ceiling too."""
    out, seen = [], dict[str, int]()
    for row in targets:
        label, unit, value = str(row["label"]), str(row["unit"]), Decimal(str(row["value"]))
        name = f"{label}/{unit}"
        seen[name] = seen.get(name, 0) + 1
        key = name if seen[name] == 1 else f"{name}#{seen[name]}"
        word = str(row.get("comparator") or "")
        bound = _bound(word)
        if bound is Bound.AT_LEAST and not word and _held_down(content, row):
            bound = Bound.AT_MOST
        out.append(Goal(key, Target(label, value, unit), bound, bool(row.get("aspiration"))))
    return tuple(goal for goal in out if goal.target.value > 0)


def _bound(word: str) -> Bound:
    if word in _AT_MOST:
        return Bound.AT_MOST
    if word in _MORE:
        return Bound.MORE_THAN
    return Bound.ABOUT if word == "左右" else Bound.AT_LEAST


def _held_down(content: str, row: dict[str, object]) -> bool:
    flat = re.sub(r"\s", "", content)
    return bool(re.search(rf"控制在{re.escape(str(row['value']))}{re.escape(str(row['unit']))}", flat))


# -- what a day may expect ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """What may be expected by a day. source: plan | time | whole (a rate of growth) | none."""

    expected: Decimal | None
    source: str


NO_PACE = Pace(None, "none")


def pace(goal: Goal, months: Mapping[int, str], day: date, first: date, last: date) -> Pace:
    """What the plan's months say by the month of `day`, else the share of time passed between `first` and `last`.

    A ceiling has no pace; a rate of growth is expected whole, any other rate only by the plan.
    """
    if goal.bound is Bound.AT_MOST:
        return NO_PACE
    if goal.growth:
        return Pace(goal.target.value, "whole")
    planned = planned_totals(goal, months) if day.year == last.year else {}
    if planned:
        return Pace(next((planned[m] for m in sorted(planned, reverse=True) if m <= day.month), Decimal(0)), "plan")
    if goal.level or last <= first:
        return NO_PACE
    return Pace(_by_time(goal, day, first, last), "time")


def _by_time(goal: Goal, day: date, first: date, last: date) -> Decimal:
    share = Decimal((min(day, last) - first).days + 1) / Decimal((last - first).days + 1)
    expected = goal.target.value * max(Decimal(0), share - (TIME_MARGIN if day < last else 0))
    whole = goal.target.value == goal.target.value.to_integral_value() and goal.target.value <= 100
    return expected.to_integral_value(ROUND_FLOOR) if whole else expected.quantize(Decimal("0.01"))


def planned_totals(goal: Goal, months: Mapping[int, str]) -> dict[int, Decimal]:
    """{month: total planned by its end}, for the months whose brief has one figure for the target.

    Whether the figures add up or are totals is said in them (累计, 本月) or follows from the target: totals don't
    fall and end near it, parts add up to it. Empty where neither can be told.
    """
    found = [(m, *figure) for m in sorted(months) if (figure := _planned(months[m], goal.target))]
    if not found:
        return {}
    unsaid = [value for _, value, sense in found if sense is Sense.UNSAID]
    sense = _sense(unsaid, goal.target.value) if unsaid else Sense.TOTAL
    if sense is Sense.UNSAID:
        return {}
    totals: dict[int, Decimal] = {}
    so_far = Decimal(0)
    for month, value, said in found:
        step = (said if said is not Sense.UNSAID else sense) is Sense.STEP
        so_far = so_far + value if step else value
        totals[month] = so_far
    return totals


def _sense(values: list[Decimal], target: Decimal) -> Sense:
    if len(values) == 1:
        return Sense.TOTAL
    most, total = target * Decimal("1.05"), sum(values, Decimal(0))
    rising = all(later >= earlier for earlier, later in zip(values, values[1:], strict=False))
    totals, parts = rising and values[-1] <= most, total <= most
    if totals and parts:
        near = Decimal("0.02") * target
        totals, parts = abs(values[-1] - target) <= near, abs(total - target) <= near
    if totals is parts:
        return Sense.UNSAID
    return Sense.TOTAL if totals else Sense.STEP


_SHARE = re.compile(r"(?:完成|达到?|进度|过|累计|completed?|reach)[^\d,。;]{0,12}$", re.IGNORECASE)


def _planned(brief: str, target: Target) -> tuple[Decimal, Sense] | None:
    """The one figure of a month's brief that is the target's, or the share of it; None where several fit."""
    figures = find_figures(brief)
    fitting = [(f, v) for f in figures if (v := convert(f.value, f.unit, target.unit)) is not None]
    if len(fitting) > 1:
        words = {target.label[place : place + 2] for place in range(len(target.label) - 1)}
        fitting = [(f, v) for f, v in fitting if any(word in f.clause for word in words)]
    if len(fitting) > 1:
        fitting = [(f, v) for f, v in fitting if sense_of(f, brief) is Sense.TOTAL]
    if len(fitting) == 1:
        return fitting[0][1], sense_of(fitting[0][0], brief, target.label)
    shares = [f for f in figures if f.unit == "%" and _SHARE.search(f.before)]
    if not fitting and len(shares) == 1 and measure(target.unit) != measure("%"):
        return shares[0].value * target.value / 100, Sense.TOTAL
    return None
