"""Knows time that runs faster: a clock and an event loop on which a minute of waiting takes seconds."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class SwiftClock:
    """core.ports.Clock, `speed` times faster than the machine's from the moment it is made."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._zero = time.monotonic()
        self._began = datetime.now(UTC)

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return (time.monotonic() - self._zero) * self.speed


class _Selector(selectors.DefaultSelector):
    speed = 1.0

    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout if timeout is None else timeout / self.speed)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, clock: SwiftClock) -> None:
        self._swift = clock
        selector = _Selector()
        selector.speed = clock.speed
        super().__init__(selector)

    def time(self) -> float:
        return self._swift.monotonic()


def run(main: Coroutine[Any, Any, T], clock: SwiftClock) -> T:
    """asyncio.run on the clock's time: everything that sleeps, times out or paces itself by the loop follows it."""
    with asyncio.Runner(loop_factory=lambda: _Loop(clock)) as runner:
        return runner.run(main)
