"""Knows a plan being filled in: what is there, what is asked next, what a text changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.rules.plan_text import opening_month, parse_plan_months

GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan not yet filed. `asking` is "goal", a month's number as text, or "" (the preview)."""

    obligation_id: int
    goal: str = ""
    months: dict[int, str] = field(default_factory=dict, hash=False)
    asking: str = GOAL
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    """Photos or scans of the stamped form that came before the plan was filed."""
    mending: bool = False
    """One part was asked for on purpose: after it the preview comes back, not the next question."""

    def changed_from(self, goal: str, months: dict[int, str]) -> bool:
        return (self.goal, self.months) != (goal, months)

    def part(self, what: str) -> str:
        """The words of "goal" or of a month; "" where there are none."""
        return self.goal if what == GOAL else self.months.get(int(what), "")

    def since(self, before: Draft) -> tuple[tuple[str, str], ...]:
        """The parts that were not there `before`, or said something else: ("goal" or a month, its words)."""
        parts = [(GOAL, self.goal)] if self.goal != before.goal else []
        months = [(str(m), brief) for m, brief in sorted(self.months.items()) if brief != before.months.get(m)]
        return (*parts, *months)

    def missing(self, months: Sequence[int]) -> list[int]:
        return [month for month in months if not self.months.get(month)]

    def to_data(self) -> dict[str, Any]:
        months = {str(month): brief for month, brief in self.months.items()}
        data = {"obligation": self.obligation_id, "goal": self.goal, "months": months, "asking": self.asking}
        if self.mending:
            data["mending"] = True
        return {**data, "files": list(self.files)} if self.files else data

    @staticmethod
    def from_data(data: dict[str, Any]) -> Draft:
        months = {int(month): brief for month, brief in data["months"].items()}
        files = tuple(data.get("files") or ())
        return Draft(data["obligation"], data["goal"], months, data["asking"], files, bool(data.get("mending")))


@dataclass(frozen=True, slots=True)
class Fed:
    """A draft after a text: what belonged nowhere, and whether the months were taken by their order."""

    draft: Draft
    unknown: tuple[str, ...] = ()
    assumed: bool = False


def asked_next(draft: Draft, months: Sequence[int]) -> str:
    """The goal first, then month by month, then nothing ("")."""
    if not draft.goal:
        return GOAL
    missing = draft.missing(months)
    return str(missing[0]) if missing else ""


def feed(draft: Draft, text: str, months: Sequence[int], year: int) -> Fed:
    """The draft with a text worked in: headed parts go to their months, a bare text answers what was asked."""
    text = text.strip()
    parsed = parse_plan_months(text, months, year)
    if not parsed.months and not parsed.goal:
        if draft.asking == GOAL:
            draft = replace(draft, goal=text)
        elif opened := opening_month(text, months):
            month, brief = opened
            draft = replace(draft, months={**draft.months, month: brief})
        elif draft.asking:
            draft = replace(draft, months={**draft.months, int(draft.asking): text})
        else:
            return Fed(draft, (text,))
        return Fed(_next(draft, months))
    unknown = tuple(parsed.unknown)
    goal = parsed.goal or draft.goal
    if unknown and not goal and draft.asking == GOAL:
        goal, unknown = unknown[0], unknown[1:]
    draft = replace(draft, goal=goal, months={**draft.months, **parsed.months})
    return Fed(_next(draft, months), unknown, parsed.assumed)


def unsaid(draft: Draft, took: Mapping[str, Sequence[str]], asking: str) -> Draft:
    """The draft without what one message put into it, asking what was asked then.

    `took`: {part: (what stood there before, what the message said)}. A part that was changed since stays as it is.
    """
    months = dict(draft.months)
    goal = draft.goal
    for part, (old, new) in took.items():
        if draft.part(part) != new:
            continue
        if part == GOAL:
            goal = old
        elif old:
            months[int(part)] = old
        else:
            del months[int(part)]
    return replace(draft, goal=goal, months=months, asking=asking)


def says_which(text: str, months: Sequence[int], year: int) -> bool:
    """Whether a text names the parts that it fills, so that it need not be the answer to what was asked."""
    parsed = parse_plan_months(text, months, year)
    return bool(parsed.months or parsed.goal or opening_month(text.strip(), months))


def skip(draft: Draft, months: Sequence[int], blank: str) -> Draft:
    """What is asked is left blank on purpose; `blank` stands in its place."""
    if draft.asking == GOAL:
        draft = replace(draft, goal=blank)
    elif draft.asking:
        draft = replace(draft, months={**draft.months, int(draft.asking): blank})
    return _next(draft, months)


def _next(draft: Draft, months: Sequence[int]) -> Draft:
    return replace(draft, asking="" if draft.mending else asked_next(draft, months), mending=False)
