"""Knows the tables of inspections: rounds, the stops of each, who was told, what was found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class InspectionRow(Base):
    """A round. Its number counts within the year; the unique key is what two supervisors meet."""

    __tablename__ = "inspection"
    __table_args__ = (
        UniqueConstraint("office_id", "year", "number"),
        Index("ix_inspection_state", "office_id", "state", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    year: Mapped[int]
    number: Mapped[int]
    scope: Mapped[str]
    day: Mapped[date]
    ready: Mapped[str]
    state: Mapped[str]
    """open | closed | cancelled"""
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class StopRow(Base):
    """One task of one unit in a round."""

    __tablename__ = "inspection_stop"
    __table_args__ = (
        UniqueConstraint("inspection_id", "task_id", "unit_id"),
        Index("ix_inspection_stop_task", "task_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int]


class CallRow(Base):
    """Somebody who was told of a round, and when they confirmed it."""

    __tablename__ = "inspection_call"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class FindingRow(Base):
    """What was found at a stop; `mend_key` is the period of the obligation that follows from it."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("stop_id", "number"),
        Index("ix_finding_message", "chat_id", "message_id"),
        Index("ix_finding_round", "inspection_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    stop_id: Mapped[int] = mapped_column(ForeignKey("inspection_stop.id"))
    number: Mapped[int]
    mark: Mapped[str]
    """fine | mend | note"""
    text: Mapped[str]
    mend_by: Mapped[date | None]
    mend_key: Mapped[str] = mapped_column(default="")
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    album: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
