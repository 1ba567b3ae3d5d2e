"""Knows how a trouble other than death is played on a running office, and that every one is judged by counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from bot.sandbox.ledger import Entry
from core.ports import StorageTrouble

from .judge import Verdict, judge
from .lives import Life
from .office import Office

Scenario = Callable[["Faults"], Awaitable[int]]
"""Returns how many messages were in flight in the moments of trouble, at most."""


class Faults:
    """`short` shortens the waiting, not the trouble's nature."""

    def __init__(self, office: Office, server: Any = None, short: bool = False) -> None:
        self.office, self.server, self.short = office, server, short
        self.box = office.box
        office.patience = 60.0 if short else 180.0
        self.measured = ""
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
        self.measured = wrong = ""
        nudged, in_flight = [(self._day.isoformat(), await office.expected_nudges(self._day))], 0
        try:
            in_flight = await scenario(self)
        except (AssertionError, TimeoutError, StorageTrouble) as failure:
            wrong = f"{type(failure).__name__} {failure}".split("\n")[0].strip()
            await office.nursery.kill_all()
        if self._day.isoformat() != nudged[0][0]:  # the scenario moved on
            nudged.append((self._day.isoformat(), await office.expected_nudges(self._day)))
        self.box.faults.clear()
        life = await office.life()
        try:
            await office.quiet()
        except TimeoutError:
            wrong = wrong or "it never came to rest"
        await life.stop()
        total = await judge(office, 0, nudged)
        alone, self._before = total.since(self._before), total
        alone.in_flight, alone.nudges, alone.nudges_missing = in_flight, total.nudges, total.nudges_missing
        alone.wrong, alone.seen = wrong, self.measured
        return alone

    async def talk(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            await self.office.everybody(0.15)
            await asyncio.sleep(0.5)

    async def at_work(self, **more: Any) -> Life:
        """A process that polls already: what befalls it befalls a bot at work, however slow the machine is."""
        last = self.box.ledger.total
        life = await self.office.life(**more)
        await self._polled(last)
        return life

    async def taken_over(self) -> None:
        """Returns when another process polls; who polled until now is dead or hangs. Measures how long that took."""
        loop, last = asyncio.get_running_loop(), self.box.ledger.total
        began = loop.time()
        await self._polled(last)
        self.measured = f"another polls after {loop.time() - began:.1f} s"

    async def _polled(self, last: int) -> None:
        async with asyncio.timeout(60):
            while not any(entry.method == "getUpdates" for entry in self.calls(last)):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def doubted(self) -> int:
        """How many messages have ever been in doubt."""
        query = text("SELECT count(*) FROM outbox WHERE doubted_at IS NOT NULL")
        return int(await self.office.desk.read(lambda session: session.execute(query).scalar() or 0))

    async def reminders(self) -> Counter[int]:
        """{chat: reminders put so far}"""
        query = text("SELECT chat_id FROM outbox WHERE kind = 'nudge' AND key NOT LIKE '%/%'")
        return Counter(await self.office.desk.read(lambda session: list(session.scalars(query))))

    async def ticked(self, times: int, patience: float = 45.0) -> None:
        """Returns when so many more ticks have come to their end. Raises TimeoutError."""
        query = text("SELECT count FROM pulse WHERE name = 'tick'")

        async def ticks() -> int:
            return int(await self.office.desk.read(lambda session: session.execute(query).scalar() or 0))

        before = await ticks()
        async with asyncio.timeout(patience):
            while await ticks() < before + times:  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def standing_by(self) -> Life:
        """A second process, that has come as far as to ask for the duty."""
        query = text("SELECT count FROM pulse WHERE name = 'start'")
        before = await self.office.desk.read(lambda session: session.execute(query).scalar() or 0)
        life = await self.office.life()
        async with asyncio.timeout(60):
            while await self.office.desk.read(lambda session: session.execute(query).scalar() or 0) == before:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(1.5)
        return life

    async def in_back_off(self) -> None:
        """Returns when an answer has failed to leave and waits for its next try; people talk meanwhile.

        A reminder would not do: where the clock is set before office hours, it waits for them.
        """
        failed = "state = 'waiting' AND kind = 'reply' AND not_before IS NOT NULL AND tries > 0"
        query = text(f"SELECT count(*) FROM outbox WHERE {failed}")
        async with asyncio.timeout(60):
            while not await self.office.desk.read(lambda session: session.execute(query).scalar()):
                await self.office.everybody(0.2)
                await asyncio.sleep(0.2)

    async def held_up(self) -> None:
        """Returns when an update has been offered for two seconds and nobody has taken it in: then the trouble is one."""
        async with asyncio.timeout(60):
            while True:
                oldest = next(iter(self.box.updates.waiting()), None)
                await self.office.everybody(0.3)
                await asyncio.sleep(2)
                if oldest and oldest == next(iter(self.box.updates.waiting()), None):
                    return

    def refused(self) -> int:
        """How often somebody was told that another one polls."""
        return sum(entry.status == 409 for entry in self.box.ledger.entries)

    def calls(self, after: int) -> list[Entry]:
        """What came in at the local Telegram after its request of that number."""
        return [entry for entry in self.box.ledger.entries if entry.id > after]

    async def struck(self, lasting: float, kind: str, **order: Any) -> int:
        """People talk through a trouble of the network; the process lives on and everything is said at its end.

        Returns how many calls it struck; a slow machine waits until it struck at all.
        """
        life = await self.at_work()
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
