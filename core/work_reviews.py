"""Knows what the use cases ask of storage about what was decided: versions accepted or returned, later dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from core.rules.extensions import Extension
from core.rules.reports import Report
from core.rules.reviews import Review


class Reviews(Protocol):
    def add(
        self, report: Report, outcome: str, reason: str, mend_by: date | None, person_id: int, now: datetime
    ) -> Review | None: ...
    def of(self, obligation_id: int) -> list[Review]: ...


class Extensions(Protocol):
    def ask(
        self, obligation_id: int, person_id: int, wished: date, reason: str, late: bool, now: datetime
    ) -> Extension: ...
    def get(self, extension_id: int) -> Extension | None: ...
    def of(self, obligation_id: int) -> list[Extension]: ...
    def every(self) -> list[Extension]: ...
    def asked(self) -> list[Extension]: ...
    def head_says(self, extension_id: int, person_id: int, says: str, wished: date, now: datetime) -> bool: ...
    def decide(
        self,
        extension_id: int,
        state: str,
        now: datetime,
        *,
        person_id: int | None = None,
        agreed: date | None = None,
        answer: str = "",
    ) -> bool: ...
