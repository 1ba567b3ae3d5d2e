"""Knows how long work says how far it has come: whoever waits listens, and whoever works need not know who that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done. what: gather | file | page | row | layout | fonts | tasks; `number` of `count`, 0 where nobody can tell."""

    what: str
    number: int = 0
    count: int = 0

    @property
    def percent(self) -> int:
        """0 to 100; only where there is a `count`."""
        return min(100, 100 * self.number // self.count)


Listener = Callable[[Step], None]
"""Called from the thread that works: it has to be quick and must not raise."""

_listener: ContextVar[Listener | None] = ContextVar("steps", default=None)


def step(what: str, number: int = 0, count: int = 0) -> None:
    """Says what is done from here on. Costs next to nothing where nobody listens."""
    if (listener := _listener.get()) is not None:
        listener(Step(what, number, count))


def heard_there(work: Callable[[T], R]) -> Callable[[T], R]:
    """The same work, heard by whoever listens here also where another thread does it."""
    context = copy_context()
    return lambda given: context.run(work, given)


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Whatever the body does tells `listener`, also in threads that `asyncio.to_thread` begins; None: nobody hears it."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
