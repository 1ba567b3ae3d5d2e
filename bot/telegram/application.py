"""Knows how updates come in: committed to the inbox before Telegram is told, handled in order within a chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.telegram.request import AiohttpRequest
from core.checkpoints import Checkpoint, pass_by
from core.ports import Clock, StorageTrouble, TelegramTrouble
from storage import inbox
from storage.engine import Desk
from storage.inbox import InboxRow
from storage.leases import me

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 16
"""Chats handled at the same moment."""

_LOOK_AGAIN = 1.0
"""Seconds; updates in back-off are looked for this often."""

_LOOK_AFTER = 10.0
"""Seconds; claims that nobody works on any more are looked for this often, far more often than a lease ends."""

_REACH_SECONDS_MOST = 30.0
"""Seconds between two tries to reach Telegram at the start."""

_REFUSED_LATELY = timedelta(minutes=10)
_STORAGE_BACK_OFF = 1.0
_TELEGRAM_BACK_OFF = 5.0
"""Seconds until an update is tried again that was stopped by trouble it didn't cause."""


class Runner(Protocol):
    async def handle(self, row: InboxRow) -> None: ...

    async def apologise(self, row: InboxRow) -> None: ...


class Receiver:
    """Keeps updates and has them handled: chats side by side, each in order, failures tried again and set aside."""

    def __init__(self, desk: Desk, clock: Clock, runner: Runner, checkpoint: Checkpoint = pass_by) -> None:
        self._desk = desk
        self._checkpoint = checkpoint
        self._clock = clock
        self._runner = runner
        self._awake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._coming = 0
        """Places kept free for claims that are under way."""
        self._looked_at = float("-inf")
        self._looking = False
        self._behind = True
        """Whether updates may wait for their chat or for a free place: then the end of one is the turn of another."""
        self._stopping = False

    async def keep(self, updates: Sequence[Update]) -> None:
        """Commits updates, and with them the claims of those that can be handled now.

        Raises StorageTrouble; then Telegram gives them again.
        """
        rows = [(update.update_id, _chat_of(update), update.to_json()) for update in updates]
        now, room = self._clock.now(), self._room()
        self._coming += room

        def work(session: Any) -> list[InboxRow]:
            new = inbox.keep(session, rows, now)
            claimed = inbox.claim(session, now, me(), min(room, new))
            self._checkpoint("receive.written")
            return claimed

        self._checkpoint("receive.arrived")
        try:
            claimed = await self._desk.run(work, soon=True)
        except StorageTrouble:
            self._looked_at = float("-inf")  # it may have been committed all the same
            raise
        finally:
            self._coming -= room
        self._checkpoint("receive.kept")
        self._behind = self._behind or len(claimed) < len(rows)
        self._begin(claimed)
        if self._behind:
            self._awake.set()

    async def run(self) -> None:
        """Handles until `stop`; what is under way is finished."""
        while not self._stopping:
            self._awake.clear()
            try:
                await self._look_after_claims()
                claimed = await self._claim()
            except StorageTrouble as trouble:
                log.warning("inbox: %s", trouble)
                claimed = []
            except Exception:
                log.exception("defect: the inbox could not be read; it is tried again")
                claimed = []
            if not claimed:  # nothing more can be handled until something comes or ends
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), _LOOK_AGAIN)
        if self._busy:
            await asyncio.wait(self._busy.values())

    async def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    def wake(self) -> None:
        """Something may wait to be handled."""
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
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
            else:
                self._awake.set()
                await asyncio.sleep(0.002)

    def _room(self) -> int:
        """How many more updates may be in hand."""
        return 0 if self._stopping or self._looking else max(0, SIDE_BY_SIDE - len(self._busy) - self._coming)

    async def _claim(self) -> list[InboxRow]:
        room = self._room()
        if room <= 0:
            return []
        now = self._clock.now()
        self._coming += room

        def work(session: Any) -> tuple[list[InboxRow], bool]:
            rows = inbox.claim(session, now, me(), room)
            return rows, len(rows) == room or inbox.any_waiting(session)

        try:
            rows, self._behind = await self._desk.run(work)
        finally:
            self._coming -= room
        self._begin(rows)
        return rows if len(rows) == room else []

    def _begin(self, rows: Sequence[InboxRow]) -> None:
        if rows:
            self._checkpoint("handle.claimed")
        for row in rows:
            self._busy[row.update_id] = asyncio.create_task(self._handle(row))

    async def _look_after_claims(self) -> None:
        """Claims of the dead, and those of ours that nobody works on (their end could not be written), wait again."""
        if self._clock.monotonic() - self._looked_at < _LOOK_AFTER:
            return
        self._looking = True  # a claim on its way to us must not pass for one that nobody works on
        try:
            while self._coming:  # noqa: ASYNC110
                await asyncio.sleep(0.002)
            await self._put_strays_back()
        finally:
            self._looking = False

    async def _put_strays_back(self) -> None:
        now, busy = self._clock.now(), list(self._busy)

        def work(session: Any) -> int:
            inbox.extend(session, busy, now)
            return inbox.release_expired(session, now, me()) + inbox.put_back_strays(session, me(), busy)

        if freed := await self._desk.run(work):
            log.warning("%s updates that nobody worked on any more wait again", freed)
        self._looked_at = self._clock.monotonic()

    async def _handle(self, row: InboxRow) -> None:
        try:
            await self._runner.handle(row)
        except (StorageTrouble, TelegramTrouble) as trouble:
            log.warning("update %s waits: %s", row.update_id, trouble)
            await self._put_back(row, trouble)
        except Exception as error:
            log.exception("update %s failed", row.update_id)
            await self._failed(row, error)
        finally:
            del self._busy[row.update_id]
            if self._behind or self._stopping:
                self._awake.set()

    async def _put_back(self, row: InboxRow, trouble: Exception) -> None:
        """The update is not to blame: it is tried again for as long as it takes."""
        wait = _STORAGE_BACK_OFF if isinstance(trouble, StorageTrouble) else _TELEGRAM_BACK_OFF
        later = self._clock.now() + timedelta(seconds=wait)
        try:
            await self._desk.run(lambda session: inbox.put_back(session, [row.update_id], later))
        except Exception as error:
            log.warning("update %s: %s", row.update_id, error)
            self._looked_at = float("-inf")

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        reason, now = f"{type(error).__name__}: {error}", self._clock.now()
        try:
            aside = await self._desk.run(lambda session: inbox.failed(session, row.update_id, reason, now))
            if aside:
                await self._runner.apologise(row)
        except Exception:
            log.exception("update %s: its failure could not be written down", row.update_id)
            self._looked_at = float("-inf")


def _chat_of(update: Update) -> int:
    """The lane an update is handled in: its chat, else its user."""
    if update.effective_chat:
        return update.effective_chat.id
    for part in update.api_kwargs.values():  # an update kept as it came
        if isinstance(part, dict) and isinstance(number := (part.get("chat") or {}).get("id"), int):
            return number
    return update.effective_user.id if update.effective_user else 0


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
