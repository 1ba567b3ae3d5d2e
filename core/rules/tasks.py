"""Knows units, leaders and tasks as the office keeps them once a notice is taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

MARK = "·"
"""Between the mark of a notice and the ref of its task, where several notices are in force: 24·2-15."""

_MARKS = 900_000
"""Marked refs come behind all others."""


class Part(StrEnum):
    """What a unit does in a task. `RESPONSIBLE` stands where the notice names no lead."""

    LEAD = "lead"
    CO = "co"
    RESPONSIBLE = "responsible"


TASK_MOVES: dict[str, frozenset[str]] = {
    "active": frozenset({"suspended", "done", "dropped"}),
    "suspended": frozenset({"active", "done", "dropped"}),
    "done": frozenset({"active"}),
    "dropped": frozenset({"active"}),
}
"""What can become of a task; only the office changes it, always with a reason."""


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    name: str
    group: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    ordinal: int
    name: str
    title: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}{self.title}"


@dataclass(frozen=True, slots=True)
class Assignment:
    unit: Unit
    part: Part
    members: tuple[Unit, ...] = ()
    """The units that a group term stands for: its part is theirs."""

    def of(self, unit_ids: Collection[int]) -> bool:
        """Whether one of these units has this part, by its name or through the group term."""
        return self.unit.id in unit_ids or any(member.id in unit_ids for member in self.members)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Who has to do with it: a group term as the units it stands for."""
        return self.members if self.unit.group else (self.unit,)


class Headed:
    """What leaders head: a task, and with it what is owed for it."""

    __slots__ = ()

    leader: Leader | None
    """The first, under whom lists put it; None where nobody heads it."""
    also: tuple[Leader, ...]
    """Further leaders where the notice names several."""

    @property
    def leaders(self) -> tuple[Leader, ...]:
        return (self.leader, *self.also) if self.leader else self.also

    def led_by(self, names: Collection[str]) -> bool:
        """Whether one of these leaders heads it, first or not."""
        return any(leader.name in names for leader in self.leaders)


@dataclass(frozen=True, slots=True)
class Task(Headed):
    id: int
    notice_id: int
    ref: str
    number: str
    content: str
    leader: Leader | None
    assignments: tuple[Assignment, ...] = ()
    frequency: str | None = None
    due: date | None = None
    due_text: str = ""
    targets: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    state: str = "active"
    """active | suspended | done | dropped; only an active task owes anything."""
    also: tuple[Leader, ...] = ()

    @property
    def active(self) -> bool:
        return self.state == "active"

    def units(self, part: Part) -> tuple[Unit, ...]:
        return tuple(a.unit for a in self.assignments if a.part is part)

    @property
    def leads(self) -> tuple[Unit, ...]:
        return self.units(Part.LEAD)

    def part_of(self, unit_ids: tuple[int, ...]) -> Part | None:
        """The strongest part that one of these units has."""
        parts = {a.part for a in self.assignments if a.of(unit_ids)}
        return next((part for part in Part if part in parts), None)


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice as the office keeps it; `reading` is the reader's JSON."""

    id: int
    title: str
    number: str
    year: int
    state: str
    plan_due: date | None
    months: tuple[int, ...]
    reading: dict[str, Any] = field(default_factory=dict, hash=False)
    file_hash: str = ""

    @property
    def mark(self) -> str:
        """What stands before its tasks' refs, because another notice was in force when it was confirmed; else ""."""
        return self.reading.get("mark") or ""

    @property
    def revises(self) -> int | None:
        """The notice in force of which this draft is a new version."""
        return self.reading.get("revises")

    def late_already(self, today: date) -> bool:
        """Whether every plan would be overdue at the moment of assigning."""
        return self.plan_due is not None and self.plan_due < today


def short(content: str, size: int = 18) -> str:
    """The first words of a task, cut at a comma where one is near, for a line on a phone."""
    text = " ".join(content.split())
    if len(text) <= size:
        return text.rstrip("。；;")
    head = text[: size + 6]
    for mark in ("，", "、", "；", "。", ","):
        cut = head.find(mark, size // 2)
        if 0 < cut <= size + 5:
            return head[:cut]
    return text[:size] + "…"


@lru_cache(maxsize=2000)
def ref_order(ref: str) -> tuple[int, ...]:
    """Sort key of a ref: `2-15` comes after `2-3`, `2-15b` after `2-15`, `24·2-1` after all without a mark."""
    out: list[int] = []
    mark, _, own = ref.rpartition(MARK)
    if mark:
        letter = ord(mark[2]) - ord("a") + 1 if len(mark) > 2 else 0
        out.append(_MARKS + int(mark[:2]) * 100 + letter)
    for part in own.split("-"):
        digits = part.rstrip("abcdefghijklmnopqrstuvwxyz")
        out.append(int(digits) if digits.isdigit() else 0)
        if digits.isdigit() and part != digits:
            out.append(ord(part[len(digits)]) - ord("a") + 1)
    return tuple(out)


def ref_key(ref: str) -> str:
    """The order of `ref_order` as text that a database sorts in any of its languages: figures only, six to a part.

    Numbers beyond six figures sort as the greatest of six.
    """
    return "".join(f"{min(part, 999_999):06d}" for part in ref_order(ref))
