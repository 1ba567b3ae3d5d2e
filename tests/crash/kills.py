"""Knows the kills: at every named step, at the moment Telegram has carried a message out, and at random."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import cycle

from core.checkpoints import STEPS

from .judge import Verdict, judge
from .lives import Life
from .office import Office

ARRIVED = "send.arrived"
"""Telegram has carried a message out; its answer is not on the way yet."""

RANDOM = "random"
_PATIENCE = 4.0
"""Seconds; a step that was not reached by then becomes a kill at a random moment."""


class Kills:
    """`run(n)` kills n processes over as many mornings of the year as it takes, and judges what is left."""

    def __init__(self, office: Office, per_day: int = 8, cold_every: int = 40) -> None:
        self.office = office
        self.per_day = per_day
        self.cold_every = cold_every
        self.at: Counter[str] = Counter()
        self.in_flight = 0
        self.most_in_flight = 0
        self.cold = 0
        self.nudged: list[tuple[str, set[int]]] = []
        # What only happens in the morning comes first; between two named steps one moment is left to chance.
        self._steps = cycle([s for step in (*STEPS, ARRIVED) for s in (step, RANDOM)])
        self._morning_steps = cycle(["tick.written", "tick.done", RANDOM])

    @property
    def total(self) -> int:
        return sum(self.at.values())

    async def run(self, kills: int, tell: Callable[[str], None] = lambda line: None) -> Verdict:
        days = await self.office.nudge_days(date(2023, 12, 28))
        for day in days:
            if self.total >= kills:
                break
            await self._day(day, kills)
            tell(f"{day}: {self.total} kills, {self.in_flight} messages were in flight")
        return await judge(self.office, self.in_flight, self.nudged)

    async def _day(self, day: date, kills: int) -> None:
        office = self.office
        office.morning(day)
        expected = await office.expected_nudges(day)
        for number in range(self.per_day):
            if self.total >= kills:
                break
            await self._kill_one(next(self._morning_steps if number == 0 else self._steps))
        life = await office.life()
        await office.quiet()
        code = await life.stop()
        # Asked before it could listen, a process just ends: nothing was under way.
        assert code in (0, -signal.SIGTERM), f"a process that was asked to stop ended with {code}"
        office.collect()
        self.nudged.append((day.isoformat(), expected))

    async def _kill_one(self, step: str) -> None:
        office, chance = self.office, self.office.random
        await office.everybody(0.2)
        cold = self.cold_every > 0 and self.total % self.cold_every == self.cold_every - 1
        stop_at = "" if step in (RANDOM, ARRIVED) else f"{step}:{chance.choice((1, 1, 2, 3))}"
        if step.startswith(("tick", "receive")):
            stop_at = f"{step}:1"
        life = await office.life(cold, stop_at=stop_at)
        if step == ARRIVED:
            office.kill_when_sent(life, chance.choice((1, 1, 2, 3)))
        talking = asyncio.create_task(self._talk(life))
        patience = (1.5 if cold else 0.0) + (chance.uniform(0.02, 1.2) if step == RANDOM else _PATIENCE)
        try:
            await life.wait(patience)
        except TimeoutError:
            step = RANDOM
            await life.kill()
        await talking
        self.cold += cold
        self.at[step] += 1
        flying = await office.in_flight()
        self.in_flight += flying
        self.most_in_flight = max(self.most_in_flight, flying)

    async def _talk(self, life: Life) -> None:
        """People go on while the process lives."""
        for _ in range(4):
            await asyncio.sleep(self.office.random.uniform(0.1, 0.5))
            if not life.alive:
                return
            await self.office.everybody(0.1)
