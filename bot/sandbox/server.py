"""Knows which path belongs to whom: the Bot API, the control interface, the page."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import web

from bot.sandbox.bot_side import BotSide
from bot.sandbox.control import Control
from bot.sandbox.errors import ControlError
from bot.sandbox.pages import page_response
from bot.sandbox.params import MAX_REQUEST


class Server:
    """One HTTP server on aiohttp's low level: the Bot API's path has no router or middleware in its way."""

    def __init__(self, bot_side: BotSide, control: Control) -> None:
        self._bot_side = bot_side
        self._control = control
        self._runner: web.ServerRunner | None = None

    async def start(self, port: int, host: str) -> str:
        """Raises OSError where the port is taken."""
        loop = asyncio.get_running_loop()

        def make(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
            return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_REQUEST)

        server = web.Server(self._handle, request_factory=make, access_log=None)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        real = self._runner.addresses[0][1]
        return f"http://{host}:{real}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            if method and not method.startswith("test/"):
                return await self._bot_side.handle(request, token, method.rstrip("/"))
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        if path.startswith("/file/bot"):
            token, _, rest = path[9:].partition("/")
            return self._bot_side.file(token, unquote(rest))
        if path.startswith("/sandbox/") or path == "/sandbox":
            return await self._controlled(request, path[9:].strip("/"))
        return page_response(path)

    async def _controlled(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return web.json_response({"error": "the page must be the sandbox's own"}, status=403)
        try:
            return await self._control.handle(request, path)
        except ControlError as error:
            return web.json_response({"error": str(error)}, status=error.status)
        except (TypeError, ValueError, KeyError) as error:
            return web.json_response({"error": f"not understood: {error}"}, status=400)
