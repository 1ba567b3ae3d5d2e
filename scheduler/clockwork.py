"""Knows APScheduler: a few interval jobs in memory; deadlines live in our own tables."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

_MIND_SECONDS = 1.0
_LATE_SECONDS = 5.0
"""So much later than its interval a job may begin before the clock is blamed."""

Job = tuple[str, float, Callable[[], Awaitable[object]]]
"""Name, seconds between two runs, what to do."""


class _Every(BaseTrigger):
    """So many seconds after the last turn, or from now on where that is over already.

    APScheduler's own interval counts every turn that was missed: a clock that is set from 1970 to today would take minutes.
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        following = (previous_fire_time or now) + self._interval
        return following if following > now else now + self._interval


class Clockwork:
    """Runs each job every so many seconds, never twice at once; a job's failure is logged and the next run comes.

    APScheduler goes by the wall clock: set back an hour, it would let every job wait for an hour. Whoever is late by the
    loop's own time is scheduled anew.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._seconds = {name: seconds for name, seconds, _ in jobs}
        self._ended: dict[str, float] = {}
        """When each job came to its end, by the loop's time; of one that runs nothing."""
        self._minder: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, seconds, work in jobs:
            self._scheduler.add_job(
                self._careful(name, work),
                _Every(seconds),
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._ended = dict.fromkeys(self._seconds, asyncio.get_running_loop().time())
        self._scheduler.start()
        self._minder = asyncio.create_task(self._mind())

    def stop(self) -> None:
        if self._minder is not None:
            self._minder.cancel()
        self._scheduler.shutdown(wait=False)

    async def _mind(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_MIND_SECONDS)
            now = loop.time()
            for name, ended in list(self._ended.items()):
                if now - ended > self._seconds[name] + _LATE_SECONDS:
                    log.warning("the job %s is late, the clock was set back: it is scheduled anew", name)
                    self._ended[name] = now
                    self._scheduler.reschedule_job(name, trigger=_Every(self._seconds[name]))

    def _careful(self, name: str, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            self._ended.pop(name, None)
            try:
                await work()
            except Exception:
                log.exception("the job %s failed; it is tried again at its next turn", name)
            finally:
                self._ended[name] = asyncio.get_running_loop().time()

        return run
