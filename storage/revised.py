"""Knows how often an obligation or its task was changed, and the dates that it had before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.rules.obligations import Revised
from storage.tables.obligations import ObligationRow
from storage.tables.past import ObligationPastRow, TaskPastRow

_NAMED = 1000
"""Beyond so many the whole office is read: a statement takes only so many values."""


def revised(
    session: Session, office_id: int, ids: Collection[int], moment: datetime | None = None
) -> dict[int, Revised]:
    """What changed of these obligations, up to the moment; those that never changed are left out."""
    past = ObligationPastRow
    query = select(past.obligation_id, past.due, past.agreed_due).where(past.office_id == office_id)
    if len(ids) <= _NAMED:
        query = query.where(past.obligation_id.in_(ids))
    if moment is not None:
        query = query.where(past.until <= moment)
    dates: dict[int, list[date]] = {}
    for row in session.execute(query.order_by(past.until)):
        dates.setdefault(row.obligation_id, []).append(row.agreed_due or row.due)
    tasks = _tasks(session, office_id, ids, moment)
    return {
        number: Revised(len(dates.get(number, ())) + tasks.get(number, 0), tuple(dict.fromkeys(dates.get(number, ()))))
        for number in {*dates, *tasks}.intersection(ids)
    }


def _tasks(session: Session, office_id: int, ids: Collection[int], moment: datetime | None) -> dict[int, int]:
    """{obligation: how often its task was changed}."""
    query = (
        select(ObligationRow.id, func.count(TaskPastRow.id).label("n"))
        .join(TaskPastRow, TaskPastRow.task_id == ObligationRow.task_id)
        .where(ObligationRow.office_id == office_id)
        .group_by(ObligationRow.id)
    )
    if len(ids) <= _NAMED:
        query = query.where(ObligationRow.id.in_(ids))
    if moment is not None:
        query = query.where(TaskPastRow.until <= moment)
    return {row.id: row.n for row in session.execute(query)}
