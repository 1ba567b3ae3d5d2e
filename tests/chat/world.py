"""Knows how a test reads as people: `await world.contact.send("…")`, `.click("填报计划")`, `.reply(message, "…")`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch
from zoneinfo import ZoneInfo

from bot.demo import Demo
from core.cases.agenda import next_look
from core.rules.people import Post, Role
from core.work import Work
from storage import agenda, inbox
from tests.chat.opening import Opening
from tests.postgres import server_of

ZONE = ZoneInfo("Asia/Shanghai")
BOTH = ("sqlite", "postgresql")
"""What a module says as DATABASES to be played on either."""

NOTICE = Path(__file__).parent / "small_notice.txt"
_openings: dict[Any, Opening] = {}
_API = Path(__file__).parents[2].parent / "shared" / "botapi" / "api.json"


class Scene(Protocol):
    """What a module says as SCENE: it has happened when a test of that module begins."""

    async def __call__(self, world: World, /) -> None: ...


@contextmanager
def defect() -> Iterator[None]:
    """Whatever comes meanwhile meets a defect, at every one of its tries."""
    broken = patch("handlers.runner.route", side_effect=KeyError("a defect"))
    with patch.object(inbox, "_BACK_OFF", (0, 0, 0)), broken:
        yield


@cache
def bot_api() -> dict[str, Any]:
    """The published Bot API's methods, where its description lies beside this checkout."""
    return json.loads(_API.read_text("utf-8"))["methods"] if _API.is_file() else {}


class Actor:
    """One person of the cast in a chat, by default the private one with the bot."""

    def __init__(self, world: World, person: str, chat: Any = None) -> None:
        self.world, self.person, self.chat = world, person, chat
        self.seen = 0

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.world.demo.sandbox.messages(self.chat or self.person)

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the bot in this chat."""
        return next(m for m in reversed(self.messages) if m["from"]["is_bot"])

    @property
    def text(self) -> str:
        last = self.last
        return last.get("text") or last.get("caption") or ""

    @property
    def labels(self) -> list[str]:
        return [cell["label"] for row in self.last.get("buttons") or [] for cell in row]

    async def send(self, text: str = "", **more: Any) -> str:
        """Writes; returns what the bot answered last."""
        await self.world.demo.sandbox.say(self.person, text, chat=self.chat, wait=True, **more)
        return self.text

    async def reply(self, message: dict[str, Any], text: str, **more: Any) -> str:
        return await self.send(text, reply_to=message["message_id"], **more)

    async def click(self, button: Any, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """Presses a button, by default of the newest message of the bot; a label may be shortened to its beginning."""
        target = message or self.last
        labels = [cell["label"] for row in target.get("buttons") or [] for cell in row]
        label = next((known for known in labels if known.startswith(str(button))), button)
        answer: dict[str, Any] = await self.world.demo.sandbox.click(
            self.person, target["message_id"], label, chat=self.chat, wait=True
        )
        return answer

    async def edit(self, message_id: int, text: str) -> str:
        await self.world.demo.sandbox.edit(self.person, message_id, text, chat=self.chat, wait=True)
        return self.text

    def said(self, message: dict[str, Any]) -> dict[str, Any]:
        """The same message as it reads now."""
        return next(m for m in self.messages if m["message_id"] == message["message_id"])

    def said_since(self, count: int) -> list[dict[str, Any]]:
        """The bot's messages after the first `count` of the chat."""
        return [m for m in self.messages[count:] if m["from"]["is_bot"]]

    @property
    def own(self) -> dict[str, Any]:
        """The newest message this person wrote."""
        return next(m for m in reversed(self.messages) if not m["from"]["is_bot"])


class World:
    """A demo with a frozen clock; nothing happens by itself unless time passes."""

    def __init__(self, folder: Path, start: str = "2023-03-03T09:00", database_url: str = "", lang: str = "zh") -> None:
        moment = datetime.fromisoformat(start).replace(tzinfo=ZONE)
        self.start = start
        self.demo = Demo(moment, folder, lang, database_url)
        self.demo.clock.freeze()
        self.owner = Actor(self, "owner")
        self.supervisor = Actor(self, "supervisor")
        self.stranger = Actor(self, "stranger")

    async def open(self) -> None:
        await self.demo.start(clockwork=False)
        await self.demo.open_office()

    async def assigned(self, notice: Path = NOTICE, then: Scene | None = None) -> None:
        """The notice is confirmed, everybody has joined, and `then` has happened. Played once a session, then opened as it stood."""
        key = (notice, then, self.start, self.demo.lang, server_of(self.demo.database_url))
        if key not in _openings:
            _openings[key] = await self._rehearsed(notice, then)
        _openings[key].restore(self.demo)
        await self.demo.start(clockwork=False)

    async def _rehearsed(self, notice: Path, then: Scene | None) -> Opening:
        rehearsal = World(self.demo.folder, self.start, self.demo.database_url, self.demo.lang)
        if then is None:
            await rehearsal._play(notice)
        else:
            await rehearsal.assigned(notice)
            await then(rehearsal)
        await rehearsal.close()
        return Opening.of(rehearsal.demo)

    async def _play(self, notice: Path) -> None:
        await self.open()
        await self.demo.take(notice)
        await self.demo.join_units()
        await self.demo.gather()
        await self.demo.settle()

    def actor(self, person: str, chat: Any = None) -> Actor:
        return Actor(self, person, chat)

    async def restart(self) -> None:
        """The bot's process ends in order and a new one starts on the same data."""
        assert self.demo.bot is not None
        await self.demo.bot.stop()
        await self.demo.start_bot(clockwork=False)

    def content(self, message: dict[str, Any]) -> bytes:
        """The file that a message carries."""
        found: bytes = self.demo.sandbox.world.files.by_id[message["document"]["file_id"]].content
        return found

    def action(self, message: dict[str, Any], label: str) -> str:
        """What a button would send."""
        kept = self.demo.sandbox.world.chats[message["chat_id"]].messages[message["message_id"]]
        cells = [cell for row in (kept.inline or {})["inline_keyboard"] for cell in row]
        return next(str(cell["callback_data"]) for cell in cells if cell["text"] == label)

    def plant(self, actor: Actor, label: str, action: str) -> None:
        """Puts a button below the bot's newest message in a chat, as a message of last year may still have it."""
        message = actor.last
        kept = self.demo.sandbox.world.chats[message["chat_id"]].messages[message["message_id"]]
        kept.inline = {"inline_keyboard": [[{"text": label, "callback_data": action}]]}

    def of(self, unit: str) -> Actor:
        """The contact of a unit."""
        people = self.demo.sandbox.world.people.values()
        return Actor(self, next(p.id for p in people if p.unit == unit and p.role == "contact"))

    async def another_contact(self, unit: str, person: str, name: str = "") -> Actor:
        """A further contact of a unit, joined by a link of their own; without a name they are called as their id."""
        number = await self.demo.work(lambda work: work.notices.find_units(unit)[0].id)
        self.demo.sandbox.add_person(person, name or person, role="second", unit=unit)
        await self.demo.join(person, Post(Role.CONTACT, number))
        await self.demo.settle()
        return Actor(self, person)

    async def leaves(self, actor: Actor, unit: str) -> None:
        """The contact's post ends."""
        telegram_id = self.demo.sandbox.world.people[actor.person].user_id
        now = self.demo.clock.now()

        def leave(work: Work) -> None:
            person = work.people.by_telegram(telegram_id)
            assert person is not None
            post = Post(Role.CONTACT, work.notices.find_units(unit)[0].id)
            assert work.people.leave_post(person.id, post, now)

        await self.demo.work(leave)

    @property
    def group(self) -> Actor:
        chats = self.demo.sandbox.world.chats.values()
        return Actor(self, "supervisor", next(chat.id for chat in chats if chat.id < 0))

    async def pass_to(self, moment: str) -> None:
        """Lets time pass to a local moment; the bot does all that falls due on the way."""
        await self.demo.sandbox.move_clock(to=moment)

    def _agenda_holds(self, work: Work) -> None:
        """Whatever was done in this test: no tick would have come too late."""
        bot, now = self.demo.bot, self.demo.clock.now()
        assert bot is not None
        at = next_look(work, now)
        looks = dict(agenda.next_looks(work.groups._session))  # type: ignore[attr-defined]
        assert at is None or looks[work.office.id] <= at, (at, looks)

    async def close(self) -> None:
        """Ends it. Every request of the bot must have been one that the published Bot API describes."""
        await self.demo.work(self._agenda_holds)
        await self.demo.stop()
        for request in self.demo.sandbox.requests():
            assert request["violations"] == [], request
            if (described := bot_api().get(request["method"])) is not None:
                unknown = set(request["params"]) - {field["name"] for field in described.get("fields", [])}
                assert not unknown, (request["method"], unknown)


async def monthly(world: World) -> None:
    """Every task is reported month by month."""
    await world.supervisor.send("/classify 全部 月报")
    await world.supervisor.click("确认改为月报")


async def reminded(world: World) -> None:
    """... and its contacts were reminded of April on the 21st."""
    await monthly(world)
    await world.pass_to("2023-04-21T10:00")
