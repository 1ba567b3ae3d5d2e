"""Knows the tables of notices, units, tasks and assignments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class NoticeRow(Base):
    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state", "office_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    title: Mapped[str]
    number: Mapped[str]
    year: Mapped[int]
    state: Mapped[str]
    """draft | active | closed | discarded | merged (a new version that went into an active one)"""
    plan_due: Mapped[date | None]
    months: Mapped[list[int]] = mapped_column(Json, default=list)
    reading: Mapped[dict[str, Any]] = mapped_column(Json)
    file_hash: Mapped[str]
    sent_by: Mapped[int | None]
    sent_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class UnitRow(Base):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str]
    is_group: Mapped[bool] = mapped_column(default=False)
    unreached: Mapped[str | None]
    """Why none of its contacts can be reached, as the office was last told: never | left | blocked | away."""
    since: Mapped[datetime | None] = mapped_column(Moment)
    """None: it was there before this was written down."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    merged_into: Mapped[int | None]


class UnitNameRow(Base):
    """A name that a unit had before, or that of a unit which went into it: it goes on finding the unit."""

    __tablename__ = "unit_name"
    __table_args__ = (Index("ix_unit_name_name", "office_id", "name"), Index("ix_unit_name_unit", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    until: Mapped[datetime] = mapped_column(Moment)


class UnitMemberRow(Base):
    """Which units a group term (各镇街) stands for."""

    __tablename__ = "unit_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class TaskRow(Base):
    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("notice_id", "ref"), Index("ix_task_office", "office_id", "ref"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    ref: Mapped[str]
    ref_key: Mapped[str] = mapped_column(default="", server_default=text("''"))
    """core.rules.tasks.ref_key of the ref: what lists are sorted by."""
    position: Mapped[int]
    number: Mapped[str]
    content: Mapped[str]
    leader_ordinal: Mapped[int | None]
    leader_name: Mapped[str | None]
    leader_title: Mapped[str | None]
    frequency: Mapped[str | None]
    due: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(default="")
    targets: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    state: Mapped[str] = mapped_column(default="active", server_default="active")
    """active | suspended | done | dropped"""


class TaskLeaderRow(Base):
    """Who heads a task beside the leader that its own row names, in the order of the notice."""

    __tablename__ = "task_leader"
    __table_args__ = (Index("ix_task_leader_office", "office_id", "name"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    title: Mapped[str]


class AssignmentRow(Base):
    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_unit", "unit_id"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    part: Mapped[str]
    position: Mapped[int]


class ReceiptRow(Base):
    __tablename__ = "receipt"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class ReceiptReminderRow(Base):
    """Who was reminded to confirm receipt: once for each notice, never again."""

    __tablename__ = "receipt_reminder"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
