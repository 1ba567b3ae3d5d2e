"""Knows how the rows of notices, units and tasks become values, and which columns follow from a reading."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from core.rules.tasks import Assignment, Leader, NoticeCard, Task, Unit
from storage.heads import leader_of
from storage.tables.notices import NoticeRow, TaskRow, UnitRow


def columns(reading: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The columns that follow from a reading; the year is that of the notice, else of its arrival."""
    dues = [date.fromisoformat(item["due"]) for item in reading.get("submissions") or [] if item.get("due")]
    issued = reading.get("issued_on")
    year = date.fromisoformat(issued).year if issued else dues[0].year if dues else now.year
    return {
        "title": reading.get("title") or "",
        "number": reading.get("number") or "",
        "year": year,
        "plan_due": dues[0] if dues else None,
        "months": list((reading.get("form") or {}).get("months") or []),
        "reading": reading,
    }


def card_of(row: NoticeRow) -> NoticeCard:
    return NoticeCard(
        row.id, row.title, row.number, row.year, row.state, row.plan_due, tuple(row.months), row.reading, row.file_hash
    )


def unit_of(row: UnitRow | Row[Any]) -> Unit:
    return Unit(row.id, row.name, row.is_group)


def task_of(row: TaskRow | Row[Any], assignments: tuple[Assignment, ...], also: tuple[Leader, ...]) -> Task:
    leader = leader_of(row.leader_ordinal, row.leader_name, row.leader_title)
    return Task(
        row.id,
        row.notice_id,
        row.ref,
        row.number,
        row.content,
        leader,
        assignments,
        row.frequency,
        row.due,
        row.due_text,
        tuple(row.targets),
        row.state,
        also,
    )
