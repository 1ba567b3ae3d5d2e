"""Knows how a row is written only where there is none such yet: each database has an INSERT of its own for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.base import Base
from storage.prepared import carry_out, on_postgres


def insert_new(
    session: Session, kind: type[Base], values: Mapping[str, Any] | Sequence[Mapping[str, Any]], back: str = ""
) -> Any:
    """Writes a row, or several, unless one with the same key is there. The result holds column `back` of what is new.

    Built once for each table, for every update and every message costs one: making the statement anew costs more than
    carrying it out.
    """
    return carry_out(session, _statement(kind, back, on_postgres(session)), values)


@cache
def _statement(kind: type[Base], back: str, postgres: bool) -> Any:
    table: Any = kind.__table__
    maker: Any = postgresql.insert if postgres else sqlite.insert
    new = maker(table).on_conflict_do_nothing()
    return new.returning(table.c[back]) if back else new
