"""Knows how long a chat waits for a file that is read, and how who waits sees it: Telegram's "typing…", kept up while it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

T = TypeVar("T")

FIRST = 1.0
"""Seconds after which it is shown; most files are read sooner."""

EVERY = 4.5
"""Seconds after which it is shown again; Telegram takes it down after five (Bot API, sendChatAction)."""


PATIENCE = 2.0
"""Seconds that a chat waits for the reading of a file; then what was said behind it has its turn."""


async def patiently(work: Coroutine[Any, Any, T], late: Callable[[], Awaitable[None]], patience: float) -> T:
    """What the work says; `late` is called where it isn't done in time. Ends with the work, whatever `late` does."""
    doing = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait((doing,), timeout=patience)
        if not done:
            await late()
        return await doing
    finally:
        doing.cancel()


@asynccontextmanager
async def busy(show: Callable[[], Awaitable[None]], first: float = FIRST, every: float = EVERY) -> AsyncIterator[None]:
    """Calls `show` from time to time while the body runs. What `show` raises ends the showing, never the work."""

    async def keep_up() -> None:
        await asyncio.sleep(first)
        while True:
            await show()
            await asyncio.sleep(every)

    shown = asyncio.create_task(keep_up())
    try:
        yield
    finally:
        shown.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await shown
