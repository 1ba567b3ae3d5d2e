"""Knows the statements by which an office's obligations are asked for; each is built once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, func, not_, or_, select, update

from core.rules.obligations import STAGE_KINDS, State
from core.work import Wanted
from storage.heads import headed
from storage.prepared import Prepared
from storage.tables.notices import NoticeRow, TaskRow, UnitRow
from storage.tables.obligations import LadderRow, ObligationRow
from storage.view import shown

_VIEW = (
    *ObligationRow.__table__.c,
    TaskRow.ref,
    TaskRow.content,
    TaskRow.frequency,
    TaskRow.leader_ordinal,
    TaskRow.leader_name,
    TaskRow.leader_title,
    UnitRow.name.label("unit"),
)
"""Plain columns: an object of the mapper for each would cost more than the query."""

NUDGED = Prepared(
    update(ObligationRow.__table__)  # type: ignore[arg-type]
    .where(ObligationRow.office_id == bindparam("office"), ObligationRow.id.in_(bindparam("of", expanding=True)))
    .values(last_rung=bindparam("rung"), next_nudge_on=bindparam("on"))
)

LADDERS = Prepared(select(LadderRow.id, LadderRow.rungs).where(LadderRow.office_id == bindparam("office")))

_chase = func.coalesce(ObligationRow.agreed_due, ObligationRow.due)
_OF_ACTIVE_TASKS = or_(TaskRow.state == "active", and_(TaskRow.state != "dropped", ObligationRow.state != "open"))
"""A task that is suspended or done owes nothing; one that was dropped counts nowhere any more."""


def asked(wanted: Wanted) -> dict[str, Any]:
    """What narrows the question, as values of a statement."""
    given = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    given["leader"] = [wanted.leader] if wanted.leader is not None else None
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | date):
        return str(value) if isinstance(value, str) else value
    return [str(one) if isinstance(one, str) else one for one in value]


@lru_cache(maxsize=200)
def found(shape: frozenset[str], one: bool) -> Prepared:
    return Prepared(_finding(shape, one))


@cache
def gone(one: bool) -> Prepared:
    dropped = ObligationRow.state == str(State.DROPPED)
    return Prepared(_every(one).where(or_(dropped, not_(_OF_ACTIVE_TASKS))))


def _finding(shape: frozenset[str], one: bool) -> Any:
    return _every(one).where(_OF_ACTIVE_TASKS, *(_CONDITIONS[name] for name in sorted(shape)))


def _every(one: bool) -> Any:
    return (
        select(*_VIEW)
        .join(TaskRow, TaskRow.id == ObligationRow.task_id)
        .join(UnitRow, UnitRow.id == ObligationRow.unit_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(ObligationRow.office_id == bindparam("office"), shown(one))
    )


@cache
def due_dates(one: bool) -> Prepared:
    row = ObligationRow
    between = row.due.between(bindparam("first", type_=Date), bindparam("last", type_=Date))
    return Prepared(
        select(row.due)
        .join(TaskRow, TaskRow.id == row.task_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(row.office_id == bindparam("office"), shown(one), between, _OF_ACTIVE_TASKS)
        .where(
            row.state.in_([str(State.OPEN), str(State.HANDED_IN)]), row.kind.in_([str(kind) for kind in STAGE_KINDS])
        )
        .distinct()
        .order_by(row.due)
    )


@cache
def next_nudge() -> Prepared:
    row = ObligationRow
    return Prepared(
        select(row.next_nudge_on)
        .join(TaskRow, TaskRow.id == row.task_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(row.office_id == bindparam("office"), row.next_nudge_on.is_not(None), row.state == str(State.OPEN))
        .where(NoticeRow.state == "active", TaskRow.state == "active")
        .order_by(row.next_nudge_on)
        .limit(1)
    )


@cache
def for_nudge(one: bool) -> Prepared:
    due = _finding(frozenset({"states"}), one).where(ObligationRow.next_nudge_on <= bindparam("today", type_=Date))
    return Prepared(due.order_by(ObligationRow.next_nudge_on).limit(bindparam("most", type_=Integer)))


def _among(name: str, column: Any) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "unit_ids": _among("unit_ids", ObligationRow.unit_id),
    "leader": headed(bindparam("leader", expanding=True)),
    "kind": ObligationRow.kind == bindparam("kind"),
    "kinds": _among("kinds", ObligationRow.kind),
    "states": _among("states", ObligationRow.state),
    "due_before": _chase < bindparam("due_before", type_=Date),
    "due_until": _chase <= bindparam("due_until", type_=Date),
    "task_id": ObligationRow.task_id == bindparam("task_id"),
    "task_ids": _among("task_ids", ObligationRow.task_id),
    "periods": _among("periods", ObligationRow.period),
    "ids": _among("ids", ObligationRow.id),
}
"""How each field of `Wanted` narrows."""
