"""Knows how polled updates are kept before the next poll tells Telegram that they were received."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Bot, Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import Application, ExtBot, Updater

from bot.telegram.request import AiohttpRequest, Call
from core.ports import StorageTrouble

log = logging.getLogger(__name__)

Keep = Callable[[Sequence[Update]], Awaitable[None]]


class KeepingBot(ExtBot[Any]):
    """Its `get_updates` returns only what is committed: the next call is what tells Telegram it was received."""

    __slots__ = ("_heard", "_keep")

    def __init__(self, *args: Any, keep: Keep, heard: Callable[[], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._keep, self._heard = keep, heard

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        try:
            updates = await super().get_updates(*args, **options)
        except TelegramError:
            raise
        except Exception:
            log.exception("defect: an update that the library can't read; it is kept as it came")
            updates = await self._next_as_it_came(options.get("offset"))
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
        return updates

    async def _next_as_it_came(self, offset: int | None) -> tuple[Update, ...]:
        """The next update alone: one that nobody can read must not hold up all that come after it."""
        request: Any = Call({"offset": offset or 0, "limit": 1, "timeout": 0}, {})
        found: Any = await self.request.post(f"{self.base_url}/getUpdates", request)
        return tuple(understood(one, self) for one in found)


def understood(raw: dict[str, Any], bot: Bot) -> Update:
    """The update; where the library can't read it, one that only knows its number and is kept word for word.

    Raises KeyError, TypeError or ValueError for what is no update at all.
    """
    number = int(raw["update_id"])
    try:
        return Update.de_json(raw, bot)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Update(number, api_kwargs={name: part for name, part in raw.items() if name != "update_id"})


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
