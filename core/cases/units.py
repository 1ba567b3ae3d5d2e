"""Knows how units are renamed, merged and split: what hangs on them passes over, everybody concerned is told once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from core.cases.absence import settle_acting
from core.cases.desks import desk
from core.cases.extension import close
from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.cases.task_state import put_note
from core.cases.unreached import new_gaps, tell_gaps
from core.rules.obligations import COUNTED_KINDS, Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.tasks import Unit, ref_order
from core.rules.units import Changed, Holding
from core.words import units as words
from core.words.voice import voice
from core.work import Wanted, Work

SHORTEST, LONGEST = 2, 60
"""Characters of a unit's name."""


def holding(work: Work, unit_id: int) -> Holding:
    """Raises Problem where the unit is no more, or stands for others."""
    unit = work.notices.unit(unit_id)
    if unit is None or unit.group or not work.units.standing(unit_id):
        raise Problem("units.gone")
    tasks = [t for t in work.notices.tasks() if any(a.unit.id == unit_id for a in t.assignments)]
    return Holding(
        unit,
        tuple(sorted(tasks, key=lambda task: ref_order(task.ref))),
        len(_open(work, unit_id)),
        tuple(work.people.of_units([unit_id], Role.CONTACT, Role.HEAD)),
        tuple(work.units.former_names(unit_id)),
    )


def new_name(work: Work, text: str) -> str:
    """A name that no unit has. Raises Problem."""
    name = "".join(text.split()) if not text.isascii() else " ".join(text.split())
    if not SHORTEST <= len(name) <= LONGEST:
        raise Problem("units.name_length", least=SHORTEST, most=LONGEST)
    if any(unit.name == name for unit in work.notices.units()):
        raise Problem("units.name_taken", name=name)
    return name


def rename(work: Work, unit_id: int, name: str, by: Person, now: datetime) -> Changed:
    """Everything stays, the old name goes on finding it; its people are told. Raises Problem."""
    before = holding(work, unit_id)
    name = new_name(work, name)
    work.units.rename(unit_id, name, now)
    work.history.add("unit_renamed", "unit", unit_id, now, by.id, old=before.unit.name, value=name)
    unit = Unit(unit_id, name)
    told = _tell(work, "renamed", [unit_id], (before.unit.name, name), by, now, before.open)
    return Changed(unit, 0, 0, before.open, told, _nobody(work, [unit]))


def merge(work: Work, source_id: int, target_id: int, by: Person, now: datetime) -> Changed:
    """One unit goes into another.

    1. Tasks pass over; where both had a part, the stronger one stays.
    2. Obligations pass over; where both owed the same, one of them stands: what was handed in before what is open.
    3. People, unused links and places in group terms pass over; the old name finds the other unit.

    Raises Problem where one of them is no more.
    """
    if source_id == target_id:
        raise Problem("units.same")
    source, target = holding(work, source_id), holding(work, target_id)
    moved, folded = work.units.move_tasks(source_id, target_id, now)
    waiting = len(_open(work, source_id))
    _, pairs = work.units.move_obligations(source_id, target_id, now)
    for one, two in pairs:
        _fold(work, one, two, now)
    work.units.take_posts(source_id, target_id, now, stay=False)
    work.units.move_links(source_id, target_id)
    work.units.end(source_id, target_id, now)
    settle_acting(work, now)
    facts = {"old": source.unit.name, "value": target.unit.name}
    work.history.add("unit_merged", "unit", source_id, now, by.id, None, into=target_id, tasks=moved, **facts)
    work.history.add("unit_merged", "unit", target_id, now, by.id, None, merged=source_id, tasks=moved, **facts)
    names = (source.unit.name, target.unit.name)
    told = _tell(work, "merged", [target_id], names, by, now, len(_open(work, target_id)))
    nobody = _gaps(work, by, [target.unit], now)
    return Changed(target.unit, moved, folded, waiting, told, nobody)


def split(
    work: Work, unit_id: int, name: str, task_ids: Collection[int], with_people: bool, by: Person, now: datetime
) -> Changed:
    """A new unit takes these tasks with all that is owed or was handed in for them.

    With `with_people` the old unit's people serve the new one too, until it has its own. Raises Problem where a task is
    not the unit's any more, or none or all of them would go.
    """
    before = holding(work, unit_id)
    name = new_name(work, name)
    own = {task.id for task in before.tasks}
    wanted = set(task_ids)
    if not wanted:
        raise Problem("units.no_tasks")
    if not wanted <= own:
        raise Problem("units.changed")
    if wanted == own:
        raise Problem("units.all_tasks")
    fresh = work.units.open(name, now)
    owed = [o for o in _open(work, unit_id) if o.task_id in wanted]
    moved, _ = work.units.move_tasks(unit_id, fresh.id, now, wanted)
    work.units.move_obligations(unit_id, fresh.id, now, wanted)
    if with_people:
        work.units.take_posts(unit_id, fresh.id, now, stay=True)
        settle_acting(work, now)
    refs = [task.ref for task in before.tasks if task.id in wanted]
    work.history.add("unit_split", "unit", unit_id, now, by.id, value=name, old=before.unit.name, tasks=refs)
    work.history.add("unit_split", "unit", fresh.id, now, by.id, value=name, old=before.unit.name, tasks=refs)
    told = _tell(work, "split", [unit_id, fresh.id], (before.unit.name, name), by, now, len(owed), refs)
    return Changed(fresh, moved, 0, len(owed), told, _gaps(work, by, [fresh], now))


def _fold(work: Work, one: int, two: int, now: datetime) -> None:
    """Both owed the same: `one` of the unit that goes, `two` of the unit that stays."""
    found = {o.id: o for o in work.obligations.find(Wanted(ids=[one, two]))}
    first, second = found.get(one), found.get(two)
    if first is None or first.state is State.DROPPED:
        return
    if second is None or second.state is State.DROPPED or _stronger(work, first, second):
        work.units.swap(one, two, now)
        one, two, second = two, one, first
        if found.get(one) is None or found[one].state is State.DROPPED:
            return
    close(work, found[one], now)
    work.units.move_drafts(one, two)
    work.obligations.move(one, State.DROPPED, now)
    work.outbox.drop_nudges([one], "the unit was merged", now)
    work.history.add(
        "folded", "task", second.task_id, now, obligation=one, into=two, period=_period(second), unit=second.unit
    )


def _stronger(work: Work, first: Obligation, second: Obligation) -> bool:
    """What was handed in stands before what is open; of two that are open, what was begun."""
    if first.open != second.open:
        return second.open
    return first.open and bool(work.reports.of(first.id)) and not work.reports.of(second.id)


def _period(obligation: Obligation) -> str:
    return "" if obligation.kind is Kind.COMPLETION else obligation.period


def _open(work: Work, unit_id: int) -> list[Obligation]:
    return work.obligations.find(Wanted(unit_ids=[unit_id], kinds=COUNTED_KINDS, states=[State.OPEN]))


def _nobody(work: Work, units: Sequence[Unit]) -> tuple[str, ...]:
    why = work.people.unreached()
    return tuple(unit.name for unit in units if unit.id in why)


def _gaps(work: Work, by: Person, units: Sequence[Unit], now: datetime) -> tuple[str, ...]:
    """The units of these in which nobody can be reached; the other supervisors hear of it now."""
    gaps = new_gaps(work, now)
    tell_gaps(work, gaps, [person for person in supervisors(work) if person.id != by.id], now)
    return _nobody(work, units)


def _tell(
    work: Work,
    what: str,
    unit_ids: Sequence[int],
    names: tuple[str, str],
    by: Person,
    now: datetime,
    owed: int,
    refs: Sequence[str] = (),
) -> int:
    """Everybody of the units concerned, once; for who is on leave, the deputy."""
    people = {p.id: p for number in unit_ids for p in [*desk(work, number), *_heads(work, number)]}
    people.pop(by.id, None)
    for person in people.values():
        said = voice(person.lang or work.office.lang)
        put_note(work, f"units:{what}:{unit_ids[0]}", person, words.told(said, what, names, owed, refs), now)
    return len(people)


def _heads(work: Work, unit_id: int) -> list[Person]:
    return [person for person in work.people.of_units([unit_id], Role.HEAD) if person.reachable]
