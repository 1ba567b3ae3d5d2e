"""Knows how a database is brought to this version's tables: in one transaction, one process at a time.

A process killed midway leaves the old revision untouched. What changes tables is loaded only where there is something to
change (storage.upgrading): at nearly every start there is not.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.ports import StorageTrouble
from storage import agenda, delivery, inbox, leases, outbox, pulse, tables
from storage.engine import Desk
from storage.locks import one_at_a_time, take_time
from storage.prepared import on_postgres

T = TypeVar("T")

STEPS = Path(__file__).parent / "migrations" / "versions"
"""One file a revision, named by its number: 0001_every_table.py."""

EVERY_TABLE = (agenda, delivery, inbox, leases, outbox, pulse, tables)
"""The modules that declare tables; naming them here is what fills the metadata."""


class NewerDatabase(Exception):
    """The database was made by a newer version of duban; this one would not understand it. Nothing was changed."""


class UnnumberedDatabase(Exception):
    """There are tables, but no revision and not ours of today: nobody can tell what is missing. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """Revisions before and after; `before` is None for an empty database."""

    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def head() -> str:
    """The revision of this version of the code."""
    return max(known())


def known() -> set[str]:
    """The revisions that this version of the code knows."""
    return {path.name[:4] for path in STEPS.glob("[0-9][0-9][0-9][0-9]_*.py")}


def revision(desk: Desk) -> str | None:
    """The database's revision; None if it has none."""
    return _carry_out(desk, lambda session: _revision(session.connection()))


def migrate(desk: Desk) -> Migrated:
    """Brings the database to `head()`.

    Raises NewerDatabase, UnnumberedDatabase, or core.ports.StorageTrouble when the database can't be written.
    """
    try:
        return desk.rebuild_sync(bring_up)
    except DatabaseError as error:
        raise _damaged(error) from error


@dataclass(frozen=True, slots=True)
class Probe:
    """A database's revision, and what its own check complains of ("" if nothing)."""

    revision: str | None
    trouble: str


def probe(desk: Desk) -> Probe:
    """Looks at a database and writes to it, undone at once.

    Raises NewerDatabase, or core.ports.StorageTrouble where it can't be reached or written.
    """
    return _carry_out(desk, _probe)


def _probe(session: Session) -> Probe:
    connection = session.connection()
    found = _revision(connection)
    if found is not None and found not in known():
        raise NewerDatabase(found)
    trial = session.begin_nested()
    session.execute(text("CREATE TABLE duban_trial (id INTEGER)"))
    trial.rollback()
    trouble = "ok"
    if not on_postgres(session):
        trouble = str(session.execute(text("PRAGMA quick_check(1)")).scalar())
    return Probe(found, "" if trouble == "ok" else trouble)


def _carry_out(desk: Desk, work: Callable[[Session], T]) -> T:
    try:
        return desk.run_sync(work)
    except DatabaseError as error:
        raise _damaged(error) from error


def _damaged(error: DatabaseError) -> StorageTrouble:
    """A file that is no database, or a damaged one: nothing that trying again would mend."""
    return StorageTrouble(str(error.orig))


def bring_up(session: Session) -> Migrated:
    """`migrate` within a transaction of the caller."""
    one_at_a_time(session, "migrate")  # on SQLite the transaction itself began with the write lock
    take_time(session)
    connection = session.connection()
    before = _revision(connection)
    if before is not None and before not in known():
        raise NewerDatabase(before)
    if before == head():
        return Migrated(before, before)
    upgrading = importlib.import_module("storage.upgrading")
    if before is None and inspect(connection).has_table("office"):
        if upgrading.differs(connection):
            raise UnnumberedDatabase
        upgrading.stamp(connection)
    else:
        upgrading.upgrade(connection)
    return Migrated(before, head())


def revision_of(session: Session) -> str | None:
    """`revision` within a transaction of the caller."""
    return _revision(session.connection())


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
