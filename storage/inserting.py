"""Knows how a row is written only where there is none such yet: each database has an INSERT of its own for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.base import Base
from storage.prepared import Prepared, carry_out_each, on_postgres, rows


def insert_new(
    session: Session, kind: type[Base], values: Mapping[str, Any] | Sequence[Mapping[str, Any]], back: str = ""
) -> list[Any]:
    """Writes a row, or several with the same columns, unless one with the same key is there. Returns `back` of what is new."""
    several = [values] if isinstance(values, Mapping) else values
    statement = _statement(kind, back, on_postgres(session), tuple(several[0]))
    if not back:
        carry_out_each(session, statement, several)
        return []
    if len(several) == 1:
        return [row[0] for row in rows(session, statement, several[0])]
    session.flush()
    return list(session.connection().execute(statement.statement, several).scalars())


@cache
def _statement(kind: type[Base], back: str, postgres: bool, columns: tuple[str, ...]) -> Prepared:
    table: Any = kind.__table__
    maker: Any = postgresql.insert if postgres else sqlite.insert
    new = maker(table).on_conflict_do_nothing()
    return Prepared(new.returning(table.c[back]) if back else new, columns)
