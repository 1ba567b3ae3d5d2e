"""Knows the seams of the house: what the rules and use cases ask of clock, messenger and storage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.words.message import Message

Aside = Callable[[], Awaitable[None]]
"""Called while an update is handled: it takes long before it changes anything, and its chat need not wait."""


class Clock(Protocol):
    """The one source of time. `now` is aware (UTC); `monotonic` counts seconds for rates and leases."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to be said, as the courier hands it to the messenger.

    kind: reply | assignment | nudge | urge | notice | handover | broadcast | digest: decides order and what follows doubt.
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
    repeated: bool = False
    """It may have been said before: it carries a mark that says so."""
    content: bytes | None = None
    """What its paper was drawn as; None where it has none or is not drawn yet."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram confirmed."""

    message_id: int


class StorageTrouble(Exception):
    """The database can't be written just now (locked, full, gone); nothing was changed, try again later."""


class TelegramTrouble(Exception):
    """What an update needs from Telegram (a file) can't be had just now; the update waits, it is not to blame."""


class ClaimLost(Exception):
    """Somebody else took this row over after its lease; what was done for it must not be committed."""


class SendError(Exception):
    """Sending did not succeed; the subclass says what follows.

    SendError
    |-- TryAgain    nothing arrived (refused connection, DNS, 5xx, 429): again after `after` seconds
    |-- Uncertain   it may have arrived (read timeout, cut after the request left)
    |-- Unreachable the chat is closed to us (403, chat not found)
    |-- Moved       the group became a supergroup with the id `chat_id`
    |-- Vanished    the message to be edited is gone or can't be edited; a new one is to be sent
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


class Vanished(SendError):
    pass


class BadMarkup(SendError):
    pass


class Refused(SendError):
    pass


class Messenger(Protocol):
    """Says things to people. Raises SendError."""

    async def send(self, outgoing: Outgoing) -> Sent: ...

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None: ...

    async def busy(self, chat_id: int) -> None:
        """Shows for some seconds that something is under way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: a number from the messenger (None for an edit) or an error."""

    outgoing: Outgoing
    message_id: int | None = None
    error: SendError | None = None


class OutboxDesk(Protocol):
    """The outbox as the courier sees it. Every call is one transaction and may raise StorageTrouble."""

    async def turn(
        self, outcomes: Sequence[Outcome], now: datetime, limit: int, exclude: Collection[int] = ()
    ) -> list[Outgoing]:
        """Records the outcomes and claims up to `limit` messages for other chats than `exclude`."""
        ...

    async def recover(self, clock: Clock, flying: Collection[int] = ()) -> int:
        """Takes over what dead processes had in flight; keeps the claims of what this one has. Returns how many."""
        ...

    async def recent(self, since: datetime) -> list[tuple[int, datetime]]:
        """(chat, time) of what may have been sent since then, so that limits hold across a restart."""
        ...

    async def pending(self, now: datetime) -> bool:
        """True while something is in flight or could be claimed now."""
        ...

    async def put_back_strays(self, flying: Collection[int]) -> int:
        """After storage trouble: what is claimed by us but not in flight waits again. Returns how many."""
        ...

    async def set_aside(self, number: int, now: datetime) -> bool:
        """The paper of a claimed message is being drawn: others of its chat may be said. False if it isn't ours."""
        ...

    async def back_in_turn(self, number: int) -> bool:
        """It is drawn and waits to be sent. False if it was taken back meanwhile."""
        ...

    def due_after_turn(self) -> datetime | None:
        """When the next message that is held or in back-off falls due, as the last turn saw it."""
        ...


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
