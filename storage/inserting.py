"""Knows how a row is written only where there is none such yet: each database has an INSERT of its own for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.base import Base
from storage.prepared import Prepared, insert_all, on_postgres


def insert_new(
    session: Session,
    kind: type[Base],
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    back: str = "",
    shared: Mapping[str, Any] | None = None,
) -> list[Any]:
    """Writes a row, or several with the same columns, unless one with the same key is there. Returns `back` of what is new.

    `shared`: columns that are the same in all of them.
    """
    several = [values] if isinstance(values, Mapping) else values
    statement = _statement(kind, back, on_postgres(session), (*(shared or ()), *several[0]))
    return [row[0] for row in insert_all(session, statement, several, shared)]


@cache
def _statement(kind: type[Base], back: str, postgres: bool, columns: tuple[str, ...]) -> Prepared:
    table: Any = kind.__table__
    maker: Any = postgresql.insert if postgres else sqlite.insert
    new = maker(table).on_conflict_do_nothing()
    return Prepared(new.returning(table.c[back]) if back else new, columns)
