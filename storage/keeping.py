"""Knows how a fact is written down as it was, before it changes: once for each moment, whatever changes then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.base import Base
from storage.heads import further
from storage.inserting import insert_new
from storage.tables.inspections import FindingRow, InspectionRow, StopRow
from storage.tables.notices import AssignmentRow, NoticeRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.tables.past import (
    FindingPastRow,
    InspectionPastRow,
    NoticePastRow,
    ObligationPastRow,
    PersonPastRow,
    TaskPastRow,
    UnitPastRow,
)
from storage.tables.people import PersonRow

TASK_FACTS = (
    "ref", "position", "number", "content", "leader_ordinal", "leader_name", "leader_title", "frequency", "due_text",
    "targets", "state",
)  # fmt: skip
"""Columns of a task that are kept as they are; its due date is kept as text beside them."""


def keep_task(session: Session, row: TaskRow, now: datetime, there: bool = True) -> None:
    """The task with its units as it was until now. A task that was never in force before now has no past."""
    notice = session.get(NoticeRow, row.notice_id)
    if notice is None or notice.state == "draft" or (notice.confirmed_at and notice.confirmed_at >= now):
        return
    facts: dict[str, Any] = {name: getattr(row, name) for name in TASK_FACTS} if there else {}
    if there:
        facts["due"] = row.due.isoformat() if row.due else None
        also = further(session, row.office_id).get(row.id, ())
        facts["also"] = [[leader.ordinal, leader.name, leader.title] for leader in also]
    query = select(AssignmentRow.unit_id, AssignmentRow.part).where(AssignmentRow.task_id == row.id)
    parts = session.execute(query.order_by(AssignmentRow.position)) if there else ()
    _keep(
        session, TaskPastRow, office_id=row.office_id, task_id=row.id, until=now, there=there, facts=facts,
        assignments=[[unit_id, part] for unit_id, part in parts],
    )  # fmt: skip


def keep_obligation(session: Session, row: ObligationRow, now: datetime) -> None:
    """The obligation as it was until now; one that arises only now has no past."""
    if row.arose_at >= now:
        return
    _keep(
        session, ObligationPastRow, office_id=row.office_id, obligation_id=row.id, until=now, unit_id=row.unit_id,
        due=row.due, period_from=row.period_from, agreed_due=row.agreed_due, state=row.state, reviewed=row.reviewed,
        arose_at=row.arose_at, done_at=row.done_at, asks=row.asks,
    )  # fmt: skip


def keep_notice(session: Session, row: NoticeRow, now: datetime) -> None:
    """The notice as it was until now, if it was in force."""
    if row.state != "active" or row.confirmed_at is None or row.confirmed_at >= now:
        return
    _keep(
        session, NoticePastRow, office_id=row.office_id, notice_id=row.id, until=now, state=row.state, title=row.title,
        number=row.number, year=row.year, plan_due=row.plan_due, months=list(row.months), reading=row.reading,
    )  # fmt: skip


def keep_unit(session: Session, row: UnitRow, now: datetime) -> None:
    _keep(session, UnitPastRow, office_id=row.office_id, unit_id=row.id, until=now, name=row.name)


def keep_person(session: Session, row: PersonRow, now: datetime) -> None:
    if row.joined_at >= now:
        return
    _keep(
        session, PersonPastRow, office_id=row.office_id, person_id=row.id, until=now, name=row.name,
        unreachable=row.unreachable,
    )  # fmt: skip


def keep_inspection(session: Session, row: InspectionRow, now: datetime) -> None:
    """The round's day, and the units of its stops, as they were until now."""
    if row.opened_at >= now:
        return
    stops = session.execute(select(StopRow.id, StopRow.unit_id).where(StopRow.inspection_id == row.id))
    _keep(
        session, InspectionPastRow, office_id=row.office_id, inspection_id=row.id, until=now, day=row.day,
        units=[[stop_id, unit_id] for stop_id, unit_id in stops],
    )  # fmt: skip


def keep_finding(session: Session, row: FindingRow, now: datetime) -> None:
    if row.at >= now:
        return
    _keep(
        session, FindingPastRow, office_id=row.office_id, finding_id=row.id, until=now, mark=row.mark, text=row.text,
        mend_by=row.mend_by, files=list(row.files),
    )  # fmt: skip


def _keep(session: Session, kind: type[Base], **values: Any) -> None:
    """Of several changes at one moment the first finds what was there before all of them."""
    insert_new(session, kind, values)
