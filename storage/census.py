"""Knows all offices of a deployment at once, in a few statements whatever their number: whom nobody reaches, what is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.rules.people import Role
from core.rules.tasks import Part
from storage.tables.notices import AssignmentRow, NoticeRow, TaskRow, UnitRow
from storage.tables.offices import OfficeRow
from storage.tables.people import PersonRow, PostRow


@dataclass(frozen=True, slots=True)
class Unreached:
    """Units of an office whose contacts nothing reaches, and how many tasks in force they lead."""

    office: str
    units: int
    leading: int


@dataclass(frozen=True, slots=True)
class Closed:
    """An office with closed notices or with settings of its own about them."""

    id: int
    name: str
    settings: dict[str, Any]
    notices: int


def count(session: Session) -> int:
    """How many offices there are."""
    return session.scalar(select(func.count()).select_from(OfficeRow)) or 0


def unreached(session: Session) -> list[Unreached]:
    """The offices with units in tasks in force that have no contact who can be reached; those with most tasks first."""
    there = (
        select(PostRow.id)
        .join(PersonRow, PersonRow.id == PostRow.person_id)
        .where(PostRow.unit_id == UnitRow.id, PostRow.office_id == UnitRow.office_id)
        .where(PostRow.role == str(Role.CONTACT), PostRow.until.is_(None))
        .where(PersonRow.unreachable.is_(None), PersonRow.away_until.is_(None))
    )
    lost = (
        select(UnitRow.office_id, func.sum(case((AssignmentRow.part == str(Part.LEAD), 1), else_=0)).label("leading"))
        .join(AssignmentRow, AssignmentRow.unit_id == UnitRow.id)
        .join(TaskRow, TaskRow.id == AssignmentRow.task_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(NoticeRow.state == "active", UnitRow.is_group.is_(False), ~there.exists())
        .group_by(UnitRow.id, UnitRow.office_id)
        .subquery()
    )
    units, leading = func.count(), func.sum(lost.c.leading)
    query = select(OfficeRow.name, units, leading).join(lost, lost.c.office_id == OfficeRow.id)
    rows = session.execute(query.group_by(OfficeRow.id, OfficeRow.name).order_by(leading.desc(), OfficeRow.id))
    return [Unreached(name, count, int(tasks)) for name, count, tasks in rows]


def closed(session: Session, setting: str) -> list[Closed]:
    """The offices that have closed notices, or settled what becomes of them under this setting."""
    counted = select(NoticeRow.office_id, func.count().label("n")).where(NoticeRow.state == "closed")
    mine = counted.group_by(NoticeRow.office_id).subquery()
    query = select(OfficeRow.id, OfficeRow.name, OfficeRow.settings, mine.c.n)
    rows = session.execute(query.outerjoin(mine, mine.c.office_id == OfficeRow.id).order_by(OfficeRow.id))
    return [Closed(number, name, settings, n or 0) for number, name, settings, n in rows if n or settings.get(setting)]
