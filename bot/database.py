"""Knows how a process comes to the database of its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.settings import Settings
from storage.engine import Desk
from storage.migrating import migrate


def desk_of(settings: Settings) -> Desk:
    """The database as it is; the folder of an SQLite file is made. Whoever asks closes it."""
    if settings.database_file is not None:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
    return Desk(settings.database)


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The database with this version's tables, closed at the end. Raises what migrate raises."""
    with closing(desk_of(settings)) as desk:
        migrate(desk)
        yield desk
