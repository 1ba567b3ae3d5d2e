"""Knows rounds of inspection as they stood at a moment, with the words their tasks and units had then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.inspection import Finding, Round, Stop
from storage.inspections import SqlInspections, finding_of, round_of
from storage.past.notices import PastNotices
from storage.past.then import then_of, unit_names_then
from storage.tables.inspections import FindingRow, InspectionRow, StopRow
from storage.tables.past import FindingPastRow, InspectionPastRow
from storage.tables.people import PersonRow


class PastInspections(SqlInspections):
    def __init__(self, session: Session, office_id: int, moment: datetime, notices: PastNotices) -> None:
        super().__init__(session, office_id)
        self._moment = moment
        self._notices = notices

    def listed(self, state: str | None = None, limit: int = 50) -> list[Round]:
        found = [each for each in self._rounds() if state is None or each.state == state]
        return sorted(found, key=lambda each: (each.day, each.id), reverse=True)[:limit]

    def calls(self, round_id: int) -> dict[int, datetime | None]:
        return {who: at if at and at <= self._moment else None for who, at in super().calls(round_id).items()}

    def stops(self, round_id: int) -> list[Stop]:
        then = self._units_then(round_id)
        rows = list(
            self._session.scalars(
                select(StopRow).where(StopRow.inspection_id == round_id).order_by(StopRow.position, StopRow.id)
            )
        )
        tasks = {task.id: task for task in self._notices.tasks_by_id({row.task_id for row in rows})}
        units = unit_names_then(self._session, self._office_id, self._moment)
        out = []
        for row in rows:
            unit_id = then.get(row.id, row.unit_id)
            if (task := tasks.get(row.task_id)) is not None:
                out.append(
                    Stop(
                        row.id,
                        row.inspection_id,
                        row.task_id,
                        unit_id,
                        row.position,
                        task.ref,
                        task.content,
                        units.get(unit_id, ""),
                        task.leader,
                        task.frequency,
                    )
                )
        return out

    def stop(self, stop_id: int) -> Stop | None:
        row = self._session.get(StopRow, stop_id)
        if row is None or self.get(row.inspection_id) is None:
            return None
        return next((stop for stop in self.stops(row.inspection_id) if stop.id == stop_id), None)

    def in_open_rounds(self) -> dict[int, int]:
        return {stop.task_id: each.number for each in self.listed("open") for stop in self.stops(each.id)}

    def last_seen(self) -> dict[int, date]:
        days = {each.id: each.day for each in self._rounds()}
        query = (
            select(StopRow.task_id, StopRow.inspection_id)
            .join(FindingRow, FindingRow.stop_id == StopRow.id)
            .where(FindingRow.office_id == self._office_id, FindingRow.at <= self._moment, *self._stood())
        )
        out: dict[int, date] = {}
        for task_id, round_id in self._session.execute(query):
            if round_id in days:
                out[task_id] = max(days[round_id], out.get(task_id, days[round_id]))
        return out

    def findings(self, round_id: int) -> dict[int, list[Finding]]:
        out: dict[int, list[Finding]] = {}
        for finding in self._findings(FindingRow.inspection_id == round_id, *self._stood()):
            out.setdefault(finding.stop_id, []).append(finding)
        return out

    def _stood(self) -> tuple[ColumnElement[bool]]:
        """Not withdrawn by then."""
        return (FindingRow.withdrawn_at.is_(None) | (FindingRow.withdrawn_at > self._moment),)

    def _units_then(self, round_id: int) -> dict[int, int]:
        """{stop: its unit then}, where one of the round's was another's since."""
        query = (
            select(InspectionPastRow.units)
            .where(InspectionPastRow.inspection_id == round_id, InspectionPastRow.until > self._moment)
            .order_by(InspectionPastRow.until)
            .limit(1)
        )
        return dict(self._session.scalar(query) or ())

    def _rounds(self, *where: ColumnElement[bool], limit: int = 1) -> list[Round]:
        """Every round that was opened by then and fits, whatever its number: `listed` cuts by the days of then."""
        past, held = then_of(InspectionPastRow, "inspection_id", InspectionRow.id, self._moment)
        query = (
            select(InspectionRow, past.day, PersonRow.name)
            .join(PersonRow, PersonRow.id == InspectionRow.opened_by)
            .outerjoin(past, held)
            .where(InspectionRow.office_id == self._office_id, InspectionRow.opened_at <= self._moment, *where)
        )
        out = []
        for row, day, name in self._session.execute(query):
            found = replace(round_of(row, name), day=day or row.day)
            if row.ended_at is not None and row.ended_at > self._moment:
                found = replace(found, state="open", ended_at=None)
            out.append(found)
        return out

    def _findings(self, *where: ColumnElement[bool]) -> list[Finding]:
        past, held = then_of(FindingPastRow, "finding_id", FindingRow.id, self._moment)
        query = self._found(FindingRow.at <= self._moment, *where).outerjoin(past, held).add_columns(past)
        return [self._as_then(finding_of(row, name), then) for row, name, then in self._session.execute(query)]

    def _as_then(self, found: Finding, then: FindingPastRow | None) -> Finding:
        if found.withdrawn_at is not None and found.withdrawn_at > self._moment:
            found = replace(found, withdrawn_at=None)
        if then is None:
            return found
        return replace(found, mark=then.mark, text=then.text, mend_by=then.mend_by, files=tuple(then.files))
