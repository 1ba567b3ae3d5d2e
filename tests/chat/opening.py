"""Knows how an office that was opened once is opened again: its database and its Telegram as they stood, not played anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, fields
from itertools import count
from pathlib import Path
from typing import Any

from bot.sandbox.stage import Stage

_COUNTS = ("_message_ids", "_user_ids", "_group_ids", "_super_ids", "_query_ids")


@dataclass(frozen=True)
class Opening:
    """What stood when everybody had joined: played once a session for each notice, then copied."""

    database: bytes
    things: tuple[Any, ...]
    counts: dict[str, int]
    files: int
    updates: tuple[int, frozenset[str], int]

    @staticmethod
    def of(stage: Stage, database: Path) -> Opening:
        world, updates = stage.world, stage.updates
        assert not updates.pending()
        return Opening(
            _content(database),
            deepcopy((world.people, world.users, world.chats, world.bot, world.files.by_id, world.files.by_path)),
            {name: _peek(world, name) for name in _COUNTS},
            _peek(world.files, "_numbers"),
            (updates._next_id, updates._allowed, updates.confirmed_to),
        )

    def restore(self, stage: Stage, database: Path) -> None:
        """Before the sandbox or the bot is started."""
        database.write_bytes(self.database)
        world, updates = stage.world, stage.updates
        world.people, world.users, world.chats, bot, world.files.by_id, world.files.by_path = deepcopy(self.things)
        for field in fields(bot):
            setattr(world.bot, field.name, getattr(bot, field.name))
        for name, number in self.counts.items():
            setattr(world, name, count(number))
        world.files._numbers = count(self.files)
        updates._next_id, updates._allowed, updates.confirmed_to = self.updates


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


_openings: dict[Any, Opening] = {}


def known(key: Any) -> Opening | None:
    return _openings.get(key)


def remember(key: Any, make: Callable[[], Opening]) -> None:
    _openings[key] = make()
