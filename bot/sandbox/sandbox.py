"""Knows how the sandbox is started and stopped; everything else it can do stands in `Stage`."""

from __future__ import annotations

from typing import Any

from bot.sandbox.control import Control
from bot.sandbox.server import Server
from bot.sandbox.stage import Stage


class Sandbox(Stage):
    """A `Stage` behind one HTTP server: the Bot API, the control interface and the page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._server = Server(self.bot_side, Control(self))

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serves and returns the URL, to be used as the Bot API's base. Raises OSError where the port is taken."""
        self.url = await self._server.start(port, host)
        return self.url

    async def stop(self) -> None:
        await self.webhook.stop()
        self.events.close()
        self.updates.interrupt("Conflict: terminated by setWebhook request")
        await self._server.stop()

    async def __aenter__(self) -> Sandbox:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
