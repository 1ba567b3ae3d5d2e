"""Knows a small office with a cast: its people act through the real runner, on a database in memory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from core.cases.report import store, store_plan, withdraw
from core.ports import Outcome, Outgoing, Source
from core.rules.obligations import Kind
from core.rules.people import Post, Role
from core.rules.tasks import Part
from core.words.html import html, plain
from core.words.message import Message
from core.work import Wanted, Work
from handlers.runner import Runner
from storage import inbox
from storage.delivery import DeskOutbox
from storage.engine import Desk
from storage.work import OfficeStorage

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")

# ref: leader (ordinal, name, title), content, lead units, co-units
TASKS = {
    "1-1": ((1, "林知远", "区长"), "推动区属国企按市场规则办事，理顺监管体制", ["区财政局"], ["区审计局"]),
    "2-1": ((2, "周砚秋", "常务副区长"), "全区生产总值增长百分之五", ["区发改局"], ["区财政局"]),
    "2-2": ((2, "周砚秋", "常务副区长"), "落实新增用地计划二百二十亩以上", ["区发改局"], []),
    "2-3": ((2, "周砚秋", "常务副区长"), "出台一套优化营商环境的政策", ["区经信局"], ["区发改局"]),
    "3-1": ((3, "夏泉", "副区长"), "建好冷链仓库 <a&b> 和渔港配套", ["蓝汀镇"], []),
}
PEOPLE: dict[str, tuple[int, Role, str]] = {
    "wen": (1, Role.SUPERVISOR, ""),
    "lin": (2, Role.LEADER, "林知远"),
    "zhou": (3, Role.LEADER, "周砚秋"),
    "wang": (11, Role.CONTACT, "区财政局"),
    "li": (12, Role.CONTACT, "区发改局"),
    "zhao": (13, Role.HEAD, "区发改局"),
    "sun": (14, Role.CONTACT, "区经信局"),
    "nobody": (99, Role.STRANGER, ""),
}
GROUP = -1001


def at(text: str) -> datetime:
    """A local moment of the office."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class HandClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


class Ears:
    """A messenger that only hears the toasts; messages are taken from the outbox."""

    def __init__(self) -> None:
        self.toasts: list[str] = []

    async def send(self, outgoing: Outgoing) -> Any:
        raise AssertionError("the runner never sends")

    async def busy(self, chat_id: int) -> None:
        return None

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        self.toasts.append(toast)


@dataclass(frozen=True)
class Heard:
    """A message as it stands in a chat."""

    chat_id: int
    id: int
    out: Outgoing

    @property
    def text(self) -> str:
        return plain(self.out.message.text)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.out.message.buttons for button in row]

    def action(self, label: str) -> str:
        found = [b.action for row in self.out.message.buttons for b in row if b.label.startswith(label)]
        assert found, f"no button {label!r} among {self.labels}"
        return found[0]


@dataclass
class Hall:
    desk: Desk
    clock: HandClock
    storage: OfficeStorage = field(default_factory=lambda: OfficeStorage({"name": "云屿区政府督查室"}))
    ears: Ears = field(default_factory=Ears)
    chats: dict[int, list[Heard]] = field(default_factory=dict)
    updates: int = 0
    messages: int = 1000

    def do(self, work: Callable[[Work], T]) -> T:
        return self.desk.run_sync(lambda session: work(self.storage.first(session, self.clock.now())))

    def pass_to(self, text: str) -> None:
        self.clock.moment = at(text)

    def say(self, who: str, text: str, chat: int | None = None, topic: int | None = None, reply_to: int = 0) -> Heard:
        number = self._number()
        message: dict[str, Any] = {**self._where(who, chat, topic), "message_id": number, "text": text}
        if reply_to:
            message["reply_to_message"] = {"message_id": reply_to}
        self._handle(number, message["chat"]["id"], {"message": message})
        return self.last(who if chat is None else chat)

    def click(self, who: str, message: Heard, label: str) -> Heard:
        number = self._number()
        query = {
            "id": f"q{number}",
            "from": {"id": PEOPLE[who][0], "first_name": who},
            "message": {"message_id": message.id, "chat": {"id": message.chat_id, "type": "private"}},
            "data": message.action(label),
        }
        self._handle(number, message.chat_id, {"callback_query": query})
        return self.last(who)

    def last(self, chat: str | int) -> Heard:
        return self.heard(chat)[-1]

    def heard(self, chat: str | int) -> list[Heard]:
        chat_id = PEOPLE[chat][0] if isinstance(chat, str) else chat
        self.deliver()
        return self.chats.get(chat_id, [])

    def deliver(self) -> None:
        """What the courier would send by now; edits replace, anything else is a new message."""
        outbox = DeskOutbox(self.desk, "test")

        async def all_of_it() -> None:
            done: list[Outcome] = []
            while claimed := await outbox.turn(done, self.clock.now(), 1):
                done = [self._deliver(claimed[0])]

        asyncio.run(all_of_it())

    def _deliver(self, out: Outgoing) -> Outcome:
        chat = self.chats.setdefault(out.chat_id, [])
        if out.edit_message_id:
            place = next(n for n, heard in enumerate(chat) if heard.id == out.edit_message_id)
            kept = chat.pop(place)
            chat.append(Heard(out.chat_id, kept.id, out))
            return Outcome(out, None)
        self.messages += 1
        chat.append(Heard(out.chat_id, self.messages, out))
        return Outcome(out, self.messages)

    def _handle(self, number: int, chat_id: int, content: dict[str, Any]) -> None:
        now = self.clock.now()
        payload = json.dumps({"update_id": number, **content})
        self.desk.run_sync(lambda session: inbox.keep(session, [(number, chat_id, payload)], now))
        [row] = self.desk.run_sync(lambda session: inbox.claim(session, now, "test", 1))

        async def prepare(file: Any, wanted: str) -> Any:
            return None

        runner = Runner(self.desk, self.storage, self.clock, self.ears, prepare, "duban_bot")
        asyncio.run(runner.handle(row))

    def _where(self, who: str, chat: int | None, topic: int | None) -> dict[str, Any]:
        user = {"id": PEOPLE[who][0], "first_name": who}
        if chat is None:
            return {"from": user, "chat": {"id": user["id"], "type": "private"}}
        where: dict[str, Any] = {"from": user, "chat": {"id": chat, "type": "supergroup", "title": "重点工作群"}}
        if topic:
            where |= {"is_topic_message": True, "message_thread_id": topic}
        return where

    def _number(self) -> int:
        self.updates += 1
        return self.updates

    # -- what happened before the scene -------------------------------------------------------------------------

    def hand_in(self, who: str, ref: str, kind: Kind = Kind.PLAN, text: str = "按计划推进") -> int:
        """The person hands in the earliest open thing of this task. Returns the report's id."""

        def work(work: Work) -> int:
            person = work.people.by_telegram(PEOPLE[who][0])
            assert person is not None
            owed = [o for o in work.obligations.find(Wanted(kind=kind)) if o.ref == ref and o.open]
            source = Source(person.chat_id, self._number())
            if kind is Kind.PLAN:
                stored = store_plan(work, owed[0], person, source, text, {3: text}, self.clock.now())
            else:
                stored = store(work, owed[0], person, source, text, self.clock.now())
            return stored.report.id

        return self.do(work)

    def take_back(self, who: str, report_id: int) -> None:
        def work(work: Work) -> None:
            person = work.people.by_telegram(PEOPLE[who][0])
            assert person is not None
            withdraw(work, report_id, person, self.clock.now())

        self.do(work)

    def owe_reports(self, ref: str, *periods: tuple[str, str, str]) -> None:
        """(period, first day, due day)"""

        def work(work: Work) -> None:
            task = work.notices.tasks_named(ref)[0]
            for key, first, due in periods:
                work.obligations.owe(
                    task.id,
                    task.leads[0].id,
                    Kind.REPORT,
                    key,
                    date.fromisoformat(due),
                    self.clock.now(),
                    period_from=date.fromisoformat(first),
                    last_rung=None,
                    next_nudge_on=None,
                )

        self.do(work)

    def nudged_already(self, who: str, times: int) -> None:
        def work(work: Work) -> None:
            person = work.people.by_telegram(PEOPLE[who][0])
            assert person is not None
            for n in range(times):
                key = f"nudge:{person.id}:{self.clock.now():%Y%m%d}:{n}"
                work.outbox.put(
                    key, person.chat_id, Message(html("提醒")), kind="nudge", now=self.clock.now(), person_id=person.id
                )

        self.do(work)


def build(work: Work, now: datetime) -> None:
    """The cast, and a notice of five tasks whose plans are due on Thursday, March 16."""
    reading: dict[str, Any] = {
        "title": "2023年重点工作责任分解",
        "issued_on": "2023-03-03",
        "submissions": [{"due": "2023-03-16"}],
        "form": {"months": [3, 4, 5]},
    }
    card = work.notices.add_draft(reading, "hash", 0, now)
    work.notices.set_state(card.id, "active", now)
    work.history.add("notice_confirmed", "notice", card.id, now)
    for position, (ref, (leader, content, lead, co)) in enumerate(TASKS.items()):
        ordinal, name, title = leader
        task = work.notices.add_task(
            card.id,
            {"ref": ref, "number": int(ref[-1]), "content": content},
            [{"ordinal": ordinal, "name": name, "title": title}],
            position,
            now,
        )
        for place, unit in enumerate([*lead, *co]):
            part = Part.LEAD if unit in lead else Part.CO
            work.notices.assign(task.id, work.notices.ensure_unit(unit, now).id, part, place, now)
        for unit in lead:
            work.obligations.owe(
                task.id,
                work.notices.ensure_unit(unit, now).id,
                Kind.PLAN,
                "2023",
                date(2023, 3, 16),
                now,
                period_from=None,
                last_rung=None,
                next_nudge_on=None,
            )
    for name, (number, role, place) in PEOPLE.items():
        if role is not Role.STRANGER:
            unit_id = work.notices.ensure_unit(place, now).id if role in (Role.CONTACT, Role.HEAD) else None
            post = Post(role, unit_id, place if role is Role.LEADER else None)
            work.people.join(number, number, name, post, None, now)
