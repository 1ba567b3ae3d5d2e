"""The clockwork's jobs go on whatever is done to the machine's clock, and whatever one of them does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import apscheduler.schedulers.base
import pytest

from scheduler import clockwork
from scheduler.clockwork import Clockwork

from .conftest import until


class Machine:
    """The machine's clock as APScheduler reads it."""

    shift = timedelta(0)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    machine = Machine()

    class Moment(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + machine.shift

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Moment)
    monkeypatch.setattr(clockwork, "_MIND_SECONDS", 0.02)
    monkeypatch.setattr(clockwork, "_LATE_SECONDS", 0.1)
    yield machine


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=7), timedelta(days=20_000)])
async def test_a_clock_that_is_set_stops_no_job(machine: Machine, jump: timedelta) -> None:
    runs: list[float] = []

    async def work() -> None:
        runs.append(asyncio.get_running_loop().time())

    works = Clockwork([("tick", 0.05, work)])
    works.start()
    async with asyncio.timeout(20):
        await until(lambda: len(runs) >= 2)
        machine.shift = jump
        before = len(runs)
        await until(lambda: len(runs) >= before + 3)
    works.stop()


async def test_a_job_that_fails_runs_again_and_one_that_takes_long_is_left_alone(machine: Machine) -> None:
    failed: list[int] = []
    long, release = [], asyncio.Event()

    async def failing() -> None:
        failed.append(1)
        raise ZeroDivisionError

    async def slow() -> None:
        long.append(1)
        await release.wait()

    works = Clockwork([("fails", 0.05, failing), ("long", 0.05, slow)])
    works.start()
    async with asyncio.timeout(20):
        await until(lambda: len(failed) >= 3 and bool(long))
        await asyncio.sleep(0.3)
    assert len(long) == 1, "never twice at once"
    release.set()
    works.stop()
