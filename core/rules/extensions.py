"""Knows a unit's wish for a later date, and what the office decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """state: asked | agreed | refused | withdrawn. The head's word (`head_says`) is advice, the office decides."""

    id: int
    obligation_id: int
    person_id: int
    person: str
    asked_at: datetime
    wished: date
    reason: str
    late: bool
    state: str
    head: str = ""
    head_says: str | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    agreed: date | None = None
    answer: str = ""
