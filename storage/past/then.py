"""Knows how what stood at a moment is found: the row of a fact's past that holds then, and what units were called."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from storage.tables.notices import UnitRow
from storage.tables.past import (
    FindingPastRow,
    InspectionPastRow,
    NoticePastRow,
    ObligationPastRow,
    PersonPastRow,
    TaskPastRow,
    UnitPastRow,
)

P = TypeVar("P", FindingPastRow, InspectionPastRow, NoticePastRow, ObligationPastRow, PersonPastRow, TaskPastRow)


def then_of(kind: type[P], name: str, owner: Any, moment: Any) -> tuple[type[P], ColumnElement[bool]]:
    """(alias, join) to what held of `owner` (a column) at the moment: the row of its past that ends first after it.

    `name` is the past's column that points to the owner; `moment` is one, or the parameter that stands for it.
    """
    past, other = aliased(kind), aliased(kind)
    first = (
        select(func.min(other.until))
        .where(getattr(other, name) == owner, other.until > moment)
        .correlate(owner.class_)
        .scalar_subquery()
    )
    return past, and_(getattr(past, name) == owner, past.until == first)


def merged_then(session: Session, office_id: int, moment: datetime) -> dict[int, tuple[int | None, datetime]]:
    """{unit that was part of another by then: (which one, since when)}."""
    query = select(UnitRow.id, UnitRow.merged_into, UnitRow.ended_at)
    found = session.execute(query.where(UnitRow.office_id == office_id, UnitRow.ended_at <= moment))
    return {row.id: (row.merged_into, row.ended_at) for row in found}


def unit_names_then(session: Session, office_id: int, moment: datetime) -> dict[int, str]:
    """What every unit was called then, also those that were part of others by then."""
    now = session.execute(select(UnitRow.id, UnitRow.name).where(UnitRow.office_id == office_id))
    return {row.id: row.name for row in now} | names_then(session, office_id, moment)


def names_then(session: Session, office_id: int, moment: datetime) -> dict[int, str]:
    query = select(UnitPastRow.unit_id, UnitPastRow.name).where(
        UnitPastRow.office_id == office_id, UnitPastRow.until > moment
    )
    return {row.unit_id: row.name for row in session.execute(query.order_by(UnitPastRow.until.desc()))}
