"""Knows what was handed in: versions of plans and progress reports, and drafts not yet filed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """One version of what a unit handed in for one obligation. A plan keeps goal and months, a report its text."""

    id: int
    obligation_id: int
    version: int
    text: str
    at: datetime
    person_id: int
    person: str = ""
    goal: str = ""
    months: dict[int, str] = field(default_factory=dict, hash=False)
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    withdrawn_at: datetime | None = None
    chat_id: int = 0
    message_id: int = 0
    album: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """Text that a person sent and that isn't tied to a task yet; nothing that is typed is dropped."""

    id: int
    person_id: int
    chat_id: int
    message_id: int
    text: str
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that goes on where it was: its name, its step and what was gathered so far."""

    name: str
    step: str
    data: dict[str, Any] = field(default_factory=dict, hash=False)
