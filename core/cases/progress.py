"""Knows how far things have come: overall, for one unit, for one leader, and whom a typed name means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import TypeVar

from core.cases.lights import counted_lights, lights_of
from core.cases.overdue import obligations_in
from core.rules.lights import Light, TaskLight
from core.rules.obligations import COUNTED_KINDS, Obligation, State, standing
from core.rules.overdue import leader_mark
from core.rules.people import Person, Role
from core.rules.scope import Scope
from core.rules.summary import Figures, Summary, figures, in_view
from core.rules.tally import by_unit, summed
from core.rules.tasks import Leader, Part, Task, Unit, ref_order
from core.work import Wanted, Work

NEAR = 0.5
"""Likeness from which a name is offered as what was meant (1 is the same)."""

MOST_HITS = 12
MOST_NEAR = 5

N = TypeVar("N", Unit, Leader)


@dataclass(frozen=True, slots=True)
class Progress:
    summary: Summary
    units: list[tuple[int, str, Figures]]
    lights: dict[Light, int]
    """How many tasks have which light."""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit as the asker may see it; `late` and `waiting` are what is open and in view."""

    unit: Unit
    people: list[Person]
    leading: list[Task]
    assisting: list[Task]
    total: Figures
    late: list[Obligation]
    waiting: list[Obligation]
    day: date
    lights: dict[int, TaskLight]
    """Of the tasks that it leads."""


@dataclass(frozen=True, slots=True)
class LeaderCard:
    """One leader's tasks: each with what is in view of it."""

    leader: Leader
    total: Figures
    tasks: list[tuple[Task, Figures]]
    day: date
    lights: dict[int, TaskLight]


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed name may mean: hits, or, where there is none, those whose names look alike."""

    units: list[Unit]
    leaders: list[Leader]
    near_units: list[Unit]
    near_leaders: list[Leader]

    @property
    def count(self) -> int:
        return len(self.units) + len(self.leaders)


def progress(work: Work, scope: Scope, now: datetime) -> Progress:
    """The figures of everything in scope, by leader, by stage and by unit."""
    found = work.tally.counted(scope, work.office.today(now))
    return Progress(summed("", found), by_unit(found.tallies), counted_lights(work, scope, now))


def unit_card(work: Work, scope: Scope, unit: Unit, now: datetime) -> UnitCard | None:
    """The unit's people, tasks and what is open; None where the asker has nothing to do with it."""
    tasks = work.notices.tasks_of_units([unit.id])
    if not scope.sees_unit(unit.id, tasks):
        return None
    if unit.id not in scope.units:
        # A leader sees the unit's part in their own tasks only.
        tasks = [task for task in tasks if scope.everything or task.led_by(scope.leaders)]
    today = work.office.today(now)
    view = in_view(obligations_in(work, scope, unit=unit.id), today)
    leading = [task for task in tasks if task.part_of((unit.id,)) is Part.LEAD]
    ids = [task.id for task in leading]
    owed = work.obligations.find(Wanted(task_ids=ids, kinds=COUNTED_KINDS, states=[State.OPEN, State.HANDED_IN]))
    return UnitCard(
        unit,
        work.people.of_units([unit.id], Role.CONTACT, Role.HEAD),
        leading,
        [task for task in tasks if task.part_of((unit.id,)) is not Part.LEAD],
        figures(view, today),
        [o for o in view if standing(o, today) == "overdue"],
        [o for o in view if standing(o, today) == "waiting"],
        today,
        lights_of(work, leading, owed, now),
    )


def leader_card(work: Work, scope: Scope, leader: Leader, now: datetime) -> LeaderCard:
    """A leader's tasks with their figures, in the order of the notice."""
    today = work.office.today(now)
    everything = obligations_in(work, scope, leader=leader.name)
    view = in_view(everything, today)
    tasks = [task for task in work.notices.tasks() if task.led_by([leader.name])]
    tasks.sort(key=lambda task: ref_order(task.ref))
    rows = [(task, figures((o for o in view if o.task_id == task.id), today)) for task in tasks]
    return LeaderCard(leader, figures(view, today), rows, today, lights_of(work, tasks, everything, now))


def leaders(work: Work, scope: Scope) -> list[Leader]:
    """The leaders whom the asker may look at, in the order of the notice."""
    found = [leader for leader in work.rolls.leaders() if scope.everything or leader.name in scope.leaders]
    return sorted(found, key=lambda leader: leader.ordinal)


def leader_by_mark(work: Work, scope: Scope, mark: str) -> Leader | None:
    """The leader that a button's eight characters stand for."""
    return next((leader for leader in leaders(work, scope) if leader_mark(leader) == mark), None)


def units(work: Work, scope: Scope) -> list[Unit]:
    """The units whom the asker may look at: those with a part in a task of an active notice."""
    named = work.rolls.units_in_tasks(None if scope.everything else scope.leaders, scope.units)
    found = {unit.id: unit for unit in named if not unit.group}
    for unit_id in scope.units:
        # A unit may be in it through a group term alone (各镇街).
        if unit_id not in found and (unit := work.notices.unit(unit_id)):
            found[unit_id] = unit
    return list(found.values())


def find(work: Work, scope: Scope, text: str, *, want_units: bool = True, want_leaders: bool = True) -> Found:
    """Whom the text means: the very name, else a unit's very former name, else names that hold it, or look like it.

    Several where a name was borne by several units in turn.
    """
    here = units(work, scope) if want_units else []
    heads = leaders(work, scope) if want_leaders else []
    wanted = _bare(text)
    once = {unit.id for unit in work.notices.units_once(text, whole=True)} if want_units else set()
    for fits in (_same, _holds):
        if fits is _holds and (former := [unit for unit in here if unit.id in once]):
            return Found(former[:MOST_HITS], [], [], [])  # by the name that it had before
        hit_units = [unit for unit in here if fits(_bare(unit.name), wanted)]
        hit_leaders = [
            leader for leader in heads if fits(_bare(leader.name), wanted) or fits(_bare(leader.label), wanted)
        ]
        if hit_units or hit_leaders:
            return Found(hit_units[:MOST_HITS], hit_leaders[:MOST_HITS], [], [])
    once = {unit.id for unit in work.notices.units_once(text)} if want_units else set()
    if former := [unit for unit in here if unit.id in once]:
        return Found(former[:MOST_HITS], [], [], [])  # by a name that it had before
    return Found([], [], _alike(here, wanted), _alike(heads, wanted))


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _same(name: str, wanted: str) -> bool:
    return name == wanted


def _holds(name: str, wanted: str) -> bool:
    """The name holds the text, or all its characters in their order (区发局 for 区发改局)."""
    if not wanted:
        return False
    rest = iter(name)
    return wanted in name or (len(wanted) > 1 and all(character in rest for character in wanted))


def _alike(named: Sequence[N], wanted: str) -> list[N]:
    scored = [(SequenceMatcher(None, _bare(one.name), wanted).ratio(), one) for one in named]
    near = sorted((pair for pair in scored if pair[0] >= NEAR), key=lambda pair: -pair[0])
    return [one for _, one in near[:MOST_NEAR]]
