"""Knows how claims of several processes follow one another: SQLite has one writer anyway, PostgreSQL gets a lock."""

from __future__ import annotations

from zlib import crc32

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.prepared import on_postgres


def one_at_a_time(session: Session, what: str) -> bool:
    """Waits until no other transaction holds `what`, and holds it to the end of this one.

    Returns whether there was a wait, or could have been: then what was read before is read again.
    Claims need it on PostgreSQL: SKIP LOCKED alone keeps two processes off the same row, but not off two rows of
    one chat. What is read after this sees everything the holder before committed (READ COMMITTED).
    """
    if on_postgres(session):
        session.execute(select(func.pg_advisory_xact_lock(crc32(f"duban.{what}".encode()))))
        return True
    return False


def take_time(session: Session) -> None:
    """This transaction may be idle for as long as it takes: it waits for another database, or carries over a whole one."""
    if on_postgres(session):
        session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
