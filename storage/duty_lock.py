"""Knows the duty on PostgreSQL: an advisory lock of a connection that does nothing else. See storage.duty."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import psycopg

from core.ports import StorageTrouble
from storage.duty import KEY, LOOK_SECONDS
from storage.engine import Desk

log = logging.getLogger(__name__)

HUNG_SECONDS = 15.0
"""Who is on duty and asks the server nothing for so long hangs; in order, it asks every second."""

_CHANNEL = "duban_outbox"
_NAME = "duban duty"

_END_HUNG = """SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = %s::bigint::oid AND l.objsubid = 1
AND a.datname = current_database() AND a.application_name = %s AND clock_timestamp() - a.state_change > %s"""


class LockDuty:
    """PostgreSQL. `take` raises StorageTrouble while the server can't be reached."""

    def __init__(self, desk: Desk) -> None:
        self._address = desk.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    async def take(self) -> bool:
        try:
            connection = await self._connected()
            row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (KEY,))).fetchone()
            if row and row[0]:
                return True
            hung = await connection.execute(_END_HUNG, (KEY, _NAME, timedelta(seconds=HUNG_SECONDS)))
            if await hung.fetchone():
                log.warning("the process on duty hangs: no sign of it for %s s; its duty is ended", HUNG_SECONDS)
        except psycopg.Error as error:
            await self._drop()
            raise StorageTrouble(str(error).strip()) from error
        return False

    async def keep(self, news: Callable[[], None]) -> None:
        try:
            connection = await self._connected()
            await connection.execute(f"LISTEN {_CHANNEL}")
            while True:
                async for _ in connection.notifies(timeout=LOOK_SECONDS):
                    news()
                await connection.execute("SELECT 1")
        except psycopg.Error as error:
            log.warning("the duty is lost with its connection: %s", str(error).strip())
            await self._drop()

    async def tell(self) -> None:
        """What is not heard is found within seconds all the same."""
        with suppress(psycopg.Error):
            await (await self._connected()).execute(f"NOTIFY {_CHANNEL}")

    async def release(self) -> None:
        await self._drop()

    async def _connected(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(
                self._address, autocommit=True, connect_timeout=5, application_name=_NAME
            )
            # A machine that vanishes must not hold the duty for the two hours that TCP would wait.
            for name, value in (("idle", 5), ("interval", 2), ("count", 3)):
                await self._connection.execute(f"SET tcp_keepalives_{name} = {value}")
        return self._connection

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()
