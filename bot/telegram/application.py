"""Knows what is asked of Telegram beside sending: whether it can be reached, whether it reaches us, a file, our name."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.telegram.request import AiohttpRequest
from core.ports import TelegramTrouble

log = logging.getLogger(__name__)

_REACH_SECONDS_MOST = 30.0
"""Seconds between two tries to reach Telegram at the start."""

_REFUSED_LATELY = timedelta(minutes=10)


async def reach(bot: Bot) -> None:
    """Returns when Telegram has answered once. Raises InvalidToken, or what trying again can't mend."""
    wait = 0.5
    while True:
        try:
            return await bot.initialize()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram can't be reached, trying again in %.1f s: %s", wait, error.message)
        await asyncio.sleep(wait)
        wait = min(2 * wait, _REACH_SECONDS_MOST)


async def reaches_us(bot: Bot, url: str, now: datetime) -> bool:
    """Whether Telegram pushes to this address and was not refused lately while updates wait (Bot API, WebhookInfo)."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError:
        return False
    failed = info.last_error_date
    refused = failed is not None and now - failed < _REFUSED_LATELY and info.pending_update_count > 0
    return info.url == url and not refused


async def download(bot: Bot, file_id: str) -> bytes:
    """A file's content (Bot API, getFile: at most 20 MB).

    Raises TelegramTrouble while Telegram can't be reached, TelegramError where it says no.
    """
    try:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except BadRequest:
        raise
    except (NetworkError, RetryAfter) as error:
        raise TelegramTrouble(error.message) from error


async def username(token: str, base_url: str) -> str:
    """The bot's own name (Bot API, getMe). Raises TelegramError where the server or the token refuses."""
    async with Bot(token, base_url=f"{base_url}/bot", request=AiohttpRequest()) as bot:
        return bot.username
