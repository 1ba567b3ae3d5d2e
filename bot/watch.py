"""Knows the auditor: looks for what should have happened and didn't, repairs it by the ordinary queues, reports life."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from core.cases.agenda import next_look
from core.cases.audit import LATEST, mend_nudges
from core.cases.daily_note import ask_about_doubts, daily_note, next_note
from core.ports import Clock
from core.rules.watch import LOOK_BACK, STUCK
from storage import agenda, inbox, pulse, watch
from storage.delivery import release_expired
from storage.engine import Desk
from storage.leases import me
from storage.work import OfficeStorage

log = logging.getLogger(__name__)

_COMPARED_FIRST, _COMPARED = timedelta(days=1), timedelta(hours=1)
"""So far back are reminders compared with the outbox: at a process's first audit, at every other."""

_MISSED = ("tick", "nudge", "rung", "agenda")
"""What a tick makes up for."""

_LATE = {"inbox": "unhandled", "outbox": "unsent"}
"""What receiver and courier are woken for."""

_OFFICES = 50
"""Offices whose agenda is worked out anew at one audit; they take turns."""

_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Hands:
    """What the auditor may do beside the database: run the tick, wake receiver and courier, ask whether all is well,
    have the next tick look at offices, let go of updates that processes had in hand which are gone."""

    tick: Callable[[], Awaitable[object]]
    wake: Callable[[], None]
    well: Callable[[], Awaitable[bool]]
    look_at: Callable[[list[int]], Awaitable[None]]
    release: Callable[[Any, datetime], int]


class Auditor:
    """`run` every few minutes, `prune` now and then. Repairs are counted in the database, whoever made them."""

    def __init__(self, desk: Desk, storage: OfficeStorage, clock: Clock, hands: Hands, heartbeat_url: str = "") -> None:
        self._desk = desk
        self._storage = storage
        self._clock = clock
        self._hands = hands
        self._heartbeat_url = heartbeat_url
        self._audited = False
        self._last_office = 0
        self._late: dict[str, int] = {}

    async def run(self) -> dict[str, int]:
        """One look at everything. Returns {what: how many} of what was found and repaired."""
        now = self._clock.now()
        late = await self._desk.run(lambda session: watch.stuck(session, now, STUCK))
        found = await self._desk.run(self._claims)
        found |= self._newly_late(late, found)
        found["tick"] = int(await self._desk.run(lambda session: self._tick_missed(session, now)))
        found["nudge"] = 0
        for office_id in await self._desk.read(lambda session: self._suspects(session, now)):
            found["nudge"] += await self._desk.run(self._mend(office_id, now))
        overlooked, forgotten = await self._overlooked(now), await self._forgotten(now)
        found["rung"], found["agenda"] = len(overlooked), len(forgotten)
        if overlooked or forgotten:
            await self._hands.look_at([*overlooked, *forgotten])
        if any(found[name] for name in _MISSED):
            await self._hands.tick()
        said = await self.notes()
        found = {name: count for name, count in found.items() if count}
        stuck = await self._desk.run(lambda session: self._written(session, found, now))
        self._audited = True
        if found or said or any(stuck.values()):
            self._hands.wake()
        if found:
            log.warning("the auditor repaired: %s", found)
        # What was missed is made up for; that it is well again is for the next look to say.
        if not any(stuck.values()) and not found.keys() & {*_MISSED, *_LATE.values()} and await self._hands.well():
            await self._heartbeat()
        return found

    async def notes(self) -> int:
        """The morning's note and the questions about doubtful messages. Returns messages put."""
        now = self._clock.now()
        said = 0
        for office_id in await self._desk.run(lambda session: watch.offices_in_trouble(session, now - LOOK_BACK, now)):
            said += await self._desk.run(self._office_notes(office_id, now))
        return said

    async def next_due(self) -> datetime | None:
        """When the next note about what is known now goes out."""
        now = self._clock.now()

        def look(session: Any) -> list[datetime]:
            works = (self._storage.office(session, n) for n in watch.offices_in_trouble(session, now - LOOK_BACK, now))
            return [due for work in works if (due := next_note(work, now))]

        return min(await self._desk.run(look), default=None)

    async def prune(self) -> int:
        """Forgets the words of updates that were handled long ago, and looks the database over. Returns how many rows changed."""
        now, changed = self._clock.now(), 0
        while some := await self._desk.run(lambda session: inbox.prune(session, now)):
            changed += some
            await asyncio.sleep(0.1)
        await self._desk.look_over()
        return changed

    def _claims(self, session: Any) -> dict[str, int]:
        """What processes that are gone had in hand."""
        now = self._clock.now()  # only here: see storage.duty
        return {
            "inbox": self._hands.release(session, now),
            "outbox": release_expired(session, now, me()),
        }

    def _newly_late(self, late: dict[str, int], freed: dict[str, int]) -> dict[str, int]:
        """What waited too long since the look before, and was in nobody's hands that are gone."""
        fresh = {name: max(0, n - max(self._late.get(name, 0), freed[name])) for name, n in late.items()}
        self._late = late
        return {_LATE[name]: n for name, n in fresh.items()}

    def _tick_missed(self, session: Any, now: datetime) -> bool:
        """Ten minutes without tick are a downtime, whatever the process did meanwhile."""
        last = pulse.last(session, "tick")
        if last is None or abs(now - last) <= STUCK:
            return False
        pulse.was_down(session, last, now)
        return True

    def _suspects(self, session: Any, now: datetime) -> set[int]:
        """Offices with reminders to compare with the outbox (all of a day at the first audit), or without a rung."""
        since = now - (_COMPARED if self._audited else _COMPARED_FIRST)
        return watch.suspects(session, since, (now - LATEST).date() - timedelta(days=1))

    def _mend(self, office_id: int, now: datetime) -> Callable[[Any], int]:
        return lambda session: mend_nudges(self._storage.alone(session, office_id), now)

    async def _overlooked(self, now: datetime) -> list[int]:
        """Offices open for a while whose due reminders nobody looked at."""

        def look(session: Any) -> list[int]:
            works = [self._storage.office(session, n) for n in watch.overlooked(session, now.date())]
            return [
                work.office.id
                for work in works
                if work.office.hours.is_open(now, work.office.calendar)
                and work.office.hours.is_open(now - STUCK, work.office.calendar)
                and (day := work.obligations.next_nudge_day())
                and day <= work.office.today(now)
            ]

        return await self._desk.run(look)

    async def _forgotten(self, now: datetime) -> list[int]:
        """Offices whose moment in the agenda lies behind what there is to do; all take their turn."""

        def look(session: Any) -> list[int]:
            ids = agenda.offices_after(session, self._last_office, _OFFICES)
            self._last_office = ids[-1] if len(ids) == _OFFICES else 0
            noted = agenda.noted(session, ids)
            due = {number: next_look(self._storage.office(session, number), now) for number in ids}
            return [n for n, at in due.items() if at and at <= now and (n not in noted or noted[n] > now)]

        return await self._desk.read(look)

    def _office_notes(self, office_id: int, now: datetime) -> Callable[[Any], int]:
        def work(session: Any) -> int:
            office = self._storage.alone(session, office_id)
            return daily_note(office, now) + ask_about_doubts(office, now)

        return work

    def _written(self, session: Any, found: dict[str, int], now: datetime) -> dict[str, int]:
        pulse.beat(session, "audit", now)
        for name, count in found.items():
            pulse.beat(session, pulse.REPAIRED + name, now, count)
        return watch.stuck(session, now, STUCK)

    async def _heartbeat(self) -> None:
        """Tells somebody outside that all is well; silence is the alarm. The address may hold a secret: never logged."""
        if not self._heartbeat_url:
            return
        try:
            async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(self._heartbeat_url) as answer:
                if answer.status >= 400:
                    log.warning("the heartbeat was answered with %s", answer.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("the heartbeat did not get through: %s", type(error).__name__)
