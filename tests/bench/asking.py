"""Knows how long a person waits for an answer: update, runner, handler, reply and commit, without the network."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from core.ports import Outgoing
from core.words.html import plain
from core.words.message import Message
from handlers.runner import Runner
from storage import inbox
from storage.engine import Desk
from storage.outbox import OutboxEntry
from storage.work import OfficeStorage


class StoppedClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return time.monotonic()


class _Nobody:
    async def send(self, outgoing: Outgoing) -> Any:
        raise AssertionError("the runner never sends")

    async def busy(self, chat_id: int) -> None:
        return None

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        return None


class Asker:
    """Asks the real runner as a person in a private chat would."""

    def __init__(self, desk: Desk, now: datetime, first_update: int = 1) -> None:
        self.desk, self._now, self._numbers = desk, now, count(first_update)
        clock = StoppedClock(now)
        self.storage = OfficeStorage({"name": "督查室"})
        self._runner = Runner(desk, self.storage, clock, _Nobody(), self._prepare, "duban_bot")

    async def _prepare(self, file: Any, wanted: str) -> Any:
        return None

    async def ask(self, person: int, text: str) -> float:
        """Seconds until the answer is committed. Raises where there is no answer."""
        number = next(self._numbers)
        user = {"id": person, "first_name": "x"}
        content: dict[str, Any] = {"message": {
            "from": user, "chat": {"id": person, "type": "private"}, "message_id": number, "text": text,
        }}  # fmt: skip
        return await self._handled(number, person, content)

    async def press(self, person: int, action: str) -> float:
        """The same for a button."""
        number = next(self._numbers)
        message = {"message_id": 1, "chat": {"id": person, "type": "private"}}
        query = {"id": f"q{number}", "from": {"id": person, "first_name": "x"}, "message": message, "data": action}
        return await self._handled(number, person, {"callback_query": query})

    async def _handled(self, number: int, chat: int, content: dict[str, Any]) -> float:
        payload = json.dumps({"update_id": number, **content})
        await self.desk.run(lambda session: inbox.keep(session, [(number, chat, payload)], self._now))
        [row] = await self.desk.run(lambda session: inbox.claim(session, self._now, "bench", 1))
        began = time.perf_counter()
        await self._runner.handle(row)
        return time.perf_counter() - began

    def answer(self, chat: int) -> str:
        """What was said last in this chat."""
        newest = OutboxEntry.chat_id == chat

        def look(session: Any) -> str:
            query = session.query(OutboxEntry).filter(newest, OutboxEntry.kind == "reply")
            entry = query.order_by(OutboxEntry.id.desc()).first()
            return plain(Message.from_json(entry.payload).text) if entry else ""

        return self.desk.run_sync(look)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
