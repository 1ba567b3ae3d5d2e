"""Knows the three figures (done, waiting, overdue) that /overdue, /progress and every summary are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zlib import crc32

from core.rules.lights import Light
from core.rules.obligations import Kind, Obligation, standing
from core.rules.obligations import stage as stage_of
from core.rules.tasks import Leader, ref_order

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Figures:
    """Obligations counted by `standing`; never a measure of speed, so nothing is ever sorted by them."""

    done: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def all(self) -> int:
        return self.done + self.waiting + self.overdue

    @property
    def open(self) -> int:
        return self.waiting + self.overdue


def figures(obligations: Iterable[Obligation], today: date) -> Figures:
    """The one place where obligations are counted."""
    counts = {"done": 0, "waiting": 0, "overdue": 0}
    for obligation in obligations:
        counts[standing(obligation, today)] += 1
    return Figures(**counts)


def in_view(obligations: Sequence[Obligation], today: date, stage: date | None = None) -> list[Obligation]:
    """What counts on a day: everything open whose period has begun, and what was handed in for the present stage.

    What was handed in leaves the view once a later stage of the same task and unit has begun (a period that starts
    after its due date). What is overdue never leaves it, so the overdue figure here is that of the overdue list.
    `stage` (today if None) is the day that decides which periods have begun: a summary of a period that ended
    yesterday looks at yesterday's stage.
    """
    day = today if stage is None else stage
    begun = [o for o in obligations if o.period_from is None or o.period_from <= day or o.overdue(today)]
    latest: dict[tuple[int, int], date] = {}
    for o in begun:
        if o.period_from is not None:
            key = (o.task_id, o.unit_id)
            latest[key] = max(latest.get(key, o.period_from), o.period_from)
    return [o for o in begun if o.open or latest.get((o.task_id, o.unit_id), date.min) <= o.due]


def whole_stages(view: Sequence[Obligation], everything: Iterable[Obligation]) -> list[Obligation]:
    """All of every stage that the view shows something of, so that a stage says how many of how many are in."""
    shown = {stage_of(o) for o in view}
    return [o for o in everything if stage_of(o) in shown]


def overdue_only(obligations: Iterable[Obligation], today: date) -> list[Obligation]:
    return [o for o in obligations if standing(o, today) == "overdue"]


def by_leader(obligations: Iterable[Obligation], today: date) -> list[tuple[Leader | None, Figures]]:
    """Each leader's figures in the order of the notice; tasks without a leader come last."""
    rows = _grouped(obligations, lambda o: o.leader.name if o.leader else "")
    ordered = sorted(rows.values(), key=lambda row: leader_order(row[0].leader))
    return [(row[0].leader, figures(row, today)) for row in ordered]


def by_unit(obligations: Iterable[Obligation], today: date) -> list[tuple[int, str, Figures]]:
    """(unit id, name, figures) in the order in which the units come up in the notice."""
    rows = _grouped(obligations, lambda o: o.unit_id)
    ordered = sorted(rows.values(), key=lambda row: (min(ref_order(o.ref) for o in row), row[0].unit))
    return [(row[0].unit_id, row[0].unit, figures(row, today)) for row in ordered]


def by_stage(obligations: Iterable[Obligation], today: date) -> list[tuple[Obligation, Figures]]:
    """One example and the figures of each kind and period: the plan, the periods as they fall due, findings last."""
    rows = _grouped(obligations, stage_of)
    ordered = sorted(
        rows.values(), key=lambda row: stage_order(row[0].kind, min(o.due for o in row), stage_of(row[0])[1])
    )
    return [(row[0], figures(row, today)) for row in ordered]


def stage_order(kind: Kind, due: date, period: str) -> tuple[int, date, str]:
    """The plan first, then the periods as they fall due, findings last."""
    return {Kind.PLAN: 0, Kind.FINDING: 2}.get(kind, 1), due, period


def leader_order(leader: Leader | None) -> tuple[bool, int, str]:
    return (leader is None, leader.ordinal if leader else 0, leader.name if leader else "")


def next_due(obligations: Iterable[Obligation], today: date) -> tuple[date, int] | None:
    """(day, how many) of what falls due next; None if nothing is open."""
    coming = [o.chase for o in obligations if o.open and o.chase >= today]
    return (min(coming), coming.count(min(coming))) if coming else None


def _grouped(obligations: Iterable[Obligation], key: Callable[[Obligation], K]) -> dict[K, list[Obligation]]:
    rows: dict[K, list[Obligation]] = {}
    for obligation in obligations:
        rows.setdefault(key(obligation), []).append(obligation)
    return rows


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind and period in the place of an obligation that would say their name."""

    kind: Kind
    period: str
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What a broadcast says of one day: `day` counts as today, `late_units` are units with something overdue."""

    title: str
    day: date
    total: Figures
    leaders: tuple[tuple[Leader | None, Figures], ...]
    stages: tuple[tuple[Stage, Figures], ...]
    late_units: int
    coming: tuple[date, int] | None
    lights: tuple[tuple[Light, int], ...] = ()
    """How many tasks have which light."""

    @property
    def digest(self) -> str:
        """Eight characters that change when a figure or the day does."""
        rows = [(leader.name if leader else "", f.done, f.waiting, f.overdue) for leader, f in self.leaders]
        stages = [(s.kind, s.period, f.done, f.waiting, f.overdue) for s, f in self.stages]
        return f"{crc32(repr((self.day, rows, stages, self.late_units, *self._lit)).encode()):08x}"

    @property
    def figures_digest(self) -> str:
        """The same without the day: whether anything happened between two summaries."""
        rows = [(leader.name if leader else "", f.done, f.waiting, f.overdue) for leader, f in self.leaders]
        return f"{crc32(repr((rows, self.late_units, *self._lit)).encode()):08x}"

    @property
    def _lit(self) -> list[tuple[str, int]]:
        return [(str(light), n) for light, n in self.lights if light is not Light.NONE]
