"""One process is on duty at a time; another takes over when it goes, dies or loses its connection."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.clock import SystemClock
from bot.turns import Watch
from storage import leases
from storage.duty import Duty, LeaseDuty
from storage.duty_lock import LockDuty
from storage.engine import Desk

from .conftest import until


def twins(desk: Desk) -> tuple[Duty, Duty]:
    """The duties of two processes that live."""
    if desk.lite:
        return LeaseDuty(desk, SystemClock(), "here:1:a"), LeaseDuty(desk, SystemClock(), "there:2:b")
    return LockDuty(desk), LockDuty(desk)


class Process:
    """A process that only comes on duty and off it."""

    def __init__(self, duty: Duty) -> None:
        self.history: list[str] = []
        self.news = 0
        self.watch = Watch(duty, self._gained, self._lost, self._hear)

    async def _gained(self) -> None:
        self.history.append("gained")

    async def _lost(self) -> None:
        self.history.append("lost")

    def _hear(self) -> None:
        self.news += 1


async def test_the_second_stands_by_and_takes_over_when_the_first_goes(desk: Desk) -> None:
    first, second = (Process(duty) for duty in twins(desk))
    await first.watch.start()
    await second.watch.start()
    assert (first.watch.on_duty, second.watch.on_duty) == (True, False)
    await first.watch.stop()
    await until(lambda: second.watch.on_duty)
    assert second.history == ["gained"] and not first.watch.on_duty
    await second.watch.stop()


async def test_what_one_writes_wakes_the_one_on_duty(desk: Desk) -> None:
    first, second = (Process(duty) for duty in twins(desk))
    await first.watch.start()
    await second.watch.start()
    await asyncio.sleep(0.5)
    before, other = first.news, Desk(desk.url.render_as_string(hide_password=False))
    other.run_sync(lambda session: leases.take(session, "something", "x:1:a", SystemClock().now(), 1))
    second.watch.tell()
    await until(lambda: first.news > before)
    other.close()
    await second.watch.stop()
    await first.watch.stop()


async def test_who_loses_the_duty_is_told_and_may_have_it_again(desk: Desk) -> None:
    first = Process(twins(desk)[0])
    await first.watch.start()
    if desk.lite:
        later = SystemClock().now() + timedelta(minutes=1)
        stolen = LeaseDuty(desk, SystemClock(), "there:2:b")
        await desk.run(lambda session: leases.take(session, "duty", "there:2:b", later, 15))
        await until(lambda: first.history == ["gained", "lost"])
        await stolen.release()
    else:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'duban duty'"
        await desk.run(lambda session: session.execute(text(kill)).all())
    await until(lambda: first.history == ["gained", "lost", "gained"])
    await first.watch.stop()
