"""Knows what of an office's messages and updates came to no good end, for its daily note and for the auditor."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, union
from sqlalchemy.orm import Session, aliased

from core.rules.delivery import BULK, after_uncertain
from core.rules.obligations import State
from core.rules.watch import LONG, MOST_DOUBTS, Doubt, Trouble
from storage import inbox, outbox, pulse
from storage.absences import still_open
from storage.handovers import SqlHandovers
from storage.inbox import InboxEntry
from storage.outbox import OutboxEntry
from storage.tables.groups import GroupRow
from storage.tables.obligations import ObligationRow
from storage.tables.offices import EventRow, OfficeRow
from storage.tables.people import AbsenceRow, HandoverRow, PersonRow, PostRow

_REFUSED = 9
"""Tries that take about ten minutes (core.rules.delivery.back_off)."""


_MENDED = ("nudge_mended", "rung_mended")
"""Events of core.cases.audit."""


class SqlWatch:
    """core.work.Watch on SQLAlchemy."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id
        self._handovers = SqlHandovers(session, office_id)

    def trouble(self, since: datetime, now: datetime) -> Trouble:
        counts = outbox.counts(self._session, since, self._office_id)
        return Trouble(
            since,
            sent=counts["sent"],
            failed=counts["failed"],
            uncertain=counts["uncertain"],
            held=counts["held"],
            aside=self._aside(since),
            stuck=self._stuck(now),
            mended=self._mended(since),
            lost=self._lost(since),
            lapsed=tuple(handover.person for handover in self._handovers.lapsed_since(since)),
            down=tuple(pulse.downtimes(self._session, since)),
            doubts=tuple(self.doubts()),
        )

    def doubts(self) -> list[Doubt]:
        """What a person has to decide about, oldest first."""
        entry = OutboxEntry
        query = select(entry).where(entry.office_id == self._office_id, entry.state == "uncertain")
        rows = [row for row in self._session.scalars(query.order_by(entry.id)) if after_uncertain(row.kind) == "ask"]
        return [Doubt(row.id, row.kind, self._where(row), row.ended_at or row.created_at) for row in rows[:MOST_DOUBTS]]

    def decide(self, outbox_id: int, again: bool, now: datetime) -> bool:
        """False if it is settled, or another office's."""
        entry = self._session.get(OutboxEntry, outbox_id)
        if entry is None or entry.office_id != self._office_id:
            return False
        return outbox.decide(self._session, outbox_id, again, now)

    def nudged_about(self, since: datetime) -> set[int]:
        """The obligations that reminders written since then are about, whatever became of them."""
        entry = OutboxEntry
        query = select(entry.about).where(
            entry.office_id == self._office_id, entry.kind == "nudge", entry.created_at >= since
        )
        return {number for about in self._session.scalars(query) for number in about}

    def silent(self, first: date) -> list[int]:
        """Open obligations due from that day on of which no next reminder is known."""
        row = ObligationRow
        query = select(row.id).where(
            row.office_id == self._office_id,
            row.state == literal_column("'open'"),
            row.next_nudge_on.is_(None),
            func.coalesce(row.agreed_due, row.due) >= first,
        )
        return list(self._session.scalars(query))

    def _aside(self, since: datetime) -> int:
        query = select(func.count()).where(InboxEntry.state == "aside", InboxEntry.done_at >= since, self._ours())
        return self._session.scalar(query) or 0

    def _stuck(self, now: datetime) -> int:
        unhandled = select(func.count()).where(_unhandled(now - LONG), self._ours())
        unsent = select(func.count()).where(_unsent(now - LONG), OutboxEntry.office_id == self._office_id)
        return (self._session.scalar(unhandled) or 0) + (self._session.scalar(unsent) or 0)

    def _mended(self, since: datetime) -> int:
        row = EventRow
        query = select(func.count()).where(row.office_id == self._office_id, row.what.in_(_MENDED), row.at > since)
        return self._session.scalar(query) or 0

    def _ours(self) -> ColumnElement[bool]:
        people = select(PersonRow.chat_id).where(PersonRow.office_id == self._office_id)
        groups = select(GroupRow.chat_id).where(GroupRow.office_id == self._office_id)
        return or_(InboxEntry.chat_id.in_(people), InboxEntry.chat_id.in_(groups))

    def _lost(self, since: datetime) -> tuple[str, ...]:
        row = PersonRow
        query = select(row.name).where(row.office_id == self._office_id, row.unreachable_at >= since)
        return tuple(self._session.scalars(query.order_by(row.unreachable_at)))

    def _where(self, entry: OutboxEntry) -> str:
        group = select(GroupRow.title).where(GroupRow.office_id == self._office_id, GroupRow.chat_id == entry.chat_id)
        if title := self._session.scalar(group.order_by(GroupRow.id.desc()).limit(1)):
            return title
        person = select(PersonRow.name).where(
            PersonRow.office_id == self._office_id, PersonRow.chat_id == entry.chat_id
        )
        return self._session.scalar(person.limit(1)) or str(entry.chat_id)


def offices_in_trouble(session: Session, since: datetime, now: datetime) -> set[int]:
    """The offices of which something is to be told: few, so that a country's worth of quiet ones costs nothing."""
    entry = OutboxEntry
    ended = select(entry.office_id).where(entry.state.in_(("failed", "uncertain")), entry.ended_at >= since)
    found = {number for number in session.scalars(ended.distinct()) if number is not None}
    found.update(session.scalars(select(PersonRow.office_id).where(PersonRow.unreachable_at >= since).distinct()))
    found.update(n for n in session.scalars(select(entry.office_id).where(_unsent(now - LONG)).distinct()) if n)
    aside = and_(InboxEntry.state == "aside", InboxEntry.done_at >= since)
    # Each by its own index: asked with "or", SQLite would go through all that was ever received.
    chats = union(*(select(InboxEntry.chat_id).where(which) for which in (aside, _unhandled(now - LONG))))
    for row in (PersonRow, GroupRow):
        found.update(session.scalars(select(row.office_id).where(row.chat_id.in_(chats)).distinct()))
    mended = _some(EventRow, EventRow.what.in_(_MENDED), EventRow.at >= since)
    found.update(session.scalars(select(OfficeRow.id).where(mended)))
    # Where posts ended or somebody is on leave, a unit may have nobody left: the office's own query tells.
    found.update(session.scalars(select(PostRow.office_id).where(PostRow.until >= since).distinct()))
    found.update(session.scalars(select(AbsenceRow.office_id).where(still_open()).distinct()))
    lapsed = select(HandoverRow.office_id).where(HandoverRow.state == "lapsed", HandoverRow.settled_at >= since)
    found.update(session.scalars(lapsed.distinct()))
    if pulse.downtimes(session, since):
        found.update(session.scalars(select(OfficeRow.id)))
    return found


def stuck(session: Session, now: datetime, limit: timedelta) -> dict[str, int]:
    """{"inbox": n, "outbox": n}: what is open and could have moved for longer than `limit`."""
    conditions = {"inbox": _unhandled(now - limit), "outbox": _unsent(now - limit)}
    return {name: session.scalar(select(func.count()).where(where)) or 0 for name, where in conditions.items()}


def _unhandled(before: datetime) -> ColumnElement[bool]:
    """Of the inbox: what could have been handled since then, and was not."""
    row = InboxEntry
    ready = or_(row.not_before.is_(None), row.not_before < before)
    return and_(inbox.is_open(row), row.received_at < before, ready)


def _unsent(before: datetime) -> ColumnElement[bool]:
    """Of the outbox: what could have been said since then, and was not.

    Bulk only where nothing at all left since then: at 30 a second the reminders of a country take hours, and are not stuck.
    """
    entry, other = OutboxEntry, aliased(OutboxEntry)
    since = func.coalesce(entry.not_before, entry.claimed_at, entry.created_at)
    moving = select(other.id).where(other.state == "sent", other.ended_at >= before).exists()
    awaited = or_(entry.priority < BULK, outbox.is_claimed(entry), ~moving)
    # What is refused again and again always waits for its next try: only its tries tell.
    late = or_(and_(since < before, awaited), entry.tries >= _REFUSED)
    return and_(outbox.is_open(entry), entry.created_at < before, late)


def overlooked(session: Session, today: date) -> set[int]:
    """The offices with a reminder that was due by that day and has not been looked at."""
    row = ObligationRow
    waits = row.next_nudge_on.is_not(None), row.next_nudge_on <= today, row.state == str(State.OPEN)
    return set(session.scalars(select(OfficeRow.id).where(_some(row, *waits))))


def suspects(session: Session, since: datetime, first: date) -> set[int]:
    """The offices that reminded since then, and those with open obligations due from that day on without a next rung."""
    row, event = ObligationRow, EventRow
    reminded = _some(event, event.what == "nudged", event.at >= since)
    # Written as literals, because SQLite uses a partial index only for the very words of its condition.
    silent = row.state == literal_column("'open'"), row.next_nudge_on.is_(None)
    due = or_(row.due >= first, row.agreed_due >= first)
    return set(session.scalars(select(OfficeRow.id).where(or_(reminded, _some(row, *silent, due)))))


def _some(row: type[ObligationRow | EventRow], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the office has such a row: asked office by office, each a step into an index."""
    return select(row.id).where(row.office_id == OfficeRow.id, *where).exists()
