"""Knows which reporting frequency a plan suggests, and why: how many of its months hold a step of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.rules.periods import Frequency

FEW = 2
"""Steps in a year up to which a half-yearly report tells them all."""

QUARTER_ENDS = frozenset({3, 6, 9, 12})
_NOTHING = re.compile(r"[\s\-—–_/\\.。、…]*(?:无|暂无|没有|无安排|none|nil|n/?a)?[\s\-—–_/\\.。、…]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """why: no_plan | goal_only | few | quarter_ends | some | most. `steps` are the months that hold a step."""

    frequency: Frequency | None
    why: str
    steps: tuple[int, ...] = ()
    months: int = 0
    """Months that the plan is asked for."""


def propose(months: Mapping[int, str] | None, asked: Collection[int]) -> Proposal:
    """The frequency for a plan's briefs by month; None for `months` means that there is no plan, and no proposal.

    A step is a brief that says something and says something else than the month before. Steps in more than half of
    the months: monthly; at most two: half-yearly; else quarterly.
    """
    if months is None:
        return Proposal(None, "no_plan")
    steps = steps_of(months)
    count = max(len(asked), len(months), 1)
    if not steps:
        return Proposal(Frequency.HALF_YEARLY, "goal_only", (), count)
    if 2 * len(steps) > count:
        return Proposal(Frequency.MONTHLY, "most", steps, count)
    if len(steps) <= FEW:
        return Proposal(Frequency.HALF_YEARLY, "few", steps, count)
    why = "quarter_ends" if QUARTER_ENDS.issuperset(steps) else "some"
    return Proposal(Frequency.QUARTERLY, why, steps, count)


def steps_of(months: Mapping[int, str]) -> tuple[int, ...]:
    """The months with a step of their own, in order."""
    steps = []
    before = ""
    for month in sorted(months):
        brief = "".join(months[month].split()).rstrip("。；;.")
        if _NOTHING.fullmatch(brief):
            before = ""
            continue
        if brief != before:
            steps.append(month)
        before = brief
    return tuple(steps)
