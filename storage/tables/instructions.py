"""Knows the tables of leaders' instructions: to whom they went, who confirmed, what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class InstructionRow(Base):
    __tablename__ = "instruction"
    __table_args__ = (Index("ix_instruction_task", "task_id"), Index("ix_instruction_office", "office_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    replaces: Mapped[int | None]
    """The instruction that this one corrects."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class InstructionUnitRow(Base):
    """A unit that an instruction went to; `told_at` is None where nobody could be reached."""

    __tablename__ = "instruction_unit"
    __table_args__ = (Index("ix_instruction_unit_unit", "unit_id"),)

    instruction_id: Mapped[int] = mapped_column(ForeignKey("instruction.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[int | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)


class InstructionReplyRow(Base):
    """What a unit answered. Nothing is ever changed here."""

    __tablename__ = "instruction_reply"
    __table_args__ = (Index("ix_instruction_reply_instruction", "instruction_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instruction_id: Mapped[int] = mapped_column(ForeignKey("instruction.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    at: Mapped[datetime] = mapped_column(Moment)
