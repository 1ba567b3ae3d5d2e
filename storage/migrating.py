"""Knows how a database is brought to this version's tables: in one transaction, one process at a time.

A process killed midway leaves the old revision untouched. `python -m storage.migrating "what changed"` drafts the next
revision from the difference between the last one and the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.ports import StorageTrouble
from storage import agenda, delivery, inbox, leases, outbox, pulse, tables
from storage.base import Base
from storage.engine import Desk
from storage.locks import one_at_a_time
from storage.prepared import on_postgres

T = TypeVar("T")

FOLDER = Path(__file__).parent / "migrations"

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
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    assert found is not None
    return found


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
    if found is not None and found not in _known():
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
    connection = session.connection()
    before = _revision(connection)
    if before is not None and before not in _known():
        raise NewerDatabase(before)
    if before is None and inspect(connection).has_table("office"):
        if _differs(connection):
            raise UnnumberedDatabase
        command.stamp(_config(connection), "head")
        return Migrated(None, head())
    command.upgrade(_config(connection), "head")
    return Migrated(before, head())


def revision_of(session: Session) -> str | None:
    """`revision` within a transaction of the caller."""
    return _revision(session.connection())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known() -> set[str]:
    return {step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()}


def _differs(connection: Connection) -> bool:
    return bool(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _draft(message: str) -> None:
    desk = Desk("sqlite://")

    def work(session: Session) -> Any:
        config = _config(session.connection())
        command.upgrade(config, "head")
        number = len(_known()) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")

    desk.run_sync(work)
    desk.close()


if __name__ == "__main__":
    _draft(" ".join(sys.argv[1:]) or "change")
