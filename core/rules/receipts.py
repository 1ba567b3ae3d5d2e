"""Knows the receipts of a notice, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.rules.tasks import NoticeCard, Unit


@dataclass(frozen=True, slots=True)
class UnitReceipt:
    """One unit's receipt: by whom and when; else when somebody was reminded; `joined` False: nobody is there to ask."""

    unit: Unit
    by: str = ""
    at: datetime | None = None
    reminded_at: datetime | None = None
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Receipts:
    """A notice's receipts, unit by unit in the order in which the notice names them."""

    card: NoticeCard
    rows: tuple[UnitReceipt, ...]

    @property
    def confirmed(self) -> list[UnitReceipt]:
        return [row for row in self.rows if row.at]

    @property
    def missing(self) -> list[UnitReceipt]:
        return [row for row in self.rows if not row.at]
