"""Knows a leader's instruction (批示) on a task: to whom it went, who confirmed it, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.rules.tasks import Unit

TEXT_MOST = 1_000
"""Characters of an instruction."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A unit that it went to; `told_at` is None where nobody there could be reached."""

    unit: Unit
    told_at: datetime | None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    unit: str
    person: str
    text: str
    files: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Instruction:
    id: int
    task_id: int
    ref: str
    content: str
    leaders: tuple[str, ...]
    """Who heads the task."""
    person_id: int
    person: str
    text: str
    at: datetime
    replaces: int | None = None
    withdrawn_at: datetime | None = None
    to: tuple[Addressee, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def confirmed(self) -> int:
        return sum(each.confirmed_at is not None for each in self.to)

    @property
    def waiting(self) -> tuple[Addressee, ...]:
        return () if self.withdrawn_at else tuple(each for each in self.to if each.confirmed_at is None)
