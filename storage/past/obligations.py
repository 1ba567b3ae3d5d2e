"""Knows obligations as they stood at a moment, with the words their tasks and units had then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.obligations import Kind, Obligation, Revised, State, in_order
from core.rules.tasks import Task
from core.work import Wanted
from storage.obligations import SqlObligations
from storage.past.notices import PastNotices
from storage.past.then import then_of
from storage.revised import revised
from storage.tables.notices import TaskRow
from storage.tables.obligations import ObligationRow
from storage.tables.past import ObligationPastRow


class PastObligations(SqlObligations):
    def __init__(self, session: Session, office_id: int, moment: datetime, notices: PastNotices) -> None:
        super().__init__(session, office_id)
        self._moment = moment
        self._notices = notices

    def find(self, wanted: Wanted) -> list[Obligation]:
        """What stood then; what a task owed that was not active then is left out, as it is today."""
        past, held = then_of(ObligationPastRow, "obligation_id", ObligationRow.id, self._moment)
        active = select(TaskRow.id).where(TaskRow.notice_id.in_(self._notices.active_ids()))
        query = (
            select(ObligationRow, past)
            .outerjoin(past, held)
            .where(
                ObligationRow.office_id == self._office_id,
                ObligationRow.task_id.in_(active),
                *_conditions(wanted),
            )
        )
        rows = self._session.execute(query).all()
        tasks = self._tasks({row.task_id for row, _ in rows})
        units = {unit.id: unit.name for unit in self._notices.units()} if rows else {}
        out = []
        for row, then in rows:
            task = tasks.get(row.task_id)
            if task is not None and (then or row).arose_at <= self._moment:
                obligation = self._as_then(row, then, task, units)
                if _counts(obligation, task) and _holds(obligation, wanted):
                    out.append(obligation)
        return in_order(out)

    def gone(self) -> list[Obligation]:
        """Nothing: a calendar of a past moment takes nothing back."""
        return []

    def revised(self, ids: Collection[int]) -> dict[int, Revised]:
        return revised(self._session, self._office_id, ids, self._moment)

    def _tasks(self, ids: set[int]) -> dict[int, Task]:
        if not ids:
            return {}
        if len(ids) == 1:
            found = self._notices.task(next(iter(ids)))
            return {found.id: found} if found else {}
        return {task.id: task for task in self._notices.tasks()}

    def _as_then(
        self, row: ObligationRow, then: ObligationPastRow | None, task: Task, units: dict[int, str]
    ) -> Obligation:
        kept: Any = then or row
        return Obligation(
            id=row.id,
            task_id=row.task_id,
            unit_id=kept.unit_id,
            kind=Kind(row.kind),
            period=row.period,
            due=kept.due,
            state=State(kept.state),
            arose_at=kept.arose_at,
            done_at=kept.done_at,
            ref=task.ref,
            content=task.content,
            unit=units.get(kept.unit_id, ""),
            leader=task.leader,
            also=task.also,
            frequency=task.frequency,
            last_rung=row.last_rung,
            next_nudge_on=None,
            period_from=kept.period_from,
            agreed=kept.agreed_due,
            reviewed=kept.reviewed,
            ladder=self._ladder(row),
            asks=kept.asks,
        )


def _counts(o: Obligation, task: Task) -> bool:
    return task.active or (task.state != "dropped" and not o.open)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What never changes of an obligation, and its units of then and now; the rest is looked at when it is read."""
    out: list[ColumnElement[bool]] = []
    if wanted.unit_ids is not None:
        once = select(ObligationPastRow.obligation_id).where(ObligationPastRow.unit_id.in_(wanted.unit_ids))
        out.append(ObligationRow.unit_id.in_(wanted.unit_ids) | ObligationRow.id.in_(once))
    if wanted.kind is not None:
        out.append(ObligationRow.kind == str(wanted.kind))
    if wanted.kinds is not None:
        out.append(ObligationRow.kind.in_([str(kind) for kind in wanted.kinds]))
    if wanted.task_id is not None:
        out.append(ObligationRow.task_id == wanted.task_id)
    if wanted.task_ids is not None:
        out.append(ObligationRow.task_id.in_(wanted.task_ids))
    if wanted.periods is not None:
        out.append(ObligationRow.period.in_(wanted.periods))
    if wanted.ids is not None:
        out.append(ObligationRow.id.in_(wanted.ids))
    return out


def _holds(o: Obligation, wanted: Wanted) -> bool:
    if wanted.unit_ids is not None and o.unit_id not in wanted.unit_ids:
        return False
    if wanted.leader is not None and not o.led_by([wanted.leader]):
        return False
    if wanted.states is not None and o.state not in wanted.states:
        return False
    if wanted.due_before is not None and o.chase >= wanted.due_before:
        return False
    return wanted.due_until is None or o.chase <= wanted.due_until
