"""Knows how what stands now is counted and cut into pages by the database, so that a large office is never loaded whole.

The rules are those of core.rules.summary and core.rules.tally; a test compares the two on random offices.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from core.rules.obligations import COUNTED_KINDS, Kind, State
from core.rules.scope import Scope
from core.rules.summary import Figures
from core.rules.tally import Counted, Cut, StageTally, Tally
from core.work_counts import Standing
from storage.heads import headed, leader_of
from storage.prepared import Prepared, rows
from storage.tables.notices import NoticeRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.view import chosen, shown, view

_KINDS = [str(kind) for kind in COUNTED_KINDS]
_OPEN, _DONE = str(State.OPEN), str(State.HANDED_IN)


class SqlTally:
    """Counts of one office; everything is what holds now, as `today` sees it.

    The statements are built once: putting one together costs more than the database needs to answer it.
    """

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def view(self, scope: Scope, today: date, stage: date | None = None) -> list[Tally]:
        """What is in view, counted by leader, unit and kind. See core.rules.summary.in_view."""
        return [
            Tally(leader_of(*row[:3]), row[3], row[4], Kind(row[5]), Figures(*row[6:9]), row[9], row[10] or "", row[11])
            for row in self._rows(_view(self._reach(scope)), scope, today, stage=stage or today)
        ]

    def counted(self, scope: Scope, today: date, stage: date | None = None) -> Counted:
        """All of it at once, for a summary."""
        stages = [
            StageTally(Kind(row[0]), row[1], row[2], Figures(*row[3:6]))
            for row in self._rows(_stages(self._reach(scope)), scope, today, stage=stage or today)
        ]
        return Counted(today, self.view(scope, today, stage), stages, self.coming(scope, today))

    def coming(
        self, scope: Scope, today: date, unit: int = 0, leader: str | None = None, kind: Kind | None = None
    ) -> tuple[date, int] | None:
        """(day, how many) of what falls due next, begun or not; None if nothing is open. `leader` "": of none."""
        statement = _coming(self._reach(scope), bool(unit), leader is not None, kind is not None)
        rows = self._rows(statement, scope, today, unit=unit, leader=leader, kind=str(kind))
        return (rows[0][0], rows[0][1]) if rows else None

    def standings(self, scope: Scope, today: date) -> dict[int, Standing]:
        """{task: how what it owes stands}, of tasks that owe or owed anything."""
        return {row[0]: Standing(row[1], row[2]) for row in self._rows(_standings(self._reach(scope)), scope, today)}

    def late_ids(self, scope: Scope, today: date, cuts: Sequence[Cut], kind: Kind | None) -> list[int]:
        """The overdue obligations of a page, in its order: within leader and unit by ref, then by due date."""
        units, most = [cut.section.unit_id for cut in cuts], max(cut.start + cut.n for cut in cuts)
        statement = _late_ids(self._reach(scope), kind is not None)
        rows = self._rows(statement, scope, today, shown=units, most=most, kind=str(kind))
        found = {(leader, unit, place): number for number, leader, unit, place in rows}
        return [found[(*cut.section.key, cut.start + n + 1)] for cut in cuts for n in range(cut.n)]

    def extended_ids(self, scope: Scope, today: date) -> list[int]:
        """What is past its original date but not past the one that was agreed."""
        return [row[0] for row in self._rows(_extended_ids(self._reach(scope)), scope, today)]

    def _rows(self, statement: Prepared, scope: Scope, today: date, **values: Any) -> Sequence[Any]:
        values |= view(self._session, self._office_id) | {"today": today}
        values |= {"own_units": list(scope.units), "own_leaders": list(scope.leaders), "within": [scope.within]}
        return rows(self._session, statement, values)

    def _reach(self, scope: Scope) -> _Reach:
        whose = "all" if scope.everything else "leaders" if scope.leaders else "units"
        return _Reach(whose, chosen(self._session) is not None, bool(scope.within))


class _Reach(NamedTuple):
    """Whose obligations a statement counts: all, some leaders' or some units'; of one notice or of all in force; `within` what one leader heads."""

    whose: str
    one: bool
    within: bool = False


_TODAY, _STAGE = bindparam("today", type_=Date), bindparam("stage", type_=Date)


@cache
def _view(reach: _Reach) -> Prepared:
    row, task, unit = ObligationRow, TaskRow, UnitRow
    heads = (task.leader_ordinal, task.leader_name, task.leader_title, row.unit_id, unit.name, row.kind)
    first_late = func.min(case((_late(row), task.ref_key)))
    extended = _count(and_(row.state == _OPEN, row.due < _TODAY, _chase(row) >= _TODAY))
    query: Any = select(*heads, *_figures(), func.min(task.ref_key), first_late, extended)
    return Prepared(_counted(query, reach).where(_in_view()).group_by(*heads))


@cache
def _stages(reach: _Reach) -> Prepared:
    """Kinds and periods that the view shows something of, counted over everything. See core.rules.tally.stages_of."""
    row = ObligationRow
    period = case((row.kind == str(Kind.FINDING), ""), else_=row.period).label("stage_period")
    query: Any = select(row.kind, period, func.min(row.due), *_figures())
    something = func.max(case((_in_view(), 1), else_=0)) == 1
    return Prepared(_counted(query, reach).group_by(row.kind, period).having(something))


@cache
def _standings(reach: _Reach) -> Prepared:
    done, _, late = _figures()
    query: Any = select(ObligationRow.task_id, late, done)
    return Prepared(_counted(query, reach).group_by(ObligationRow.task_id))


@cache
def _coming(reach: _Reach, unit: bool, leader: bool, kind: bool) -> Prepared:
    row, chase = ObligationRow, _chase(ObligationRow)
    query: Any = select(chase, func.count())
    query = _counted(query, reach).where(row.state == _OPEN, chase >= _TODAY).group_by(chase).order_by(chase).limit(1)
    if unit:
        query = query.where(row.unit_id == bindparam("unit"))
    if leader:
        query = query.where(func.coalesce(TaskRow.leader_name, "") == bindparam("leader"))
    return Prepared(query.where(row.kind == bindparam("kind")) if kind else query)


@cache
def _late_ids(reach: _Reach, kind: bool) -> Prepared:
    row, leader = ObligationRow, func.coalesce(TaskRow.leader_name, "")
    order = (TaskRow.ref_key, row.due, _chase(row), row.id)
    place = func.row_number().over(partition_by=(leader, row.unit_id), order_by=order)
    query: Any = select(row.id, leader.label("leader"), row.unit_id, place.label("place"))
    query = _counted(query, reach).where(_late(row), row.unit_id.in_(bindparam("shown", expanding=True)))
    inner = (query.where(row.kind == bindparam("kind")) if kind else query).subquery()
    columns = inner.c.id, inner.c.leader, inner.c.unit_id, inner.c.place
    return Prepared(select(*columns).where(inner.c.place <= bindparam("most")))


@cache
def _extended_ids(reach: _Reach) -> Prepared:
    row = ObligationRow
    query: Any = select(row.id)
    return Prepared(_counted(query, reach).where(row.state == _OPEN, row.due < _TODAY, row.agreed_due >= _TODAY))


def _counted(query: Any, reach: _Reach) -> Any:
    """What counts: of the notices in view and of tasks that are not dropped; open only where the task is active."""
    row = ObligationRow
    query = (
        query.select_from(row)
        .join(TaskRow, TaskRow.id == row.task_id)
        .join(UnitRow, UnitRow.id == row.unit_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(row.office_id == bindparam("office"), row.kind.in_(_KINDS), shown(reach.one))
        .where(_standing(row))
    )
    if reach.within:
        query = query.where(headed(bindparam("within", expanding=True)))
    own = row.unit_id.in_(bindparam("own_units", expanding=True))
    if reach.whose == "leaders":
        return query.where(or_(own, headed(bindparam("own_leaders", expanding=True))))
    return query if reach.whose == "all" else query.where(own)


def _standing(row: Any) -> ColumnElement[bool]:
    open_ = and_(row.state == _OPEN, TaskRow.state == "active")
    return or_(open_, and_(row.state == _DONE, TaskRow.state != "dropped"))


def _chase(row: Any) -> ColumnElement[date]:
    return func.coalesce(row.agreed_due, row.due)


def _late(row: Any) -> ColumnElement[bool]:
    return and_(row.state == _OPEN, _chase(row) < _TODAY)


def _begun(row: Any) -> ColumnElement[bool]:
    return or_(row.period_from.is_(None), row.period_from <= _STAGE, _late(row))


def _in_view() -> ColumnElement[bool]:
    """Begun, and open or not followed by a stage of the same task and unit that has begun."""
    row, later = ObligationRow, aliased(ObligationRow)
    same = later.task_id == row.task_id, later.unit_id == row.unit_id, later.kind.in_(_KINDS)
    followed = select(later.id).where(*same, _standing(later), _begun(later), later.period_from > row.due)
    return and_(_begun(row), or_(row.state == _OPEN, not_(followed.correlate(row, TaskRow).exists())))


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _figures() -> tuple[ColumnElement[int], ...]:
    """done, waiting, overdue. See core.rules.obligations.standing."""
    row = ObligationRow
    waiting = and_(row.state == _OPEN, _chase(row) >= _TODAY)
    return _count(row.state == _DONE), _count(waiting), _count(_late(row))
