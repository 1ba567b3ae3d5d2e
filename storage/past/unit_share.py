"""Knows what was a unit's up to a moment: the tasks it had a part in, what it owed, the names it was called by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from storage.past.then import then_of
from storage.tables.notices import AssignmentRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.tables.past import ObligationPastRow, TaskPastRow, UnitPastRow


@dataclass(frozen=True, slots=True)
class Share:
    """Ids of tasks and obligations, and names."""

    tasks: frozenset[int]
    obligations: frozenset[int]
    names: frozenset[str]

    def concerns(self, data: dict[str, Any]) -> bool:
        """Whether something that happened to a task is this unit's: what it owes, its name, or the whole task's."""
        if "obligation" in data:
            return data["obligation"] in self.obligations
        if "unit" in data:
            return data["unit"] in self.names
        named = str(data.get("value") or "") if "instruction" in data else ""
        return not named or not self.names.isdisjoint(named.split("、"))


def share_of(session: Session, office_id: int, unit_id: int, moment: datetime | None) -> Share:
    """What the unit ever had by that moment (None: by now), also what was taken from it since."""
    owed = _ever(session, ObligationPastRow, "obligation_id", ObligationRow, moment, office_id, _of(unit_id))
    given = _ever(session, TaskPastRow, "task_id", TaskRow, moment, office_id, _with(unit_id))
    tasks = set(session.scalars(select(ObligationRow.task_id).where(ObligationRow.id.in_(owed)))) if owed else set()
    names = set(session.scalars(select(UnitPastRow.name).where(UnitPastRow.unit_id == unit_id)))
    names |= set(session.scalars(select(UnitRow.name).where(UnitRow.id == unit_id)))
    return Share(frozenset(given | tasks), frozenset(owed), frozenset(names))


def _of(unit_id: int) -> tuple[Any, Any]:
    return lambda past: past.unit_id == unit_id, ObligationRow.unit_id == unit_id


def _with(unit_id: int) -> tuple[Any, Any]:
    """A task's past keeps its units as JSON: [[12,"lead"],…]."""
    mine = select(AssignmentRow.task_id).where(AssignmentRow.unit_id == unit_id)
    return lambda past: type_coerce(past.assignments, Text).contains(f'[{unit_id},"'), TaskRow.id.in_(mine)


def _ever(
    session: Session, kind: Any, name: str, owner: Any, moment: datetime | None, office_id: int, mine: tuple[Any, Any]
) -> set[int]:
    """The owners for which it held before the moment, or holds at it: by the past's row that ends next, else by the fact."""
    in_past, now = mine
    own = select(owner.id).where(owner.office_id == office_id)
    # Found by the index of the past's own key: it has none for the office.
    before: list[ColumnElement[bool]] = [in_past(kind), getattr(kind, name).in_(own)]
    if moment is None:
        found = set(session.scalars(own.where(now)))
        return found | set(session.scalars(select(getattr(kind, name)).where(*before)))
    past, held = then_of(kind, name, owner.id, moment)
    there = or_(in_past(past), and_(past.until.is_(None), now))
    query = select(owner.id).outerjoin(past, held).where(owner.office_id == office_id, there)
    found = set(session.scalars(query))
    return found | set(session.scalars(select(getattr(kind, name)).where(*before, kind.until <= moment)))
