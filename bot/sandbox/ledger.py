"""Knows every Bot API request that came in, what was answered and what was wrong with it."""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime, tzinfo
from typing import Any

Json = dict[str, Any]


class Entry:
    """One request with its answer. `answer` is None where none was given."""

    __slots__ = ("answer", "at", "id", "method", "monotonic", "params", "status", "token", "violations")

    def __init__(self, id: int, at: datetime, monotonic: float, token: str, method: str, params: Json) -> None:
        self.id = id
        self.at = at
        self.monotonic = monotonic
        self.token = token
        self.method = method
        self.params = params
        self.status = 0
        self.answer: Any = None
        self.violations: list[str] = []

    def described(self, zone: tzinfo) -> Json:
        return {
            "id": self.id,
            "time": self.at.astimezone(zone).isoformat(),
            "monotonic": round(self.monotonic, 6),
            "token": masked(self.token),
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "answer": self.answer,
            "violations": self.violations,
        }


class Ledger:
    """The last `size` requests, and counts over all of them."""

    def __init__(self, size: int = 20_000) -> None:
        self.entries: deque[Entry] = deque(maxlen=size)
        self.total = 0
        self.by_method: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.violations = 0

    def open(self, at: datetime, monotonic: float, token: str, method: str, params: Json) -> Entry:
        self.total += 1
        entry = Entry(self.total, at, monotonic, token, method, params)
        self.entries.append(entry)
        self.by_method[method] += 1
        return entry

    def find(self, after: int = 0, method: str = "", limit: int = 1000, zone: tzinfo = UTC) -> list[Json]:
        """Oldest first: the first `limit` requests after an id, or the newest `limit` where no id is given."""
        wanted = method.lower()
        found: list[Entry] = []
        for entry in reversed(self.entries):
            if entry.id <= after or (not after and len(found) >= limit):
                break
            if not wanted or entry.method.lower() == wanted:
                found.append(entry)
        return [entry.described(zone) for entry in found[::-1][:limit]]

    def summary(self) -> Json:
        return {
            "total": self.total,
            "kept": len(self.entries),
            "by_method": dict(self.by_method),
            "errors": dict(self.errors),
            "violations": self.violations,
        }


def masked(token: str) -> str:
    """The token without its secret part."""
    number, _, secret = token.partition(":")
    return f"{number}:{secret[:2]}…" if secret else "…"
