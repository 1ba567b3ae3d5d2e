"""Knows people and their posts as they stood at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.people import Person, Role
from core.work_people import Holder
from storage.past.then import then_of
from storage.people import SqlPeople, person_of
from storage.tables.notices import UnitRow
from storage.tables.past import PersonPastRow
from storage.tables.people import AbsenceRow, PersonRow, PostRow


class PastPeople(SqlPeople):
    def __init__(self, session: Session, office_id: int, moment: datetime) -> None:
        super().__init__(session, office_id)
        self._moment = moment

    def unreached(self) -> dict[int, str]:
        """The same of then, for every unit of the office: who looks asks only for those that have a part."""
        units = select(UnitRow.id).where(UnitRow.office_id == self._office_id, UnitRow.is_group.is_(False))
        ever = select(PostRow.unit_id).where(
            PostRow.office_id == self._office_id, PostRow.role == str(Role.CONTACT), PostRow.since <= self._moment
        )
        once = set(self._session.scalars(ever))
        contacts: dict[int, list[Person]] = {}
        for person in self.with_role(Role.CONTACT):
            for post in person.posts:
                if post.role is Role.CONTACT and post.unit_id is not None:
                    contacts.setdefault(post.unit_id, []).append(person)
        out = {}
        for unit_id in self._session.scalars(units):
            here = contacts.get(unit_id, [])
            if any(person.reachable for person in here):
                continue
            away = any(person.away for person in here)
            out[unit_id] = "away" if away else "blocked" if here else "left" if unit_id in once else "never"
        return out

    def at_desks(self) -> list[Holder]:
        people = self.with_role(Role.CONTACT, Role.HEAD)
        return [Holder(p.unit_id, each.name) for each in people for p in each.posts if p.unit_id is not None]

    def _held(self) -> ColumnElement[bool]:
        return (PostRow.since <= self._moment) & (PostRow.until.is_(None) | (PostRow.until > self._moment))

    def _many(self, where: ColumnElement[bool]) -> list[Person]:
        past, held = then_of(PersonPastRow, "person_id", PersonRow.id, self._moment)
        query = (
            select(PersonRow, past)
            .outerjoin(past, held)
            .where(PersonRow.office_id == self._office_id, PersonRow.joined_at <= self._moment, where)
            .order_by(PersonRow.id)
        )
        rows = self._session.execute(query).all()
        posts = self._posts([row.id for row, _ in rows])
        away = self._away()
        people = [(person_of(row, posts.get(row.id, ())), then) for row, then in rows]
        people = [(replace(person, away=away.get(person.id)), then) for person, then in people]
        return [replace(p, name=then.name, unreachable=then.unreachable) if then else p for p, then in people]

    def _away(self) -> dict[int, date]:
        """Who was on leave then, and until when."""
        query = select(AbsenceRow.person_id, AbsenceRow.last).where(
            AbsenceRow.office_id == self._office_id,
            AbsenceRow.began_at <= self._moment,
            AbsenceRow.ended_at.is_(None) | (AbsenceRow.ended_at > self._moment),
        )
        return {row.person_id: row.last for row in self._session.execute(query)}
