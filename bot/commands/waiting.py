"""Knows how a terminal shows that something takes time: one line with a bar and the seconds, gone when it is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import SystemClock
from core.papers.steps import Step, listening

_EVERY = 1.0
_FIRST = 2.0
_WIDTH = 24
"""Columns of the bar."""


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Shows `text`, how far the body has come and the seconds passed on stderr, once it takes long; nothing in a log."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    clock = SystemClock()
    began = clock.monotonic()
    heard: list[Step] = []

    def show() -> None:
        if done.wait(_FIRST):
            return
        while True:
            now = bar(heard[-1]) if heard else ""
            print(f"\r{text}{now} {clock.monotonic() - began:.0f}s\x1b[K", end="", file=sys.stderr, flush=True)
            if done.wait(_EVERY):
                break
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def hear(step: Step) -> None:
        heard[:] = [step]

    shown = threading.Thread(target=show, daemon=True)
    shown.start()
    try:
        with listening(hear):
            yield
    finally:
        done.set()
        shown.join()


def bar(step: Step) -> str:
    """`[######------------------] 3/12 25%`; "" where nobody can tell how much there is."""
    if not step.count:
        return ""
    full = min(_WIDTH, _WIDTH * step.number // step.count)
    return f" [{'#' * full}{'-' * (_WIDTH - full)}] {step.number}/{step.count} {step.percent}%"
