"""Knows how somebody who waits sees that their file is being read or drawn: Telegram's "typing…", kept up while it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

FIRST = 1.0
"""Seconds after which it is shown; most files are read sooner."""

EVERY = 4.5
"""Seconds after which it is shown again; Telegram takes it down after five (Bot API, sendChatAction)."""


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
