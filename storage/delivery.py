"""Knows the courier's side of the outbox: what is claimed next, and what each outcome of sending does to its row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.checkpoints import Checkpoint, pass_by
from core.ports import BadMarkup, Moved, Outcome, Outgoing, SendError, TryAgain, Uncertain, Unreachable, Vanished
from core.rules.delivery import after_uncertain, back_off, without_markup
from core.words.message import Message
from storage.engine import Desk
from storage.leases import is_dead
from storage.locks import one_at_a_time
from storage.outbox import OutboxEntry, close_chat, is_claimed, is_held, is_open, is_waiting, lowest_turn, moved

LEASE = timedelta(seconds=120)

_CLOCK_SLACK = timedelta(seconds=30)
"""Clocks of several machines differ by so much at most."""
"""Longer than any send may take; a claim older than that belongs to a process that is gone."""

_RIPE_AT_ONCE = 5_000
_QUIET: dict[str, Any] = {"synchronize_session": False}

OnUnreachable = Callable[[Session, int, str], None]
OnMoved = Callable[[Session, int, int], None]


class DeskOutbox:
    """The outbox as the courier sees it (core.ports.OutboxDesk). Each call is one transaction.

    on_unreachable(session, chat_id, why) and on_moved(session, old, new) run in the transaction that records it.
    """

    def __init__(
        self,
        desk: Desk,
        who: str,
        on_unreachable: OnUnreachable | None = None,
        on_moved: OnMoved | None = None,
        checkpoint: Checkpoint = pass_by,
    ) -> None:
        self._desk = desk
        self._checkpoint = checkpoint
        self._who = who
        self._on_unreachable = on_unreachable
        self._on_moved = on_moved

    async def turn(
        self, outcomes: Sequence[Outcome], now: datetime, limit: int, exclude: Collection[int] = ()
    ) -> list[Outgoing]:
        """Records the outcomes and claims up to `limit` messages for other chats than `exclude`."""

        def work(session: Session) -> list[Outgoing]:
            self.settle(session, outcomes, now)
            if outcomes:
                self._checkpoint("confirm.written")
            claimed = claim(session, now, self._who, limit, exclude)
            if claimed:
                self._checkpoint("claim.written")
            return claimed

        claimed = await self._desk.run(work)
        if outcomes:
            self._checkpoint("confirm.done")
        if claimed:
            self._checkpoint("claim.done")
        return claimed

    async def recover(self, now: datetime) -> int:
        """Takes over what dead processes had in flight. Returns how many."""
        return await self._desk.run(lambda session: release_expired(session, now, self._who))

    async def recent(self, since: datetime) -> list[tuple[int, datetime]]:
        """(chat, time) of what may have been sent since then, so that limits hold across a restart."""
        return await self._desk.read(lambda session: recent(session, since))

    async def pending(self, now: datetime) -> bool:
        """True while something is in flight or could be claimed now."""
        return await self._desk.run(lambda session: pending(session, now))

    async def put_back_strays(self, flying: Collection[int]) -> int:
        """After storage trouble: what is claimed by us but not in flight waits again. Returns how many."""
        return await self._desk.run(lambda session: put_back_strays(session, self._who, flying))

    async def next_due(self) -> datetime | None:
        """When the next message that is held or in back-off falls due."""
        return await self._desk.read(next_due)

    def settle(self, session: Session, outcomes: Sequence[Outcome], now: datetime) -> None:
        confirm(session, [(o.outgoing.id, o.message_id) for o in outcomes if o.error is None], self._who, now)
        for outcome in outcomes:
            if outcome.error is not None:
                self._consequence(session, outcome.outgoing, outcome.error, now)

    def _consequence(self, session: Session, outgoing: Outgoing, error: SendError, now: datetime) -> None:
        entry = session.get(OutboxEntry, outgoing.id, with_for_update=True)
        if entry is None or entry.state != "claimed" or entry.claimed_by != self._who:
            return
        _unclaim(entry)
        match error:
            case TryAgain():
                wait = error.after if error.after is not None else back_off(entry.tries)
                entry.state, entry.not_before, entry.why = "waiting", now + timedelta(seconds=wait), str(error)
                entry.tries += 0 if error.everybody else 1
            case Uncertain():
                doubt(entry, str(error), now)
            case Unreachable():
                _end(entry, "failed", str(error), now)
                close_chat(session, entry.chat_id, str(error))
                if self._on_unreachable:
                    self._on_unreachable(session, entry.chat_id, str(error))
            case Moved():
                entry.state = "waiting"
                session.flush()
                moved(session, outgoing.chat_id, error.chat_id)
                if self._on_moved:
                    self._on_moved(session, outgoing.chat_id, error.chat_id)
            case Vanished():
                entry.state, entry.edit_message_id, entry.edits_id = "waiting", None, None
            case BadMarkup() if not entry.plain:
                entry.state, entry.plain, entry.why = "waiting", True, str(error)
            case _:
                _end(entry, "failed", str(error), now)
        session.flush()


def claim(session: Session, now: datetime, who: str, limit: int, exclude: Collection[int] = ()) -> list[Outgoing]:
    """The next messages: replies before bulk, offices in turn, one per chat at a time and in its order."""
    ripen(session, now)
    if limit <= 0:
        return []
    one_at_a_time(session, "outbox")
    entry = OutboxEntry
    query = _claimable(now).limit(limit).with_for_update(skip_locked=True)
    if exclude:
        query = query.where(entry.chat_id.not_in(exclude))
    rows = _one_per_chat(session.execute(query).all())
    if not rows:
        return []
    targets = _edit_targets(session, [row.edits_id for row in rows if row.edits_id])
    taken = update(entry).where(entry.id.in_([row.id for row in rows]))
    values = {"state": "claimed", "claimed_by": who, "claimed_at": now, "lease_until": now + LEASE, "not_before": None}
    session.execute(taken.values(values), execution_options=_QUIET)
    return [_outgoing(row, targets) for row in rows]


def ripen(session: Session, now: datetime) -> int:
    """Held messages whose time has come join the queue, office beside office. Returns how many."""
    entry = OutboxEntry
    due = and_(is_held(entry), entry.not_before <= now)
    if session.scalar(select(entry.id).where(due).limit(1)) is None:
        return 0
    few = select(entry.id).where(due).order_by(entry.not_before, entry.id).limit(_RIPE_AT_ONCE)
    rank = func.row_number().over(partition_by=(entry.office_id, entry.priority), order_by=entry.id)
    ranked = select(entry.id, rank.label("rank")).where(entry.id.in_(few.scalar_subquery())).subquery()
    bases = [(entry.priority == level, lowest_turn(session, level) + ranked.c.rank) for level in (1, 2)]
    change = update(entry).where(entry.id == ranked.c.id)
    values = {"state": "waiting", "not_before": None, "turn": case(*bases, else_=0)}
    return session.execute(change.values(values), execution_options=_QUIET).rowcount  # type: ignore[attr-defined]


def confirm(session: Session, sent: Sequence[tuple[int, int | None]], who: str, now: datetime) -> None:
    """Telegram took them. That holds even if another process had begun to doubt it."""
    if not sent:
        return
    table = OutboxEntry.__table__
    mine = or_(table.c.claimed_by == who, table.c.state == "uncertain", table.c.state == "waiting")
    change = (
        table.update()  # type: ignore[attr-defined]
        .where(table.c.id == bindparam("sent_id"), table.c.state != "sent", mine)
        .values(state="sent", ended_at=now, message_id=bindparam("said_as"), lease_until=None, why=None)
    )
    session.connection().execute(change, [{"sent_id": number, "said_as": said} for number, said in sent])


def release_expired(session: Session, now: datetime, who: str | None = None) -> int:
    """What a dead process had in flight may have arrived: it is in doubt, and the table says what follows."""
    _forget_future(session, now)
    rows = session.scalars(select(OutboxEntry).where(is_claimed(OutboxEntry)).with_for_update(skip_locked=True))
    freed = 0
    for entry in rows.all():
        if (entry.lease_until or now) > now and not (entry.claimed_by and is_dead(entry.claimed_by, who)):
            continue
        freed += 1
        _unclaim(entry)
        doubt(entry, "the process died while sending", now)
    return freed


def _forget_future(session: Session, now: datetime) -> None:
    """A back-off that began at a moment yet to come: the clock was set back, and nobody waits until it has caught up."""
    entry = OutboxEntry
    ahead = and_(is_waiting(entry), entry.not_before.is_not(None), entry.claimed_at > now + _CLOCK_SLACK)
    session.execute(update(entry).where(ahead).values(not_before=None), execution_options=_QUIET)


def doubt(entry: OutboxEntry, why: str, now: datetime) -> None:
    """It may have arrived. An edit can be repeated without harm; a message is said again once, with a mark, or not."""
    entry.doubted_at, entry.why = now, why
    if entry.edit_message_id is not None or (after_uncertain(entry.kind) == "again_marked" and not entry.repeated):
        entry.state, entry.not_before = "waiting", now + timedelta(seconds=back_off(entry.tries))
        entry.repeated = entry.edit_message_id is None
        entry.tries += 1
    else:
        _end(entry, "uncertain", why, now)


def recent(session: Session, since: datetime) -> list[tuple[int, datetime]]:
    """(chat, time) of everything that was or may have been sent since then."""
    entry = OutboxEntry
    ended = select(entry.chat_id, entry.ended_at).where(
        entry.state.in_(("sent", "uncertain", "failed")), entry.ended_at >= since
    )
    flying = select(entry.chat_id, entry.claimed_at).where(is_claimed(entry))
    doubted = select(entry.chat_id, entry.doubted_at).where(is_waiting(entry), entry.doubted_at >= since)
    return [(chat, at) for query in (ended, flying, doubted) for chat, at in session.execute(query) if at]


def next_due(session: Session) -> datetime | None:
    """When the next message that is held or in back-off falls due."""
    entry = OutboxEntry
    later = select(func.min(entry.not_before)).where(
        entry.not_before.is_not(None), entry.state.in_(("held", "waiting"))
    )
    return session.scalar(later)


def pending(session: Session, now: datetime) -> bool:
    """True while something is in flight or could be claimed now."""
    ripen(session, now)
    # One statement, one view: between two, PostgreSQL could let the last waiting message become the one in flight.
    flying = select(OutboxEntry.id).where(is_claimed(OutboxEntry)).exists()
    return bool(session.scalar(select(or_(flying, _claimable(now).order_by(None).exists()))))


def put_back_strays(session: Session, who: str, flying: Collection[int]) -> int:
    """Claims of this process that it knows nothing of (the answer to its commit was lost): surely not sent."""
    mine = select(OutboxEntry).where(is_claimed(OutboxEntry), OutboxEntry.claimed_by == who).with_for_update()
    strays = [entry for entry in session.scalars(mine) if entry.id not in flying]
    for entry in strays:
        _unclaim(entry)
        entry.state = "waiting"
    return len(strays)


def _claimable(now: datetime) -> Select[Any]:
    """Heads of their chats, in the order they are to be sent."""
    entry, other = OutboxEntry, aliased(OutboxEntry)
    earlier = and_(is_waiting(other), other.id < entry.id, other.priority <= entry.priority)
    before = and_(other.chat_id == entry.chat_id, is_open(other), or_(is_claimed(other), earlier))
    target = aliased(OutboxEntry)
    unsaid = select(target.id).where(target.id == entry.edits_id, target.state.in_(("waiting", "claimed"))).exists()
    return (
        select(entry.__table__)
        .where(is_waiting(entry), or_(entry.not_before.is_(None), entry.not_before <= now))
        .where(~select(other.id).where(before).exists(), or_(entry.edits_id.is_(None), ~unsaid))
        .order_by(entry.priority, entry.turn, entry.id)
    )


def _unclaim(entry: OutboxEntry) -> None:
    entry.claimed_by, entry.lease_until = None, None


def _end(entry: OutboxEntry, state: str, why: str, now: datetime) -> None:
    entry.state, entry.why, entry.ended_at = state, why, now


def _one_per_chat(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The first of each chat: a reply and a bulk message of one chat can both stand at the head of their class."""
    first: dict[int, Row[Any]] = {}
    for row in rows:
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
