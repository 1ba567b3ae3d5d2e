"""Knows how everything of one office is taken out of the database as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from storage import tables
from storage.base import Base
from storage.belongings import Belongings

_LEFT_OUT = frozenset({"agenda", "inbox", "outbox", "lease"})
"""What is on its way to and from Telegram: no facts of the office."""

_SECRET = {"invite": frozenset({"token_hash"})}
"""Columns that open something for whoever reads them."""

_WHOLE = frozenset({"office", "unit", "unit_member", "unit_name", "person", "post", "ladder", "linked_group"})
"""Tables that belong to no notice and are needed to read the others."""


class SqlArchive:
    """A table belongs to the office by its `office_id`, or through a row of another table that does."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def tables(self, notice_id: int | None = None) -> dict[str, list[dict[str, Any]]]:
        """Every table of the office with its rows in the order of their keys; dates and moments in ISO 8601.

        With a notice only its rows, and the tables that are needed to read them.
        """
        mine = Belongings(self._session, self._office_id, notice_id) if notice_id is not None else None
        found = {}
        for table in _tables():
            hidden = _SECRET.get(table.name, frozenset())
            if mine is None or table.name in _WHOLE:
                query = select(table).where(self._belongs(table)).order_by(*table.primary_key.columns)
                found[table.name] = list(self._plain(self._session.execute(query), hidden))
            elif rows := list(self._plain(mine.rows(table), hidden)):
                found[table.name] = rows
        return found

    def _plain(self, rows: Iterable[Any], hidden: frozenset[str]) -> Iterator[dict[str, Any]]:
        for row in rows:
            yield {name: _plain(value) for name, value in row._mapping.items() if name not in hidden}

    def _belongs(self, table: Table) -> ColumnElement[bool]:
        if table.name == "office":
            return table.c.id == self._office_id
        if "office_id" in table.c:
            return table.c.office_id == self._office_id
        key = _way(table)
        assert key is not None
        owner = key.column.table
        return key.parent.in_(select(key.column).where(self._belongs(owner)))


def _tables() -> list[Table]:
    """The tables that belong to offices, those that others refer to first."""
    assert tables.__all__  # importing it fills the metadata
    known = [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT]
    return [table for table in known if table.name == "office" or "office_id" in table.c or _way(table) is not None]


def _way(table: Table) -> Any:
    """The foreign key by which a table without office belongs to one, or None."""
    for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name)):
        owner = key.column.table
        if owner is not table and ("office_id" in owner.c or _way(owner) is not None):
            return key
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
