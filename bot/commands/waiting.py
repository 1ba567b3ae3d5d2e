"""Knows how a terminal shows that something takes time: one line with the seconds, gone when it is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import SystemClock

_EVERY = 1.0


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Shows `text` and the seconds passed on stderr while the body runs, from its second second on; nothing in a log."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    clock = SystemClock()
    began = clock.monotonic()

    def show() -> None:
        while not done.wait(_EVERY):
            print(f"\r{text} {clock.monotonic() - began:.0f}s\x1b[K", end="", file=sys.stderr, flush=True)

    shown = threading.Thread(target=show, daemon=True)
    shown.start()
    try:
        yield
    finally:
        done.set()
        shown.join()
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
