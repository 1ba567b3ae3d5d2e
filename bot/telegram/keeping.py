"""Knows how polled updates are kept before the next poll tells Telegram that they were received."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ExtBot, Updater

from bot.telegram.request import AiohttpRequest, Call
from core.ports import StorageTrouble

log = logging.getLogger(__name__)

Json = dict[str, Any]
Keep = Callable[[Sequence[Json]], Awaitable[None]]
"""Commits updates as Telegram sent them."""

_ASKED = ("offset", "limit", "timeout", "allowed_updates")


class KeepingBot(ExtBot[Any]):
    """Its `get_updates` returns only what is committed: the next call is what tells Telegram it was received."""

    __slots__ = ("_heard", "_keep", "_polling")

    def __init__(
        self, token: str, keep: Keep, heard: Callable[[], None], get_updates_request: AiohttpRequest, **options: Any
    ) -> None:
        super().__init__(token, get_updates_request=get_updates_request, **options)
        self._keep, self._heard, self._polling = keep, heard, get_updates_request

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        """What the updater calls (Bot API, getUpdates). It needs the numbers alone.

        The rest is kept as it came: an update that the library can't read holds up nobody.
        """
        values = {name: value for name in _ASKED if (value := options.get(name)) is not None}
        if isinstance(seconds := values.get("timeout"), timedelta):
            values["timeout"] = int(seconds.total_seconds())
        patience = self._polling.read_timeout + values.get("timeout", 0)
        request: Any = Call(values, {})
        try:
            updates: Any = await self._polling.post(f"{self.base_url}/getUpdates", request, read_timeout=patience)
        except InvalidToken as refusal:
            # The library would end polling for good; a proxy's 404 or a token that is mended is over some time.
            raise NetworkError(f"Telegram refuses the token: {refusal}") from None
        if updates:
            # A TelegramError slows polling down; any other exception would end it without a word.
            try:
                await self._keep(updates)
            except StorageTrouble as trouble:
                raise NetworkError(f"storage: {trouble}") from trouble
            except Exception as error:
                log.exception("defect: updates could not be kept")
                raise NetworkError(f"storage: {type(error).__name__}") from error
        self._heard()
        return tuple(Update(update["update_id"]) for update in updates)


class _NoQueue(asyncio.Queue[Any]):
    """python-telegram-bot's queue in memory; what would go there is in the inbox already."""

    async def put(self, item: Any) -> None:
        return None


def build(
    token: str, base_url: str, keep: Keep, heard: Callable[[], None] = lambda: None
) -> Application[Any, Any, Any, Any, Any, Any]:
    """The python-telegram-bot application: its bot and its updater, on aiohttp. `heard`: Telegram answered a poll."""
    bot = KeepingBot(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2, read=20.0),
        keep=keep,
        heard=heard,
    )
    queue = _NoQueue()
    updater = Updater(bot, queue)
    return Application.builder().updater(updater).build()
