"""Knows what of an office's messages and updates came to no good end, for its daily note and for the auditor."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import Session

from core.rules.delivery import after_uncertain
from core.rules.obligations import State
from core.rules.watch import MOST_DOUBTS, Doubt, Trouble
from storage import outbox, pulse
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


class SqlWatch:
    """core.work.Watch on SQLAlchemy."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id
        self._handovers = SqlHandovers(session, office_id)

    def trouble(self, since: datetime) -> Trouble:
        counts = outbox.counts(self._session, since, self._office_id)
        return Trouble(
            since,
            sent=counts["sent"],
            failed=counts["failed"],
            uncertain=counts["uncertain"],
            held=counts["held"],
            aside=self._aside(since),
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
        people = select(PersonRow.chat_id).where(PersonRow.office_id == self._office_id)
        groups = select(GroupRow.chat_id).where(GroupRow.office_id == self._office_id)
        ours = or_(InboxEntry.chat_id.in_(people), InboxEntry.chat_id.in_(groups))
        query = select(func.count()).where(InboxEntry.state == "aside", InboxEntry.done_at >= since, ours)
        return self._session.scalar(query) or 0

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


def offices_in_trouble(session: Session, since: datetime) -> set[int]:
    """The offices of which something is to be told: few, so that a country's worth of quiet ones costs nothing."""
    entry = OutboxEntry
    ended = select(entry.office_id).where(entry.state.in_(("failed", "uncertain")), entry.ended_at >= since)
    found = {number for number in session.scalars(ended.distinct()) if number is not None}
    found.update(session.scalars(select(PersonRow.office_id).where(PersonRow.unreachable_at >= since).distinct()))
    aside = select(InboxEntry.chat_id).where(InboxEntry.state == "aside", InboxEntry.done_at >= since)
    for row in (PersonRow, GroupRow):
        found.update(session.scalars(select(row.office_id).where(row.chat_id.in_(aside)).distinct()))
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
    before, inbox_row, entry = now - limit, InboxEntry, OutboxEntry
    unhandled = select(func.count()).where(
        inbox_row.state.in_(("waiting", "claimed")),
        inbox_row.received_at < before,
        inbox_row.not_before.is_(None) | (inbox_row.not_before < before),
    )
    since = func.coalesce(entry.not_before, entry.claimed_at, entry.created_at)
    # What is refused again and again always waits for its next try: only its tries tell.
    unsent = select(func.count()).where(
        outbox.is_open(entry), entry.created_at < before, or_(since < before, entry.tries >= _REFUSED)
    )
    return {"inbox": session.scalar(unhandled) or 0, "outbox": session.scalar(unsent) or 0}


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
