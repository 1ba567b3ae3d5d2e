"""Knows the tables of people, their posts and their invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment

_LOST = text("unreachable_at IS NOT NULL")
_HOURS = text("hours IS NOT NULL")
_ACTING = text("acting_for IS NOT NULL")
_ENDED = text("until IS NOT NULL")
_OPEN = text("state != 'over'")


class PersonRow(Base):
    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("office_id", "telegram_id"),
        Index("ix_person_telegram", "telegram_id"),
        Index("ix_person_chat", "chat_id"),
        Index("ix_person_hours", "office_id", sqlite_where=_HOURS, postgresql_where=_HOURS),
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
    away_until: Mapped[date | None]
    """The last day of the leave under way."""
    hours: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The person's own hours, see core.rules.own_hours."""


class PostRow(Base):
    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_person", "person_id", "until"),
        Index("ix_post_unit", "office_id", "unit_id", "until"),
        Index("ix_post_role", "office_id", "role", "until"),
        Index("ix_post_acting", "office_id", sqlite_where=_ACTING, postgresql_where=_ACTING),
        Index("ix_post_ended", "until", sqlite_where=_ENDED, postgresql_where=_ENDED),
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
    acting_for: Mapped[int | None]
    """The person on leave for whom a deputy holds it."""


class AbsenceRow(Base):
    """A leave, both days included, with its deputy."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_open", "office_id", "state", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_absence_person", "person_id", "state"),
        Index("ix_absence_deputy", "deputy_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    state: Mapped[str]
    """planned | running | back (over, the person isn't told yet) | over"""
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    began_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class HandoverRow(Base):
    """A desk that passes, or passed, from one person to another."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_person", "person_id", "state"),
        Index("ix_handover_office", "office_id", "state"),
        Index("ix_handover_invite", "invite_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invite.id"))
    state: Mapped[str]
    """waiting | lapsed | done | revoked"""
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


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
