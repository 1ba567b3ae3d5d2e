"""Knows how obligations are kept and asked for; what they were before a change is kept too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.rules.ladder import LADDERS, REPORT_LADDER, Ladder, load_ladder, to_data
from core.rules.obligations import Kind, Obligation, Revised, State, check_move, in_order
from core.work import Wanted
from storage import owed
from storage.agenda import look_now
from storage.heads import further, leader_of
from storage.keeping import keep_obligation
from storage.prepared import carry_out, rows
from storage.revised import revised
from storage.tables.notices import TaskRow
from storage.tables.obligations import LadderRow, ObligationRow
from storage.view import chosen, view


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
        values = owed.asked(wanted)
        return self._list(owed.found(frozenset(values), chosen(self._session) is not None), values)

    def gone(self) -> list[Obligation]:
        """What was owed once and isn't any more: dropped, or of a task that is suspended, done or dropped."""
        return self._list(owed.gone(chosen(self._session) is not None), {})

    def revised(self, ids: Collection[int]) -> dict[int, Revised]:
        """How often each was changed, and its dates before; those that never were are left out."""
        return revised(self._session, self._office_id, ids)

    def due_dates(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which something of an active notice is or was due, in order.

        The original dates: a summary looks back at a period, not at what was agreed with one unit.
        """
        found = rows(
            self._session,
            owed.due_dates(chosen(self._session) is not None),
            {"first": first, "last": last, **view(self._session, self._office_id)},
        )
        return [row[0] for row in found]

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
            owed.for_nudge(chosen(self._session) is not None),
            {"states": [str(State.OPEN)], "today": today, "most": limit},
        )

    def next_nudge_day(self) -> date | None:
        """The earliest day on which some obligation's next rung stands."""
        found = rows(self._session, owed.next_nudge(), {"office": self._office_id})
        return found[0][0] if found else None

    def nudged(self, obligation_id: int, last_rung: int | None, next_on: date | None) -> None:
        look_now(self._session, self._office_id)
        where = (ObligationRow.office_id == self._office_id, ObligationRow.id == obligation_id)
        self._session.execute(update(ObligationRow).where(*where).values(last_rung=last_rung, next_nudge_on=next_on))

    def nudged_all(self, moved: Sequence[tuple[int, int | None, date | None]]) -> None:
        """`nudged` for many at once: (obligation, last rung, day of the next) each."""
        look_now(self._session, self._office_id)
        alike: dict[tuple[int | None, date | None], list[int]] = {}
        for number, rung, day in moved:
            alike.setdefault((rung, day), []).append(number)
        for (rung, day), ids in alike.items():
            carry_out(self._session, owed.NUDGED, {"of": ids, "rung": rung, "on": day, "office": self._office_id})

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
            kept = rows(self._session, owed.LADDERS, {"office": self._office_id})
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
