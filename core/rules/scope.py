"""Knows whose obligations a person may see in a list: the office all, a leader their tasks, a desk its units."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.obligations import Obligation
from core.rules.people import Person
from core.rules.tasks import Task


@dataclass(frozen=True, slots=True)
class Scope:
    """`everything`, or the tasks of these leaders and what these units owe; of it only what the leader `within` heads too."""

    everything: bool = False
    leaders: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    within: str = ""

    def holds(self, obligation: Obligation) -> bool:
        if self.within and not obligation.led_by([self.within]):
            return False
        if self.everything or obligation.unit_id in self.units:
            return True
        return obligation.led_by(self.leaders)

    def holds_task(self, task: Task) -> bool:
        """Whether the task is one of these leaders' or one in which these units have a part by name."""
        if self.everything or task.part_of(self.units) is not None:
            return True
        return task.led_by(self.leaders)

    def sees_unit(self, unit_id: int, unit_tasks: list[Task]) -> bool:
        """Whether the person may look at this unit at all; a leader may where the unit works on their tasks."""
        if self.everything or unit_id in self.units:
            return True
        return any(task.led_by(self.leaders) for task in unit_tasks)


def scope_of(person: Person) -> Scope:
    """The widest that one of the person's posts allows."""
    if person.supervises:
        return Scope(everything=True)
    return Scope(leaders=person.leads_as, units=person.unit_ids)
