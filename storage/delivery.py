"""Knows the courier's side of the outbox: turns, and what each outcome of sending does to its row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from core.checkpoints import Checkpoint, pass_by
from core.ports import BadMarkup, Clock, Moved, Outcome, Outgoing, SendError, TryAgain, Uncertain, Unreachable, Vanished
from core.rules.delivery import after_uncertain, back_off
from storage.claims import LEASE, claim, confirm, keep_claims, next_due, pending, ripen
from storage.engine import Desk
from storage.hours import Hours
from storage.leases import CLOCK_SLACK, holds
from storage.outbox import DRAWING, OutboxEntry, close_chat, is_claimed, is_in_hand, is_waiting, moved

_QUIET: dict[str, Any] = {"synchronize_session": False}

OnUnreachable = Callable[[Session, int, str], None]
OnMoved = Callable[[Session, int, int], None]


class DeskOutbox:
    """The outbox as the courier sees it (core.ports.OutboxDesk). Each call is one transaction.

    on_unreachable(session, chat_id, why) and on_moved(session, old, new) run in the transaction that records it; `hours`
    holds what is too late for today.
    """

    def __init__(
        self,
        desk: Desk,
        who: str,
        on_unreachable: OnUnreachable | None = None,
        on_moved: OnMoved | None = None,
        checkpoint: Checkpoint = pass_by,
        hours: Hours | None = None,
    ) -> None:
        self._desk = desk
        self._checkpoint = checkpoint
        self._who = who
        self._on_unreachable = on_unreachable
        self._on_moved = on_moved
        self._hours = hours
        self._due: datetime | None = None
        """When the next message falls due, as the last turn saw it; whoever puts one afterwards wakes the courier."""

    async def turn(
        self, outcomes: Sequence[Outcome], now: datetime, limit: int, exclude: Collection[int] = ()
    ) -> list[Outgoing]:
        """Records the outcomes and claims up to `limit` messages for other chats than `exclude`."""

        def work(session: Session) -> tuple[list[Outgoing], datetime | None]:
            self.settle(session, outcomes, now)
            if outcomes:
                self._checkpoint("confirm.written")
            ripen(session, now)
            claimed = claim(session, now, self._who, limit, exclude, self._hours)
            due = None if claimed else next_due(session)  # after a flight comes another turn
            if claimed:
                self._checkpoint("claim.written")
            return claimed, due

        claimed, self._due = await self._desk.run(work, soon=True)
        if outcomes:
            self._checkpoint("confirm.done")
        if claimed:
            self._checkpoint("claim.done")
        return claimed

    async def recover(self, clock: Clock, flying: Collection[int] = ()) -> int:
        """Takes over what dead processes had in flight; keeps the claims of what this one has. Returns how many."""

        def work(session: Session) -> int:
            now = clock.now()  # only here: see storage.duty
            keep_claims(session, flying, self._who, now)
            return release_expired(session, now, self._who)

        return await self._desk.run(work)

    async def recent(self, since: datetime) -> list[tuple[int, datetime]]:
        """(chat, time) of what may have been sent since then, so that limits hold across a restart."""
        return await self._desk.read(lambda session: recent(session, since))

    async def pending(self, now: datetime) -> bool:
        """True while something is in flight or could be claimed now."""
        return await self._desk.run(lambda session: pending(session, now))

    async def put_back_strays(self, flying: Collection[int]) -> int:
        """After storage trouble: what is claimed by us but not in flight waits again. Returns how many."""
        return await self._desk.run(lambda session: put_back_strays(session, self._who, flying))

    async def set_aside(self, number: int, now: datetime) -> bool:
        """The paper of a claimed message is being drawn: others of its chat may be said. False if it isn't ours."""
        return await self._desk.run(lambda session: set_aside(session, number, self._who, now), together=True)

    async def back_in_turn(self, number: int) -> bool:
        """It is drawn and waits to be sent. False if it was taken back meanwhile."""
        return await self._desk.run(lambda session: back_in_turn(session, number, self._who), together=True)

    def due_after_turn(self) -> datetime | None:
        """When the next message that is held or in back-off falls due, as the last turn saw it."""
        return self._due

    async def next_due(self) -> datetime | None:
        """The same, asked now."""
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


def set_aside(session: Session, number: int, who: str, now: datetime) -> bool:
    """Its claim goes on, but not its place in the chat."""
    entry = OutboxEntry
    mine = update(entry).where(entry.id == number, is_claimed(entry), entry.claimed_by == who)
    values = {"state": DRAWING, "lease_until": now + LEASE}
    return bool(session.execute(mine.values(values), execution_options=_QUIET).rowcount)  # type: ignore[attr-defined]


def back_in_turn(session: Session, number: int, who: str) -> bool:
    entry = OutboxEntry
    mine = update(entry).where(entry.id == number, entry.state == DRAWING, entry.claimed_by == who)
    values = {"state": "waiting", "claimed_by": None, "lease_until": None}
    return bool(session.execute(mine.values(values), execution_options=_QUIET).rowcount)  # type: ignore[attr-defined]


def release_expired(session: Session, now: datetime, who: str | None = None) -> int:
    """What a dead process had in flight may have arrived: it is in doubt, and the table says what follows.

    What it was still drawing has surely not arrived: it waits again, and whoever claims it draws it anew.
    """
    _forget_future(session, now)
    rows = session.scalars(select(OutboxEntry).where(is_in_hand(OutboxEntry)).with_for_update(skip_locked=True))
    freed = 0
    for entry in rows.all():
        if holds(entry.claimed_by, entry.lease_until, LEASE, now, who):
            continue
        freed += 1
        drawing = entry.state == DRAWING
        _unclaim(entry)
        if drawing:
            entry.state, entry.tries = "waiting", entry.tries + 1
        else:
            doubt(entry, "the process died while sending", now)
    return freed


def _forget_future(session: Session, now: datetime) -> None:
    """A back-off that began at a moment yet to come: the clock was set back, and nobody waits until it has caught up."""
    entry = OutboxEntry
    ahead = and_(is_waiting(entry), entry.not_before.is_not(None), entry.claimed_at > now + CLOCK_SLACK)
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
    flying = select(entry.chat_id, entry.claimed_at).where(is_in_hand(entry), is_claimed(entry))
    doubted = select(entry.chat_id, entry.doubted_at).where(is_waiting(entry), entry.doubted_at >= since)
    return [(chat, at) for query in (ended, flying, doubted) for chat, at in session.execute(query) if at]


def put_back_strays(session: Session, who: str, flying: Collection[int]) -> int:
    """Claims of this process that it knows nothing of (the answer to its commit was lost): surely not sent."""
    mine = select(OutboxEntry).where(is_in_hand(OutboxEntry), OutboxEntry.claimed_by == who).with_for_update()
    strays = [entry for entry in session.scalars(mine) if entry.id not in flying]
    for entry in strays:
        _unclaim(entry)
        entry.state = "waiting"
    return len(strays)


def _unclaim(entry: OutboxEntry) -> None:
    entry.claimed_by, entry.lease_until = None, None


def _end(entry: OutboxEntry, state: str, why: str, now: datetime) -> None:
    entry.state, entry.why, entry.ended_at = state, why, now
