"""Knows that what nobody asked for waits: for its reader's next opening if it missed their hours, for their return if they left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.rules.courtesy import KEEPS_HOURS
from core.rules.office import Office
from core.rules.own_hours import OwnHours, arrival
from storage.outbox import OutboxEntry, is_waiting
from storage.tables.people import PersonRow

AT_ONCE = 200
"""Messages of a closed office that are held in one transaction; the next turn goes on."""

_QUIET: dict[str, Any] = {"synchronize_session": False}

OfficeOf = Callable[[Session, int], Office]
HeldOver = Callable[[Session, int, Sequence[int], datetime], None]
"""(session, office, outbox rows, now): they were held for another day; their words may have to follow."""


class Row(Protocol):
    """What a waiting message tells of itself."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def edits_id(self) -> int | None: ...
    @property
    def edit_message_id(self) -> int | None: ...


class Hours:
    """Asked at every claim, so it remembers the offices for the minute."""

    def __init__(self, office_of: OfficeOf, held_over: HeldOver) -> None:
        self._office_of, self._held_over = office_of, held_over
        self._minute = ""
        self._offices: dict[int, tuple[Office, bool]] = {}

    def hold_late(self, session: Session, rows: Sequence[Row], now: datetime) -> set[int]:
        """Holds what of these rows may not leave now, and with it what else waits in an office that is closed.

        Returns the rows held. Whom nothing reaches gets what nobody asked for when they are back.
        """
        late = self._late(session, [row for row in rows if keeps_hours(row)], now)
        offices: dict[int, dict[int, datetime | None]] = {}
        for row in rows:
            if row.id in late and row.office_id is not None:
                offices.setdefault(row.office_id, {})[row.id] = late[row.id]
        for office_id, held in offices.items():
            if not self._offices[office_id][1]:
                held |= self._late(session, _others(session, office_id), now)
            for at in set(held.values()):
                _hold(session, [number for number, until in held.items() if until == at], at)
            self._held_over(session, office_id, list(held), now)
        return set(late)

    def _late(self, session: Session, rows: Sequence[Row], now: datetime) -> dict[int, datetime | None]:
        """{row: when it may reach its reader, None as long as nothing does}"""
        if not rows:
            return {}
        self._look_at(session, {row.office_id for row in rows if row.office_id is not None}, now)
        special = _special(session, {row.person_id for row in rows if row.person_id})
        out: dict[int, datetime | None] = {}
        for row in rows:
            office, is_open = self._offices[row.office_id or 0]
            own, gone = special.get(row.person_id or 0, (None, False))
            if gone:
                out[row.id] = None
            elif (not is_open or own) and (at := arrival(own, office, now)) > now:
                out[row.id] = at
        return out

    def _look_at(self, session: Session, offices: set[int], now: datetime) -> None:
        if (minute := f"{now:%Y-%m-%dT%H:%M}") != self._minute:
            self._minute = minute
            self._offices.clear()
        for office_id in offices - self._offices.keys():
            office = self._office_of(session, office_id)
            self._offices[office_id] = office, office.hours.is_open(now, office.calendar)


def _special(session: Session, people: set[int]) -> dict[int, tuple[OwnHours | None, bool]]:
    """Of these people those with hours of their own, and those whom nothing reaches."""
    if not people:
        return {}
    row = PersonRow
    query = select(row.id, row.hours, row.unreachable).where(
        row.id.in_(people), or_(row.hours.is_not(None), row.unreachable.is_not(None))
    )
    found = session.execute(query)
    return {number: (OwnHours.from_data(own) if own else None, bool(gone)) for number, own, gone in found}


def keeps_hours(row: Row) -> bool:
    """Whether it waits for its reader's hours: an edit makes no sound, and what is begun is said to its end."""
    silent = row.edits_id is not None or row.edit_message_id is not None
    return row.kind in KEEPS_HOURS and row.office_id is not None and not silent and "/" not in row.key


def _others(session: Session, office_id: int) -> Sequence[Row]:
    """What else of the office waits to be said and keeps hours."""
    entry = OutboxEntry
    columns = entry.id, entry.key, entry.kind, entry.office_id, entry.person_id, entry.edits_id, entry.edit_message_id
    query = select(*columns).where(is_waiting(entry), entry.office_id == office_id, entry.kind.in_(KEEPS_HOURS))
    whole = query.where(entry.edits_id.is_(None), entry.edit_message_id.is_(None), ~entry.key.contains("/"))
    return session.execute(whole.order_by(entry.id).limit(AT_ONCE)).all()


def _hold(session: Session, numbers: Sequence[int], until: datetime | None) -> None:
    """They wait, and behind them their further parts and whatever edits them."""
    entry = OutboxEntry
    held = {"state": "held", "not_before": until, "turn": 0}
    session.execute(
        update(entry).where(is_waiting(entry), entry.id.in_(numbers)).values(held), execution_options=_QUIET
    )
    edits = update(entry).where(is_waiting(entry), entry.edits_id.in_(numbers))
    session.execute(edits.values(held), execution_options=_QUIET)
    for key, chat_id in session.execute(select(entry.key, entry.chat_id).where(entry.id.in_(numbers))):
        parts = is_waiting(entry), entry.chat_id == chat_id, entry.key.startswith(f"{key}/", autoescape=True)
        session.execute(update(entry).where(*parts).values(held), execution_options=_QUIET)
