"""Knows how a statement that was built once is carried out: what a session does for its objects costs more than the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session


def rows(session: Session, statement: Any, values: Mapping[str, Any]) -> Sequence[Any]:
    """All rows of a question at once.

    Row by row, SQLite's driver would let go of the interpreter so often, for so short a time, that the event loop never
    gets hold of it: a loop over a few hundred rows held it up for tens of milliseconds.
    """
    found: Sequence[Any] = carry_out(session, statement, values).all()
    return found


def carry_out(session: Session, statement: Any, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Any:
    """The plain result of a statement with its values, or with those of many rows, after what is still held back."""
    session.flush()
    return session.connection().execute(statement, values)


def on_postgres(session: Session) -> bool:
    """Whether the database is PostgreSQL; else it is SQLite."""
    return session.get_bind().dialect.name == "postgresql"
