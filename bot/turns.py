"""Knows how a process comes on duty and off it: asks for it while another has it, and gives it back at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from core.ports import StorageTrouble
from storage.duty import LOOK_SECONDS, Duty

log = logging.getLogger(__name__)


class Watch:
    """`start` returns after the first try; from then on the duty is taken when it is free, until `stop`."""

    def __init__(
        self,
        duty: Duty,
        gained: Callable[[], Awaitable[None]],
        lost: Callable[[], Awaitable[None]],
        news: Callable[[], None],
    ) -> None:
        self.on_duty = False
        self._duty, self._gained, self._lost, self._news = duty, gained, lost, news
        self._task: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._settled = False

    async def start(self) -> None:
        if not await self._try():
            log.info("another process is on duty; this one stands by")
        self._task = asyncio.create_task(self._run())

    async def settle(self) -> None:
        """The duty is neither taken nor left any more, and nobody is told."""
        self._settled = True
        for task in (self._task, self._telling):
            if task is not None:
                task.cancel()
                await asyncio.wait((task,))

    async def stop(self) -> None:
        """Gives the duty back, so that another need not wait."""
        await self.settle()
        self.on_duty = False
        await self._duty.release()

    def tell(self) -> None:
        """Wakes the process on duty; several calls at once are one."""
        if not self._settled and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._duty.tell())

    async def _run(self) -> None:
        while True:
            try:
                if self.on_duty:
                    await self._duty.keep(self._news)
                    self.on_duty = False
                    await self._lost()
                elif await self._try():
                    log.warning("this process is on duty now")
                    continue
            except Exception:
                log.exception("defect: the change of duty failed; it is tried again")
            await asyncio.sleep(LOOK_SECONDS)

    async def _try(self) -> bool:
        with suppress(StorageTrouble):
            if await self._duty.take():
                self.on_duty = True
                await self._gained()
        return self.on_duty
