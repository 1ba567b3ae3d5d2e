"""Knows units as they stood at a moment: whether they were still there, and what they had been called before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.past.then import merged_then, unit_names_then
from storage.tables.past import UnitPastRow
from storage.units import SqlUnits


class PastUnits(SqlUnits):
    def __init__(self, session: Session, office_id: int, moment: datetime) -> None:
        super().__init__(session, office_id)
        self._moment = moment

    def standing(self, unit_id: int) -> bool:
        row = self._row(unit_id)
        return row is not None and (row.ended_at is None or row.ended_at > self._moment)

    def former_names(self, unit_id: int) -> list[str]:
        """By the names that ended by then, its own and those of units that had gone into it."""
        names = unit_names_then(self._session, self._office_id, self._moment)
        merged = merged_then(self._session, self._office_id, self._moment)
        family, left = {unit_id}, [unit_id]
        while left:
            head = left.pop()
            fresh = [number for number, (into, _) in merged.items() if into == head and number not in family]
            family.update(fresh)
            left += fresh
        ended = [(merged[number][1], names[number]) for number in family - {unit_id}]
        past = select(UnitPastRow.until, UnitPastRow.name).where(
            UnitPastRow.unit_id.in_(family), UnitPastRow.until <= self._moment
        )
        ended += [(row.until, row.name) for row in self._session.execute(past)]
        return [name for name in dict.fromkeys(name for _, name in sorted(ended)) if name != names.get(unit_id)]
