"""Knows the tables of what facts were before they changed; nothing is ever changed here.

A row holds until `until`; the fact's own row holds since the last of them. So what never changed costs nothing, and what
stood at a moment is the row with the smallest `until` after it, else the fact itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class TaskPastRow(Base):
    """A task as it was: its columns in `facts`, its units in `assignments`. `there` is False before it was added."""

    __tablename__ = "task_past"
    __table_args__ = (UniqueConstraint("task_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    there: Mapped[bool]
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    assignments: Mapped[list[Any]] = mapped_column(Json, default=list)
    """[[unit id, part], …] in their order."""


class ObligationPastRow(Base):
    __tablename__ = "obligation_past"
    __table_args__ = (UniqueConstraint("obligation_id", "until"), Index("ix_obligation_past_unit", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    due: Mapped[date]
    period_from: Mapped[date | None]
    agreed_due: Mapped[date | None]
    state: Mapped[str]
    reviewed: Mapped[str | None]
    arose_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    asks: Mapped[str] = mapped_column(default="")


class NoticePastRow(Base):
    """A notice in force as it was before it was revised or closed."""

    __tablename__ = "notice_past"
    __table_args__ = (UniqueConstraint("notice_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    year: Mapped[int]
    plan_due: Mapped[date | None]
    months: Mapped[list[int]] = mapped_column(Json, default=list)
    reading: Mapped[dict[str, Any]] = mapped_column(Json)


class UnitPastRow(Base):
    __tablename__ = "unit_past"
    __table_args__ = (UniqueConstraint("unit_id", "until"), Index("ix_unit_past_office", "office_id", "until"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str]


class PersonPastRow(Base):
    """What a person was called, and whether they could be reached."""

    __tablename__ = "person_past"
    __table_args__ = (UniqueConstraint("person_id", "until"), Index("ix_person_past_office", "office_id", "until"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str]
    unreachable: Mapped[str | None]


class InspectionPastRow(Base):
    """A round of inspection before its day was moved, or another unit took over a stop of it."""

    __tablename__ = "inspection_past"
    __table_args__ = (UniqueConstraint("inspection_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date]
    units: Mapped[list[Any]] = mapped_column(Json, default=list)
    """[[stop id, unit id], …]: the rest of a stop never changes."""


class FindingPastRow(Base):
    """A finding before it was worded, marked or dated anew, or got further files."""

    __tablename__ = "finding_past"
    __table_args__ = (UniqueConstraint("finding_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    until: Mapped[datetime] = mapped_column(Moment)
    mark: Mapped[str]
    text: Mapped[str]
    mend_by: Mapped[date | None]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
