"""Knows how alembic works on the connection it is given: everything in the caller's one transaction."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from storage.base import Base, Json, Moment


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our own types are written as what they are in the database: an old revision must not change with the code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def same_type(ctx: Any, in_database: Any, in_code: Any, database_type: Any, code_type: Any) -> bool | None:
    """SQLite knows integers of one size only; anything else alembic compares itself."""
    if ctx.dialect.name == "sqlite" and isinstance(database_type, sa.Integer) and isinstance(code_type, sa.Integer):
        return False
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    render_item=render,
    compare_type=same_type,
)
with context.begin_transaction():
    context.run_migrations()
