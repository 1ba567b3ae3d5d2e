"""Knows how an office that was opened once is opened again: its database, its Telegram and its hour as they stood, not played anew."""

from __future__ import annotations

import sqlite3
from copy import deepcopy
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from bot.demo import Demo
from tests.postgres import copied_from, server_of, set_aside

_COUNTS = ("_message_ids", "_user_ids", "_group_ids", "_super_ids", "_query_ids")


_numbers = count(1)


@dataclass(frozen=True)
class Opening:
    """What stood when a beginning had been played: once a session, then copied."""

    database: bytes | str
    """An SQLite file's content, or the name of a PostgreSQL database that nobody is connected to."""
    things: tuple[Any, ...]
    counts: dict[str, int]
    files: int
    updates: tuple[int, frozenset[str], int]
    moment: datetime

    @staticmethod
    def of(demo: Demo) -> Opening:
        """Takes it from a demo that was stopped; a database of PostgreSQL is taken away from it."""
        world, updates = demo.sandbox.world, demo.sandbox.updates
        assert not updates.pending()
        return Opening(
            _taken(demo.database_url) if server_of(demo.database_url) else _content(_file(demo)),
            deepcopy((world.people, world.users, world.chats, world.bot, world.files.by_id, world.files.by_path)),
            {name: _peek(world, name) for name in _COUNTS},
            _peek(world.files, "_numbers"),
            (updates._next_id, updates._allowed, updates.confirmed_to),
            demo.clock.now(),
        )

    def restore(self, demo: Demo) -> None:
        """Before the demo is started."""
        if isinstance(self.database, str):
            copied_from(self.database, demo.database_url)
        else:
            _file(demo).write_bytes(self.database)
        world, updates = demo.sandbox.world, demo.sandbox.updates
        world.people, world.users, world.chats, bot, world.files.by_id, world.files.by_path = deepcopy(self.things)
        for field in fields(bot):
            setattr(world.bot, field.name, getattr(bot, field.name))
        for name, number in self.counts.items():
            setattr(world, name, count(number))
        world.files._numbers = count(self.files)
        updates._next_id, updates._allowed, updates.confirmed_to = self.updates
        demo.clock.set(self.moment)


def _file(demo: Demo) -> Path:
    return Path(make_url(demo.database_url).database or "") if demo.database_url else demo.folder / "duban.db"


def _taken(url: str) -> str:
    name = f"opening-{next(_numbers)}"
    set_aside(url, name)
    return name


def _content(database: Path) -> bytes:
    """The file as a copy of its own: what was committed last may still stand in the journal beside it."""
    source, copy = sqlite3.connect(database), sqlite3.connect(":memory:")
    try:
        source.backup(copy)
        return copy.serialize()
    finally:
        source.close()
        copy.close()


def _peek(owner: Any, name: str) -> int:
    """The next number of a count, which stays the next one."""
    number = next(getattr(owner, name))
    setattr(owner, name, count(number))
    return int(number)
