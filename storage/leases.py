"""Knows who holds what for how long: names of processes, and named leases that one process has at a time."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Moment
from storage.locks import one_at_a_time


class Lease(Base):
    """A duty of one process at a time (the poller, the courier, the tick)."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    holder: Mapped[str] = mapped_column(String(128))
    until: Mapped[datetime] = mapped_column(Moment)


@cache
def me() -> str:
    """This process: host:pid:random. The random part tells two lives of the same process number apart."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(holder: str, asker: str | None = None) -> bool:
    """True if that process surely lives no more: same host, and its number is free or ours in another life."""
    asker = asker or me()
    host, _, rest = holder.rpartition(":")[0].rpartition(":")
    our_host, _, our_number = asker.rpartition(":")[0].rpartition(":")
    if holder == asker or not rest.isdigit() or host != our_host:
        return False
    if rest == our_number:
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


CLOCK_SLACK = timedelta(seconds=30)
"""Clocks of several machines differ by so much at most."""


def holds(
    holder: str | None, until: datetime | None, length: timedelta, now: datetime, asker: str | None = None
) -> bool:
    """Whether a claim of this length still holds: its lease runs, and its process may be alive.

    One that ends later than any that begins now was made before the clock was set back: nobody waits until it has caught up.
    """
    if until is None or not now < until <= now + length + CLOCK_SLACK:
        return False
    return not (holder and is_dead(holder, asker))


def take(session: Session, name: str, who: str, now: datetime, seconds: float) -> bool:
    """Takes or renews the lease. False if a process that may be alive holds it."""
    one_at_a_time(session, "lease")
    lease = session.get(Lease, name)
    until = now + timedelta(seconds=seconds)
    if lease is None:
        session.add(Lease(name=name, holder=who, until=until))
        return True
    if lease.holder != who and holds(lease.holder, lease.until, timedelta(seconds=seconds), now, who):
        return False
    lease.holder, lease.until = who, until
    return True


def release(session: Session, name: str, who: str) -> None:
    """Lets go at once, so that another need not wait for the end of the lease."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == who))


def holder(session: Session, name: str, now: datetime) -> str | None:
    """Who holds the lease now, or None."""
    return session.scalar(select(Lease.holder).where(Lease.name == name, Lease.until > now))
