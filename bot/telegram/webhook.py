"""Knows the webhook's server: an update is answered with 200 only after it is committed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from core.ports import StorageTrouble

Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_LARGEST = 4 * 1024 * 1024
"""Bytes; no update of Telegram comes near it."""

_NUMBERS = 2**63


class Webhook:
    """Listens for Telegram. 403 for a wrong secret, 400 for what is no update, 503 while storage can't take it."""

    def __init__(self, keep: Keep, secret: str) -> None:
        self._keep = keep
        self._secret = secret
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Raises OSError where the port is taken."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_post("/{path:.*}", self._take)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        """Requests under way are finished."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = update_of(await request.read())
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            await self._keep([update])
        except StorageTrouble:
            return web.Response(status=503)
        return web.Response(status=200)


def update_of(body: bytes) -> dict[str, Any]:
    """The update as it came, whatever is in it. Raises KeyError, TypeError or ValueError for what is no update at all."""
    update: dict[str, Any] = json.loads(body)
    number = int(update["update_id"])
    if not 0 < number < _NUMBERS:
        raise ValueError("no number of an update")
    return {**update, "update_id": number}
