"""Knows the tables of what became of a version handed in, and of wishes for a later date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment


class ReviewRow(Base):
    """A version accepted or returned. A version is reviewed once: the unique key is what two supervisors meet."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("report_id"), Index("ix_review_obligation", "obligation_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    outcome: Mapped[str]
    """accepted | returned"""
    reason: Mapped[str] = mapped_column(default="")
    mend_by: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class ExtensionRow(Base):
    """A unit's wish for a later date, and what was decided."""

    __tablename__ = "extension"
    __table_args__ = (
        Index("ix_extension_obligation", "obligation_id"),
        Index("ix_extension_state", "office_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    wished: Mapped[date]
    first_wished: Mapped[date | None]
    """What was wished before the unit's head named another date."""
    reason: Mapped[str]
    late: Mapped[bool]
    """Asked after the date it asks to move."""
    state: Mapped[str]
    """asked | agreed | refused | withdrawn"""
    head_id: Mapped[int | None]
    head_says: Mapped[str | None]
    """agreed | refused"""
    head_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    agreed: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
