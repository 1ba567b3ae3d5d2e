"""Knows who asks, in one statement: a person's office, the person, and their posts."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Row, and_, bindparam, select
from sqlalchemy.orm import Session

from core.rules.own_hours import OwnHours
from core.rules.people import Person, Post, Role
from storage.prepared import Prepared, rows
from storage.tables.offices import OfficeRow
from storage.tables.people import PersonRow, PostRow


def asker(session: Session, telegram_id: int) -> tuple[Row[Any], Person] | None:
    """(office_id, office_name, office_settings of the row; the person) of the office that was joined last."""
    found = rows(session, _known(), {"number": telegram_id})
    if not found:
        return None
    row = found[0]
    posts = tuple(
        Post(Role(other.role), other.unit_id, other.leader_name, other.acting_for)
        for other in found
        if other.id == row.id and other.role is not None
    )
    hours = OwnHours.from_data(row.hours) if row.hours else None
    return row, Person(
        row.id, row.office_id, row.telegram_id, row.chat_id, row.name, posts, row.lang, row.unreachable, row.away_until, hours
    )  # fmt: skip


@cache
def _known() -> Prepared:
    office, person, post = (model.__table__.c for model in (OfficeRow, PersonRow, PostRow))
    return Prepared(
        select(
            *(person.id, person.office_id, person.telegram_id, person.chat_id, person.name, person.lang),
            *(person.unreachable, person.away_until, person.hours),
            *(post.role, post.unit_id, post.leader_name, post.acting_for),
            office.name.label("office_name"),
            office.settings.label("office_settings"),
        )
        .select_from(PersonRow.__table__)
        .join(OfficeRow.__table__, office.id == person.office_id)
        .outerjoin(PostRow.__table__, and_(post.person_id == person.id, post.until.is_(None)))
        .where(person.telegram_id == bindparam("number", type_=BigInteger))
        .order_by(person.id.desc(), post.id)
    )
