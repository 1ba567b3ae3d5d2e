"""Knows how an office's `Work` is opened: which office a person, a group or a link belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.rules.office import Office
from core.rules.people import Person
from core.work import (
    Archive,
    Groups,
    Notices,
    Obligations,
    Offices,
    Outbox,
    Reports,
    Watch,
)
from core.work_calls import Calls
from core.work_clearing import Clearing
from core.work_counts import Rolls, Tallies
from core.work_figures import TargetFigures
from core.work_history import History
from core.work_inspections import Inspections
from core.work_instructions import Instructions
from core.work_people import Absences, Handovers, People, Units
from core.work_reviews import Extensions, Reviews
from core.work_talks import Talks
from storage import inbox, outbox
from storage.absences import SqlAbsences
from storage.archive import SqlArchive
from storage.asker import asker
from storage.calls import SqlCalls
from storage.clearing import SqlClearing
from storage.extensions import SqlExtensions
from storage.figures import SqlFigures
from storage.groups import SqlGroups
from storage.handovers import SqlHandovers
from storage.history import SqlHistory
from storage.inspections import SqlInspections
from storage.instructions import SqlInstructions
from storage.locks import one_at_a_time
from storage.notices import SqlNotices
from storage.obligations import SqlObligations
from storage.offices import SqlOffices
from storage.past.counts import PastRolls, PastTally
from storage.past.inspections import PastInspections
from storage.past.notices import PastNotices
from storage.past.obligations import PastObligations
from storage.past.people import PastPeople
from storage.past.settings import settings_then
from storage.past.units import PastUnits
from storage.people import SqlPeople
from storage.prepared import Prepared, rows
from storage.reports import SqlReports
from storage.reviews import SqlReviews
from storage.rolls import SqlRolls
from storage.saying import SqlOutbox
from storage.tables.groups import GroupRow
from storage.tables.offices import OfficeRow
from storage.tables.people import InviteRow, PersonRow
from storage.talks import SqlTalks
from storage.tally import SqlTally
from storage.units import SqlUnits
from storage.watch import SqlWatch

_OFFICE = Prepared(select(OfficeRow.id, OfficeRow.name, OfficeRow.settings).where(OfficeRow.id == bindparam("office")))


class SqlWork:
    """core.work.Work on SQLAlchemy."""

    def __init__(self, session: Session, office: Office) -> None:
        self._session = session
        self.office = office
        self.people: People = SqlPeople(session, office.id)
        self.absences: Absences = SqlAbsences(session, office.id)
        self.handovers: Handovers = SqlHandovers(session, office.id)
        self.units: Units = SqlUnits(session, office.id)
        self.notices: Notices = SqlNotices(session, office.id)
        self.obligations: Obligations = SqlObligations(session, office.id)
        self.rolls: Rolls = SqlRolls(session, office.id)
        self.tally: Tallies = SqlTally(session, office.id)
        self.reports: Reports = SqlReports(session, office.id)
        self.reviews: Reviews = SqlReviews(session, office.id)
        self.extensions: Extensions = SqlExtensions(session, office.id)
        self.calls: Calls = SqlCalls(session, office.id)
        self.figures: TargetFigures = SqlFigures(session, office.id)
        self.inspections: Inspections = SqlInspections(session, office.id)
        self.instructions: Instructions = SqlInstructions(session, office.id)
        self.offices: Offices = SqlOffices(session, office.id)
        self.talks: Talks = SqlTalks(session, office.id)
        self.groups: Groups = SqlGroups(session, office.id)
        self.outbox: Outbox = SqlOutbox(session, office)
        self.clearing: Clearing = SqlClearing(session, office.id)
        self.archive: Archive = SqlArchive(session, office.id)
        self.watch: Watch = SqlWatch(session, office.id)
        self.history: History = SqlHistory(session, office.id)

    def at(self, moment: datetime) -> SqlWork:
        """The same office as it stood at that moment; it is only read."""
        settings = settings_then(self._session, self.office.id, self.office.settings, moment)
        then = SqlWork(self._session, replace(self.office, settings=settings))
        notices = PastNotices(self._session, self.office.id, moment)
        then.notices = notices
        then.people = PastPeople(self._session, self.office.id, moment)
        then.obligations = PastObligations(self._session, self.office.id, moment, notices)
        then.tally, then.rolls = PastTally(then.obligations), PastRolls(notices)
        then.reports = SqlReports(self._session, self.office.id, moment)
        then.reviews = SqlReviews(self._session, self.office.id, moment)
        then.instructions = SqlInstructions(self._session, self.office.id, moment)
        then.figures = SqlFigures(self._session, self.office.id, moment)
        then.extensions = SqlExtensions(self._session, self.office.id, moment)
        then.history = SqlHistory(self._session, self.office.id, moment)
        then.inspections = PastInspections(self._session, self.office.id, moment, notices)
        then.calls = SqlCalls(self._session, self.office.id, moment)
        then.units = PastUnits(self._session, self.office.id, moment)
        return then


class OfficeStorage:
    """What the runner and the clockwork need beside a Work. `defaults` are the settings of the deployment."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self._defaults = defaults

    def open(self, session: Session, telegram_id: int, chat_id: int, token: str) -> tuple[SqlWork, Person | None]:
        """The Work of the office that this link, group or person belongs to, and the person as that office knows them.

        The first office for strangers. Of one office one at a time, to the end of the transaction.
        """
        if (office_id := _office_of(session, chat_id, token)) is None:
            if (found := asker(session, telegram_id)) is None:
                return self.first(session, None), None
            if one_at_a_time(session, f"office.{found[0].office_id}"):
                found = asker(session, telegram_id) or found  # what was read before the wait may have changed
            row, person = found
            return SqlWork(session, self._office(row.office_id, row.office_name, row.office_settings)), person
        work = self.alone(session, office_id)
        return work, work.people.by_telegram(telegram_id)

    def alone(self, session: Session, office_id: int) -> SqlWork:
        """`office` for work that changes it: what two people do at once happens one after the other, as on SQLite."""
        one_at_a_time(session, f"office.{office_id}")
        return self.office(session, office_id)

    def office(self, session: Session, office_id: int) -> SqlWork:
        found = rows(session, _OFFICE, {"office": office_id})
        if not found:
            raise KeyError(office_id)
        return SqlWork(session, self._office(*found[0]))

    def first(self, session: Session, now: datetime | None) -> SqlWork:
        """The office of a deployment that has one; made when the owner first claims it."""
        row = session.scalar(select(OfficeRow).order_by(OfficeRow.id).limit(1))
        if row is None:
            if now is None:
                return SqlWork(session, self._office(0, "", {}))
            row = OfficeRow(name=self._defaults.get("name") or "", settings={}, created_at=now)
            session.add(row)
            session.flush()
        return SqlWork(session, self._of(row))

    def all(self, session: Session) -> list[SqlWork]:
        return [SqlWork(session, self._of(row)) for row in session.scalars(select(OfficeRow).order_by(OfficeRow.id))]

    def done(self, session: Session, update_id: int, now: datetime) -> None:
        inbox.done(session, update_id, now)

    def moved(self, session: Session, old: int, new: int) -> None:
        """A group became a supergroup: its link and all that waits for it follow."""
        outbox.moved(session, old, new)
        for office_id in session.scalars(select(GroupRow.office_id).where(GroupRow.chat_id == old)):
            SqlGroups(session, office_id).moved(old, new)

    def unreachable(self, session: Session, chat_id: int, why: str, now: datetime) -> None:
        """The chat is closed to us: every office that knows the person sees it."""
        for office_id in session.scalars(select(PersonRow.office_id).where(PersonRow.chat_id == chat_id)):
            SqlPeople(session, office_id).mark_unreachable(chat_id, why, now)
        for office_id in session.scalars(select(GroupRow.office_id).where(GroupRow.chat_id == chat_id)):
            SqlGroups(session, office_id).lost(chat_id, now)

    def reopened(self, session: Session, chat_id: int, now: datetime) -> None:
        """The person is back, in every office that knows them: what was held for them goes out."""
        lost = select(PersonRow.office_id, PersonRow.id).where(
            PersonRow.chat_id == chat_id, PersonRow.unreachable.is_not(None)
        )
        for office_id, person_id in session.execute(lost).all():
            SqlPeople(session, office_id).mark_reachable(person_id, now)
        outbox.open_chat(session, chat_id, now)

    def _of(self, row: OfficeRow) -> Office:
        return self._office(row.id, row.name, row.settings)

    def _office(self, number: int, name: str, own: dict[str, Any] | None) -> Office:
        settings = {**self._defaults, **(own or {})}
        return Office(
            id=number,
            name=name or settings.get("name") or "",
            lang=settings.get("lang", "zh"),
            timezone=settings.get("timezone", "Asia/Shanghai"),
            due_day=int(settings.get("due_day", 25)),
            opens=time.fromisoformat(settings.get("opens", "09:00")),
            closes=time.fromisoformat(settings.get("closes", "17:30")),
            holidays=settings.get("holidays"),
            settings=settings,
        )


def _office_of(session: Session, chat_id: int, token: str) -> int | None:
    """The office that a link or a group belongs to."""
    if token:
        token_hash = hashlib.sha256(token.encode()).hexdigest()
        if found := session.scalar(select(InviteRow.office_id).where(InviteRow.token_hash == token_hash)):
            return found
    if chat_id < 0:
        return session.scalar(
            select(GroupRow.office_id).where(GroupRow.chat_id == chat_id, GroupRow.closed_at.is_(None))
        )
    return None
