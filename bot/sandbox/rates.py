"""Knows how fast the bot sends, measured in sliding windows, and when Telegram would say 429."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, too_many

COUNTED = ("send", "edit", "forward", "copy")
"""Methods with these beginnings count; answering a button, deleting and typing do not."""

UNCOUNTED = {"sendchataction"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages fit into any window: overall and per chat in 1 s, per group in 60 s."""

    overall: int = 30
    chat: int = 1
    group: int = 20


class Window:
    """One sliding window over monotonic seconds, with the most it ever held."""

    __slots__ = ("most", "seconds", "times")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.times: deque[float] = deque()
        self.most = 0

    def add(self, now: float) -> None:
        self._trim(now)
        self.times.append(now)
        self.most = max(self.most, len(self.times))

    def wait(self, now: float, limit: int) -> float:
        """Seconds until one more fits."""
        self._trim(now)
        if len(self.times) < limit:
            return 0.0
        return self.times[-limit] + self.seconds - now

    def _trim(self, now: float) -> None:
        while self.times and now - self.times[0] >= self.seconds:
            self.times.popleft()


class Rates:
    """The account of everything sent; with `limits` it also refuses what goes beyond."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits
        self.reset()

    def reset(self) -> None:
        self.overall = Window(1.0)
        self.chats: dict[int, Window] = {}
        self.groups: dict[int, Window] = {}
        self.sent = 0
        self.refused = 0

    @staticmethod
    def counts(method: str) -> bool:
        return method.startswith(COUNTED) and method not in UNCOUNTED

    def check(self, chat_id: int, now: float) -> None:
        """Raises ApiError 429 where the limits are on and this message is one too many."""
        if self.limits is None:
            return
        wait = self.overall.wait(now, self.limits.overall)
        if chat_id in self.chats:
            wait = max(wait, self.chats[chat_id].wait(now, self.limits.chat))
        if chat_id in self.groups:
            wait = max(wait, self.groups[chat_id].wait(now, self.limits.group))
        if wait > 0:
            self.refused += 1
            raise _refusal(wait)

    def took(self, chat_id: int, now: float) -> None:
        """Counts a message that was accepted."""
        self.sent += 1
        self.overall.add(now)
        window = self.chats.get(chat_id)
        if window is None:
            window = self.chats[chat_id] = Window(1.0)
        window.add(now)
        if chat_id < 0:
            self.groups.setdefault(chat_id, Window(60.0)).add(now)

    def summary(self) -> dict[str, Any]:
        """The most that any sliding window held, beside Telegram's limits."""
        at_most = Limits()
        chat = max(self.chats.items(), key=lambda item: item[1].most, default=None)
        group = max(self.groups.items(), key=lambda item: item[1].most, default=None)
        return {
            "sent": self.sent,
            "refused": self.refused,
            "enforced": self.limits is not None,
            "overall_per_second": {"most": self.overall.most, "limit": at_most.overall},
            "chat_per_second": _most(chat, at_most.chat),
            "group_per_minute": _most(group, at_most.group),
            "chats": len(self.chats),
            "chats_over_limit": sum(window.most > at_most.chat for window in self.chats.values()),
            "groups_over_limit": sum(window.most > at_most.group for window in self.groups.values()),
        }


def _refusal(wait: float) -> ApiError:
    return too_many(max(1, math.ceil(wait)))


def _most(found: tuple[int, Window] | None, limit: int) -> dict[str, Any]:
    return {"most": found[1].most if found else 0, "limit": limit, "chat_id": found[0] if found else None}
