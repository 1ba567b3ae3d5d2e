"""Knows that the bot lives: when each of its duties last ran, what the auditor repaired, when it was down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, BigId, Moment
from storage.prepared import Prepared, carry_out

DOWN = timedelta(minutes=10)
"""A process that starts later than this after the last sign of life ends a downtime; shorter is a restart."""

REPAIRED = "repaired."


class Pulse(Base):
    """When something last happened and how often: tick, audit, repaired.<what>."""

    __tablename__ = "pulse"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    count: Mapped[int] = mapped_column(BigInteger, default=0)


class Downtime(Base):
    """From the last sign of life of one process to the start of the next."""

    __tablename__ = "downtime"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)


_PULSE: Any = Pulse.__table__
_BEAT = Prepared(
    update(_PULSE)
    .where(Pulse.name == bindparam("which"))
    .values(at=bindparam("moment", type_=Moment), count=Pulse.count + bindparam("times"))
)


def beat(session: Session, name: str, now: datetime, times: int = 1) -> None:
    """It happened now."""
    if not carry_out(session, _BEAT, {"which": name, "moment": now, "times": times}):
        session.add(Pulse(name=name, at=now, count=times))


def last(session: Session, name: str) -> datetime | None:
    row = session.get(Pulse, name)
    return row.at if row else None


def started(session: Session, now: datetime) -> timedelta | None:
    """A process starts: notes the downtime before it, if there was one, and returns it."""
    alive = last(session, "tick")
    beat(session, "start", now)
    if alive is None or now - alive < DOWN:
        return None
    was_down(session, alive, now)
    return now - alive


def was_down(session: Session, since: datetime, until: datetime) -> None:
    """Nothing was done between these moments; a clock that was set back makes no downtime."""
    if since < until:
        session.add(Downtime(since=since, until=until))


def downtimes(session: Session, since: datetime) -> list[tuple[datetime, datetime]]:
    """(from, until) of every downtime that ended since then, oldest first."""
    query = select(Downtime).where(Downtime.until > since).order_by(Downtime.until)
    return [(row.since, row.until) for row in session.scalars(query)]


def repairs(session: Session) -> dict[str, int]:
    """{what: how often} of everything the auditor ever repaired."""
    rows = session.scalars(select(Pulse).where(Pulse.name.startswith(REPAIRED)))
    return {row.name.removeprefix(REPAIRED): row.count for row in rows}
