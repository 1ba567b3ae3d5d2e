"""Knows the processes under test from outside: started warm or cold, killed, told to stop, waited for."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent.parent
_ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


class Life:
    """One bot process. `ended` is its exit code, negative for the signal that killed it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def alive(self) -> bool:
        return not self.ended.done()

    def signal(self, number: int) -> None:
        if self.alive:
            os.kill(self.pid, number)

    async def kill(self) -> int:
        self.signal(signal.SIGKILL)
        return await self.ended

    async def stop(self, patience: float = 30.0) -> int:
        self.signal(signal.SIGTERM)
        return await self.wait(patience)

    async def wait(self, patience: float) -> int:
        """Raises TimeoutError while it lives on."""
        return await asyncio.wait_for(asyncio.shield(self.ended), patience)


class Nursery:
    """Starts lives. `log` takes what they say; a failed scenario is read there."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._numbers = count(1)
        self._born: dict[int, asyncio.Future[Life]] = {}
        self._lives: dict[int, Life] = {}
        self._cold: set[asyncio.Task[None]] = set()
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def open(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.nursery",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
                cwd=self.log.parent, env=_ENVIRONMENT,
            )  # fmt: skip
        self._reader = asyncio.create_task(self._read())

    async def kill_all(self) -> None:
        for life in list(self._lives.values()):
            await life.kill()

    async def close(self) -> None:
        await self.kill_all()
        if self._process and self._process.stdin:
            self._process.stdin.close()
            await self._process.wait()
        if self._reader:
            await self._reader

    async def start(self, order: Json, cold: bool = False) -> Life:
        order = {**order, "id": next(self._numbers), "log": str(self.log)}
        if cold:
            return await self._start_cold(order)
        assert self._process and self._process.stdin
        born = self._born[order["id"]] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return await born

    async def _start_cold(self, order: Json) -> Life:
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.nursery", json.dumps(order),
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.log.parent, env=_ENVIRONMENT,
            )  # fmt: skip
        life = self._lives[process.pid] = Life(process.pid)

        async def wait() -> None:
            self._end(process.pid, await process.wait())

        task = asyncio.create_task(wait())
        self._cold.add(task)
        task.add_done_callback(self._cold.discard)
        return life

    async def _read(self) -> None:
        assert self._process and self._process.stdout
        while line := await self._process.stdout.readline():
            news = json.loads(line)
            if "born" in news:
                life = self._lives[news["born"]] = Life(news["born"])
                self._born.pop(news["id"]).set_result(life)
            else:
                self._end(news["ended"], news["status"])

    def _end(self, pid: int, status: int) -> None:
        life = self._lives.pop(pid)
        if not life.ended.done():
            life.ended.set_result(status)
