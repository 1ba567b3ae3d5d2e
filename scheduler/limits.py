"""Knows how fast Telegram may be talked to: overall, per chat, per group, and pauses for everybody.

A message counts from the moment it leaves until the window after its answer is over. The server saw it somewhere in
between, so no window of the server's clock can ever hold more than the limit, whatever the network did.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile

OVERALL = 30
"""Messages a second (Bot FAQ: "bulk notifications", about 30 a second)."""

PAID_OVERALL = 1000
"""Messages a second with allow_paid_broadcast (Bot API, sendMessage: allow_paid_broadcast)."""

_SECOND = 1.0005
_MINUTE = 60.03
"""Windows, and by how much the server's clock may run fast against ours meanwhile: one that is being set slews by 500 ppm at most."""


@dataclass(slots=True)
class _Chat:
    flying: int = 0
    landed: deque[float] = field(default_factory=deque)
    opens: float = float("-inf")
    """When the next message may leave: worked out when one leaves or lands, for only that changes it."""


class Limits:
    """Sliding windows over a monotonic clock (seconds). `take` before sending, `land` when the answer is there.

    Who needs time before a message can leave asks for what opens within the next seconds (`ahead`) and books a `Place`.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        overall: int | None = OVERALL,
        chat_per_second: int | None = 1,
        group_per_minute: int | None = 20,
    ) -> None:
        self._monotonic = monotonic
        self._overall = overall
        self._chat_per_second = chat_per_second
        self._group_per_minute = group_per_minute
        self._counts_chats = chat_per_second is not None or group_per_minute is not None
        self._flying = 0
        self._booked = 0
        self._landed: deque[float] = deque()
        self._private: OrderedDict[int, _Chat] = OrderedDict()
        self._groups: OrderedDict[int, _Chat] = OrderedDict()
        self._paused_until = float("-inf")
        self._pace = _Pace(overall) if overall else None

    @classmethod
    def none(cls, monotonic: Callable[[], float]) -> Limits:
        """No limits but pauses: for servers that have none."""
        return cls(monotonic, None, None, None)

    def room(self, ahead: float = 0.0) -> int | None:
        """How many messages more may leave by then, all chats together; None: as many as you like."""
        now = self._monotonic()
        if now + ahead < self._paused_until:
            return 0
        if self._overall is None or self._pace is None:
            return None
        _forget(self._landed, now - _SECOND)
        opening = sum(1 for _ in takewhile(lambda at: at <= now + ahead - _SECOND, self._landed))
        free = self._overall - self._flying - len(self._landed) + opening
        return max(0, min(free, self._pace.tokens(now, ahead)) - self._booked)

    def closed(self, ahead: float = 0.0) -> set[int]:
        """The chats that nothing may be sent to by then."""
        now = self._monotonic()
        self._forget_chats(now)
        return {chat_id for chats in self._rows() for chat_id, chat in chats.items() if chat.opens > now + ahead}

    def ready_in(self, chat_id: int) -> float:
        """Seconds until a message to this chat may leave; infinite while only an answer can tell."""
        now = self._monotonic()
        return max(0.0, self._overall_ready_at(now) - now, self._chat_ready_at(chat_id, now) - now)

    def opens_in(self, ahead: float = 0.0) -> float | None:
        """Seconds until `room` or `closed` of then tells of something new. None if all is open."""
        now = self._monotonic()
        then = now + ahead
        if (overall := self._overall_ready_at(now, self._booked)) > then:
            return overall - then
        self._forget_chats(now)
        found = (chat.opens for chats in self._rows() for chat in chats.values() if chat.opens > then)
        opens = min(found, default=None)
        return None if opens is None else opens - then

    def book(self, chat_id: int) -> Place:
        """A message to this chat is in hand, and leaves as soon as it may; only while there is `room`."""
        self._booked += 1
        return Place(self, chat_id)

    def _unbook(self) -> None:
        self._booked -= 1

    def take(self, chat_id: int) -> None:
        """A message to this chat leaves now; only after `ready_in` gave 0."""
        self._flying += 1
        if self._counts_chats:
            chat = self._latest(chat_id)
            chat.flying += 1
            self._work_out(chat_id, chat, self._monotonic())
        if self._pace:
            self._pace.use(self._monotonic())

    def land(self, chat_id: int) -> None:
        """The answer to a message to this chat is there, good or bad."""
        now = self._monotonic()
        self._flying -= 1
        if self._overall is not None:
            self._landed.append(now)
        if not self._counts_chats:
            return
        chat = self._latest(chat_id)
        chat.flying -= 1
        chat.landed.append(now)
        _forget(chat.landed, now - (_MINUTE if chat_id < 0 else _SECOND))
        self._work_out(chat_id, chat, now)

    def seed(self, sent: Iterable[tuple[int, float]]) -> None:
        """What an earlier life of this process sent: (chat, seconds ago)."""
        now = self._monotonic()
        for chat_id, ago in sorted(sent, key=lambda pair: -pair[1]):
            self._landed.append(now - max(ago, 0.0))
            chat = self._latest(chat_id)
            chat.landed.append(now - max(ago, 0.0))
            self._work_out(chat_id, chat, now)

    def pause_all(self, seconds: float) -> None:
        """Nothing leaves for that long; a longer pause that runs already stays."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    @property
    def paused(self) -> bool:
        return self._monotonic() < self._paused_until

    @property
    def pause(self) -> float:
        """Seconds until nobody pauses any more."""
        return max(0.0, self._paused_until - self._monotonic())

    def _latest(self, chat_id: int) -> _Chat:
        chats = self._groups if chat_id < 0 else self._private
        chat = chats.setdefault(chat_id, _Chat())
        chats.move_to_end(chat_id)
        return chat

    def _overall_ready_at(self, now: float, before: int = 0) -> float:
        """When one more may leave behind so many others that are in hand."""
        at = max(now, self._paused_until)
        if self._overall is None or self._pace is None:
            return at
        _forget(self._landed, now - _SECOND)
        excess = self._flying + before + len(self._landed) - self._overall
        if excess >= 0:
            at = max(at, self._landed[excess] + _SECOND if excess < len(self._landed) else float("inf"))
        return max(at, self._pace.ready_at(now, before))

    def _chat_ready_at(self, chat_id: int, now: float) -> float:
        chat = (self._groups if chat_id < 0 else self._private).get(chat_id)
        return now if chat is None else max(now, chat.opens)

    def _work_out(self, chat_id: int, chat: _Chat, now: float) -> None:
        chat.opens = now
        if self._chat_per_second is not None:
            chat.opens = _opens(chat, self._chat_per_second, _SECOND, now)
        if self._group_per_minute is not None and chat_id < 0:
            chat.opens = max(chat.opens, _opens(chat, self._group_per_minute, _MINUTE, now))

    def _rows(self) -> tuple[OrderedDict[int, _Chat], OrderedDict[int, _Chat]]:
        return self._private, self._groups

    def _forget_chats(self, now: float) -> None:
        """Drops the chats whose windows are empty; private chats and groups stand in separate rows."""
        for chats, window in ((self._private, _SECOND), (self._groups, _MINUTE)):
            while chats:
                chat_id, chat = next(iter(chats.items()))
                if chat.flying or (chat.landed and chat.landed[-1] > now - window):
                    break
                del chats[chat_id]


class Place:
    """The place of one message, from when it is in hand until its answer is there."""

    def __init__(self, limits: Limits, chat_id: int) -> None:
        self._limits, self._chat_id, self._left = limits, chat_id, False

    def ready_in(self) -> float:
        """Seconds until it may leave."""
        return self._limits.ready_in(self._chat_id)

    def take(self) -> None:
        """It leaves now."""
        self._left = True
        self._limits._unbook()
        self._limits.take(self._chat_id)

    def end(self) -> None:
        """Its answer is there, or it never left."""
        if self._left:
            self._limits.land(self._chat_id)
        else:
            self._limits._unbook()


def _opens(chat: _Chat, most: int, window: float, now: float) -> float:
    """When fewer than `most` messages of the chat are in flight or in the window."""
    recent = sum(1 for at in chat.landed if at > now - window)
    excess = chat.flying + recent - most
    if excess < 0:
        return now
    return chat.landed[len(chat.landed) - recent + excess] + window if excess < recent else float("inf")


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()


class _Pace:
    """Spreads a long queue over the second, so that a reply finds a free place soon and not only in the next burst."""

    def __init__(self, per_second: int) -> None:
        self._rate = per_second * 1.1
        self._most = max(1.0, per_second / 3)
        self._tokens = self._most
        self._at = float("-inf")

    def tokens(self, now: float, ahead: float = 0.0) -> int:
        if now > self._at:
            gained = (now - self._at) * self._rate
            self._tokens = min(self._most, self._tokens + gained)
            self._at = now
        return int(min(self._most, self._tokens + ahead * self._rate) + 1e-9)

    def use(self, now: float) -> None:
        self.tokens(now)
        self._tokens -= 1

    def ready_at(self, now: float, before: int = 0) -> float:
        """When there is one more behind so many others."""
        wanted = before + 1
        return now if self.tokens(now) >= wanted else now + (wanted - self._tokens) / self._rate
