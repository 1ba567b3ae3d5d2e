"""Knows which rows of which tables belong to one notice: what refers to it, to its tasks, to what these owe, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.orm import Session

from storage import tables
from storage.base import Base
from storage.tables.inspections import StopRow
from storage.tables.notices import NoticeRow
from storage.tables.offices import EventRow

_BATCH = 500
"""Numbers in one IN: far below what either database takes."""

_SUBJECTS = ("notice", "task", "inspection")
"""Subjects of the history that belong to a notice."""

Way = tuple[Column[Any], list[int]]


class Belongings:
    """The rows of a notice, those that others refer to first. A round of inspections is its own if all its stops are."""

    def __init__(self, session: Session, office_id: int, notice_id: int) -> None:
        assert tables.__all__  # importing it fills the metadata
        self._session = session
        self.ids: dict[str, list[int]] = {}
        self.ways: dict[str, list[Way]] = {}
        seeds = {"notice": [notice_id, *self._versions(office_id, notice_id)]}
        self._walk(seeds)
        self._walk({**seeds, "inspection": self._rounds()})

    def rows(self, table: Table) -> Iterator[Any]:
        """Of a table the rows that belong to it, each once."""
        seen: set[tuple[Any, ...]] = set()
        keys = tuple(table.primary_key.columns)
        for where in self.conditions(table.name):
            for row in self._session.execute(select(table).where(where).order_by(*keys)):
                key = tuple(row._mapping[column] for column in keys)
                if key not in seen:
                    seen.add(key)
                    yield row

    def values(self, table: Table, *columns: Column[Any]) -> set[Any]:
        """What stands in these columns of its rows."""
        queries = (select(*columns).where(where).distinct() for where in self.conditions(table.name))
        return {tuple(row) if len(columns) > 1 else row[0] for query in queries for row in self._session.execute(query)}

    def conditions(self, table: str) -> Iterator[ColumnElement[bool]]:
        """Together they hold for the rows of this table that belong to it."""
        for column, ids in self.ways.get(table, ()):
            for part in in_parts(ids):
                yield column.in_(part)
        for subject in _SUBJECTS if table == "event" else ():
            for part in in_parts(self.ids.get(subject, ())):
                yield (EventRow.subject == subject) & EventRow.subject_id.in_(part)

    @property
    def tables(self) -> list[Table]:
        return [table for table in Base.metadata.sorted_tables if table.name in self.ways or table.name == "event"]

    def _walk(self, seeds: dict[str, list[int]]) -> None:
        self.ids, self.ways = dict(seeds), {}
        for table in Base.metadata.sorted_tables:
            if table.name in seeds:
                self.ways[table.name] = [(table.c.id, seeds[table.name])]
                continue
            if ways := [
                (key.parent, self.ids[name]) for key in _keys(table) if (name := key.column.table.name) in self.ids
            ]:
                self.ways[table.name] = ways
                if "id" in table.c:
                    self.ids[table.name] = sorted(self.values(table, table.c.id))

    def _versions(self, office_id: int, notice_id: int) -> list[int]:
        """Drafts that went into it."""
        row = NoticeRow
        merged = select(row.id, row.reading).where(row.office_id == office_id, row.state == "merged")
        return [number for number, reading in self._session.execute(merged) if reading.get("revises") == notice_id]

    def _rounds(self) -> list[int]:
        stop, table = StopRow, Base.metadata.tables[StopRow.__tablename__]
        mine = set(self.ids.get("inspection_stop", ()))
        rounds = self.values(table, table.c.inspection_id)
        for part in in_parts(sorted(rounds)):
            every = self._session.execute(select(stop.inspection_id, stop.id).where(stop.inspection_id.in_(part)))
            rounds -= {number for number, stop_id in every if stop_id not in mine}
        return sorted(rounds)


def _keys(table: Table) -> Sequence[Any]:
    return sorted(table.foreign_keys, key=lambda key: str(key.parent.name))


def in_parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """At most so many at once as one statement takes."""
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
