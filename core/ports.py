"""Knows the seams of the house: what the rules and use cases ask of clock, messenger and storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.words.message import Message


class Clock(Protocol):
    """The one source of time. `now` is aware (UTC); `monotonic` counts seconds for rates and leases."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to be said, as the courier hands it to the messenger.

    kind: reply | assignment | nudge | urge | notice | broadcast | digest: decides order and what follows doubt.
    edit_message_id set: the message with that id in the chat is edited instead of a new one sent.
    """

    id: int
    office_id: int | None
    chat_id: int
    kind: str
    message: Message
    topic_id: int | None = None
    reply_to: int | None = None
    edit_message_id: int | None = None
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram confirmed."""

    message_id: int


class SendError(Exception):
    """Sending did not succeed; the subclass says what follows.

    SendError
    |-- TryAgain    nothing arrived (refused connection, DNS, 5xx, 429): again after `after` seconds
    |-- Uncertain   it may have arrived (read timeout, cut after the request left)
    |-- Unreachable the chat is closed to us (403, chat not found)
    |-- Moved       the group became a supergroup with the id `chat_id`
    |-- BadMarkup   Telegram can't parse the HTML
    |-- Refused     any other final no, in Telegram's words
    """


class TryAgain(SendError):
    def __init__(self, reason: str, after: float | None = None, everybody: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.everybody = everybody


class Uncertain(SendError):
    pass


class Unreachable(SendError):
    pass


class Moved(SendError):
    def __init__(self, chat_id: int) -> None:
        super().__init__(f"moved to {chat_id}")
        self.chat_id = chat_id


class BadMarkup(SendError):
    pass


class Refused(SendError):
    pass


class Messenger(Protocol):
    """Says things to people. Raises SendError."""

    async def send(self, outgoing: Outgoing) -> Sent: ...

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file as Telegram names it; the content stays there until somebody needs it."""

    file_id: str
    name: str
    size: int
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Source:
    """Which message said it: the chat, the message and the update."""

    chat_id: int
    message_id: int
    update_id: int = 0
    files: tuple[FileRef, ...] = field(default=())
