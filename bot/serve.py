"""Knows how a process serves: from its start until it is asked to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from bot.clock import SystemClock
from bot.settings import Settings
from bot.start import Duban
from core.checkpoints import Checkpoint, pass_by
from core.ports import Clock

log = logging.getLogger(__name__)


def steady() -> None:
    """For a process that serves from here on: nothing may hold up its event loop for long.

    What is loaded stays, so it is not looked through for garbage again and again (a hundred milliseconds each time); and
    the loop waits a third of a millisecond for the database's threads, not five.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.0003)


def asked_to_stop() -> asyncio.Event:
    """Set by SIGTERM and by SIGINT (Ctrl+C), which end nothing by themselves from here on."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def until(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """Does the work, or as much of it as was done when `stop` was set. Returns whether it came to its end.

    Raises what the work raises, unless it was stopped.
    """
    doing, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((doing, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait((doing,))
        return False
    await doing
    return True


async def serve(settings: Settings, clock: Clock | None = None, checkpoint: Checkpoint = pass_by) -> None:
    """Runs until SIGTERM or SIGINT, then finishes what is under way."""
    duban = Duban(settings, clock or SystemClock(), checkpoint=checkpoint)
    stop = asked_to_stop()
    if not await until(duban.start(), stop):
        return  # asked to stop while Telegram could not be reached
    steady()
    log.info("%s as @%s", "on duty" if duban.watch.on_duty else "standing by", duban.bot.username)
    await stop.wait()
    await duban.stop()


def run(settings: Settings) -> int:
    """`duban run`. Returns the exit code."""
    asyncio.run(serve(settings))
    return 0
