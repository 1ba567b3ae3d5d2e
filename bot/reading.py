"""Knows how files that people send are read apart from the bot, so that no file can hold up or bring down the chat."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from typing import Any

MEMORY = 1024 * 1024 * 1024
"""Bytes that reading one file may take."""

SECONDS = 30
"""Seconds after which a file is given up."""

SIDE_BY_SIDE = 2
"""Files read at once; the others wait their turn while the chat goes on."""

_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "HOME", "VIRTUAL_ENV")
"""What the other process learns of our environment: no token, no database."""

TOO_HEAVY: dict[str, Any] = {"problem": "too_heavy", "values": {}}


class Reading:
    """Reads one file in one process of its own; it ends with the file."""

    def __init__(self, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds
        self._turns = asyncio.Semaphore(SIDE_BY_SIDE)

    async def read(self, kind: str, data: bytes, name: str, lang: str = "zh") -> dict[str, Any]:
        """What the file says as a "plan" ({"forms"}) or a "notice" ({"reading"}), or {"problem", "values"}.

        A file that takes too much memory or time is "too_heavy". Raises OSError where no process can be started.
        """
        async with self._turns:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.reading_child",
                kind,
                name[-200:].replace("\0", ""),
                lang,
                str(self._memory),
                str(max(1, int(self._seconds))),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={key: os.environ[key] for key in _KEPT if key in os.environ},
            )
            try:
                out, _ = await asyncio.wait_for(child.communicate(data), self._seconds)
            except TimeoutError:
                return TOO_HEAVY
            finally:
                if child.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        child.kill()
                    await child.wait()
        return _answer(out)


def _answer(out: bytes) -> dict[str, Any]:
    try:
        found = json.loads(out)
    except ValueError:
        return TOO_HEAVY  # it was ended by its limits before it could say anything
    return found if isinstance(found, dict) else TOO_HEAVY
