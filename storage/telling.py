"""Knows the one message by which long work says how far it is: put once, edited, and said no more when it is over in time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.words.message import Message
from storage.outbox import OutboxEntry, drop, find_key, put

KIND = "progress"


def tell(session: Session, key: str, chat_id: int, office_id: int | None, message: Message, now: datetime) -> None:
    """The message of this work, or its next edit; edits that nobody has seen yet are overtaken."""
    first = find_key(session, key)
    if first is None:
        put(session, key, chat_id, message, kind=KIND, now=now, office_id=office_id)
    else:
        own = f"{key}:{_edits(session, first.id) + 1}"
        put(session, own, chat_id, message, kind=KIND, now=now, office_id=office_id, edits_id=first.id)


def last(session: Session, key: str, chat_id: int, office_id: int | None, message: Message, now: datetime) -> None:
    """The last edit. Where nobody has seen the message yet, or it could not be said, nothing is said at all."""
    first = find_key(session, key)
    if first is None or first.state in ("dropped", "failed"):
        return
    if not drop(session, "over before it was said", now, ids=[first.id]):
        tell(session, key, chat_id, office_id, message, now)


def _edits(session: Session, outbox_id: int) -> int:
    return session.scalar(select(func.count()).where(OutboxEntry.edits_id == outbox_id)) or 0
