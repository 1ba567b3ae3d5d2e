"""Knows everything that is to be said or was said: put in the transaction of its cause, under a key used once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Index,
    String,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.rules.delivery import pieces, priority
from core.words.message import Message
from storage.base import Base, BigId, Json, Moment
from storage.inserting import insert_new
from storage.prepared import Prepared, rows

_OPEN = text("state IN ('waiting', 'claimed')")
_WAITING = text("state = 'waiting'")
_IN_HAND = text("state IN ('claimed', 'drawing')")
_LATER = text("not_before IS NOT NULL")
_ENDED = text("ended_at IS NOT NULL")
_SAID = text("message_id IS NOT NULL")


DRAWING = "drawing"


class OutboxEntry(Base):
    """One message on its way.

    state: held (until not_before, or while the chat is closed) -> waiting -> claimed -> sent
           claimed -> waiting (again) | failed (Telegram's reason in why) | uncertain (may have arrived)
           claimed -> drawing (its paper takes long; the chat goes on) -> waiting
           held, waiting, drawing -> dropped (overtaken, with why)
    turn orders bulk between offices: the n-th message of one stands beside the n-th of the others.
    """

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    office_id: Mapped[int | None] = mapped_column(BigInteger)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    topic_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]
    turn: Mapped[int] = mapped_column(BigInteger, default=0)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    about: Mapped[list[Any]] = mapped_column(Json)
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    edit_message_id: Mapped[int | None] = mapped_column(BigInteger)
    edits_id: Mapped[int | None] = mapped_column(BigInteger)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(Boolean, default=False)
    plain: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    claimed_by: Mapped[str | None] = mapped_column(String(128))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    doubted_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    message_id: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_outbox_queue", "priority", "turn", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_outbox_office", "priority", "office_id", "turn", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_outbox_chat", "chat_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_in_hand", "claimed_by", sqlite_where=_IN_HAND, postgresql_where=_IN_HAND),
        Index("ix_outbox_later", "not_before", "id", sqlite_where=_LATER, postgresql_where=_LATER),
        Index("ix_outbox_message", "chat_id", "message_id", sqlite_where=_SAID, postgresql_where=_SAID),
        Index("ix_outbox_ended", "state", "ended_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
        Index("ix_outbox_person_id", "person_id", "created_at"),
    )


def put(
    session: Session,
    key: str,
    chat_id: int,
    message: Message,
    *,
    kind: str,
    now: datetime,
    office_id: int | None = None,
    person_id: int | None = None,
    topic_id: int | None = None,
    about: Sequence[Any] = (),
    reply_to: int | None = None,
    edit_message_id: int | None = None,
    edits_id: int | None = None,
    not_before: datetime | None = None,
) -> int | None:
    """Writes down that `message` is to be said. Returns its id, or None if `key` was used before: never twice.

    A text too long for one message becomes several, in order, keyed `key`, `key/2`, …; the id is the last one's,
    which carries the buttons. `about` is kept for whoever gets a reply to the message (`find_sent`).
    edit_message_id: edit that message of the chat; edits_id: edit what that outbox row said (sent new if it never was).
    not_before: held until then, without holding up anything else for the chat.
    """
    held = not_before is not None and not_before > now
    rank = priority(kind)
    row: dict[str, Any] = {
        "chat_id": chat_id, "topic_id": topic_id, "office_id": office_id, "person_id": person_id, "kind": kind,
        "priority": rank, "about": list(about), "not_before": not_before if held else None,
        "state": "held" if held else "waiting", "why": None, "created_at": now, "ended_at": None, "tries": 0,
        "repeated": False, "plain": False,
    }  # fmt: skip
    if edits_id is not None:
        _overtake(session, chat_id, edits_id, now)
    if edits_id is not None and _reword_held(session, edits_id, message, about):
        row |= {"state": "dropped", "why": "said in the held message itself", "ended_at": now}
    last: int | None = None
    for number, part in enumerate(pieces(message), start=1):
        first = number == 1
        row |= {
            "key": key if first else f"{key}/{number}",
            "payload": part.to_json(),
            "turn": 0 if held else next_turn(session, rank, office_id),
            "reply_to": reply_to if first else None,
            "edit_message_id": edit_message_id if first else None,
            "edits_id": edits_id if first else None,
        }
        new = insert_new(session, OutboxEntry, row, "id")
        if not new:
            return None
        last = new[0]
    return last


def drop(
    session: Session,
    why: str,
    now: datetime,
    *,
    key_prefix: str | None = None,
    chat_id: int | None = None,
    person_id: int | None = None,
    office_id: int | None = None,
    kind: str | None = None,
    ids: Sequence[int] | None = None,
) -> int:
    """Takes back what is not on its way yet and matches every criterion given. Returns how many.

    Raises ValueError without a criterion, so that nobody empties the outbox by mistake.
    """
    entry = OutboxEntry
    given: list[ColumnElement[bool]] = []
    if key_prefix is not None:
        given.append(entry.key.startswith(key_prefix, autoescape=True))
    exact = ((entry.chat_id, chat_id), (entry.person_id, person_id), (entry.office_id, office_id), (entry.kind, kind))
    given += [column == value for column, value in exact if value is not None]
    if ids is not None:
        given.append(entry.id.in_(ids))
    if not given:
        raise ValueError("drop: say what is to be dropped")
    dropped = update(entry).where(entry.state.in_(("waiting", "held", DRAWING)), *given)
    values = {"state": "dropped", "why": why, "ended_at": now, "not_before": None}
    return session.execute(dropped.values(values), execution_options={"synchronize_session": "fetch"}).rowcount  # type: ignore[attr-defined]


def moved(session: Session, old: int, new: int) -> int:
    """The group `old` became the supergroup `new`: what is still to be said goes there. Returns how many."""
    entry = OutboxEntry
    change = update(entry).where(entry.chat_id == old, entry.state.in_(("waiting", "held", "claimed", DRAWING)))
    # The new group counts its messages anew: an old number could be another message there.
    values = {"chat_id": new, "topic_id": None, "reply_to": None, "edit_message_id": None, "edits_id": None}
    return session.execute(change.values(values), execution_options={"synchronize_session": "fetch"}).rowcount  # type: ignore[attr-defined]


def close_chat(session: Session, chat_id: int, why: str) -> int:
    """The chat is closed to us: what waits for it is held until `open_chat`. Returns how many."""
    entry = OutboxEntry
    change = update(entry).where(entry.chat_id == chat_id, entry.state.in_(("waiting", "held")))
    values = {"state": "held", "not_before": None, "why": why}
    return session.execute(change.values(values), execution_options={"synchronize_session": "fetch"}).rowcount  # type: ignore[attr-defined]


def open_chat(session: Session, chat_id: int, now: datetime, useful: timedelta = timedelta(days=3)) -> int:
    """The person is back: what was held is sent, what is older than `useful` dropped. Returns how many are sent."""
    entry = OutboxEntry
    held = update(entry).where(entry.chat_id == chat_id, entry.state == "held", entry.not_before.is_(None))
    fetch = {"synchronize_session": "fetch"}
    stale = held.where(entry.created_at < now - useful)
    session.execute(
        stale.values(state="dropped", why="overtaken while the chat was closed", ended_at=now), execution_options=fetch
    )
    return session.execute(held.values(state="waiting", why=None), execution_options=fetch).rowcount  # type: ignore[attr-defined]


def decide(session: Session, outbox_id: int, again: bool, now: datetime) -> bool:
    """A person decides about an uncertain message: say it again (marked) or leave it. False if it is settled."""
    entry = session.get(OutboxEntry, outbox_id, with_for_update=True, populate_existing=True)
    if entry is None or entry.state != "uncertain":
        return False
    if again:
        entry.state, entry.repeated, entry.why, entry.ended_at = "waiting", True, None, None
    else:
        entry.state, entry.why, entry.ended_at = "dropped", "left as it was", now
    return True


def find_sent(session: Session, chat_id: int, message_id: int) -> OutboxEntry | None:
    """What this message of the bot was about, for replies to it; also weeks later."""
    entry = OutboxEntry
    query = select(entry).where(entry.chat_id == chat_id, entry.message_id == message_id, entry.message_id.is_not(None))
    return session.scalars(query.order_by(entry.id.desc()).limit(1)).first()


def find_key(session: Session, key: str) -> OutboxEntry | None:
    """The message put under this key."""
    return session.scalars(select(OutboxEntry).where(OutboxEntry.key == key)).first()


def counts(session: Session, since: datetime | None = None, office_id: int | None = None) -> dict[str, int]:
    """How many messages are in each state; the ended ones only since then, if given."""
    entry = OutboxEntry
    query = select(entry.state, func.count()).group_by(entry.state)
    if since is not None:
        query = query.where((entry.ended_at >= since) | entry.ended_at.is_(None))
    if office_id is not None:
        query = query.where(entry.office_id == office_id)
    states = ("waiting", "claimed", DRAWING, "sent", "failed", "uncertain", "held", "dropped")
    return dict.fromkeys(states, 0) | {row[0]: row[1] for row in session.execute(query)}


def oldest_waiting(session: Session) -> datetime | None:
    """When the message was put that waits longest (held ones don't count)."""
    return session.scalar(select(func.min(OutboxEntry.created_at)).where(is_open(OutboxEntry)))


def listed(session: Session, state: str, since: datetime, limit: int = 50) -> list[OutboxEntry]:
    """The messages that ended in a state (failed, uncertain, dropped) since then, newest first."""
    query = select(OutboxEntry).where(OutboxEntry.state == state, OutboxEntry.ended_at >= since)
    return list(session.scalars(query.order_by(OutboxEntry.id.desc()).limit(limit)))


def is_open(entry: Any) -> Any:
    """Written as literals, because SQLite uses a partial index only for the very words of its condition."""
    return entry.state.in_([literal_column("'waiting'"), literal_column("'claimed'")])


def is_waiting(entry: Any) -> Any:
    return entry.state == literal_column("'waiting'")


def is_held(entry: Any) -> Any:
    return entry.state == literal_column("'held'")


def is_claimed(entry: Any) -> Any:
    return entry.state == literal_column("'claimed'")


def is_in_hand(entry: Any) -> Any:
    """Claimed, or being drawn."""
    return entry.state.in_([literal_column("'claimed'"), literal_column(f"'{DRAWING}'")])


def lowest_turn(session: Session, rank: int) -> int:
    """The turn that bulk of this priority has come to."""
    return rows(session, _lowest_turn(), {"rank": rank})[0][0] or 0


def next_turn(session: Session, rank: int, office_id: int | None) -> int:
    """Where the office's next message of this priority stands among those of the others."""
    if rank == 0:
        return 0
    turns: dict[tuple[int, int | None], int] = session.info.setdefault("turns", {})
    if (rank, office_id) not in turns:
        whose = {} if office_id is None else {"office": office_id}
        highest = rows(session, _highest_turn(nobodys=not whose), {"rank": rank, **whose})[0][0]
        turns[rank, office_id] = max(lowest_turn(session, rank) - 1, highest or 0)
    turns[rank, office_id] += 1
    return turns[rank, office_id]


@cache
def _lowest_turn() -> Prepared:
    entry = OutboxEntry
    return Prepared(select(func.min(entry.turn)).where(is_waiting(entry), entry.priority == bindparam("rank")))


@cache
def _highest_turn(nobodys: bool) -> Prepared:
    entry = OutboxEntry
    whose = entry.office_id.is_(None) if nobodys else entry.office_id == bindparam("office")
    mine = select(func.max(entry.turn)).where(is_waiting(entry), entry.priority == bindparam("rank"), whose)
    return Prepared(mine)


def _overtake(session: Session, chat_id: int, edits_id: int, now: datetime) -> None:
    """Edits of the same message that are still waiting need not be sent: the newer one says it all."""
    entry = OutboxEntry
    older = update(entry).where(is_waiting(entry), entry.chat_id == chat_id, entry.edits_id == edits_id)
    values = {"state": "dropped", "why": "overtaken by a newer edit", "ended_at": now}
    session.execute(older.values(values), execution_options={"synchronize_session": "fetch"})


def _reword_held(session: Session, outbox_id: int, message: Message, about: Sequence[Any]) -> bool:
    """A message still held for its hour is corrected before anybody saw it; `about` only where it is given."""
    entry = session.get(OutboxEntry, outbox_id, with_for_update=True, populate_existing=True)
    if entry is None or entry.state != "held" or len(pieces(message)) > 1:
        return False
    entry.payload = message.to_json()
    if about:
        entry.about = list(about)
    session.flush()
    return True
