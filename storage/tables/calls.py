"""Knows the tables of calls for input to co-units and of what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class CallRow(Base):
    """One lead's call towards one report. There is one for each: the unique key is what two people at once meet."""

    __tablename__ = "collect_call"
    __table_args__ = (UniqueConstraint("obligation_id"), Index("ix_collect_call_given", "office_id", "given_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    question: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    given_at: Mapped[datetime | None] = mapped_column(Moment)


class AskedRow(Base):
    __tablename__ = "collect_asked"
    __table_args__ = (
        UniqueConstraint("call_id", "unit_id"),
        Index("ix_collect_asked_unit", "unit_id"),
        Index("ix_collect_asked_open", "office_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("collect_call.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the first answer came: who answered is not reminded."""


class InputRow(Base):
    """One version of a co-unit's answer. Nothing is changed here but that later pictures of an album are added."""

    __tablename__ = "collect_input"
    __table_args__ = (
        UniqueConstraint("asked_id", "version"),
        Index("ix_collect_input_message", "chat_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("collect_asked.id"))
    version: Mapped[int]
    text: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    album: Mapped[str] = mapped_column(default="")
