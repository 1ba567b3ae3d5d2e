"""Knows what a handler is asked and what it may answer; it can't send, commit or read the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.ports import Source
from core.rules.dates_past import AsOf
from core.rules.office import Office
from core.rules.people import Person, Place
from core.words.message import Message
from core.words.voice import Voice


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a person did: typed a command, pressed a button, sent text or a file, edited a message."""

    person: Person
    office: Office
    voice: Voice
    now: datetime
    place: Place
    chat_id: int
    source: Source
    text: str = ""
    args: str = ""
    topic_id: int | None = None
    chat_title: str = ""
    reply_to: int | None = None
    album: str = ""
    edited: bool = False
    bot: str = ""
    prepared: Any = None
    """What the runner made of a file before the transaction began: a notice's reading, or the refusal."""

    then: AsOf | None = None
    """The past moment that is asked about; `now` is that moment then."""

    @property
    def today(self) -> date:
        return self.office.today(self.now)

    @property
    def words(self) -> list[str]:
        """The arguments, split at white space; of a button: split at colons."""
        return self.args.split()

    @property
    def fields(self) -> list[str]:
        return self.args.split(":") if self.args else []


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer: new messages, the pressed message edited, a toast. `about` ties replies to it to obligations."""

    messages: tuple[Message, ...] = ()
    edit: Message | None = None
    toast: str = ""
    alert: bool = False
    about: Sequence[int] = field(default=())

    @staticmethod
    def say(*messages: Message, about: Sequence[int] = (), toast: str = "") -> Reply:
        return Reply(messages=messages, about=about, toast=toast)


NOTHING = Reply()
