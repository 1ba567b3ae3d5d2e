"""Knows the tables of people, their posts and their invitations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment

_LOST = text("unreachable_at IS NOT NULL")


class PersonRow(Base):
    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("office_id", "telegram_id"),
        Index("ix_person_telegram", "telegram_id"),
        Index("ix_person_chat", "chat_id"),
        Index("ix_person_lost", "unreachable_at", sqlite_where=_LOST, postgresql_where=_LOST),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    lang: Mapped[str | None]
    joined_at: Mapped[datetime] = mapped_column(Moment)
    unreachable: Mapped[str | None]
    unreachable_at: Mapped[datetime | None] = mapped_column(Moment)


class PostRow(Base):
    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_person", "person_id", "until"),
        Index("ix_post_unit", "office_id", "unit_id", "until"),
        Index("ix_post_role", "office_id", "role", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    leader_name: Mapped[str | None]
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    invite_id: Mapped[int | None]


class InviteRow(Base):
    __tablename__ = "invite"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_invite_unit", "office_id", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    token_hash: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    leader_name: Mapped[str | None]
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_by: Mapped[int | None]
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
