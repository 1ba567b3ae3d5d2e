"""Knows how messages are claimed to be sent, and confirmed: replies before bulk, offices in turn, chats in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from core.ports import Outgoing
from core.rules.delivery import without_markup
from core.words.message import Message
from storage.base import Moment
from storage.hours import Hours
from storage.locks import one_at_a_time
from storage.outbox import DRAWING, OutboxEntry, is_claimed, is_held, is_in_hand, is_open, is_waiting, lowest_turn
from storage.prepared import Prepared, carry_out, carry_out_each, rows

LEASE = timedelta(seconds=120)
"""Longer than any send may take; a claim older than that belongs to a process that is gone, for a living one keeps it."""

_NEEDED = (
    "id", "key", "office_id", "person_id", "chat_id", "kind", "payload", "topic_id", "reply_to", "edit_message_id",
    "edits_id", "tries", "repeated", "plain",
)  # fmt: skip

_RIPE_AT_ONCE = 5_000
_LATE_AT_ONCE = 5
"""Times that one turn looks behind messages that came too late for today."""
_QUIET: dict[str, Any] = {"synchronize_session": False}


def claim(
    session: Session,
    now: datetime,
    who: str,
    limit: int,
    exclude: Collection[int] = (),
    hours: Hours | None = None,
) -> list[Outgoing]:
    """The next messages: replies before bulk, offices in turn, one per chat at a time and in its order.

    `hours`: what is too late for today is held instead. Call `ripen` before, so that what was held takes part.
    """
    if limit <= 0:
        return []
    one_at_a_time(session, "outbox")
    query, values = (_heads_elsewhere(), {"closed": list(exclude)}) if exclude else (_heads(), {})
    for _ in range(_LATE_AT_ONCE):
        heads = _one_per_chat(rows(session, query, {"now": now, "most": limit, **values}))
        late = hours.hold_late(session, heads, now) if hours else set()
        heads = [row for row in heads if row.id not in late]
        if heads or not late:
            break
    if not heads:
        return []
    targets = _edit_targets(session, [row.edits_id for row in heads if row.edits_id])
    taken = {"taken": [row.id for row in heads], "who": who, "at": now, "until": now + LEASE}
    carry_out(session, _take(), taken)
    return [_outgoing(row, targets) for row in heads]


def ripen(session: Session, now: datetime) -> None:
    """Held messages whose time has come join the queue, office beside office."""
    if not rows(session, _first_ripe(), {"now": now}):
        return
    entry = OutboxEntry
    ripe = and_(is_held(entry), entry.not_before <= now)
    few = select(entry.id).where(ripe).order_by(entry.not_before, entry.id).limit(_RIPE_AT_ONCE)
    rank = func.row_number().over(partition_by=(entry.office_id, entry.priority), order_by=entry.id)
    ranked = select(entry.id, rank.label("rank")).where(entry.id.in_(few.scalar_subquery())).subquery()
    bases = [(entry.priority == level, lowest_turn(session, level) + ranked.c.rank) for level in (1, 2)]
    # Asked again of the row itself: on PostgreSQL another process may have let it go since the list was made.
    change = update(entry).where(entry.id == ranked.c.id, is_held(entry))
    values = {"state": "waiting", "not_before": None, "turn": case(*bases, else_=0)}
    session.execute(change.values(values), execution_options=_QUIET)


def next_due(session: Session) -> datetime | None:
    """When the next message that is held or in back-off falls due."""
    due: datetime | None = rows(session, _next_due(), {})[0][0]
    return due


def confirm(session: Session, sent: Sequence[tuple[int, int | None]], who: str, now: datetime) -> None:
    """Telegram took them. That holds even if another process had begun to doubt it."""
    if sent:
        carry_out_each(
            session, _confirmed(), [{"sent_id": n, "said_as": said, "who": who, "at": now} for n, said in sent]
        )


def keep_claims(session: Session, ids: Collection[int], who: str, now: datetime) -> None:
    """What this process still has in hand (a large paper being drawn) is no dead process's."""
    entry = OutboxEntry
    mine = update(entry).where(is_in_hand(entry), entry.claimed_by == who, entry.id.in_(ids))
    if ids:
        session.execute(mine.values(lease_until=now + LEASE), execution_options=_QUIET)


def pending(session: Session, now: datetime) -> bool:
    """True while something is in flight or could be claimed now."""
    ripen(session, now)
    # One statement, one view: between two, PostgreSQL could let the last waiting message become the one in flight.
    flying = select(OutboxEntry.id).where(is_in_hand(OutboxEntry)).exists()
    ready = _claimable().with_only_columns(OutboxEntry.id).exists()
    return bool(session.scalar(select(or_(flying, ready)), {"now": now}))


def _claimable() -> Select[Any]:
    """Heads of their chats at the moment `now`."""
    entry, other = OutboxEntry, aliased(OutboxEntry)
    earlier = and_(is_waiting(other), other.id < entry.id, other.priority <= entry.priority)
    before = and_(other.chat_id == entry.chat_id, is_open(other), or_(is_claimed(other), earlier))
    target = aliased(OutboxEntry)
    unsaid = (
        select(target.id).where(target.id == entry.edits_id, target.state.in_(("waiting", "claimed", DRAWING))).exists()
    )
    columns = OutboxEntry.__table__.c
    return (
        select(*(columns[name] for name in _NEEDED))
        .where(is_waiting(entry), or_(entry.not_before.is_(None), entry.not_before <= bindparam("now", type_=Moment)))
        .where(~select(other.id).where(before).exists(), or_(entry.edits_id.is_(None), ~unsaid))
    )


# The statements of a turn are built once: making them anew cost more than carrying them out.


@cache
def _next_due() -> Prepared:
    entry = OutboxEntry
    kept = entry.state.in_([literal_column("'held'"), literal_column("'waiting'")])
    return Prepared(select(func.min(entry.not_before)).where(entry.not_before.is_not(None), kept))


@cache
def _first_ripe() -> Prepared:
    entry = OutboxEntry
    return Prepared(select(entry.id).where(is_held(entry), entry.not_before <= bindparam("now", type_=Moment)).limit(1))


@cache
def _heads() -> Prepared:
    """Up to `most` heads in the order they are to be sent."""
    return Prepared(_first_heads())


def _first_heads() -> Select[Any]:
    entry = OutboxEntry
    ordered = _claimable().order_by(entry.priority, entry.turn, entry.id)
    return ordered.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True, of=entry)


@cache
def _heads_elsewhere() -> Prepared:
    """`_heads` of other chats than `closed`."""
    return Prepared(_first_heads().where(OutboxEntry.chat_id.not_in(bindparam("closed", expanding=True))))


@cache
def _take() -> Prepared:
    entry = OutboxEntry
    moments = {"claimed_at": bindparam("at", type_=Moment), "lease_until": bindparam("until", type_=Moment)}
    mine = update(entry.__table__).where(entry.id.in_(bindparam("taken", expanding=True)))  # type: ignore[arg-type]
    return Prepared(mine.values(state="claimed", claimed_by=bindparam("who"), not_before=None, **moments))


@cache
def _confirmed() -> Prepared:
    entry = OutboxEntry
    mine = or_(entry.claimed_by == bindparam("who"), entry.state == "uncertain", entry.state == "waiting")
    done = {"ended_at": bindparam("at", type_=Moment), "message_id": bindparam("said_as", type_=BigInteger)}
    one = update(entry.__table__).where(entry.id == bindparam("sent_id"), entry.state != "sent", mine)  # type: ignore[arg-type]
    return Prepared(one.values(state="sent", lease_until=None, why=None, **done))


def _one_per_chat(found: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The first of each chat: a reply and a bulk message of one chat can both stand at the head of their class."""
    first: dict[int, Row[Any]] = {}
    for row in found:
        first.setdefault(row.chat_id, row)
    return list(first.values())


def _edit_targets(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """The message numbers of what was said by these rows."""
    if not ids:
        return {}
    query = select(OutboxEntry.id, OutboxEntry.message_id).where(OutboxEntry.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _outgoing(row: Row[Any], targets: dict[int, int | None]) -> Outgoing:
    message = Message.from_json(row.payload)
    return Outgoing(
        id=row.id,
        office_id=row.office_id,
        chat_id=row.chat_id,
        kind=row.kind,
        message=without_markup(message) if row.plain else message,
        topic_id=row.topic_id,
        reply_to=row.reply_to,
        edit_message_id=row.edit_message_id or targets.get(row.edits_id),
        attempt=row.tries + 1,
        repeated=row.repeated,
    )
