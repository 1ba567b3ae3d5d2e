"""Knows how updates are pushed to a webhook: one after the other per chat, chats side by side, again when refused."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import bad_request
from bot.sandbox.updates import Updates

Json = dict[str, Any]

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
"""Seconds between two tries. Telegram waits longer; a sandbox has no time for that."""


class Webhook:
    """The one webhook of the bot. `call` carries out a method that the bot puts into its answer."""

    def __init__(self, updates: Updates, clock: SandboxClock) -> None:
        self.updates = updates
        self.clock = clock
        self.url = ""
        self.call: Callable[[str, Json], Awaitable[None]] | None = None
        self._secret = ""
        self._connections = 40
        self._error: tuple[int, str] | None = None
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._runner: asyncio.Task[None] | None = None
        updates.on_new = self._wake.set

    async def set(self, url: str, secret: str, connections: int, drop_pending: bool) -> None:
        """Starts pushing to `url`, stops where it is empty. Raises ApiError."""
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
            raise bad_request("secret token contains unallowed characters")
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad_request("invalid webhook URL specified")
        await self.stop()
        if drop_pending:
            self.updates.clear()
        self.url, self._secret, self._connections = url, secret, connections
        self._error = None
        self.updates.webhook_active = bool(url)
        if url:
            self.updates.interrupt()
            self._runner = asyncio.create_task(self._run())

    async def stop(self) -> None:
        tasks = [task for task in (self._runner, *self._busy.values()) if task]
        self._runner = None
        self._busy = {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def info(self) -> Json:
        """What getWebhookInfo returns."""
        out: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self.updates.pending(),
        }
        if self.url:
            out["max_connections"] = self._connections
            if self._error:
                out["last_error_date"], out["last_error_message"] = self._error
        if self.updates.allowed:
            out["allowed_updates"] = self.updates.allowed
        return out

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                self._wake.clear()
                for number, lane, update in self.updates.waiting():
                    if lane not in self._busy and len(self._busy) < self._connections:
                        task = asyncio.create_task(self._deliver(session, number, update))
                        self._busy[lane] = task
                        task.add_done_callback(lambda done, lane=lane: self._free(lane, done))  # type: ignore[misc]
                await self._wake.wait()

    def _free(self, lane: int, task: asyncio.Task[None]) -> None:
        if self._busy.get(lane) is task:
            del self._busy[lane]
        self._wake.set()

    async def _deliver(self, session: aiohttp.ClientSession, number: int, update: Json) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        pause = FIRST_PAUSE
        while True:
            try:
                async with session.post(self.url, json=update, headers=headers) as response:
                    if response.status // 100 == 2:
                        answer = await response.read()
                        break
                    words = f"Wrong response from the webhook: {response.status} {response.reason}"
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                refused = isinstance(error, aiohttp.ClientConnectorError)
                words = "Connection refused" if refused else f"Connection failed: {type(error).__name__}"
            self._error = (int(self.clock.now().timestamp()), words)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self.updates.drop(number)
        if answer.lstrip()[:1] == b"{" and self.call:
            found = _method_in(answer)
            if found:
                await self.call(str(found.pop("method")), found)


def _method_in(body: bytes) -> Json | None:
    """The Bot API method that the bot put into its answer, if any."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("method") else None
