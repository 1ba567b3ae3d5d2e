"""Knows who and what there is in the sandbox: people, chats, messages and the bot itself."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ControlError
from bot.sandbox.files import Files

Json = dict[str, Any]

FIRST_USER = 5_000_000_001
"""Beyond 32 bits, as real user ids have been since 2021."""


@dataclass(slots=True)
class Person:
    """Somebody with a telephone. `role` and `unit` only mean something to whoever built the cast."""

    id: str
    name: str
    user_id: int
    username: str | None = None
    role: str = ""
    unit: str = ""
    language: str = "zh-hans"
    meta: Json = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False


@dataclass(slots=True)
class Message:
    """One message. `text` is the caption where there is `media`; `service` holds what a service message says."""

    chat_id: int
    message_id: int
    sender: int
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    media: Json = field(default_factory=dict)
    service: Json = field(default_factory=dict)
    extra: Json = field(default_factory=dict)
    reply_to: int | None = None
    topic: int | None = None
    inline: Json | None = None
    keyboard: Json | None = None
    edit_date: int | None = None
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)
    edited_text: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's user id), a group or a supergroup."""

    id: int
    type: str
    title: str = ""
    person: Person | None = None
    members: list[str] = field(default_factory=list)
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    bot_status: str = "member"
    migrated_to: int | None = None
    keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    last_id: int = 0

    @property
    def private(self) -> bool:
        return self.type == "private"


@dataclass(slots=True)
class Bot:
    """The account every token stands for."""

    id: int
    username: str
    name: str
    privacy: bool = True
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Query:
    """A pressed inline button that waits for its answer."""

    id: str
    person: Person
    chat_id: int
    message_id: int
    asked: float
    answered: bool = False
    answer: Json = field(default_factory=dict)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class World:
    """Everything that is, and what happens to it. `listen` is told of each event; `history` keeps messages."""

    def __init__(self, clock: SandboxClock, bot: Bot, *, history: bool = True) -> None:
        self.clock = clock
        self.bot = bot
        self.history = history
        self.files = Files()
        self.people: dict[str, Person] = {}
        self.users: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.listen: Callable[[str, Json], None] = lambda kind, data: None
        self.tell_bot: Callable[[str, Json, int], int | None] = lambda kind, data, lane: None
        self._message_ids = itertools.count(1)
        self._user_ids = itertools.count(FIRST_USER)
        self._group_ids = itertools.count(4_000_000_001)
        self._super_ids = itertools.count(1_002_000_000_001)
        self._query_ids = itertools.count(4_382_000_000_001)
        self._query_order: deque[str] = deque()

    def add_person(
        self,
        id: str = "",
        name: str = "",
        *,
        role: str = "",
        unit: str = "",
        user_id: int | None = None,
        username: str | None = None,
        language: str = "zh-hans",
        started: bool = False,
        **meta: Any,
    ) -> Person:
        """Somebody new, with their private chat. Raises ControlError where the id is taken."""
        number = user_id if user_id is not None else next(self._user_ids)
        while user_id is None and number in self.users:
            number = next(self._user_ids)
        id = id or f"p{number - FIRST_USER + 1}"
        if id in self.people or number in self.users:
            raise ControlError(f"there is a person {id!r} or user {number} already")
        person = Person(id, name or id, number, username, role, unit, language, meta, started)
        self.people[id] = self.users[number] = person
        self.chats[number] = Chat(number, "private", person=person, members=[id])
        self.listen("people", {})
        return person

    def add_group(
        self, title: str, members: list[str] | None = None, *, forum: bool = False, supergroup: bool = False
    ) -> Chat:
        """A group with people in it; the bot is not in it yet."""
        big = forum or supergroup
        number = -next(self._super_ids) if big else -next(self._group_ids)
        ids = [self.person(one).id for one in members or ()]
        chat = Chat(number, "supergroup" if big else "group", title, members=ids, forum=forum, bot_status="left")
        self.chats[number] = chat
        self.listen("people", {})
        return chat

    def upgraded(self, chat: Chat) -> Chat:
        """The supergroup that takes over from a group."""
        number = -next(self._super_ids)
        new = Chat(number, "supergroup", chat.title, members=list(chat.members), bot_status=chat.bot_status)
        self.chats[number] = new
        chat.migrated_to = number
        return new

    def person(self, key: Any) -> Person:
        """By id, user id, username or name. Raises ControlError (404)."""
        text = str(key).strip()
        if text in self.people:
            return self.people[text]
        if text.lstrip("-").isdigit() and int(text) in self.users:
            return self.users[int(text)]
        for person in self.people.values():
            if text and text.lstrip("@") in (person.username, person.name):
                return person
        raise ControlError(f"no such person: {text!r}; see GET /sandbox/people", 404)

    def chat(self, key: Any) -> Chat:
        """By chat id, title or the person whose private chat it is. Raises ControlError (404)."""
        text = str(key).strip()
        if text.lstrip("-").isdigit() and int(text) in self.chats:
            return self.chats[int(text)]
        for chat in self.chats.values():
            if text and chat.title == text and chat.migrated_to is None:
                return chat
        try:
            return self.chats[self.person(text).user_id]
        except ControlError:
            raise ControlError(f"no such chat: {text!r}; see GET /sandbox/chats", 404) from None

    def now(self) -> int:
        """Unix seconds of the sandbox's clock."""
        return int(self.clock.now().timestamp())

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; private chats and small groups share the bot's own count."""
        if chat.type == "supergroup":
            return chat.last_id + 1
        return next(self._message_ids)

    def post(self, chat: Chat, sender: int, **what: Any) -> Message:
        """A new message in a chat."""
        message = Message(chat.id, self.next_message_id(chat), sender, self.now(), **what)
        chat.last_id = message.message_id
        if message.keyboard is not None:
            keyboard = message.keyboard
            chat.keyboard = keyboard if keyboard.get("keyboard") else None
        if self.history:
            chat.messages[message.message_id] = message
            self.listen("message", {"chat": chat.id, "message": message.message_id})
        return message

    def changed(self, message: Message) -> None:
        self.listen("edit", {"chat": message.chat_id, "message": message.message_id})

    def new_query(self, person: Person, message: Message) -> Query:
        query = Query(str(next(self._query_ids)), person, message.chat_id, message.message_id, self.clock.monotonic())
        self.queries[query.id] = query
        self._query_order.append(query.id)
        if len(self._query_order) > 10_000:
            self.queries.pop(self._query_order.popleft(), None)
        return query

    def rename_bot(self, number: int) -> None:
        """The bot takes the id its token names; what it said before goes with it."""
        old, self.bot.id = self.bot.id, number
        for chat in self.chats.values():
            for message in chat.messages.values():
                if message.sender == old:
                    message.sender = number

    def shares_group(self, person: Person) -> bool:
        """Whether the bot has met this person in a group, so that it knows of them."""
        return any(
            not chat.private and person.id in chat.members and chat.bot_status in ("member", "administrator")
            for chat in self.chats.values()
        )
