"""Knows every update that arrived: kept before Telegram is told, claimed in order per chat, done with its effects."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from core.ports import ClaimLost
from storage.base import Base, Moment
from storage.inserting import insert_new
from storage.leases import holds
from storage.locks import one_at_a_time
from storage.prepared import Prepared, carry_out
from storage.prepared import rows as found_by

LEASE = timedelta(seconds=60)
"""How long a claim holds without news of its process."""

TRIES = 4
"""So often is an update handled before it is set aside."""

DEATHS = 25
"""So often may a process die over an update before the update is blamed."""

_BACK_OFF = (1, 5, 30)
"""Seconds before the second, third and fourth try; the chat's later updates wait as well, or order would be lost."""

READING = "reading"
"""In hand like a claimed one, but its file takes long to read: what its chat said behind it is handled meanwhile."""

_OPEN = text("state IN ('waiting', 'claimed')")
_READ = text(f"state = '{READING}'")
_ENDED = text("done_at IS NOT NULL")
_NEW = {"state": "waiting", "tries": 0, "deaths": 0}


class InboxEntry(Base):
    """state: waiting -> claimed (-> reading) -> done, or aside after too many tries."""

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    deaths: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text, default=None)
    not_before: Mapped[datetime | None] = mapped_column(Moment, default=None)
    claimed_by: Mapped[str | None] = mapped_column(String(128), default=None)
    lease_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    done_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    __table_args__ = (
        Index("ix_inbox_open", "chat_id", "update_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_inbox_queue", "update_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_inbox_reading", "update_id", sqlite_where=_READ, postgresql_where=_READ),
        Index("ix_inbox_ended", "state", "done_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
    )


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A claimed update. `tries` counts this one; `deaths`, how many processes ended over it."""

    update_id: int
    chat_id: int
    payload: str
    received_at: datetime
    tries: int
    deaths: int = 0

    @property
    def update(self) -> dict[str, Any]:
        """The update as Telegram sent it."""
        return json.loads(self.payload)


def keep(session: Session, updates: Iterable[tuple[int, int, str]], now: datetime) -> int:
    """Keeps (update_id, chat_id, payload) rows. Returns how many were new: what came before has no second effect."""
    rows = [
        {"update_id": number, "chat_id": chat, "payload": payload, "received_at": now} | _NEW
        for number, chat, payload in updates
    ]
    if not rows:
        return 0
    numbers = [row["update_id"] for row in rows]
    known = {row.update_id for row in found_by(session, _known(), {"numbers": numbers})}
    fresh = {row["update_id"]: row for row in rows if row["update_id"] not in known}
    if fresh:
        insert_new(session, InboxEntry, list(fresh.values()))
    return len(fresh)


def claim(session: Session, now: datetime, who: str, limit: int) -> list[InboxRow]:
    """The oldest waiting updates, at most one per chat and none of a chat with one in flight or in back-off."""
    if limit <= 0:
        return []
    one_at_a_time(session, "inbox")
    found = found_by(session, _heads(), {"now": now, "most": limit})
    if found:
        carry_out(session, _take(), {"taken": [f.update_id for f in found], "who": who, "until": now + LEASE})
    return [InboxRow(f.update_id, f.chat_id, f.payload, f.received_at, f.tries + 1, f.deaths) for f in found]


def any_waiting(session: Session) -> bool:
    """Whether any update waits: for its chat, its back-off or a free place."""
    return bool(found_by(session, _first_waiting(), {}))


def done(session: Session, update_id: int, now: datetime, who: str | None = None) -> None:
    """The update is handled; call it in the transaction that holds its effects.

    Raises ClaimLost when the row is no longer claimed (by `who`, if given): then nothing of it may be committed.
    """
    values = {"of": update_id, "at": now} | ({} if who is None else {"who": who})
    if carry_out(session, _done(who is not None), values) != 1:
        raise ClaimLost(f"update {update_id}")


def failed(session: Session, update_id: int, error: str, now: datetime) -> bool:
    """Handling raised: the update waits for another try, or is set aside with its error after four. True if aside."""
    entry = session.get(InboxEntry, update_id)
    if entry is None or entry.state not in ("claimed", READING):
        return False
    entry.error, entry.claimed_by, entry.lease_until = error[:2000], None, None
    if entry.tries >= TRIES:
        entry.state, entry.done_at = "aside", now
        return True
    entry.state = "waiting"
    entry.not_before = now + timedelta(seconds=_BACK_OFF[max(entry.tries, 1) - 1])
    return False


def step_aside(session: Session, update_id: int, who: str) -> bool:
    """The file of a claimed update takes long to read: its chat goes on. False if the claim is no longer ours."""
    row = InboxEntry
    mine = update(row).where(row.update_id == update_id, row.state == "claimed", row.claimed_by == who)
    done = session.execute(mine.values(state=READING), execution_options={"synchronize_session": False})
    return bool(done.rowcount)  # type: ignore[attr-defined]


def put_back(session: Session, update_ids: Sequence[int], not_before: datetime | None = None) -> None:
    """Claimed but not begun, or stopped by trouble that isn't the update's fault: it waits again, the try uncounted."""
    session.execute(
        update(InboxEntry)
        .where(InboxEntry.update_id.in_(update_ids), is_in_hand(InboxEntry))
        .values(state="waiting", tries=InboxEntry.tries - 1, claimed_by=None, lease_until=None, not_before=not_before),
        execution_options={"synchronize_session": False},
    )


def again(session: Session, update_id: int | None = None) -> int:
    """What was set aside gets another round, after its cause was mended: one update, or all. Returns how many."""
    row = InboxEntry
    aside = update(row).where(row.state == "aside")
    if update_id is not None:
        aside = aside.where(row.update_id == update_id)
    done = session.execute(
        aside.values(state="waiting", tries=0, deaths=0, done_at=None, not_before=None),
        execution_options={"synchronize_session": False},
    )
    return done.rowcount  # type: ignore[attr-defined]


def release_expired(
    session: Session, now: datetime, who: str | None = None, aside: Callable[[InboxRow], None] = lambda row: None
) -> int:
    """Takes over the claims of processes whose lease ended or that surely died. Returns how many.

    `aside` is called with each that is set aside because too many died over it.
    """
    # No back-off is that long: the clock was set back, and nobody waits until it has caught up.
    ahead = and_(is_open(InboxEntry), InboxEntry.state == "waiting", InboxEntry.not_before > now + LEASE)
    session.execute(update(InboxEntry).where(ahead).values(not_before=None))
    freed = 0
    for entry in _in_hand(session):
        if holds(entry.claimed_by, entry.lease_until, LEASE, now, who):
            continue
        freed += 1
        entry.state, entry.claimed_by, entry.lease_until = "waiting", None, None
        entry.tries, entry.deaths = entry.tries - 1, entry.deaths + 1  # a death is not an error of the update
        if entry.deaths >= DEATHS:
            entry.state, entry.done_at = "aside", now
            entry.error = f"the process died {entry.deaths} times while handling it"
            aside(InboxRow(entry.update_id, entry.chat_id, entry.payload, entry.received_at, entry.tries))
    return freed


def extend(session: Session, update_ids: Sequence[int], now: datetime) -> None:
    """They are being worked on: their claims hold for another lease."""
    session.execute(
        update(InboxEntry)
        .where(InboxEntry.update_id.in_(update_ids), is_in_hand(InboxEntry))
        .values(lease_until=now + LEASE),
        execution_options={"synchronize_session": False},
    )


def put_back_strays(session: Session, who: str, working_on: Collection[int]) -> int:
    """Claims of this process that it doesn't work on (a commit whose answer was lost): they wait. Returns how many."""
    mine = [entry.update_id for entry in _in_hand(session) if entry.claimed_by == who]
    strays = [number for number in mine if number not in working_on]
    put_back(session, strays)
    return len(strays)


def next_due(session: Session) -> datetime | None:
    """When the earliest update in back-off may be tried again."""
    return session.scalar(
        select(func.min(InboxEntry.not_before)).where(is_open(InboxEntry), InboxEntry.state == "waiting")
    )


def counts(session: Session) -> dict[str, int]:
    """How many updates wait, are claimed, are being read, and are set aside."""
    rows = session.execute(
        select(InboxEntry.state, func.count()).where(InboxEntry.state != "done").group_by(InboxEntry.state)
    )
    return {"waiting": 0, "claimed": 0, READING: 0, "aside": 0} | {row[0]: row[1] for row in rows}


def oldest_waiting(session: Session) -> datetime | None:
    """When the update that waits longest was received."""
    return session.scalar(select(func.min(InboxEntry.received_at)).where(is_open(InboxEntry)))


def set_aside(session: Session, limit: int = 50) -> list[InboxEntry]:
    """The updates that could not be handled, newest first."""
    query = select(InboxEntry).where(InboxEntry.state == "aside").order_by(InboxEntry.update_id.desc())
    return list(session.scalars(query.limit(limit)))


def prune(session: Session, now: datetime, limit: int = 5_000) -> int:
    """Forgets the words of updates done 30 days ago, and after 60 days their numbers too. At most `limit` a call.

    Telegram delivers an update again for a day at most, so that a number kept for 60 days is enough.
    """
    month, two = now - timedelta(days=30), now - timedelta(days=60)
    old = select(InboxEntry.update_id).where(InboxEntry.state == "done", InboxEntry.done_at < month)
    wordy = old.where(InboxEntry.payload != "").limit(limit)
    stale = select(InboxEntry.update_id).where(InboxEntry.state == "done", InboxEntry.done_at < two).limit(limit)
    quiet: dict[str, Any] = {"synchronize_session": False}
    gone = session.execute(
        delete(InboxEntry).where(InboxEntry.update_id.in_(stale.scalar_subquery())), execution_options=quiet
    )
    emptied = session.execute(
        update(InboxEntry).where(InboxEntry.update_id.in_(wordy.scalar_subquery())).values(payload=""),
        execution_options=quiet,
    )
    return gone.rowcount + emptied.rowcount  # type: ignore[attr-defined]


def is_open(entry: Any) -> Any:
    """Written as literals, because SQLite uses the index of open rows only for the very words of its condition."""
    return entry.state.in_([literal_column("'waiting'"), literal_column("'claimed'")])


def is_in_hand(entry: Any) -> Any:
    """Claimed, or being read."""
    return entry.state.in_([literal_column("'claimed'"), literal_column(f"'{READING}'")])


def _in_hand(session: Session) -> list[InboxEntry]:
    """All that processes have in hand and nobody changes just now; each of the two kinds stands in an index of its own."""
    row = InboxEntry
    kinds = and_(is_open(row), row.state == "claimed"), row.state == literal_column(f"'{READING}'")
    return [
        entry for kind in kinds for entry in session.scalars(select(row).where(kind).with_for_update(skip_locked=True))
    ]


# Built once, for every update costs one of each: making a statement anew costs more than carrying it out.


@cache
def _known() -> Prepared:
    return Prepared(select(InboxEntry.update_id).where(InboxEntry.update_id.in_(bindparam("numbers", expanding=True))))


@cache
def _heads() -> Prepared:
    """The oldest update of each chat that may be handled `now`, at most `most`."""
    row, other = InboxEntry, aliased(InboxEntry)
    before = and_(
        other.chat_id == row.chat_id,
        or_(other.state == "claimed", and_(other.state == "waiting", other.update_id < row.update_id)),
        is_open(other),
    )
    return Prepared(
        select(row.update_id, row.chat_id, row.payload, row.received_at, row.tries, row.deaths)
        .where(row.state == "waiting", is_open(row))
        .where(or_(row.not_before.is_(None), row.not_before <= bindparam("now", type_=Moment)))
        .where(~select(other.update_id).where(before).exists())
        .order_by(row.update_id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=row)
    )


@cache
def _first_waiting() -> Prepared:
    row = InboxEntry
    return Prepared(select(row.update_id).where(row.state == "waiting", is_open(row)).limit(1))


@cache
def _take() -> Prepared:
    row = InboxEntry
    mine = update(row.__table__).where(row.update_id.in_(bindparam("taken", expanding=True)))  # type: ignore[arg-type]
    lease = {"claimed_by": bindparam("who"), "lease_until": bindparam("until", type_=Moment)}
    return Prepared(mine.values(state="claimed", tries=row.tries + 1, not_before=None, **lease))


@cache
def _done(named: bool) -> Prepared:
    row = InboxEntry
    mine = update(row.__table__).where(row.update_id == bindparam("of"), is_in_hand(row))  # type: ignore[arg-type]
    if named:
        mine = mine.where(row.claimed_by == bindparam("who"))
    return Prepared(mine.values(state="done", done_at=bindparam("at", type_=Moment), error=None, lease_until=None))
