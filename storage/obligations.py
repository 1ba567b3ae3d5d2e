"""Knows how obligations are kept and asked for; what they were before a change is kept too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, func, insert, not_, or_, select, update
from sqlalchemy.orm import Session

from core.rules.ladder import LADDERS, REPORT_LADDER, Ladder, load_ladder, to_data
from core.rules.obligations import STAGE_KINDS, Kind, Obligation, Revised, State, check_move, in_order
from core.work import Wanted
from storage.agenda import look_now
from storage.heads import further, headed, leader_of
from storage.keeping import keep_obligation
from storage.prepared import Prepared, carry_out_each, rows
from storage.revised import revised
from storage.tables.notices import NoticeRow, TaskRow, UnitRow
from storage.tables.obligations import LadderRow, ObligationRow
from storage.view import chosen, in_view, shown, view

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

_NUDGED = Prepared(
    update(ObligationRow.__table__)  # type: ignore[arg-type]
    .where(ObligationRow.office_id == bindparam("office"), ObligationRow.id == bindparam("of"))
    .values(last_rung=bindparam("rung"), next_nudge_on=bindparam("on"))
)

_LADDERS = Prepared(select(LadderRow.id, LadderRow.rungs).where(LadderRow.office_id == bindparam("office")))

_chase = func.coalesce(ObligationRow.agreed_due, ObligationRow.due)
_OF_ACTIVE_TASKS = or_(TaskRow.state == "active", and_(TaskRow.state != "dropped", ObligationRow.state != "open"))
"""A task that is suspended or done owes nothing; one that was dropped counts nowhere any more."""


class SqlObligations:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def owe(
        self,
        task_id: int,
        unit_id: int,
        kind: Kind,
        period: str,
        due: date,
        now: datetime,
        *,
        period_from: date | None,
        last_rung: int | None,
        next_nudge_on: date | None,
        ladder: Ladder | None = None,
        asks: str = "",
    ) -> int | None:
        """The new obligation's id; None if it was owed already. One that was dropped is owed again.

        `ladder` is frozen with it; None means the built-in one of its kind.
        """
        look_now(self._session, self._office_id)
        found = self._session.scalar(
            select(ObligationRow).where(
                ObligationRow.task_id == task_id,
                ObligationRow.unit_id == unit_id,
                ObligationRow.kind == str(kind),
                ObligationRow.period == period,
            )
        )
        values: dict[str, Any] = {
            "period_from": period_from,
            "due": due,
            "state": str(State.OPEN),
            "arose_at": now,
            "done_at": None,
            "dropped_at": None,
            "last_rung": last_rung,
            "next_nudge_on": next_nudge_on,
            "agreed_due": None,
            "reviewed": None,
            "ladder_id": self._ladder_id(ladder, now) if ladder else None,
            "asks": asks,
        }
        if found is not None:
            if found.state != State.DROPPED:
                return None
            keep_obligation(self._session, found, now)
            for name, value in values.items():
                setattr(found, name, value)
            self._session.flush()
            return found.id
        return self._session.scalar(
            insert(ObligationRow)
            .values(
                office_id=self._office_id, task_id=task_id, unit_id=unit_id, kind=str(kind), period=period, **values
            )
            .returning(ObligationRow.id)
        )

    def find(self, wanted: Wanted) -> list[Obligation]:
        values = asked(wanted)
        return self._list(_found(frozenset(values), chosen(self._session) is not None), values)

    def gone(self) -> list[Obligation]:
        """What was owed once and isn't any more: dropped, or of a task that is suspended, done or dropped."""
        return self._list(_gone(chosen(self._session) is not None), {})

    def revised(self, ids: Collection[int]) -> dict[int, Revised]:
        """How often each was changed, and its dates before; those that never were are left out."""
        return revised(self._session, self._office_id, ids)

    def due_dates(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which something of an active notice is or was due, in order.

        The original dates: a summary looks back at a period, not at what was agreed with one unit.
        """
        counted = [str(State.OPEN), str(State.HANDED_IN)]
        query = (
            select(ObligationRow.due)
            .join(TaskRow, TaskRow.id == ObligationRow.task_id)
            .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
            .where(
                ObligationRow.office_id == self._office_id,
                in_view(self._session),
                ObligationRow.state.in_(counted),
                ObligationRow.kind.in_([str(kind) for kind in STAGE_KINDS]),
                _OF_ACTIVE_TASKS,
                ObligationRow.due.between(first, last),
            )
        )
        return list(self._session.scalars(query.distinct().order_by(ObligationRow.due)))

    def get(self, obligation_id: int) -> Obligation | None:
        return next(iter(self.find(Wanted(ids=[obligation_id]))), None)

    def places(self, obligation_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
        """{obligation: (notice, task, unit)}, whatever became of them."""
        row = ObligationRow
        query = select(row.id, TaskRow.notice_id, row.task_id, row.unit_id).join(TaskRow, TaskRow.id == row.task_id)
        where = row.office_id == self._office_id, row.id.in_(obligation_ids)
        return {found[0]: (found[1], found[2], found[3]) for found in self._session.execute(query.where(*where))}

    def move(self, obligation_id: int, state: State, now: datetime) -> None:
        """Changes the state. Raises NotAllowed where the rules don't allow it, KeyError for an unknown id."""
        row = self._session.scalar(
            select(ObligationRow).where(ObligationRow.office_id == self._office_id, ObligationRow.id == obligation_id)
        )
        if row is None:
            raise KeyError(obligation_id)
        check_move(State(row.state), state)
        keep_obligation(self._session, row, now)
        row.state = str(state)
        row.done_at = (row.done_at or now) if state is State.HANDED_IN else None
        row.dropped_at = now if state is State.DROPPED else None
        if state is not State.OPEN:
            row.next_nudge_on = None
        self._session.flush()

    def due_for_nudge(self, today: date, limit: int) -> list[Obligation]:
        return self._list(
            _for_nudge(chosen(self._session) is not None), {"states": [str(State.OPEN)], "today": today, "most": limit}
        )

    def next_nudge_day(self) -> date | None:
        """The earliest day on which some obligation's next rung stands."""
        row = ObligationRow
        query = (
            select(row.next_nudge_on)
            .join(TaskRow, TaskRow.id == row.task_id)
            .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
            .where(row.office_id == self._office_id, row.next_nudge_on.is_not(None), row.state == str(State.OPEN))
            .where(NoticeRow.state == "active", TaskRow.state == "active")
            .order_by(row.next_nudge_on)
            .limit(1)
        )
        return self._session.scalar(query)

    def nudged(self, obligation_id: int, last_rung: int | None, next_on: date | None) -> None:
        look_now(self._session, self._office_id)
        where = (ObligationRow.office_id == self._office_id, ObligationRow.id == obligation_id)
        self._session.execute(update(ObligationRow).where(*where).values(last_rung=last_rung, next_nudge_on=next_on))

    def nudged_all(self, moved: Sequence[tuple[int, int | None, date | None]]) -> None:
        """`nudged` for many at once: (obligation, last rung, day of the next) each."""
        look_now(self._session, self._office_id)
        if moved:
            moved_on = [
                {"of": number, "rung": rung, "on": day, "office": self._office_id} for number, rung, day in moved
            ]
            carry_out_each(self._session, _NUDGED, moved_on)

    def agree(self, obligation_id: int, due: date, now: datetime) -> None:
        """From now on reminders follow this date; the original one stays for assessment."""
        self._change(obligation_id, now, agreed_due=due)

    def reviewed(self, obligation_id: int, outcome: str | None, now: datetime) -> None:
        """What was said of its newest version; None for a version that nobody looked at yet."""
        self._change(obligation_id, now, reviewed=outcome)

    def _change(self, obligation_id: int, now: datetime, **values: Any) -> None:
        row = self._session.get(ObligationRow, obligation_id)
        if row is None or row.office_id != self._office_id:
            return
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            keep_obligation(self._session, row, now)
            for name, value in changed.items():
                setattr(row, name, value)
            self._session.flush()

    def reword(self, obligation_id: int, asks: str, now: datetime) -> None:
        """What is to be mended, said in other words."""
        self._change(obligation_id, now, asks=asks)

    def _ladder_id(self, ladder: Ladder, now: datetime) -> int:
        """The row that keeps this ladder; the same ladder is kept once."""
        rungs = to_data(ladder)
        rows = self._session.scalars(select(LadderRow).where(LadderRow.office_id == self._office_id))
        found = next((row for row in rows if row.rungs == rungs), None)
        if found is None:
            found = LadderRow(office_id=self._office_id, rungs=rungs)
            self._session.add(found)
            self._session.flush()
        return found.id

    def _ladder(self, row: Any) -> Ladder:
        if row.ladder_id is None:
            return LADDERS.get(row.kind, REPORT_LADDER)
        known: dict[int, Ladder] = self._session.info.setdefault("ladders", {})
        if row.ladder_id not in known:
            kept = rows(self._session, _LADDERS, {"office": self._office_id})
            known |= {one.id: load_ladder(one.rungs) for one in kept}
        return known[row.ladder_id]

    def _list(self, query: Any, values: dict[str, Any]) -> list[Obligation]:
        found = rows(self._session, query, values | view(self._session, self._office_id))
        return in_order([self._obligation(row, State(row.state)) for row in found])

    def _obligation(self, row: Any, state: State) -> Obligation:
        return Obligation(
            id=row.id,
            task_id=row.task_id,
            unit_id=row.unit_id,
            kind=Kind(row.kind),
            period=row.period,
            due=row.due,
            state=state,
            arose_at=row.arose_at,
            done_at=row.done_at,
            ref=row.ref,
            content=row.content,
            unit=row.unit,
            leader=leader_of(row.leader_ordinal, row.leader_name, row.leader_title),
            also=further(self._session, self._office_id).get(row.task_id, ()),
            frequency=row.frequency,
            last_rung=row.last_rung,
            next_nudge_on=row.next_nudge_on,
            period_from=row.period_from,
            agreed=row.agreed_due,
            reviewed=row.reviewed,
            ladder=self._ladder(row),
            asks=row.asks,
        )


# A statement is built once for each set of things asked for: making it anew cost more than carrying it out.


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
def _found(shape: frozenset[str], one: bool) -> Prepared:
    return Prepared(_finding(shape, one))


@cache
def _gone(one: bool) -> Prepared:
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
def _for_nudge(one: bool) -> Prepared:
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
