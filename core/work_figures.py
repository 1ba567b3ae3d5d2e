"""Knows what the use cases ask of storage about figures in reports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from core.rules.figures_said import Reading, Sense
from core.rules.lights import TargetFigure
from core.rules.reports import Report


class TargetFigures(Protocol):
    """What reports say of targets, and what people said of that."""

    def add(self, report: Report, task_id: int, target: str, reading: Reading, now: datetime) -> TargetFigure: ...
    def get(self, figure_id: int) -> TargetFigure | None: ...
    def of_reports(self, report_ids: Collection[int]) -> list[TargetFigure]: ...
    def of_tasks(self, task_ids: Collection[int] | None = None) -> list[TargetFigure]: ...
    def say(
        self, figure_id: int, state: str, value: Decimal | None, sense: Sense, person_id: int, now: datetime
    ) -> TargetFigure: ...
