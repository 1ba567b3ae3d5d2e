"""Knows the tables of conversations under way and of texts that await their task."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class TalkRow(Base):
    __tablename__ = "talk"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    awaits: Mapped[bool] = mapped_column(default=True)
    """Whether the next plain text in the chat belongs to it."""
    updated_at: Mapped[datetime] = mapped_column(Moment)


class PendingRow(Base):
    __tablename__ = "pending"
    __table_args__ = (Index("ix_pending_message", "chat_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    album: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
