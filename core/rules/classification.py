"""Knows what setting a reporting frequency means: which tasks can owe reports, and what would follow."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from core.rules.periods import DueRow, Frequency
from core.rules.tasks import Leader, Task, Unit


@dataclass(frozen=True, slots=True)
class Overview:
    """Every task of the active notices; only those with a lead unit can owe reports."""

    tasks: tuple[Task, ...]

    @property
    def able(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.leads)

    @property
    def unset(self) -> tuple[Task, ...]:
        return tuple(task for task in self.able if not task.frequency)

    @property
    def without_lead(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if not task.leads)

    @property
    def leaders(self) -> list[tuple[Leader, list[Task]]]:
        """The leaders in the order of the notice, with their tasks that can owe."""
        found: dict[str, tuple[Leader, list[Task]]] = {}
        for task in self.able:
            if task.leader:
                found.setdefault(task.leader.name, (task.leader, []))[1].append(task)
        return sorted(found.values(), key=lambda row: row[0].ordinal)

    @property
    def units(self) -> list[tuple[Unit, list[Task]]]:
        """The lead units, those with most tasks first."""
        found: dict[int, tuple[Unit, list[Task]]] = {}
        for task in self.able:
            for unit in task.leads:
                found.setdefault(unit.id, (unit, []))[1].append(task)
        return sorted(found.values(), key=lambda row: (-len(row[1]), row[0].id))


@dataclass(frozen=True, slots=True)
class Preview:
    """What setting the frequency would do today.

    `dues` are the due dates that follow (the same for all tasks of a year); `arise` and `drop` count obligations;
    `late` are overdue ones of the old frequency, which stay owed; `same` are tasks that have the frequency already.
    """

    frequency: Frequency
    tasks: tuple[Task, ...]
    without_lead: tuple[Task, ...]
    same: int
    dues: tuple[DueRow, ...]
    arise: int
    drop: int
    late: int
    handed_in: int
    unknown_years: tuple[int, ...]

    @property
    def mark(self) -> str:
        """Eight characters that change when what would follow changes."""
        tasks = [(task.id, task.frequency) for task in self.tasks]
        facts = repr((self.frequency, tasks, [row.due for row in self.dues], self.arise, self.drop))
        return blake2b(facts.encode(), digest_size=4).hexdigest()

    @property
    def changes(self) -> bool:
        return bool(self.arise or self.drop or self.same < len(self.tasks))
