"""Knows the lists over an office's tasks that need no task: leaders, units, parts, and which tasks stand on a page."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, bindparam, case, cast, func, or_, select
from sqlalchemy.orm import Session

from core.rules.scope import Scope
from core.rules.tasks import Leader, Part, Unit
from core.work_counts import Aim, TaskPage, UnitParts
from storage.heads import headed
from storage.prepared import Prepared, rows
from storage.tables.notices import AssignmentRow, NoticeRow, TaskLeaderRow, TaskRow, UnitRow
from storage.tasks import held_by
from storage.view import chosen, shown, tasks_in_view, tasks_shown, view

_PARTS = {str(part): place for place, part in enumerate(Part)}


class SqlRolls:
    """Everything is of the notices in view: those in force, or the one that was chosen."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def leaders(self) -> list[Leader]:
        """Each name once, as it first comes up in the notices."""
        row = TaskRow
        heads = row.leader_name, row.leader_ordinal, row.leader_title
        first = func.min(_place())
        query: Any = select(*heads).where(self._shown(), row.leader_name.is_not(None)).group_by(*heads).order_by(first)
        found: dict[str, Leader] = {}
        for name, ordinal, title in self._session.execute(query):
            found.setdefault(name, Leader(ordinal or 0, name, title or ""))
        one = TaskLeaderRow
        also = select(one.ordinal, one.name, one.title).join(TaskRow, TaskRow.id == one.task_id).where(self._shown())
        for ordinal, name, title in self._session.execute(also.order_by(_place(), one.position)):
            found.setdefault(name, Leader(ordinal, name, title))
        return list(found.values())

    def units_in_tasks(self, leaders: Collection[str] | None, units: Collection[int] = ()) -> list[Unit]:
        """Units named in a task of these leaders (None: in any), and of `units` those named anywhere; as they come up."""
        row, part = UnitRow, AssignmentRow
        query = (
            select(row.id, row.name, row.is_group)
            .join(part, part.unit_id == row.id)
            .join(TaskRow, TaskRow.id == part.task_id)
            .where(self._shown())
            .group_by(row.id, row.name, row.is_group)
            .order_by(func.min(_place() * 1000 + part.position))
        )
        if leaders is not None:
            query = query.where(or_(headed(leaders), row.id.in_(units)))
        return [Unit(*found) for found in self._session.execute(query)]

    def parts(self) -> list[UnitParts]:
        """How many tasks each unit named in one leads, and in how many it has another part; group terms left out."""
        row, part = UnitRow, AssignmentRow
        lead = func.sum(case((part.part == str(Part.LEAD), 1), else_=0))
        query = (
            select(row.id, row.name, lead, func.count() - lead)
            .join(part, part.unit_id == row.id)
            .join(TaskRow, TaskRow.id == part.task_id)
            .where(self._shown(), row.is_group.is_(False))
            .group_by(row.id, row.name)
        )
        return [UnitParts(Unit(found[0], found[1]), found[2], found[3]) for found in self._session.execute(query)]

    def page_of_units(self, unit_ids: Collection[int], page: int, size: int) -> TaskPage:
        """The tasks of these units, those they lead first; `counts` says how many by their strongest part."""
        counts: dict[Part, int] = {}
        total = 0
        one = chosen(self._session) is not None
        values = view(self._session, self._office_id) | {"units": list(unit_ids)}
        for row in rows(self._session, _counted(one), values):
            total += row[1]
            counts[list(Part)[row[0]]] = row[1]
        page, pages = _within(page, total, size)
        there = {**values, "most": size, "past": page * size}
        found = rows(self._session, _page_of_units(one), there) if total else ()
        return TaskPage(tuple(row[0] for row in found), total, page, pages, counts)

    def page_of(self, leaders: Collection[str] | None, page: int, size: int) -> TaskPage:
        """All tasks (None), or those of these leaders, by ref."""
        where = self._shown() if leaders is None else and_(self._shown(), headed(leaders))
        total = self._session.scalar(select(func.count()).select_from(TaskRow).where(where)) or 0
        page, pages = _within(page, total, size)
        query = select(TaskRow.id).where(where).order_by(*_ORDER).limit(size).offset(page * size)
        ids = self._session.scalars(query).all() if total else ()
        return TaskPage(tuple(ids), total, page, pages, {})

    def aims(self, scope: Scope) -> list[Aim]:
        """The tasks in the scope, in no order: see Scope.holds_task."""
        one, own = chosen(self._session) is not None, {"units": list(scope.units), "leaders": list(scope.leaders)}
        values = view(self._session, self._office_id) | own
        found = rows(self._session, _aims(one, scope.everything), values)
        return [Aim(row.id, row.notice_id, row.content, row.due, tuple(row.targets), row.state) for row in found]

    def years(self) -> dict[int, int]:
        """{notice: its year}."""
        statement = _years(chosen(self._session) is not None)
        return {row.id: row.year for row in rows(self._session, statement, view(self._session, self._office_id))}

    def has_part(self, task_id: int, unit_ids: Collection[int]) -> bool:
        """Whether one of these units has a part in it, by name or through a group term."""
        query = select(AssignmentRow.task_id).where(AssignmentRow.task_id == task_id, held_by(unit_ids)).limit(1)
        return bool(unit_ids) and self._session.scalar(query) is not None

    def _shown(self) -> ColumnElement[bool]:
        return tasks_in_view(self._session, self._office_id)


def _within(page: int, total: int, size: int) -> tuple[int, int]:
    """(the page or the nearest there is, how many there are)."""
    pages = max(1, -(-total // size))
    return min(max(page, 0), pages - 1), pages


def _place() -> ColumnElement[int]:
    """Where a task stands: the earlier notice first, then as the notice orders them."""
    return cast(TaskRow.notice_id, BigInteger) * 10_000_000 + TaskRow.position


_ORDER = TaskRow.ref_key, TaskRow.notice_id, TaskRow.position, TaskRow.id


@cache
def _of_units(one: bool) -> Any:
    """(task, rank of the strongest part of these units) of every task in which they have one, or a group term has it."""
    these: Any = bindparam("units", expanding=True)
    mine = (
        select(AssignmentRow.task_id, func.min(case(_PARTS, value=AssignmentRow.part)).label("rank"))
        .where(held_by(these))
        .group_by(AssignmentRow.task_id)
        .subquery()
    )
    return select(TaskRow.id, mine.c.rank).join(mine, mine.c.task_id == TaskRow.id).where(tasks_shown(one))


@cache
def _aims(one: bool, everything: bool) -> Prepared:
    row: Any = TaskRow
    query: Any = select(row.id, row.notice_id, row.content, row.due, row.targets, row.state).where(tasks_shown(one))
    if not everything:
        mine = select(_of_units(one).subquery().c.id)
        query = query.where(or_(row.id.in_(mine), headed(bindparam("leaders", expanding=True))))
    return Prepared(query)


@cache
def _years(one: bool) -> Prepared:
    query: Any = select(NoticeRow.id, NoticeRow.year)
    return Prepared(query.where(NoticeRow.office_id == bindparam("office"), shown(one)))


@cache
def _counted(one: bool) -> Prepared:
    inner = _of_units(one).subquery()
    return Prepared(select(inner.c.rank, func.count()).group_by(inner.c.rank))


@cache
def _page_of_units(one: bool) -> Prepared:
    rank = _of_units(one).selected_columns.rank
    most, past = (bindparam(name, type_=Integer) for name in ("most", "past"))
    return Prepared(_of_units(one).order_by(rank, *_ORDER).limit(most).offset(past))
