"""Knows how leaves are kept: planned, running, over; and which posts deputies hold meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, select, update
from sqlalchemy.orm import Session, aliased

from core.rules.absences import Absence
from core.rules.people import Role
from storage.agenda import look_now
from storage.prepared import Prepared, rows
from storage.tables.people import AbsenceRow, PersonRow, PostRow


def still_open() -> ColumnElement[bool]:
    """Written as a literal, because SQLite uses a partial index only for the very words of its condition."""
    return AbsenceRow.state != literal_column("'over'")


class SqlAbsences:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def plan(
        self, person_id: int, first: date, last: date, deputy_id: int | None, made_by: int | None, now: datetime
    ) -> Absence:
        look_now(self._session, self._office_id)
        row = AbsenceRow(
            office_id=self._office_id,
            person_id=person_id,
            first=first,
            last=last,
            deputy_id=deputy_id,
            state="planned",
            made_by=made_by,
            made_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return self._many(AbsenceRow.id == row.id)[0]

    def get(self, absence_id: int) -> Absence | None:
        return next(iter(self._many(AbsenceRow.id == absence_id)), None)

    def open(self) -> list[Absence]:
        """Everything that isn't over, in the order in which it begins; one indexed query, asked every tick."""
        return self._read(_open())

    def of(self, person_id: int) -> list[Absence]:
        """What this person still has before them."""
        return self._many(AbsenceRow.person_id == person_id, AbsenceRow.state.in_(("planned", "running")))

    def covered_by(self, person_id: int) -> list[Absence]:
        """The leaves in which this person is the deputy."""
        return self._many(AbsenceRow.deputy_id == person_id, AbsenceRow.state.in_(("planned", "running")))

    def move(self, absence_id: int, old: str, new: str, now: datetime) -> bool:
        """Whether it was still in the old state."""
        look_now(self._session, self._office_id)
        values: dict[str, object] = {"state": new}
        if new == "running":
            values["began_at"] = now
        if old == "running":
            values["ended_at"] = now
        where = (AbsenceRow.office_id == self._office_id, AbsenceRow.id == absence_id, AbsenceRow.state == old)
        done = self._session.scalar(update(AbsenceRow).where(*where).values(**values).returning(AbsenceRow.id))
        self._session.expire_all()
        return done is not None

    def set_deputy(self, absence_id: int, deputy_id: int | None) -> None:
        look_now(self._session, self._office_id)
        where = (AbsenceRow.office_id == self._office_id, AbsenceRow.id == absence_id)
        self._session.execute(update(AbsenceRow).where(*where).values(deputy_id=deputy_id))
        self._session.expire_all()

    def set_away(self, person_id: int, last: date | None) -> None:
        look_now(self._session, self._office_id)
        where = (PersonRow.office_id == self._office_id, PersonRow.id == person_id)
        self._session.execute(update(PersonRow).where(*where).values(away_until=last))
        self._session.expire_all()

    def own_posts(self, person_ids: Collection[int]) -> dict[int, list[tuple[Role, int]]]:
        """{person: what they are contact or head of themselves, not as a deputy}."""
        out: dict[int, list[tuple[Role, int]]] = {}
        query = select(PostRow.person_id, PostRow.role, PostRow.unit_id).where(
            PostRow.office_id == self._office_id,
            PostRow.person_id.in_(person_ids),
            PostRow.until.is_(None),
            PostRow.acting_for.is_(None),
            PostRow.unit_id.is_not(None),
        )
        for person, role, unit in self._session.execute(query.order_by(PostRow.id)) if person_ids else ():
            if unit is not None:
                out.setdefault(person, []).append((Role(role), unit))
        return out

    def set_acting(self, wanted: Collection[tuple[int, Role, int, int]], now: datetime) -> None:
        """Deputies hold exactly these posts from now on: (deputy, role, unit, for whom)."""
        acting = self._session.scalars(
            select(PostRow).where(
                PostRow.office_id == self._office_id, PostRow.acting_for.is_not(None), PostRow.until.is_(None)
            )
        )
        there = {(row.person_id, Role(row.role), row.unit_id, row.acting_for): row for row in acting}
        for key, row in there.items():
            if key not in wanted:
                row.until = now
        for deputy, role, unit, person in sorted(set(wanted) - there.keys()):
            self._session.add(
                PostRow(
                    office_id=self._office_id,
                    person_id=deputy,
                    role=str(role),
                    unit_id=unit,
                    since=now,
                    acting_for=person,
                )
            )
        self._session.flush()

    def _many(self, *where: ColumnElement[bool]) -> list[Absence]:
        return self._read(_leaves().where(*where))

    def _read(self, query: Any) -> list[Absence]:
        return [
            Absence(row.id, row.person_id, row.name, row.first, row.last, row.deputy_id, row.deputy or "", row.state)
            for row in rows(self._session, query, {"office": self._office_id})
        ]


@cache
def _leaves() -> Any:
    row, deputy = AbsenceRow, aliased(PersonRow)
    columns = row.id, row.person_id, row.first, row.last, row.deputy_id, row.state, PersonRow.name
    return (
        select(*columns, deputy.name.label("deputy"))
        .join(PersonRow, PersonRow.id == row.person_id)
        .outerjoin(deputy, deputy.id == row.deputy_id)
        .where(row.office_id == bindparam("office"))
        .order_by(row.first, row.id)
    )


@cache
def _open() -> Prepared:
    return Prepared(_leaves().where(still_open()))
