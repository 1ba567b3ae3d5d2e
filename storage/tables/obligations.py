"""Knows the tables of obligations and of what was handed in for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment

_SILENT = text("state = 'open' AND next_nudge_on IS NULL")


class ObligationRow(Base):
    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("task_id", "unit_id", "kind", "period"),
        Index("ix_obligation_due", "office_id", "state", "due"),
        Index("ix_obligation_unit", "unit_id", "state", "due"),
        # Only rows that still wait for a nudge are in it.
        Index(
            "ix_obligation_nudge",
            "office_id",
            "next_nudge_on",
            sqlite_where=text("next_nudge_on IS NOT NULL"),
            postgresql_where=text("next_nudge_on IS NOT NULL"),
        ),
        # What has no next nudge: after its last rung, or by a defect that the auditor looks for.
        Index("ix_obligation_silent", "office_id", "due", "agreed_due", sqlite_where=_SILENT, postgresql_where=_SILENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    period: Mapped[str]
    period_from: Mapped[date | None]
    due: Mapped[date]
    agreed_due: Mapped[date | None]
    """The date that reminders follow where one was agreed (extension, mending); assessment keeps `due`."""
    state: Mapped[str]
    reviewed: Mapped[str | None]
    """accepted | returned, of the newest version; None while nobody looked at it."""
    arose_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)
    last_rung: Mapped[int | None]
    next_nudge_on: Mapped[date | None]
    ladder_id: Mapped[int | None]
    """The ladder in force when it arose; None for what arose before ladders were kept."""
    asks: Mapped[str] = mapped_column(default="", server_default=text("''"))
    """What is to be mended, in the words of who inspected; "" for plans and reports."""


class LadderRow(Base):
    """A ladder as it once was in force. A row is never changed: editing the office's ladder makes a new one."""

    __tablename__ = "ladder"
    __table_args__ = (Index("ix_ladder_office", "office_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    rungs: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class ReportRow(Base):
    """One version of a plan or a progress report."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("obligation_id", "version"),
        Index("ix_report_message", "chat_id", "message_id"),
        Index("ix_report_person", "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    version: Mapped[int]
    text: Mapped[str]
    goal: Mapped[str] = mapped_column(default="")
    months: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    album: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
