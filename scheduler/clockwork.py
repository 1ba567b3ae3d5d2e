"""Knows APScheduler: a few interval jobs in memory; deadlines live in our own tables."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

Job = tuple[str, float, Callable[[], Awaitable[object]]]
"""Name, seconds between two runs, what to do."""


class Clockwork:
    """Runs each job every so many seconds, never twice at once; a job's failure is logged and the next run comes."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, seconds, work in jobs:
            self._scheduler.add_job(
                _careful(name, work),
                "interval",
                seconds=seconds,
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _careful(name: str, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await work()
        except Exception:
            log.exception("the job %s failed; it is tried again at its next turn", name)

    return run
