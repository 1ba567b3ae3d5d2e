"""`duban demo --headless` as another program drives it: over HTTP, from the moment its port opens."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


class Driver:
    """The control interface of a running demo."""

    def __init__(self, http: aiohttp.ClientSession, port: int, said: asyncio.StreamReader) -> None:
        self.http, self.base, self.said = http, f"http://127.0.0.1:{port}/sandbox/", said

    async def get(self, path: str) -> Any:
        async with self.http.get(self.base + path) as answer:
            return await answer.json()

    async def post(self, path: str, **order: Any) -> Any:
        async with self.http.post(self.base + path, json=order) as answer:
            return await answer.json()

    async def newest(self, who: str) -> dict[str, Any]:
        return (await self.get(f"chats/{who}/messages?limit=1"))[0]


@pytest.fixture
async def demo() -> AsyncIterator[Driver]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ("-m", "bot", "demo", "--headless", "--port", str(port), "--start", "2023-03-03T09:00", "--lang", "zh")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=pipe, stderr=pipe)
    try:
        await _listening(port)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(120)) as http:
            assert process.stderr
            yield Driver(http, port, process.stderr)
        process.terminate()
        await asyncio.wait_for(process.wait(), 30)
        assert process.returncode == 0
    finally:
        if process.returncode is None:
            process.kill()


async def _listening(port: int) -> None:
    """Returns when something listens, at the first moment at which a program could ask."""
    for _ in range(600):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the demo does not listen")


async def test_a_program_may_drive_the_demo_from_the_first_moment(demo: Driver) -> None:
    people = await demo.get("people")
    roles = {person["role"] for person in people}
    assert roles >= {"owner", "supervisor", "contact", "head", "leader", "stranger"}
    assert len(people) > 50, "asked before the cast was there, and answered once it was"
    assert "准备" in (await demo.said.readline()).decode(), "whoever waits for it in a terminal was told"
    assert [chat["title"] for chat in await demo.get("chats") if chat["type"] != "private"] == ["区重点工作推进群"]

    await demo.post("clock", to="2023-03-09T09:00")
    reminder = await demo.newest("contact-01")
    assert reminder["text"].startswith("【提醒】") and "3月16日" in reminder["text"]
    await demo.post(
        "say", person="contact-01", text="目标：全年完成\n3月：启动\n4月：推进", reply_to=reminder["message_id"]
    )
    assert (await demo.newest("contact-01"))["text"] != reminder["text"]

    await demo.post("clock", to="2023-03-20T10:00")
    await demo.post("say", person="supervisor", text="/overdue")
    assert "逾期" in (await demo.newest("supervisor"))["text"]
    assert (await demo.get("requests?summary=1"))["violations"] == 0
