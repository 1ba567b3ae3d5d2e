"""Knows the duty on PostgreSQL: an advisory lock of a connection that does nothing else. See storage.duty."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

import psycopg

from core.ports import StorageTrouble
from storage.duty import KEY, LOOK_SECONDS
from storage.engine import Desk

log = logging.getLogger(__name__)

_CHANNEL = "duban_outbox"


class LockDuty:
    """PostgreSQL. `take` raises StorageTrouble while the server can't be reached."""

    def __init__(self, desk: Desk) -> None:
        self._address = desk.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    async def take(self) -> bool:
        try:
            row = await (await (await self._connected()).execute("SELECT pg_try_advisory_lock(%s)", (KEY,))).fetchone()
        except psycopg.Error as error:
            await self._drop()
            raise StorageTrouble(str(error).strip()) from error
        return bool(row and row[0])

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
                self._address, autocommit=True, connect_timeout=5, application_name="duban duty"
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
