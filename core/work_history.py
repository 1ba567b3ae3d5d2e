"""Knows what the use cases ask of storage about what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from core.ports import Source


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history: who did what when, by which message."""

    at: datetime
    what: str
    subject: str
    subject_id: int
    person_id: int | None = None
    person: str = ""
    data: dict[str, Any] = field(default_factory=dict, hash=False)
    chat_id: int | None = None
    message_id: int | None = None
    """The message by which it happened: what was written, or the one whose button was pressed; None: by itself."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page (`page` of `pages`, from 0) of all `total`, the newest first."""

    events: tuple[Event, ...]
    total: int
    page: int
    pages: int


class History(Protocol):
    def add(
        self,
        what: str,
        subject: str,
        subject_id: int,
        now: datetime,
        person_id: int | None = None,
        source: Source | None = None,
        **data: Any,
    ) -> None: ...
    def add_all(self, what: str, subject: str, rows: Sequence[tuple[int, dict[str, Any]]], now: datetime) -> None: ...
    def by(self, source: Source) -> None: ...
    def page(
        self, subject: str, subject_id: int, page: int, size: int, tasks: Collection[int] | None = None
    ) -> EventPage: ...
    def of(self, subject: str, subject_id: int) -> list[Event]: ...
    def every(self) -> list[Event]: ...
    def last(self, what: str) -> Event | None: ...
    def those(self, what: str, subject: str, subject_ids: Collection[int]) -> list[Event]: ...
    def since(self, what: str, moment: datetime) -> list[Event]: ...
