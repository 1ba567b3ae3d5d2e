"""Knows how a file that somebody sent is fetched and read before its update is handled."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
from collections.abc import Awaitable, Callable
from typing import Any

from bot.reading import Reading
from core.papers.ladder import SUFFIX as LADDER_SUFFIX
from core.papers.ladder import read_ladders
from core.papers.sizes import LIMIT, megabytes
from core.ports import FileRef
from core.rules.ladder import LadderFault

_SHORT = 100_000
"""Bytes of plain text that are read within the bot's own process: a second at most, whatever they say."""


_IN_MEMORY = 4
"""Files fetched and not read yet: whoever sends the fifth waits, and nothing of it is in memory meanwhile."""


class Files:
    """Reads what people send, each file apart from the bot (bot/reading.py)."""

    def __init__(self, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        """`fetch` has the content of a file by its file_id."""
        self._fetch = fetch
        self.reading = Reading()
        self._turns = asyncio.Semaphore(_IN_MEMORY)

    async def prepare(self, file: FileRef, wanted: str) -> dict[str, Any]:
        """What a file says as a "notice" or as a "plan", or why it can't be read."""
        async with self._turns:
            return await (self._plan(file) if wanted == "plan" else self._notice(file))

    async def _plan(self, file: FileRef) -> dict[str, Any]:
        if file.size > LIMIT:
            size = {"size": megabytes(file.size), "limit": megabytes(LIMIT)}
            return {"plan": True, "problem": "too_big", "values": size}
        data = await self._fetch(file.file_id)
        return {"plan": True, **await self.reading.read("plan", data, file.name)}

    async def _notice(self, file: FileRef) -> dict[str, Any]:
        """What a supervisor's file says as a notice, or the sentence that refuses it."""
        if file.size > LIMIT:
            return {"problem": "intake.too_big", "values": {}}
        data = await self._fetch(file.file_id)
        if file.name.lower().endswith(LADDER_SUFFIX):
            return _ladder(data)
        # Plain text can't unpack to more than it is; what is short is read at once, everything else in a process of its own.
        plain = (
            len(data) < _SHORT
            and file.name.lower().endswith((".txt", ".md"))
            and not data.lstrip().startswith((b"PK", b"%PDF", b"\xd0\xcf", b"<", b"\xef\xbb\xbf<"))
        )
        if plain:
            found = await asyncio.to_thread(_read_here, data, file.name)
        else:
            found = await self.reading.read("notice", data, file.name)
        if "problem" in found:
            return {**found, "problem": f"notice.{found['problem']}"}
        return {**found, "hash": hashlib.sha256(data).hexdigest()}


def _read_here(data: bytes, name: str) -> dict[str, Any]:
    """The reader is loaded with the first file: a start need not wait for it."""
    found: dict[str, Any] = importlib.import_module("bot.reading_child").read("notice", data, name, "zh")
    return found


def _ladder(data: bytes) -> dict[str, Any]:
    try:
        return {"ladder": {"ladders": read_ladders(data)}}
    except LadderFault as fault:
        return {"ladder": {"fault": fault}}
