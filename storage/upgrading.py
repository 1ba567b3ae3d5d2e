"""Knows how tables are changed from revision to revision (storage/migrations).

`python -m storage.upgrading "what changed"` drafts the next revision from the difference between the last one and the tables.
"""

from __future__ import annotations

import sys

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from storage.base import Base
from storage.engine import Desk
from storage.migrating import EVERY_TABLE, STEPS, known

assert EVERY_TABLE  # importing it fills the metadata


def upgrade(connection: Connection, to: str = "head") -> None:
    """Takes every step up to that revision."""
    command.upgrade(_config(connection), to)


def stamp(connection: Connection) -> None:
    """The tables are those of today: nothing but the number was missing."""
    command.stamp(_config(connection), "head")


def differs(connection: Connection) -> bool:
    """Whether the database's tables are others than the code's."""
    return bool(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS.parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _draft(message: str) -> None:
    desk = Desk("sqlite://")

    def work(session: Session) -> None:
        config = _config(session.connection())
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{len(known()) + 1:04d}")

    desk.run_sync(work)
    desk.close()


if __name__ == "__main__":
    _draft(" ".join(sys.argv[1:]) or "change")
