"""Knows what is asked of storage where a count or a page is enough: nothing is loaded whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from core.rules.obligations import Kind
from core.rules.scope import Scope
from core.rules.tally import Counted, Cut, Tally
from core.rules.tasks import Leader, Part, Unit


@dataclass(frozen=True, slots=True)
class UnitParts:
    """In how many tasks of active notices a unit leads, and in how many it has another part."""

    unit: Unit
    leading: int
    assisting: int


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Which tasks stand on one page of a list (`page` of `pages`, from 0). `counts` is of all `total` of them."""

    ids: tuple[int, ...]
    total: int
    page: int
    pages: int
    counts: dict[Part, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a task's light asks of the task itself; `targets` as the notice was read."""

    id: int
    notice_id: int
    content: str
    due: date | None
    targets: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    state: str = "active"

    @property
    def active(self) -> bool:
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a task's obligations are overdue and handed in."""

    late: int = 0
    done: int = 0


class Rolls(Protocol):
    """Lists over the tasks of active notices."""

    def leaders(self) -> list[Leader]: ...
    def units_in_tasks(self, leaders: Collection[str] | None, units: Collection[int] = ()) -> list[Unit]: ...
    def parts(self) -> list[UnitParts]: ...
    def page_of_units(self, unit_ids: Collection[int], page: int, size: int) -> TaskPage: ...
    def page_of(self, leaders: Collection[str] | None, page: int, size: int) -> TaskPage: ...
    def aims(self, scope: Scope) -> list[Aim]: ...
    def years(self) -> dict[int, int]: ...
    def has_part(self, task_id: int, unit_ids: Collection[int]) -> bool: ...


class Tallies(Protocol):
    """What holds now, counted by the database; a past day is counted by core.rules.tally."""

    def view(self, scope: Scope, today: date, stage: date | None = None) -> list[Tally]: ...
    def counted(self, scope: Scope, today: date, stage: date | None = None) -> Counted: ...
    def coming(
        self, scope: Scope, today: date, unit: int = 0, leader: str | None = None, kind: Kind | None = None
    ) -> tuple[date, int] | None: ...
    def standings(self, scope: Scope, today: date) -> dict[int, Standing]: ...
    def late_ids(self, scope: Scope, today: date, cuts: Sequence[Cut], kind: Kind | None) -> list[int]: ...
    def extended_ids(self, scope: Scope, today: date) -> list[int]: ...
