"""Knows the troubles of several processes: one of two dies or hangs, a fleet loses its first, a stranger has our token."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from contextlib import closing, suppress
from itertools import count

import aiohttp
from aiohttp import web
from sqlalchemy import make_url

from bot.demo import TOKEN

from .faults import Faults
from .lives import Life

SIZE = 3
_PATIENCE = aiohttp.ClientTimeout(total=20)


class Gate:
    """What stands before a fleet: each request goes to the next process, past those that don't answer."""

    def __init__(self, size: int) -> None:
        self.ports = [_free_port() for _ in range(size)]
        self.port = _free_port()
        self.passed = [0] * size
        self._turn = count()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def __aenter__(self) -> Gate:
        self._session = aiohttp.ClientSession(timeout=_PATIENCE)
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._runner.cleanup()

    async def open(self, number: int) -> None:
        """Returns when this process of the fleet listens."""
        async with asyncio.timeout(60):
            while True:
                with suppress(aiohttp.ClientError, OSError):
                    async with self._session.get(f"http://127.0.0.1:{self.ports[number]}/health"):
                        return
                await asyncio.sleep(0.1)

    async def _pass_on(self, request: web.Request) -> web.Response:
        body, first = await request.read(), next(self._turn)
        secret = "X-Telegram-Bot-Api-Secret-Token"
        headers = {secret: request.headers.get(secret, "")}
        for number in ((first + more) % len(self.ports) for more in range(len(self.ports))):
            with suppress(aiohttp.ClientError, OSError, TimeoutError):
                url = f"http://127.0.0.1:{self.ports[number]}/hook"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    self.passed[number] += answer.status == 200
                    return web.Response(status=answer.status)
        return web.Response(status=502)


async def two_processes(on: Faults) -> int:
    """Two on one database and one token: both handle, one polls and sends; that one dies."""
    first = await on.at_work()
    before = on.refused()
    second = await on.standing_by()
    await on.talk(2 if on.short else 8)
    assert first.alive and second.alive
    assert on.refused() == before, "both polled"
    await first.kill()
    flying = await on.office.in_flight()
    await on.taken_over()
    await on.talk(2)
    await on.office.quiet()
    assert second.alive
    await second.stop()
    return flying


async def hung_on_duty(on: Faults) -> int:
    """The process on duty hangs (SIGSTOP) with messages in hand; another takes over; then it wakes and finds itself off duty."""
    first, second = await on.at_work(), await on.standing_by()
    await on.talk(1)
    await _hang(on, first)
    try:
        flying = await on.office.in_flight()
        await on.taken_over()
        await on.talk(2)
        if not on.short:
            await on.office.quiet()
    finally:
        first.signal(signal.SIGCONT)
    await on.talk(2)
    await on.office.quiet()
    before = on.refused()
    await on.talk(2)
    await on.office.quiet()
    assert on.refused() == before, "both poll"
    for life in (first, second):
        assert await life.stop() in (0, -15)
    return flying


async def _hang(on: Faults, life: Life) -> None:
    """Stops it with messages in hand. On SQLite not while it writes: nobody can take that lock from a process that lives."""
    while True:
        await on.office.everybody()
        await asyncio.sleep(on.office.random.uniform(0.1, 0.4))
        life.signal(signal.SIGSTOP)
        if not on.lite or await asyncio.to_thread(_writable, str(make_url(on.office.url).database)):
            return
        life.signal(signal.SIGCONT)


def _writable(file: str) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0.2)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        database.execute("ROLLBACK")
        return True


async def fleet_behind_a_webhook(on: Faults) -> int:
    """All take updates in; the one on duty dies, then another is stopped: what they had in hand goes on in the third."""
    try:
        return await _through_a_gate(on)
    finally:
        await on.box.webhook.set("", "", 40, False)


async def _through_a_gate(on: Faults) -> int:
    async with Gate(SIZE) as gate:
        lives = []
        for number, port in enumerate(gate.ports):
            env = {"MODE": "webhook", "WEBHOOK_URL": gate.url, "WEBHOOK_SECRET": "of-the-fleet"}
            # The first dies with updates in hand, which the others have to take over.
            step = "" if lives else "handle.claimed:6"
            listen = {"WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
            lives.append(await on.office.life(env={**env, **listen}, stop_at=step))
            await gate.open(number)
            await asyncio.sleep(1.0)
        await on.talk(3 if on.short else 8)
        async with asyncio.timeout(60):
            while lives[0].alive:
                await on.office.everybody(0.5)
                await asyncio.sleep(0.2)
        flying = await on.office.in_flight()
        await on.talk(3)
        await on.office.quiet()
        assert await lives[1].stop() in (0, -15)
        await on.talk(2)
        await on.office.quiet()
        assert lives[2].alive and all(gate.passed), gate.passed
        await lives[2].stop()
    return flying


async def a_stranger_polls(on: Faults) -> int:
    """Another program polls with the same token: Telegram refuses both in turn. It takes nothing away."""
    life = await on.at_work()
    await on.talk(0.5)
    before = on.refused()
    stranger = asyncio.create_task(_poll(f"{on.box.url}/bot{TOKEN}/getUpdates"))
    await on.talk(3 if on.short else 10)
    stranger.cancel()
    await asyncio.wait((stranger,))
    refused = on.refused() - before
    await on.office.quiet()
    assert refused, "nobody was refused: that was no trouble"
    assert await life.stop() in (0, -15)
    return 0


async def _poll(url: str) -> None:
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        while True:
            async with session.post(url, json={"timeout": 1}) as answer:
                await answer.read()
            await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
