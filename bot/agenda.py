"""Knows which offices a tick looks at: those whose moment has come or in which something changed; all others cost nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any
from zlib import crc32

from core.cases.agenda import next_look, next_moments
from core.ports import StorageTrouble
from core.work import Work
from storage import agenda
from storage.engine import Desk
from storage.work import OfficeStorage

log = logging.getLogger(__name__)


class Agenda:
    """`look(office, now)` is everything a tick does for one office; it returns how many messages it put."""

    def __init__(
        self, desk: Desk, storage: OfficeStorage, defaults: dict[str, Any], look: Callable[[Work, datetime], int]
    ) -> None:
        self._desk, self._storage, self._look = desk, storage, look
        known = (sorted(defaults.items()), version("duban"), version("chinesecalendar"))
        self._basis = f"{crc32(repr(known).encode()):08x}"
        self.ill: set[int] = set()
        """Offices whose last look failed."""

    async def open(self) -> None:
        """Other settings, another calendar or another version: every moment is worked out anew."""
        if await self._desk.run(lambda session: agenda.rebase(session, self._basis)):
            log.info("settings or version changed: the next tick looks at every office")

    async def tick(self, now: datetime) -> int:
        """Looks at every office that is due, each in its own transaction; one that fails holds up no other.

        Raises StorageTrouble; what is due by then is due at the next tick.
        """
        said = 0
        for office_id in await self._desk.read(lambda session: agenda.due(session, now)):
            try:
                said += await self._desk.run(self._one(office_id, now))
                self.ill.discard(office_id)
            except StorageTrouble:
                raise
            except Exception:
                self.ill.add(office_id)
                log.exception("the tick failed for office %s; it is tried again at the next one", office_id)
        return said

    async def next_due(self, now: datetime) -> datetime | None:
        """The next moment after `now` at which a tick does something."""
        return await self._desk.run(lambda session: self._nearest(session, now))

    async def look_at(self, office_ids: list[int]) -> None:
        """The next tick looks at these offices, whatever the agenda says."""

        def work(session: Any) -> None:
            for office_id in office_ids:
                agenda.look_now(session, office_id)

        await self._desk.run(work)

    def _one(self, office_id: int, now: datetime) -> Callable[[Any], int]:
        def work(session: Any) -> int:
            office = self._storage.alone(session, office_id)
            rows = agenda.seen(session, office_id)
            said = self._look(office, now)
            agenda.settle(session, office_id, rows, next_look(office, now), self._basis)
            return said

        return work

    def _nearest(self, session: Any, now: datetime) -> datetime | None:
        """Of the offices in the order of their looks, until no later one can have anything earlier."""
        found: datetime | None = None
        for office_id, at in agenda.next_looks(session):
            if found is not None and at >= found:
                break
            moments = [moment for moment in next_moments(self._storage.office(session, office_id), now) if moment > now]
            found = min([*moments, *([found] if found else [])], default=None)
        return found
