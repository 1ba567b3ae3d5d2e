"""Knows the troubles of several processes: a fleet behind one webhook that loses its first, a stranger with our token."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from itertools import count

import aiohttp
from aiohttp import web

from bot.demo import TOKEN

from .faults import Faults

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


async def fleet_behind_a_webhook(on: Faults) -> int:
    """All take updates in; the one on duty dies, then another is stopped: what they had in hand goes on in the third."""
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
    await on.box.webhook.set("", "", 40, False)
    return flying


async def a_stranger_polls(on: Faults) -> int:
    """Another program polls with the same token: Telegram refuses both in turn. It takes nothing away."""
    life = await on.office.life()
    await on.talk(0.5)
    before = _refused(on)
    stranger = asyncio.create_task(_poll(f"{on.box.url}/bot{TOKEN}/getUpdates"))
    await on.talk(3 if on.short else 10)
    stranger.cancel()
    await asyncio.wait((stranger,))
    refused = _refused(on) - before
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


def _refused(on: Faults) -> int:
    return sum(entry.status == 409 for entry in on.box.ledger.entries)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
