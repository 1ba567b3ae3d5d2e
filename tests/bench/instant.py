"""A Bot API that says yes at once, in a process of its own: the one being measured shares no interpreter with it.

`python -m tests.bench.instant` prints its URL, then a line for each first call of a method with the moment it came.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

ROOT = Path(__file__).parents[2]
_CHAT = re.compile(rb"chat_id\W+(\d+)")
TOKEN = "1000000001:bench-token-not-a-secret"
_BOT = {"id": 1000000001, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


class Instant:
    """The other process. `moment(method)` is when its first call came, in seconds of time.monotonic."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout
        self._lines = process.stdout
        self.url = self._lines.readline().strip()
        self._moments: dict[str, float] = {}

    def moment(self, method: str) -> float:
        """Waits for it."""
        while method.lower() not in self._moments:
            line = self._lines.readline()
            if not line:
                raise RuntimeError("the local Bot API has ended")
            name, moment = line.split()
            self._moments[name] = float(moment)
        return self._moments[method.lower()]


@contextmanager
def instant() -> Iterator[Instant]:
    """Runs it as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.instant"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        yield Instant(process)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


class _Server:
    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._sent = 0

    async def handle(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2].lower()
        if method not in self._seen:
            self._seen.add(method)
            print(method, time.monotonic(), flush=True)
        body = await request.read()
        if method == "sendmessage":
            return self._sent_message(request, body)
        if method == "getme":
            return _answer(_BOT)
        if method == "getupdates":
            await asyncio.sleep(float(json.loads(body or b"{}").get("timeout", 0)))
            return _answer([])
        return _answer(True)

    def _sent_message(self, request: web.BaseRequest, body: bytes) -> web.Response:
        self._sent += 1
        found = _CHAT.search(body)  # a form of the one, JSON of the other
        chat = found[1] if found else b"1"
        return web.Response(
            body=b'{"ok":true,"result":{"message_id":%d,"date":1700000000,"chat":{"id":%s,"type":"private"},"text":"x",'
            b'"from":{"id":1000000001,"is_bot":true,"first_name":"bench","username":"bench_bot"}}}'
            % (self._sent, chat),
            content_type="application/json",
        )


def _answer(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


async def _serve() -> None:
    runner = web.ServerRunner(web.Server(_Server().handle, access_log=None), handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
