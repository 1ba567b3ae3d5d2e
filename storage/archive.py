"""Knows how everything of one office is taken out of the database as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.orm import Session

from storage import tables
from storage.base import Base

_LEFT_OUT = frozenset({"agenda", "inbox", "outbox", "lease"})
"""What is on its way to and from Telegram: no facts of the office."""

_SECRET = {"invite": frozenset({"token_hash"})}
"""Columns that open something for whoever reads them."""


class SqlArchive:
    """A table belongs to the office by its `office_id`, or through a row of another table that does."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Every table of the office with its rows in the order of their keys; dates and moments in ISO 8601."""
        found = {}
        for table in _tables():
            query = select(table).where(self._belongs(table)).order_by(*table.primary_key.columns)
            hidden = _SECRET.get(table.name, frozenset())
            found[table.name] = list(self._rows(query, hidden))
        return found

    def _rows(self, query: Select[Any], hidden: frozenset[str]) -> Iterator[dict[str, Any]]:
        for row in self._session.execute(query).mappings():
            yield {name: _plain(value) for name, value in row.items() if name not in hidden}

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
