"""Knows how a process comes on duty and off it: asks for it while another has it, and gives it back at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from core.ports import StorageTrouble
from storage.duty import LOOK_SECONDS, Duty

log = logging.getLogger(__name__)


class Watch:
    """`start` returns after the first try; from then on the duty is taken when it is free, until `stop`."""

    def __init__(
        self,
        duty: Duty,
        gained: Callable[[], Coroutine[Any, Any, None]],
        lost: Callable[[], Awaitable[None]],
        news: Callable[[], None],
    ) -> None:
        """`gained` and `lost` follow one another; `gained` may take long and is given up where the duty is lost meanwhile."""
        self.on_duty = False
        self._duty, self._gained, self._lost, self._news = duty, gained, lost, news
        self._task: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._gaining: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._settled = False

    async def start(self) -> None:
        if not await self._try():
            log.warning("another process is on duty; this one stands by and takes over when that one ends")
        self._task = asyncio.create_task(self._run())

    async def settle(self) -> None:
        """The duty is neither taken nor left any more, and nobody is told."""
        self._settled = True
        for task in (self._task, self._gaining, self._keeping, self._telling):
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
                if self.on_duty and self._keeping is not None:
                    await asyncio.wait((self._keeping,))
                    await self._leave()
                elif await self._try():
                    log.warning("this process is on duty now")
                    continue
            except Exception:
                log.exception("defect: the change of duty failed; it is tried again")
            await asyncio.sleep(LOOK_SECONDS)

    async def _try(self) -> bool:
        """Takes the duty if it is free; returns when this process serves, or has lost it again meanwhile."""
        with suppress(StorageTrouble):
            if await self._duty.take():
                await self._enter()
        return self.on_duty

    async def _enter(self) -> None:
        """Keeps the duty from here on, also while `gained` waits for the network. Raises what `gained` raises."""
        self.on_duty = True
        self._keeping = asyncio.create_task(self._duty.keep(self._news))
        self._gaining = asyncio.create_task(self._gained())
        await asyncio.wait((self._keeping, self._gaining), return_when=asyncio.FIRST_COMPLETED)
        if not self._gaining.done():
            self._gaining.cancel()
            await asyncio.wait((self._gaining,))
        elif not self._gaining.cancelled() and (error := self._gaining.exception()):
            self._keeping.cancel()
            await asyncio.wait((self._keeping,))
            await self._leave()
            await self._duty.release()
            raise error

    async def _leave(self) -> None:
        self.on_duty = False
        if self._keeping is not None and not self._keeping.cancelled() and (error := self._keeping.exception()):
            log.error("defect: the duty could not be kept", exc_info=error)
        await self._lost()
