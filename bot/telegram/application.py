"""Knows how updates come in: committed to the inbox before Telegram is told, handled in order within a chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.ext import Application, ExtBot, Updater

from bot.telegram.request import AiohttpRequest
from core.ports import Clock, StorageTrouble
from storage import inbox
from storage.engine import Desk
from storage.inbox import InboxRow
from storage.leases import me

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 16
"""Chats handled at the same moment."""

_LOOK_AGAIN = 1.0
"""Seconds; back-offs and claims of dead processes are looked for this often."""

Keep = Callable[[Sequence[Update]], Awaitable[None]]


class Runner(Protocol):
    async def handle(self, row: InboxRow) -> None: ...

    async def apologise(self, row: InboxRow) -> None: ...


class KeepingBot(ExtBot[Any]):
    """Its `get_updates` returns only what is committed: the next call is what tells Telegram it was received."""

    __slots__ = ("_keep",)

    def __init__(self, *args: Any, keep: Keep, **options: Any) -> None:
        super().__init__(*args, **options)
        self._keep = keep

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        updates = await super().get_updates(*args, **options)
        if updates:
            try:
                await self._keep(updates)
            except StorageTrouble as trouble:
                # A TelegramError slows polling down; any other exception would end it without a word.
                raise NetworkError(f"storage: {trouble}") from trouble
        return updates


class _NoQueue(asyncio.Queue[Any]):
    """python-telegram-bot's queue in memory; what would go there is in the inbox already."""

    async def put(self, item: Any) -> None:
        return None


def build(token: str, base_url: str, keep: Keep) -> Application[Any, Any, Any, Any, Any, Any]:
    """The python-telegram-bot application: its bot and its updater, on aiohttp."""
    bot = KeepingBot(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2, read=20.0),
        keep=keep,
    )
    queue = _NoQueue()
    updater = Updater(bot, queue)
    return Application.builder().updater(updater).build()


class Receiver:
    """Keeps updates and has them handled: chats side by side, each in order, failures tried again and set aside."""

    def __init__(self, desk: Desk, clock: Clock, runner: Runner) -> None:
        self._desk = desk
        self._clock = clock
        self._runner = runner
        self._awake = asyncio.Event()
        self._busy: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def keep(self, updates: Sequence[Update]) -> None:
        """Commits updates. Raises StorageTrouble; then Telegram gives them again."""
        rows = [(update.update_id, _chat_of(update), update.to_json()) for update in updates]
        now = self._clock.now()
        await self._desk.run(lambda session: inbox.keep(session, rows, now))
        self._awake.set()

    async def run(self) -> None:
        """Handles until `stop`; what is under way is finished."""
        while not self._stopping:
            self._awake.clear()
            try:
                claimed = await self._claim()
            except StorageTrouble as trouble:
                log.warning("inbox: %s", trouble)
                claimed = []
            if not claimed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), _LOOK_AGAIN)
        if self._busy:
            await asyncio.wait(self._busy)

    async def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    async def idle(self) -> bool:
        """Whether nothing kept waits to be handled now."""
        if self._busy:
            return False
        counts = await self._desk.run(inbox.counts)
        return not counts.get("waiting", 0) and not counts.get("claimed", 0)

    async def settled(self) -> None:
        """Returns when nothing kept waits to be handled."""
        while not await self.idle():
            if self._busy:
                await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
            else:
                self._awake.set()
                await asyncio.sleep(0.002)

    async def _claim(self) -> list[InboxRow]:
        room = SIDE_BY_SIDE - len(self._busy)
        if room <= 0:
            return []
        now = self._clock.now()
        rows = await self._desk.run(lambda session: inbox.claim(session, now, me(), room))
        for row in rows:
            task = asyncio.create_task(self._handle(row))
            self._busy.add(task)
            task.add_done_callback(self._finished)
        return rows

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        self._awake.set()

    async def _handle(self, row: InboxRow) -> None:
        try:
            await self._runner.handle(row)
        except Exception as error:
            log.exception("update %s failed", row.update_id)
            await self._failed(row, error)

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        reason, now = f"{type(error).__name__}: {error}", self._clock.now()
        try:
            aside = await self._desk.run(lambda session: inbox.failed(session, row.update_id, reason, now))
            if aside:
                await self._runner.apologise(row)
        except Exception:
            log.exception("update %s: its failure could not be written down", row.update_id)


def _chat_of(update: Update) -> int:
    """The lane an update is handled in: its chat, else its user."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


async def download(bot: Bot, file_id: str) -> bytes:
    """A file's content (Bot API, getFile: at most 20 MB)."""
    return bytes(await (await bot.get_file(file_id)).download_as_bytearray())


async def username(token: str, base_url: str) -> str:
    """The bot's own name (Bot API, getMe). Raises TelegramError where the server or the token refuses."""
    async with Bot(token, base_url=f"{base_url}/bot", request=AiohttpRequest()) as bot:
        return bot.username
