"""Knows obligations (what one unit owes for one task by one date) and their allowed moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.rules.ladder import Ladder
from core.rules.tasks import Headed, Leader, ref_order


class Kind(StrEnum):
    PLAN = "plan"
    REPORT = "report"
    COMPLETION = "completion"
    """The report that a task is done: handed in or dropped, never awaited."""
    FINDING = "finding"
    """What an inspection found and the unit is to mend; its period is the finding's key."""


COUNTED_KINDS = (Kind.PLAN, Kind.REPORT, Kind.FINDING)
"""What lists and figures count; a completion is asked for by nobody."""

STAGE_KINDS = (Kind.PLAN, Kind.REPORT)
"""What all units owe by the same date, so that a summary looks back at it; findings have dates of their own."""


class State(StrEnum):
    OPEN = "open"
    HANDED_IN = "handed_in"
    DROPPED = "dropped"


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.HANDED_IN, State.DROPPED}),
    State.HANDED_IN: frozenset({State.OPEN, State.HANDED_IN, State.DROPPED}),
    State.DROPPED: frozenset(),
}


class NotAllowed(Exception):
    """An obligation can't go from this state to that one; nothing was changed."""


def check_move(old: State, new: State) -> None:
    if new not in MOVES[old]:
        raise NotAllowed(f"{old} -> {new}")


@dataclass(frozen=True, slots=True)
class Obligation(Headed):
    """An obligation with the names a list needs. Dates are the office's local days, moments are UTC."""

    id: int
    task_id: int
    unit_id: int
    kind: Kind
    period: str
    due: date
    state: State
    arose_at: datetime
    done_at: datetime | None
    ref: str
    content: str
    unit: str
    leader: Leader | None
    frequency: str | None = None
    last_rung: int | None = None
    next_nudge_on: date | None = None
    period_from: date | None = None
    agreed: date | None = None
    """The date that was agreed instead of `due`: by an extension, or for mending what was returned."""
    reviewed: str | None = None
    """accepted | returned: what was said of the newest version; None while nobody looked at it."""
    ladder: Ladder = ()
    """The ladder that was in force when it arose."""
    asks: str = ""
    """What is to be mended; "" for everything but a finding."""
    also: tuple[Leader, ...] = ()

    @property
    def open(self) -> bool:
        return self.state is State.OPEN

    @property
    def returned(self) -> bool:
        return self.open and self.reviewed == "returned"

    @property
    def chase(self) -> date:
        """The date that reminders and the overdue list follow; assessment keeps `due`."""
        return self.agreed or self.due

    def overdue(self, today: date) -> bool:
        return self.open and self.chase < today

    def extended(self, today: date) -> bool:
        """Past its original date, but not past the one that was agreed."""
        return self.open and self.due < today <= self.chase

    def days_late(self, today: date) -> int:
        return max(0, (today - self.chase).days)

    def current(self, today: date) -> bool:
        """Something a person would hand in now: its period has begun."""
        return self.open and (self.period_from is None or self.period_from <= today)


@dataclass(frozen=True, slots=True)
class Revised:
    """How often an obligation was changed (its task's changes count too), and the dates that it had before."""

    number: int = 0
    dates: tuple[date, ...] = ()


def in_order(obligations: list[Obligation]) -> list[Obligation]:
    """The order of every list: by due date, then by ref."""
    return sorted(obligations, key=lambda o: (o.chase, ref_order(o.ref), o.unit))


def standing(obligation: Obligation, today: date) -> str:
    """done | overdue | waiting, the three figures of every summary."""
    if obligation.state is State.HANDED_IN:
        return "done"
    return "overdue" if obligation.overdue(today) else "waiting"


def stage(obligation: Obligation) -> tuple[Kind, str]:
    """What it is counted with: its kind and period; everything that inspections found is one stage."""
    return obligation.kind, "" if obligation.kind is Kind.FINDING else obligation.period


def grouped_dates(obligations: Iterable[Obligation]) -> list[list[Obligation]]:
    """What falls due on the same day and is of the same stage, in the order of the dates."""
    groups: dict[tuple[date, Kind, str], list[Obligation]] = {}
    for o in obligations:
        groups.setdefault((o.chase, *stage(o)), []).append(o)
    return [groups[key] for key in sorted(groups)]
