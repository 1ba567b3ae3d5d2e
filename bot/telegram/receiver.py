"""Knows how updates come in: committed to the inbox before Telegram is told, handled in order within a chat."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from core.checkpoints import Checkpoint, pass_by
from core.ports import Aside, Clock, StorageTrouble, TelegramTrouble
from storage import inbox
from storage.engine import Desk
from storage.inbox import InboxRow
from storage.leases import me

log = logging.getLogger(__name__)

Json = dict[str, Any]

SIDE_BY_SIDE = 16
"""Chats handled at the same moment."""

_LOOK_AGAIN = 1.0
"""Seconds; updates in back-off are looked for this often."""

_LOOK_AFTER = 10.0
"""Seconds; claims that nobody works on any more are looked for this often, far more often than a lease ends."""

_STORAGE_BACK_OFF = 1.0
_TELEGRAM_BACK_OFF = 5.0
"""Seconds until an update is tried again that was stopped by trouble it didn't cause."""


class Runner(Protocol):
    async def handle(self, row: InboxRow, aside: Aside) -> None: ...

    def apologise(self, session: Any, row: InboxRow) -> None: ...

    def wake(self) -> None: ...


class Receiver:
    """Keeps updates and has them handled: chats side by side, each in order, failures tried again and set aside."""

    def __init__(self, desk: Desk, clock: Clock, runner: Runner, checkpoint: Checkpoint = pass_by) -> None:
        self._desk = desk
        self._checkpoint = checkpoint
        self._clock = clock
        self._runner = runner
        self._awake = asyncio.Event()
        self._arrived: list[tuple[int, int, str]] = []
        self._keeping: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._aside: dict[int, asyncio.Task[None]] = {}
        """Whose files take long to read: their chats are free meanwhile, and so are their places."""
        self._coming = 0
        """Places kept free for claims that are under way."""
        self._looked_at = float("-inf")
        self._looking = False
        self._behind = True
        """Whether updates may wait for their chat or for a free place: then the end of one is the turn of another."""
        self._stopping = False

    async def keep(self, updates: Sequence[Json]) -> None:
        """Commits updates, and with them the claims of those that can be handled now.

        Those that come while others are being committed become one transaction behind them.
        Raises StorageTrouble; then Telegram gives them again.
        """
        self._arrived += [(update["update_id"], lane(update), _text(update)) for update in updates]
        if self._next is None:
            self._next = asyncio.create_task(self._keep_next(self._keeping))
        await asyncio.shield(self._next)

    async def _keep_next(self, before: asyncio.Task[None] | None) -> None:
        """Everything that has arrived by the time the commit before is over."""
        if before is not None and not before.done():
            await asyncio.wait((before,))
        rows, self._arrived = self._arrived, []
        self._keeping, self._next = self._next, None
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
                    async with asyncio.timeout(_LOOK_AGAIN):
                        await self._awake.wait()
        await self._end()

    async def _end(self) -> None:
        """Finishes what is under way. A file that is still being read is left: the next start finds it, in hand of a dead process."""
        while under_way := self._under_way():
            for task in self._aside.values():
                task.cancel()
            await asyncio.wait(under_way.values(), timeout=_LOOK_AGAIN)

    async def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    def wake(self) -> None:
        """Something may wait to be handled."""
        self._awake.set()

    async def idle(self) -> bool:
        """Whether nothing kept waits to be handled now."""
        if self._under_way():
            return False
        counts = await self._desk.run(inbox.counts)
        return not any(counts[state] for state in ("waiting", "claimed", inbox.READING))

    async def settled(self) -> None:
        """Returns when nothing kept waits to be handled."""
        while not await self.idle():
            if under_way := self._under_way():
                await asyncio.wait(under_way.values(), return_when=asyncio.FIRST_COMPLETED)
            else:
                self._awake.set()
                await asyncio.sleep(0.002)

    def _under_way(self) -> dict[int, asyncio.Task[None]]:
        return self._busy | self._aside

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
        busy = list(self._under_way())

        def work(session: Any) -> int:
            now = self._clock.now()  # only here: see storage.duty
            inbox.extend(session, busy, now)
            return self.release(session, now) + inbox.put_back_strays(session, me(), busy)

        if freed := await self._desk.run(work):
            log.warning("%s updates that nobody worked on any more wait again", freed)
            self._runner.wake()
        self._looked_at = self._clock.monotonic()

    def release(self, session: Any, now: datetime) -> int:
        """What processes that are gone had in hand waits again; who killed too many is set aside. Returns how many."""
        return inbox.release_expired(session, now, me(), lambda row: self._apologise(session, row))

    async def _handle(self, row: InboxRow) -> None:
        try:
            await self._runner.handle(row, partial(self._step_aside, row.update_id))
        except (StorageTrouble, TelegramTrouble) as trouble:
            log.warning("update %s waits: %s", row.update_id, trouble)
            await self._put_back(row, trouble)
        except Exception as error:
            log.exception("update %s failed", row.update_id)
            await self._failed(row, error)
        finally:
            if not self._aside.pop(row.update_id, None):
                del self._busy[row.update_id]
            if self._behind or self._stopping:
                self._awake.set()

    async def _step_aside(self, update_id: int) -> None:
        """From here on the chat goes on; where that can't be written down, it waits."""
        try:
            mine = await self._desk.run(lambda session: inbox.step_aside(session, update_id, me()), together=True)
        except StorageTrouble as trouble:
            log.warning("update %s holds its chat up while its file is read: %s", update_id, trouble)
            return
        if mine:
            self._aside[update_id] = self._busy.pop(update_id)
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
        """Another try, or set aside; that the person is told belongs to the same transaction."""
        reason, now = f"{type(error).__name__}: {error}", self._clock.now()

        def work(session: Any) -> None:
            if inbox.failed(session, row.update_id, reason, now):
                self._apologise(session, row)

        try:
            await self._desk.run(work)
        except Exception:
            log.exception("update %s: its failure could not be written down", row.update_id)
            self._looked_at = float("-inf")
        self._runner.wake()

    def _apologise(self, session: Any, row: InboxRow) -> None:
        try:
            with session.begin_nested():
                self._runner.apologise(session, row)
        except Exception:
            log.exception("update %s is kept, but nobody could be told", row.update_id)


def lane(update: Json) -> int:
    """What an update is handled in order with: its chat, else its user. Of an unreadable one, nothing else."""
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message")
            chat = message.get("chat") if isinstance(message, dict) else None
            for whose in (content.get("chat"), chat, content.get("from"), content.get("user")):
                if isinstance(whose, dict) and isinstance(number := whose.get("id"), int):
                    return number
    return 0


def _text(update: Json) -> str:
    text = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: no database takes it, but it must not hold up the others
        return json.dumps(update, separators=(",", ":"))
    return text
