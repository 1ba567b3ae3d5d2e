"""Knows how files that people send are read apart from the bot, so that no file can hold up or bring down the chat."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.papers.steps import step

MEMORY = 1024 * 1024 * 1024
"""Bytes that reading one file may take."""

SECONDS = 30
"""Seconds after which a file is given up."""

SIDE_BY_SIDE = 2
"""Files read at once; the others wait their turn while the chat goes on."""

_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "HOME", "VIRTUAL_ENV")
"""What the other process learns of our environment: no token, no database."""

_STEP = re.compile(rb"step (page|row|tasks) (\d{1,6}) (\d{1,6})")

TOO_HEAVY: dict[str, Any] = {"problem": "too_heavy", "values": {}}


class Reading:
    """Reads one file in one process of its own; it ends with the file."""

    def __init__(self, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds
        self._turns = asyncio.Semaphore(SIDE_BY_SIDE)

    async def read(
        self, kind: str, data: bytes, name: str, lang: str = "zh", columns: Mapping[str, str] = MappingProxyType({})
    ) -> dict[str, Any]:
        """What the file says as a "plan" ({"forms"}) or a "notice" ({"reading"}), or {"problem", "values"}.

        `columns`: what is known of columns of a notice's tables, by their heads.
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
                json.dumps(dict(columns)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={key: os.environ[key] for key in _KEPT if key in os.environ},
            )
            try:
                async with asyncio.timeout(self._seconds):
                    out = await _answer_of(child, data)
            except TimeoutError:
                return TOO_HEAVY
            finally:
                if child.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        child.kill()
                    await child.wait()
        return _answer(out)


async def _answer_of(child: asyncio.subprocess.Process, data: bytes) -> bytes:
    """What it says on stdout; meanwhile whoever listens hears how far it is."""
    assert child.stdin and child.stdout and child.stderr
    out, _, _ = await asyncio.gather(child.stdout.read(), _follow(child.stderr), _feed(child.stdin, data))
    await child.wait()
    return out


async def _feed(stdin: asyncio.StreamWriter, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it was ended by its limits
        stdin.write(data)
        await stdin.drain()
    stdin.close()


async def _follow(stderr: asyncio.StreamReader) -> None:
    """Steps are passed on; whatever else a library says there is read and forgotten."""
    rest = b""
    while chunk := await stderr.read(4096):
        *lines, rest = (rest + chunk)[-8192:].split(b"\n")
        for line in lines:
            if found := _STEP.fullmatch(line.strip()):
                step(found[1].decode(), int(found[2]), int(found[3]))


def _answer(out: bytes) -> dict[str, Any]:
    try:
        found = json.loads(out)
    except ValueError:
        return TOO_HEAVY  # it was ended by its limits before it could say anything
    return found if isinstance(found, dict) else TOO_HEAVY
