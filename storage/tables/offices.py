"""Knows the tables of offices and of what happened in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class OfficeRow(Base):
    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(Moment)


class EventRow(Base):
    """Who did what when, by which message. Nothing is ever changed here."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "office_id", "subject", "subject_id", "id"),
        Index("ix_event_person", "office_id", "person_id", "id"),
        Index("ix_event_what", "office_id", "what", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None]
    what: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
