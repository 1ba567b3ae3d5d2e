"""Knows the troubles other than death, each as one scenario on a running office; every one is judged by counts."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from storage.engine import Desk
from storage.migrating import head, probe

from .judge import Verdict, judge
from .office import Office

Scenario = Callable[["Faults"], Awaitable[int]]
"""Returns how many messages were in flight in the moments of trouble, at most."""


class Faults:
    """`short` shortens the waiting, not the trouble's nature."""

    def __init__(self, office: Office, server: Any = None, short: bool = False) -> None:
        self.office, self.server, self.short = office, server, short
        self.box = office.box
        self._before = Verdict()
        self._day = date(2023, 3, 8)

    @property
    def lite(self) -> bool:
        return self.office.url.startswith("sqlite")

    async def run(self, scenario: Scenario) -> Verdict:
        """One scenario on a day of its own, then an undisturbed process, then the counts of this scenario alone."""
        office = self.office
        self._day += timedelta(days=1 if self._day.weekday() < 4 else 3)
        office.morning(self._day)
        nudged = [(self._day.isoformat(), await office.expected_nudges(self._day))]
        in_flight = await scenario(self)
        if self._day.isoformat() != nudged[0][0]:  # the scenario moved on
            nudged.append((self._day.isoformat(), await office.expected_nudges(self._day)))
        self.box.faults.clear()
        life = await office.life()
        await office.quiet()
        await life.stop()
        total = await judge(office, 0, nudged)
        alone = Verdict(**{f.name: getattr(total, f.name) - getattr(self._before, f.name) for f in fields(Verdict)})
        alone.in_flight, alone.nudges, alone.nudges_missing = in_flight, total.nudges, total.nudges_missing
        self._before = total
        return alone

    async def talk(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            await self.office.everybody(0.15)
            await asyncio.sleep(0.5)

    async def struck(self, lasting: float, kind: str, **order: Any) -> int:
        """People talk through a trouble of the network; the process lives on and everything is said at its end.

        Returns how many calls it struck; a slow machine waits until it struck at all.
        """
        life = await self.office.life()
        await self.talk(0.5)
        await self.office.quiet()
        number = self.box.fault(kind, **order)["id"]
        fault = next(f for f in self.box.faults.active if f.id == number)
        await self.talk(lasting)
        async with asyncio.timeout(60):
            while not fault.struck:
                await self.talk(0.5)
        self.box.faults.clear()
        await self.office.quiet()
        assert await life.stop() in (0, -15)
        return fault.struck


async def network_cut(on: Faults) -> int:
    """Every connection is cut before anything is carried out; the bot can't know that."""
    said = ["sendMessage", "sendPhoto", "sendDocument", "editMessageText"]
    return await on.struck(3 if on.short else 15, "refuse", count=10_000, methods=said)


async def network_gone(on: Faults) -> int:
    """Nothing listens where Telegram was: what could not leave has surely not arrived, and is said afterwards."""
    box, port = on.box, int(on.box.url.rpartition(":")[2])
    life = await on.office.life()
    await on.talk(0.5)
    await on.office.quiet()
    await on.office.everybody(1.0)
    async with asyncio.timeout(60):
        while not await on.office.in_flight():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    await box._server.stop()
    flying = await on.office.in_flight()
    await on.talk(3 if on.short else 15)
    await box._server.start(port, "127.0.0.1")
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def starting_without_network(on: Faults) -> int:
    on.box.fault("refuse", seconds=600)
    life = await on.office.life()
    await on.talk(2)
    on.box.faults.clear()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return 0


async def answers_lost(on: Faults) -> int:
    return await on.struck(3, "answer_lost", count=8 if on.short else 40)


async def storm_of_429(on: Faults) -> int:
    await on.struck(3 if on.short else 10, "429", count=20, retry_after=1)
    return 0


async def an_hour_of_5xx(on: Faults) -> int:
    """The process's seconds are 60 times shorter, so that its hour is a minute of ours."""
    life = await on.office.life()
    await on.talk(0.5)
    await on.office.quiet()
    await life.stop()
    life = await on.office.life(speed=60)
    on.box.fault("outage", seconds=600)
    await on.talk(4 if on.short else 60)
    on.box.faults.clear()
    await on.office.quiet()
    await life.kill()
    return 0


async def two_processes(on: Faults) -> int:
    """Two on one database and one token: each may poll, claim and send; one dies."""
    first, second = await on.office.life(), await on.office.life()
    await on.talk(2 if on.short else 8)
    flying = 0
    await first.kill()
    flying += await on.office.in_flight()
    await on.talk(2)
    await on.office.quiet()
    assert second.alive
    await second.stop()
    return flying


async def disk_full(on: Faults) -> int:
    """The process may not write files beyond a few kilobytes more than now, then may again."""
    database = Path(str(make_url(on.office.url).database))
    largest = max(path.stat().st_size for path in database.parent.glob(database.name + "*"))
    life = await on.office.life()
    await on.talk(0.5)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (largest + 4096, resource.RLIM_INFINITY))
    await on.talk(3 if on.short else 10)
    flying = await on.office.in_flight()
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def database_locked(on: Faults) -> int:
    """Another program holds the write lock."""
    life = await on.office.life()
    await on.talk(0.5)
    seconds = 7 if on.short else 30
    if on.lite:
        with closing(sqlite3.connect(str(make_url(on.office.url).database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await on.talk(seconds)
            other.execute("ROLLBACK")
    else:
        engine = create_engine(on.office.url)
        # One table at a time: with two, this program could be the one that PostgreSQL gives up in a deadlock.
        for table in ("inbox", "outbox"):
            with engine.begin() as other:
                other.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
                await on.talk(seconds / 2)
        engine.dispose()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return 0


async def postgres_killed(on: Faults) -> int:
    """The server dies at once, without farewell, and is started again."""
    life = await on.office.life()
    await on.talk(1)
    on.server.crash()
    await on.talk(3)
    on.server.start()
    flying = await on.office.in_flight()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def clock_forward_a_week(on: Faults) -> int:
    """What fell due meanwhile is said in one message a person, not in a burst."""
    life = await on.office.life()
    await on.talk(0.5)
    await on.office.quiet()
    on.office.shift.write_text(str(7 * 86400))
    on._day += timedelta(days=7)
    on.office.clock.set(on.office.clock.now() + timedelta(days=7))
    await on.talk(1)
    await on.office.quiet()
    await life.stop()
    on.office.shift.unlink()
    return 0


async def clock_back_an_hour(on: Faults) -> int:
    """Also what is in back-off at that moment is said within seconds, not in an hour."""
    life = await on.office.life()
    await on.talk(0.5)
    on.box.fault("outage", seconds=600, methods=["sendMessage"])
    await on.talk(2)
    on.office.shift.write_text("-3600")
    on.box.faults.clear()
    await on.talk(1)
    await on.office.quiet(45)
    await life.stop()
    on.office.shift.unlink()
    return 0


async def migration_killed(office: Office, url: str, statements: range) -> int:
    """Kills a process at a statement of its first migration, again and again; returns how often. Then one lives."""
    killed = 0
    for number in statements:
        life = await office.nursery.start(
            {**office.order(die_at_statement=number), "env": {**office.order()["env"], "DATABASE_URL": url}}
        )
        try:
            killed += await life.wait(5) == -9
        except TimeoutError:
            await life.kill()
    life = await office.nursery.start({**office.order(), "env": {**office.order()["env"], "DATABASE_URL": url}})
    await asyncio.sleep(3)
    assert life.alive
    await life.stop()
    desk = Desk(url)
    found = await asyncio.to_thread(probe, desk)
    desk.close()
    assert found.revision == head() and not found.trouble
    return killed
