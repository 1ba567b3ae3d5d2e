"""Knows the office under test: a sandbox as witness, people who report, and real processes that serve them."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select, text
from sqlalchemy.orm import Session

from bot.demo import TOKEN, Demo
from core.cases.classify import classify
from core.rules.ladder import PLAN_LADDER, REPORT_LADDER, rung_date
from core.rules.obligations import Kind, State
from core.rules.people import Role
from core.rules.periods import Frequency
from core.words.html import html
from core.words.message import Message
from core.work import Wanted, Work
from storage.engine import Desk
from storage.inbox import InboxEntry
from storage.outbox import OutboxEntry
from tests.chat.world import NOTICE, ZONE, World

from .lives import Life, Nursery

Json = dict[str, Any]
SAID = ("sendmessage", "senddocument", "sendphoto")


class Person:
    """A contact: whatever they report is a reply to one and the same message, and every report has words of its own."""

    def __init__(self, name: str, chat_id: int) -> None:
        self.name, self.chat_id = name, chat_id
        self.anchor = 0
        self.own: list[int] = []


class Office:
    """`open` prepares it with an undisturbed bot in this process; afterwards only separate processes serve it."""

    def __init__(self, url: str, folder: Path, contacts: int = 4) -> None:
        self.url, self.folder, self.contacts = url, folder, contacts
        self.world = World(folder, "2023-03-03T09:00", url)
        self.box = self.world.demo.sandbox
        self.nursery = Nursery(folder / "lives.log")
        self.shift = folder / "shift"
        self.people: list[Person] = []
        self.said: dict[int, str] = {}
        """What people said, by update id; a report's text holds a word that nothing else holds."""
        self.reports: dict[int, str] = {}
        self.delivered: Counter[tuple[int, str]] = Counter()
        """How often the sandbox let a text appear in a chat."""
        self._read_to = 0
        self._numbers = 0
        self._on_sent: Any = None
        self.patience = 180.0
        """Seconds in which everything must be handled and said."""
        self.random = random.Random(20230303)

    @property
    def clock(self) -> Any:
        return self.world.demo.clock

    @property
    def demo(self) -> Demo:
        return self.world.demo

    async def open(self) -> None:
        self.box.ledger.entries = type(self.box.ledger.entries)(maxlen=200_000)
        await self.world.assigned(NOTICE)
        await self.demo.work(self._monthly)
        await self._first_reports()
        assert self.demo.bot is not None
        await self.demo.bot.stop()
        self.box.settle = self.box.on_clock = self.box.next_due = None
        self.clock.run()
        self.desk = Desk(self.url)
        carry_out = self.box.bot_side.carry_out

        def witnessed(name: str, params: Any, entry: Any) -> Any:
            result = carry_out(name, params, entry)
            if name.lower() in SAID and self._on_sent:
                self._on_sent()
            return result

        self.box.bot_side.carry_out = witnessed  # type: ignore[method-assign]
        self.collect()
        self.delivered.clear()
        ended = text("SELECT id FROM outbox WHERE ended_at IS NOT NULL")
        self.before = await self.desk.read(lambda session: set(session.scalars(ended)))
        await self.nursery.open()

    async def close(self) -> None:
        await self.nursery.close()
        self.desk.close()
        await self.box.stop()

    # Lives

    def order(self, env: dict[str, str] | None = None, **more: Any) -> Json:
        chosen = {
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
            "TELEGRAM_API_BASE_URL": self.box.url,
            "ALLOW_PAID_BROADCAST": "yes",
            "LOG_LEVEL": "WARNING",
        }
        return {"env": chosen | (env or {}), "now": self.clock.now().isoformat(), "shift": str(self.shift), **more}

    async def life(self, cold: bool = False, **more: Any) -> Life:
        return await self.nursery.start(self.order(**more), cold)

    def kill_when_sent(self, life: Life, number: int) -> None:
        """The process dies when Telegram has carried out its n-th message and not answered yet."""
        left = [number]

        def sent() -> None:
            left[0] -= 1
            if left[0] == 0 and life.alive:
                self._on_sent = None
                os.kill(life.pid, signal.SIGKILL)

        self._on_sent = sent

    def morning(self, day: date, hour: int = 9) -> None:
        self.clock.set(datetime.combine(day, time(hour, 5), ZONE))
        self.shift.unlink(missing_ok=True)

    # People

    async def report(self, person: Person) -> None:
        self._numbers += 1
        words = f"本周完成第{self._numbers}段 w{self._numbers:06d}w"
        if person.own and self.random.random() < 0.15:
            number = self.random.choice(person.own)
            told = await self.box.edit(person.name, number, words, wait=False)
        else:
            told = await self.box.say(person.name, words, reply_to=person.anchor, wait=False)
            person.own.append(told["message_id"])
        self.said[told["update_id"]] = words
        self.reports[told["update_id"]] = f"w{self._numbers:06d}w"

    async def ask(self, person: Person) -> None:
        words = self.random.choice(["我的任务", "/help", "填报", "/language"])
        told = await self.box.say(person.name, words, wait=False)
        self.said[told["update_id"]] = words

    async def everybody(self, share: float = 1.0) -> None:
        """Everybody, or some of them, reports or asks something."""
        for person in self.people:
            if self.random.random() < share:
                await (self.report(person) if self.random.random() < 0.7 else self.ask(person))

    # What is there

    async def quiet(self, patience: float = 0.0) -> None:
        """Returns when every update is handled and nothing waits to be said. Raises TimeoutError."""
        async with asyncio.timeout(patience or self.patience):
            while self.box.updates.pending() or await self.desk.read(self._open):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    def _open(self, session: Session) -> bool:
        """Whether anything is to be handled or said now; what is held for its hour is, as soon as that is there."""
        row, now = OutboxEntry, self.clock.now() + timedelta(seconds=self._shifted())
        ripe = and_(row.state == "held", row.not_before <= now)
        unsaid = select(row.id).where(or_(row.state.in_(("waiting", "claimed")), ripe))
        unhandled = select(InboxEntry.update_id).where(InboxEntry.state.in_(("waiting", "claimed")))
        return any(session.scalar(query.limit(1)) is not None for query in (unhandled, unsaid))

    def _shifted(self) -> float:
        return float(self.shift.read_text()) if self.shift.exists() else 0.0

    async def in_flight(self) -> int:
        query = "SELECT count(*) FROM outbox WHERE state = 'claimed'"
        return int(await self.desk.read(lambda session: session.execute(text(query)).scalar() or 0))

    def collect(self) -> None:
        """Takes over from the sandbox what it let appear."""
        fresh = []
        for entry in reversed(self.box.ledger.entries):
            if entry.id <= self._read_to:
                break
            fresh.append(entry)
        for entry in reversed(fresh):
            done = isinstance(entry.answer, dict) and entry.answer.get("ok")
            if done and entry.method.lower() in SAID:
                key = int(entry.params["chat_id"]), str(entry.params.get("text") or entry.params.get("caption") or "")
                self.delivered[key] += 1
        if fresh:
            self._read_to = fresh[0].id

    async def expected_nudges(self, day: date) -> set[int]:
        """The chats that must hear a reminder on a day, from due dates, calendar and ladder alone."""

        def work(session: Session) -> set[int]:
            assert self.demo.bot is not None
            office = self.demo.bot.storage.first(session, self.clock.now())
            calendar, out = office.office.calendar, set()
            for owed in office.obligations.find(Wanted(states=[State.OPEN])):
                ladder = PLAN_LADDER if owed.kind is Kind.PLAN else REPORT_LADDER
                born = owed.arose_at.astimezone(ZONE).date()
                if day > born and any(rung_date(owed.due, rung, calendar) == day for rung in ladder):
                    out |= {p.chat_id for p in office.people.of_units([owed.unit_id], Role.CONTACT)}
            return out

        return await self.desk.read(work)

    async def nudge_days(self, until: date) -> list[date]:
        day, out = date(2023, 3, 6), []
        while day <= until:
            if await self.expected_nudges(day):
                out.append(day)
            day += timedelta(days=1)
        return out

    # The beginning

    def _monthly(self, work: Work) -> None:
        tasks = work.notices.tasks()
        by = work.people.with_role(Role.SUPERVISOR)[0]
        classify(work, [task.id for task in tasks], Frequency.MONTHLY, by, self.clock.now())

    async def _first_reports(self) -> None:
        """Everybody hears about one obligation; whatever they report later replies to that message."""
        owed = await self.demo.work(lambda work: work.obligations.find(Wanted(kind=Kind.REPORT, states=[State.OPEN])))
        first = {obligation.unit: obligation.id for obligation in reversed(owed)}
        for unit in [p.unit for p in list(self.box.world.people.values()) if p.role == "contact" and p.unit in first]:
            actors = [self.world.of(unit)]
            actors += [await self.world.another_contact(unit, f"{unit}-{n}") for n in range(2, self.contacts + 1)]
            for actor in actors:
                found = Person(actor.person, self.box.world.people[actor.person].user_id)
                await self.demo.work(lambda work, p=found, about=first[unit]: self._remind(work, p, about))
                assert self.demo.bot is not None
                self.demo.bot.courier.wake()
                await self.demo.settle()
                found.anchor = actor.last["message_id"]
                assert "请报送" in actor.text
                self.people.append(found)

    def _remind(self, work: Work, person: Person, about: int) -> None:
        now = self.clock.now()
        work.outbox.put(
            f"anchor:{person.name}", person.chat_id, Message(html("请报送")), kind="reply", now=now, about=[about]
        )
