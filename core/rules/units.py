"""Knows what hangs on a unit, and what became of it when the unit was renamed, merged or split."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.people import Person
from core.rules.tasks import Task, Unit


@dataclass(frozen=True, slots=True)
class Holding:
    """What hangs on a unit now."""

    unit: Unit
    tasks: tuple[Task, ...]
    open: int
    people: tuple[Person, ...]
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did: the unit as it is now, tasks moved and folded, open obligations moved, people told."""

    unit: Unit
    tasks: int
    folded: int
    open: int
    told: int
    nobody: tuple[str, ...]
