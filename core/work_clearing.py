"""Knows what the use cases ask of storage when a closed notice's data goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cleared:
    """How much went: tasks and reports of the notice, messages to and from Telegram, people who had left."""

    tasks: int
    reports: int
    messages: int
    people: int


class Clearing(Protocol):
    def delete(self, notice_id: int, closed_at: datetime, now: datetime) -> Cleared: ...
    def make_nameless(self, notice_id: int, closed_at: datetime, now: datetime) -> Cleared: ...
    def look_again(self) -> None: ...
