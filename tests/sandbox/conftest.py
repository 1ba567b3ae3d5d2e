"""A sandbox that is being served, with a small cast, and plain python-telegram-bot clients for it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox

TOKEN = "123456:test-token"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as one:
        one.add_person("li", "李雷", role="contact", unit="区经信局", started=True)
        one.add_person("han", "韩梅梅", role="supervisor", unit="督查室", started=True)
        one.add_person("guo", "过路人", role="stranger")
        yield one


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot") as one:
        yield one


class Control:
    """The control interface over HTTP, as any program would use it."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = f"{url}/sandbox/"

    async def get(self, path: str, status: int = 200):
        async with self.session.get(self.url + path) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **order):
        async with self.session.post(self.url + path, json=order) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def delete(self, path: str):
        async with self.session.delete(self.url + path) as response:
            return await response.json()


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession() as session:
        yield Control(session, sandbox.url)


def png(width: int = 64, height: int = 48) -> bytes:
    """A real picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x33\x90\xec" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
