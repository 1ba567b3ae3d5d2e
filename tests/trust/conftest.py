"""Knows the desk and the clock that every promise about inbox and outbox is tried with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine import Desk

NINE = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NINE) -> None:
        self._now = now
        self._seconds = 1_000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


async def until(true: Callable[[], bool]) -> None:
    """Waits for something that another task brings about."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.002)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    desk = Desk(url)
    desk.create_tables()
    yield desk
    desk.close()
