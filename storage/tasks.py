"""Knows how tasks are read with the units that have a part in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from core.rules.tasks import Assignment, Part, Task, Unit, ref_order
from storage.heads import further
from storage.notice_rows import task_of, unit_of
from storage.prepared import Prepared, rows
from storage.tables.notices import AssignmentRow, TaskRow, UnitMemberRow, UnitRow

_TASKS = select(*TaskRow.__table__.c).where(TaskRow.office_id == bindparam("office"))
# The office is only compared: without statistics SQLite would go through all its tasks rather than to the few by their ids.
_BY_ID = Prepared(
    select(*TaskRow.__table__.c).where(
        TaskRow.office_id + 0 == bindparam("office"), TaskRow.id.in_(bindparam("ids", expanding=True))
    )
)
_PARTS = Prepared(
    select(AssignmentRow.task_id, AssignmentRow.part, UnitRow.id, UnitRow.name, UnitRow.is_group)
    .join(UnitRow, UnitRow.id == AssignmentRow.unit_id)
    .where(AssignmentRow.task_id.in_(bindparam("ids", expanding=True)))
    .order_by(AssignmentRow.task_id, AssignmentRow.position)
)
_MEMBERS = Prepared(
    select(UnitMemberRow.group_id, UnitRow.id, UnitRow.name, UnitRow.is_group)
    .join(UnitRow, UnitRow.id == UnitMemberRow.unit_id)
    .where(UnitMemberRow.group_id.in_(bindparam("groups", expanding=True)))
    .order_by(UnitRow.id)
)


def tasks_by_id(session: Session, office_id: int, task_ids: Collection[int]) -> list[Task]:
    """In the order of the notices."""
    return _read(session, _BY_ID, {"office": office_id, "ids": list(task_ids)})


def tasks_where(session: Session, office_id: int, *where: ColumnElement[bool]) -> list[Task]:
    """In the order of the notices."""
    return _read(session, _TASKS.where(*where), {"office": office_id})


def parts_of(session: Session, task_ids: Sequence[int]) -> dict[int, list[Assignment]]:
    """{task: its units in their order}."""
    out: dict[int, list[Assignment]] = {}
    for row in rows(session, _PARTS, {"ids": task_ids}) if task_ids else ():
        out.setdefault(row.task_id, []).append(Assignment(unit_of(row), Part(row.part)))
    return out


def held_by(unit_ids: Any) -> ColumnElement[bool]:
    """Whether one of these units has a part, by name or through a group term: ids, or a parameter that expands to them."""
    groups = select(UnitMemberRow.group_id).where(UnitMemberRow.unit_id.in_(unit_ids))
    return or_(AssignmentRow.unit_id.in_(unit_ids), AssignmentRow.unit_id.in_(groups))


def with_members(session: Session, tasks: list[Task]) -> list[Task]:
    """The tasks, each group term in them with the units that it stands for."""
    groups = {a.unit.id for task in tasks for a in task.assignments if a.unit.group}
    if not groups:
        return tasks
    members: dict[int, tuple[Unit, ...]] = {}
    for row in rows(session, _MEMBERS, {"groups": list(groups)}):
        members[row.group_id] = (*members.get(row.group_id, ()), unit_of(row))
    return [_with(task, members) for task in tasks]


def _with(task: Task, members: dict[int, tuple[Unit, ...]]) -> Task:
    if not any(a.unit.group for a in task.assignments):
        return task
    return replace(task, assignments=tuple(replace(a, members=members.get(a.unit.id, ())) for a in task.assignments))


def _read(session: Session, query: Any, values: dict[str, Any]) -> list[Task]:
    found = rows(session, query, values)
    ordered = sorted(found, key=lambda row: (row.notice_id, row.position, ref_order(row.ref)))
    parts, also = parts_of(session, [row.id for row in ordered]), further(session, values["office"])
    tasks = [task_of(row, tuple(parts.get(row.id, ())), also.get(row.id, ())) for row in ordered]
    return with_members(session, tasks)
