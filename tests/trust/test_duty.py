"""One process is on duty at a time; another takes over when it goes, dies or loses its connection."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.turns import Watch
from storage import claims, duty_lock, leases
from storage import duty as duties
from storage.delivery import DeskOutbox
from storage.duty import Duty, LeaseDuty
from storage.duty_lock import LockDuty
from storage.engine import Desk

from .conftest import HandClock, until
from .test_outbox import put


def twins(desk: Desk) -> tuple[Duty, Duty]:
    """The duties of two processes that live."""
    if desk.lite:
        return LeaseDuty(desk, SystemClock(), "here:1:a"), LeaseDuty(desk, SystemClock(), "there:2:b")
    return LockDuty(desk), LockDuty(desk)


@asynccontextmanager
async def hung(desk: Desk) -> AsyncIterator[None]:
    """What is handed in gets its turn at the end of the block; the file can be written by others meanwhile."""
    goes_on = threading.Event()
    held = asyncio.create_task(desk.run(lambda session: goes_on.wait(30)))
    await asyncio.sleep(0.05)
    yield
    goes_on.set()
    await held


class Process:
    """A process that only comes on duty and off it."""

    def __init__(self, duty: Duty, gained: asyncio.Event | None = None, fault: Exception | None = None) -> None:
        """`gained`: it serves only when that is set; `fault` ends the first time that it begins to."""
        self.history: list[str] = []
        self.news = 0
        self._may_serve, self._fault = gained, fault
        self.watch = Watch(duty, self._gained, self._lost, self._hear)

    async def _gained(self) -> None:
        if self._may_serve:
            await self._may_serve.wait()
        if fault := self._fault:
            self._fault = None
            raise fault
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
    await until(lambda: second.history == ["gained"])
    assert second.watch.on_duty and not first.watch.on_duty
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
        later = SystemClock().now() + timedelta(seconds=20)
        stolen = LeaseDuty(desk, SystemClock(), "there:2:b")
        await desk.run(lambda session: leases.take(session, "duty", "there:2:b", later, 15))
        await until(lambda: first.history == ["gained", "lost"])
        await stolen.release()
    else:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'duban duty'"
        await desk.run(lambda session: session.execute(text(kill)).all())
    await until(lambda: first.history == ["gained", "lost", "gained"])
    await first.watch.stop()


async def test_who_lost_the_duty_knows_it_although_the_file_can_not_be_written(desk: Desk) -> None:
    """Who hung and wakes among processes that write is off duty at once, not when it gets the lock."""
    if not desk.lite:
        pytest.skip("PostgreSQL ends the connection of who hangs")
    first = Process(twins(desk)[0])
    await first.watch.start()
    later = SystemClock().now() + timedelta(seconds=20)
    await desk.run(lambda session: leases.take(session, "duty", "there:2:b", later, 15))
    with closing(sqlite3.connect(str(desk.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(30):
            await until(lambda: first.history == ["gained", "lost"])
        other.execute("ROLLBACK")
    await first.watch.stop()


async def test_who_hung_before_it_got_the_writer_takes_no_duty_from_whoever_has_it(desk: Desk) -> None:
    """What it knew of the time is old by then: the other's lease is none of a clock that was set back."""
    if not desk.lite:
        pytest.skip("on PostgreSQL the duty is a lock, not a lease")
    clock = HandClock()
    first = LeaseDuty(desk, clock, "here:1:a")
    assert await first.take()
    async with hung(desk):
        asking = asyncio.create_task(first.take())
        await asyncio.sleep(0.05)
        clock.forward(60)
        with closing(Desk(desk.url.render_as_string(hide_password=False))) as other:
            assert other.run_sync(lambda session: leases.take(session, "duty", "there:2:b", clock.now(), 15))
    assert not await asking


async def test_who_hung_before_it_got_the_writer_takes_no_message_from_whoever_sends_it(desk: Desk) -> None:
    if not desk.lite:
        pytest.skip("PostgreSQL has more than one writer")
    clock = HandClock()
    post = DeskOutbox(desk, "here:1:a")
    async with hung(desk):
        asking = asyncio.create_task(post.recover(clock))
        await asyncio.sleep(0.05)
        clock.forward(120)
        with closing(Desk(desk.url.render_as_string(hide_password=False))) as other:
            put(other, "a")
            assert len(other.run_sync(lambda session: claims.claim(session, clock.now(), "there:2:b", 5))) == 1
    assert await asking == 0


async def test_who_waits_for_the_network_keeps_the_duty_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram can be away for longer than a lease holds, and than anybody may be silent on duty."""
    for where, name, seconds in (
        (duties, "LEASE_SECONDS", 2.0),
        (duties, "_RENEW_SECONDS", 0.2),
        (duty_lock, "LOOK_SECONDS", 0.1),
        (duty_lock, "HUNG_SECONDS", 2.0),
    ):
        monkeypatch.setattr(where, name, seconds)
    network = asyncio.Event()
    first, second = (Process(duty, network) for duty in twins(desk))
    starting = asyncio.create_task(first.watch.start())
    await until(lambda: first.watch.on_duty)
    assert not await second.watch._try()
    for _ in range(30):
        await asyncio.sleep(0.1)
        assert not await second.watch._try()
    network.set()
    await starting
    assert first.history == ["gained"]
    await first.watch.stop()
    await second.watch.stop()


async def test_who_can_not_serve_gives_the_duty_back(desk: Desk) -> None:
    first, second = twins(desk)
    broken, other = Process(first, fault=ZeroDivisionError()), Process(second)
    with pytest.raises(ZeroDivisionError):
        await broken.watch.start()
    assert not broken.watch.on_duty and broken.history == ["lost"]
    await other.watch.start()
    assert other.history == ["gained"]
    await other.watch.stop()
    await broken.watch.stop()


async def test_who_hangs_on_duty_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite the lease ends; on PostgreSQL the server knows since when the connection asked nothing."""
    monkeypatch.setattr(duty_lock, "HUNG_SECONDS", 0.5)
    monkeypatch.setattr(duties, "LEASE_SECONDS", 3.0)
    monkeypatch.setattr(duties, "_RENEW_SECONDS", 0.1)
    hung, second = twins(desk)
    assert await hung.take()  # and then nothing more
    assert not await second.take()
    async with asyncio.timeout(20):
        while not await second.take():  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    keeping = asyncio.create_task(second.keep(lambda: None))
    async with asyncio.timeout(20):
        await hung.keep(lambda: None)  # it wakes, and finds that the duty is lost
    keeping.cancel()
    await asyncio.wait((keeping,))
    await second.release()
    await hung.release()
