"""Knows who heads a task: the first stands in the task's own row, further ones in rows of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from core.rules.tasks import Leader
from storage.prepared import Prepared, rows
from storage.tables.notices import TaskLeaderRow, TaskRow

_FURTHER = Prepared(
    select(TaskLeaderRow.task_id, TaskLeaderRow.ordinal, TaskLeaderRow.name, TaskLeaderRow.title)
    .where(TaskLeaderRow.office_id == bindparam("office"))
    .order_by(TaskLeaderRow.task_id, TaskLeaderRow.position)
)


def leader_of(ordinal: int | None, name: str | None, title: str | None) -> Leader | None:
    """The first leader, as a task's own row or its past keeps them; None where nobody heads it."""
    return Leader(ordinal or 0, name, title or "") if name is not None else None


def further(session: Session, office_id: int) -> dict[int, tuple[Leader, ...]]:
    """{task: its further leaders} of the office: few, and asked for once in a transaction."""
    known: dict[int, dict[int, tuple[Leader, ...]]] = session.info.setdefault("heads", {})
    if office_id not in known:
        found: dict[int, tuple[Leader, ...]] = {}
        for task_id, ordinal, name, title in rows(session, _FURTHER, {"office": office_id}):
            found[task_id] = (*found.get(task_id, ()), Leader(ordinal, name, title))
        known[office_id] = found
    return known[office_id]


def set_further(session: Session, office_id: int, task_id: int, leaders: Sequence[dict[str, Any]]) -> None:
    """From now on these head the task beside the first."""
    session.execute(delete(TaskLeaderRow).where(TaskLeaderRow.task_id == task_id))
    for position, leader in enumerate(leaders):
        facts = {"ordinal": leader["ordinal"], "name": leader["name"], "title": leader.get("title") or ""}
        session.add(TaskLeaderRow(task_id=task_id, position=position, office_id=office_id, **facts))
    session.flush()
    session.info.pop("heads", None)


def headed(names: Any) -> ColumnElement[bool]:
    """Whether one of these names heads the task, first or further: a collection, or a parameter that expands to one."""
    row = TaskLeaderRow
    also = exists().where(row.task_id == TaskRow.id, row.name.in_(names)).correlate(TaskRow)
    return or_(TaskRow.leader_name.in_(names), also)


def from_facts(kept: Collection[Sequence[Any]]) -> tuple[Leader, ...]:
    """The further leaders as a task's past keeps them."""
    return tuple(Leader(*facts) for facts in kept)
