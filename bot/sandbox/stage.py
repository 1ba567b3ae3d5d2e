"""Knows what can be done with the sandbox from Python: build a cast, act as people, look at what the bot said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import bot.sandbox.acting as acting
from bot.sandbox.bot_side import BotSide
from bot.sandbox.clock import SandboxClock
from bot.sandbox.clockhand import ClockHand
from bot.sandbox.errors import ControlError
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import File
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods.registry import Api
from bot.sandbox.rates import Limits, Rates
from bot.sandbox.updates import Updates
from bot.sandbox.views import Views
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import Bot, Chat, Json, Person, World
from core.words.voice import voice

SETTLE_LIMIT = 20.0
"""Seconds that say, click and edit wait at most for the bot to answer."""

DEFAULT_BOT_ID = 7_000_000_001


class Stage:
    """A Telegram of one's own.

    limits: "off", "telegram" or `Limits`; the account of windows is kept either way. tokens: None admits any token.
    history=False keeps no messages (for measuring). Hooks, all optional: `settle()` is awaited after say, click and
    edit; `on_clock(target)` is awaited when the clock is to move and moves it with `clock.set`; `next_due()` names
    the next moment at which the bot has something to do.
    """

    def __init__(
        self,
        clock: SandboxClock | None = None,
        username: str = "duban_bot",
        limits: str | Limits = "off",
        *,
        name: str | None = None,
        history: bool = True,
        privacy: bool = True,
        tokens: set[str] | None = None,
        timezone: str = "Asia/Shanghai",
        log_size: int | None = None,
    ) -> None:
        self.clock = clock or SandboxClock()
        self.world = World(
            self.clock,
            Bot(DEFAULT_BOT_ID, username, name or voice("zh").plain("sandbox.bot_name"), privacy),
            history=history,
        )
        self.updates = Updates()
        self.webhook = Webhook(self.updates, self.clock)
        self.webhook.call = self._inline
        self.faults = Faults()
        self.rates = Rates(limits if isinstance(limits, Limits) else Limits() if limits == "telegram" else None)
        self.ledger = Ledger(log_size or (20_000 if history else 1_000))
        self.events = Events()
        self.opened = asyncio.Event()
        """The control interface answers once this is set; whoever prepares a cast clears it meanwhile."""
        self.opened.set()
        self.world.listen = self.events.tell
        self.world.tell_bot = self.updates.put
        api = Api(self.world, self.updates, self.webhook)
        self.bot_side = BotSide(api, self.faults, self.rates, self.ledger, tokens)
        self.zone = ZoneInfo(timezone)
        self.views = Views(self.world, self.zone)
        self.settle: Callable[[], Awaitable[None]] | None = None
        self.on_clock: Callable[[datetime], Awaitable[None]] | None = None
        self.next_due: Callable[[], Any] | None = None
        self.hand = ClockHand(self)
        self.url = ""

    # The cast

    def add_person(self, id: str = "", name: str = "", **what: Any) -> Person:
        """role, unit, user_id, username, language, started, and anything else as metadata. Raises ControlError."""
        return self.world.add_person(id, name, **what)

    def add_group(
        self,
        title: str,
        members: list[str] | None = None,
        forum: bool = False,
        *,
        supergroup: bool = False,
        topics: Sequence[str] = (),
        bot: str = "member",
    ) -> Chat:
        """A group with the bot in it, as "member" or "administrator" (forums: administrator); "" leaves it out."""
        chat = self.world.add_group(title, members, forum=forum, supergroup=supergroup)
        by = self.world.people[chat.members[0]] if chat.members else None
        if bot and by:
            acting.bot_moved(self.world, chat, by, "administrator" if forum else bot)
        elif bot:
            chat.bot_status = bot
        for topic in topics:
            if by:
                acting.topic_opened(self.world, chat, topic, by)
        return chat

    # What people do

    async def say(
        self,
        person: Any,
        text: str = "",
        *,
        chat: Any = None,
        reply_to: int | None = None,
        topic: Any = None,
        files: Sequence[tuple[str, bytes]] = (),
        photo: bool = False,
        wait: bool | None = None,
    ) -> Json:
        """A person writes, by default in the private chat with the bot. Raises ControlError."""
        who, where = self._who_where(person, chat)
        kept: list[File] = [acting.upload(self.world, name, content, photo) for name, content in files]
        posted, told = acting.said(
            self.world, who, where, text, reply_to=reply_to, topic=acting.topic(where, topic), files=kept
        )
        await self._settled(wait)
        return {
            "message_id": posted[-1].message_id,
            "chat_id": where.id,
            "update_id": told[-1],
            "message_ids": [message.message_id for message in posted],
            "seen": told[-1] is not None,
        }

    async def click(
        self, person: Any, message: int | None = None, button: Any = "", *, chat: Any = None, wait: bool | None = None
    ) -> Json:
        """A person presses an inline button (label, callback data or [row, column]); without a message the newest
        one with buttons. Links to this bot are followed as /start. Raises ControlError listing the labels."""
        who, where = self._who_where(person, chat)
        acting.present(self.world, who, where)
        if message is None:
            message = next((m.message_id for m in reversed(where.messages.values()) if m.inline and not m.deleted), 0)
        target = where.messages.get(int(message))
        if target is None or target.deleted:
            raise ControlError(f"there is no message {message} in the chat {where.id}", 404)
        cell = acting.button_of(target, button)
        if cell.get("url"):
            token = acting.start_token(self.world, cell["url"])
            if token is None:
                return {"answer": None, "alert": False, "url": cell["url"]}
            said = await self.say(who.id, f"/start {token}".strip(), wait=wait)
            return {"answer": None, "alert": False, "url": cell["url"], "said": said}
        if not cell.get("callback_data"):
            raise ControlError(f"the button {cell['text']!r} can't be pressed in the sandbox")
        query, number = acting.pressed(self.world, who, where, target, cell["callback_data"])
        if wait and self.settle is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(query.done.wait(), SETTLE_LIMIT)
        await self._settled(wait)
        return {
            "answer": query.answer.get("text"),
            "alert": bool(query.answer.get("alert")),
            "answered": query.answered,
            "url": query.answer.get("url"),
            "query_id": query.id,
            "update_id": number,
            "message_id": target.message_id,
            "chat_id": where.id,
        }

    async def edit(self, person: Any, message: int, text: str, *, chat: Any = None, wait: bool | None = None) -> Json:
        """A person changes their message. Raises ControlError."""
        who, where = self._who_where(person, chat)
        changed, number = acting.edited(self.world, who, where, int(message), text)
        await self._settled(wait)
        return {"message_id": changed.message_id, "chat_id": where.id, "update_id": number}

    async def block(self, person: Any, on: bool = True, wait: bool | None = None) -> Json:
        who = self.world.person(person)
        number = acting.blocked(self.world, who, on)
        await self._settled(wait)
        return {"blocked": who.blocked, "update_id": number}

    async def unblock(self, person: Any, wait: bool | None = None) -> Json:
        return await self.block(person, False, wait)

    async def upgrade(self, chat: Any, wait: bool | None = None) -> Json:
        """A group becomes a supergroup. Raises ControlError."""
        old = self.world.chat(chat)
        new, told = acting.upgraded(self.world, old)
        await self._settled(wait)
        return {"chat_id": new.id, "old_chat_id": old.id, "update_ids": told}

    async def add(
        self, chat: Any, person: Any = None, *, administrator: bool = False, wait: bool | None = None
    ) -> Json:
        """Somebody (the first member unless named) adds the bot to a group, or makes it an administrator."""
        return await self._bot_moved(chat, person, "administrator" if administrator else "member", wait)

    async def kick(self, chat: Any, person: Any = None, wait: bool | None = None) -> Json:
        return await self._bot_moved(chat, person, "kicked", wait)

    async def _bot_moved(self, chat: Any, person: Any, status: str, wait: bool | None) -> Json:
        where = self.world.chat(chat)
        if person is None and not where.members:
            raise ControlError("the group has no members; name a person")
        by = self.world.person(person if person is not None else where.members[0])
        told = acting.bot_moved(self.world, where, by, status)
        await self._settled(wait)
        return {"chat_id": where.id, "bot": where.bot_status, "update_ids": told}

    async def join(self, person: Any, chat: Any, inside: bool = True, wait: bool | None = None) -> Json:
        """A person joins (or leaves) a group."""
        who, where = self.world.person(person), self.world.chat(chat)
        number = acting.member_moved(self.world, where, who, inside)
        await self._settled(wait)
        return {"chat_id": where.id, "update_id": number}

    async def open_topic(self, person: Any, chat: Any, name: str, wait: bool | None = None) -> Json:
        who, where = self.world.person(person), self.world.chat(chat)
        number = acting.topic_opened(self.world, where, name, who)
        await self._settled(wait)
        return {"topic": number, "chat_id": where.id}

    # What can be seen

    def messages(self, chat: Any, after: int = 0, limit: int | None = None) -> list[Json]:
        """The messages of a chat (or of a person's private chat), oldest first. Raises ControlError."""
        return self.views.messages(self.world.chat(chat), after, limit)

    def requests(self, after: int = 0, method: str = "", limit: int = 1000) -> list[Json]:
        """The Bot API requests that came in, oldest first."""
        return self.ledger.find(after, method, limit, self.zone)

    def summary(self) -> Json:
        """Counts of requests, and the most that any sliding window held."""
        return {**self.ledger.summary(), "limits": self.rates.summary()}

    def set_limits(self, limits: str | Limits, *, reset: bool = False) -> Json:
        """ "off", "telegram", `Limits` or "keep"; reset empties the account. Raises ControlError."""
        if isinstance(limits, str) and limits not in ("off", "telegram", "keep"):
            raise ControlError('limits is "off" or "telegram"')
        if limits != "keep":
            self.rates.limits = limits if isinstance(limits, Limits) else Limits() if limits == "telegram" else None
        if reset:
            self.rates.reset()
        return self.rates.summary()

    def fault(self, kind: str, **order: Any) -> Json:
        """Switches a trouble on. Raises ControlError."""
        fault = self.faults.add({"kind": kind, **order}, self.clock.monotonic())
        self.events.tell("faults", {})
        return fault.described(self.clock.monotonic())

    async def move_clock(self, **order: Any) -> Json:
        """to=ISO or datetime, forward="1h" | seconds | "next", frozen=bool, back=bool. Raises ControlError."""
        return await self.hand.move(order)

    async def _inline(self, name: str, values: Json) -> None:
        await self.bot_side.inline("webhook", name, values)

    def _who_where(self, person: Any, chat: Any) -> tuple[Person, Chat]:
        who = self.world.person(person)
        if chat is None or chat == "":
            return who, self.world.chats[who.user_id]
        return who, self.world.chat(chat)

    async def _settled(self, wait: bool | None) -> None:
        if self.settle is None or wait is False:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_LIMIT):
                await self.settle()
