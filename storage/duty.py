"""Knows which of several processes is on duty: the one that polls, sends and ticks; the others stand by.

PostgreSQL: a session's advisory lock on a connection of its own. It goes with the connection, so a killed process is
replaced within a second; LISTEN on the same connection tells the one on duty what the others have written. (Not through a
pooler that shares sessions.) A process that hangs keeps its connection, but asks nothing any more: the server knows since
when, and who stands by has that connection ended. SQLite: a lease that is renewed; the dead of the same machine are known
by their number.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol
from zlib import crc32

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.ports import Clock, StorageTrouble
from storage import leases
from storage.engine import Desk
from storage.prepared import on_postgres

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""A process that stands by asks this often; the one on duty makes sure this often that it still is."""

LEASE_SECONDS = 15.0
_RENEW_SECONDS = 4.0
_LISTEN_SECONDS = 0.2
"""SQLite tells nobody of a change, so the one on duty looks this often whether another process made one."""

KEY = crc32(b"duban.duty")
"""Of the advisory lock that the process on duty holds on PostgreSQL."""


class Duty(Protocol):
    """`take` once or again and again; `keep` returns when the duty is lost; `tell` wakes whoever is on duty."""

    async def take(self) -> bool: ...

    async def keep(self, news: Callable[[], None]) -> None: ...

    async def tell(self) -> None: ...

    async def release(self) -> None: ...


def duty(desk: Desk, clock: Clock) -> Duty:
    """The kind of duty that this database offers."""
    if desk.lite:
        return LeaseDuty(desk, clock, leases.me())
    # PostgreSQL's driver is loaded where it is used.
    found: Duty = importlib.import_module("storage.duty_lock").LockDuty(desk)
    return found


def somebody_on_duty(session: Session, now: datetime) -> bool:
    """Whether a process is on duty. On PostgreSQL none gets there before the end of this transaction."""
    if on_postgres(session):
        return not session.scalar(select(func.pg_try_advisory_xact_lock(KEY)))
    holder = leases.holder(session, "duty", now)
    return holder is not None and not leases.is_dead(holder)


class LeaseDuty:
    """SQLite. `take` raises StorageTrouble while the file can't be written."""

    def __init__(self, desk: Desk, clock: Clock, who: str) -> None:
        self._desk, self._clock, self._who = desk, clock, who
        self._seen: int | None = None

    async def take(self) -> bool:
        def work(session: Session) -> bool:
            # Asked only here: to a process that hung before it got its turn, the other's lease would be of a clock set back.
            return leases.take(session, "duty", self._who, self._clock.now(), LEASE_SECONDS)

        return await self._desk.run(work)

    async def keep(self, news: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        renewed = loop.time()
        while True:
            await asyncio.sleep(_LISTEN_SECONDS)
            with suppress(StorageTrouble):
                if await self._changed():
                    news()
                if loop.time() - renewed >= _RENEW_SECONDS:
                    if await self._elsewhere() or not await self.take():
                        log.warning("the duty is lost: its lease had ended and another process took it")
                        return
                    renewed = loop.time()

    async def tell(self) -> None:
        """Nothing to do: the one on duty sees that the file changed."""

    async def release(self) -> None:
        with suppress(StorageTrouble):
            await self._desk.run(lambda session: leases.release(session, "duty", self._who))

    async def _elsewhere(self) -> bool:
        """Whether another process has it. To look waits for no lock: who hung and wakes must not poll meanwhile."""
        query = select(leases.Lease.holder).where(leases.Lease.name == "duty")
        return await self._desk.read(lambda session: session.scalar(query)) not in (None, self._who)

    async def _changed(self) -> bool:
        """Whether another connection committed since the last look (SQLite: PRAGMA data_version)."""
        if self._desk.url.database in (None, "", ":memory:"):
            return False
        seen = await self._desk.read(lambda session: session.execute(text("PRAGMA data_version")).scalar())
        before, self._seen = self._seen, seen
        return before is not None and seen != before
