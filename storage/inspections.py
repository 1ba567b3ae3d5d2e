"""Knows how rounds of inspection and what was found in them are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from core.ports import Source
from core.rules.inspection import Finding, Round, Stop, mending_key
from core.rules.tasks import Task, Unit
from storage.heads import leader_of
from storage.keeping import keep_finding, keep_inspection
from storage.tables.inspections import CallRow, FindingRow, InspectionRow, StopRow
from storage.tables.notices import TaskRow, UnitRow
from storage.tables.people import PersonRow


class SqlInspections:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    # -- rounds ------------------------------------------------------------------------------------------------------

    def open(
        self,
        day: date,
        ready: str,
        scope: str,
        stops: Sequence[tuple[Unit, Task]],
        called: Collection[int],
        person_id: int,
        now: datetime,
    ) -> Round:
        """A new round with its stops in this order; its number is the next of the year of its day."""
        last = self._session.scalar(
            select(func.max(InspectionRow.number)).where(
                InspectionRow.office_id == self._office_id, InspectionRow.year == day.year
            )
        )
        row = InspectionRow(
            office_id=self._office_id,
            year=day.year,
            number=(last or 0) + 1,
            scope=scope,
            day=day,
            ready=ready,
            state="open",
            opened_by=person_id,
            opened_at=now,
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(
            StopRow(inspection_id=row.id, task_id=task.id, unit_id=unit.id, position=position)
            for position, (unit, task) in enumerate(stops)
        )
        self._session.add_all(CallRow(inspection_id=row.id, person_id=number) for number in called)
        self._session.flush()
        return self._rounds(InspectionRow.id == row.id)[0]

    def get(self, round_id: int) -> Round | None:
        return next(iter(self._rounds(InspectionRow.id == round_id)), None)

    def listed(self, state: str | None = None, limit: int = 50) -> list[Round]:
        """The rounds of the office, the latest first."""
        where = [] if state is None else [InspectionRow.state == state]
        return self._rounds(*where, limit=limit)

    def move(self, round_id: int, old: date, new: date, now: datetime) -> bool:
        """Whether the round was still open and for that day."""
        row = self._session.get(InspectionRow, round_id)
        if row is not None and row.office_id == self._office_id and row.state == "open" and row.day == old:
            keep_inspection(self._session, row, now)
        return self._change(round_id, InspectionRow.day == old, day=new)

    def end(self, round_id: int, state: str, now: datetime) -> bool:
        """Whether the round was still open."""
        return self._change(round_id, state=state, ended_at=now)

    def reopen(self, round_id: int, state: str) -> bool:
        """Whether it had ended so; it is under way again."""
        values = {"state": "open", "ended_at": None}
        return self._change(round_id, was=state, **values)

    def leave_out(self, stop_ids: Collection[int]) -> None:
        """These stops, at which nothing was recorded, are none any more."""
        mine = select(InspectionRow.id).where(InspectionRow.office_id == self._office_id)
        self._session.execute(delete(StopRow).where(StopRow.id.in_(stop_ids), StopRow.inspection_id.in_(mine)))
        self._session.expire_all()

    def put_back(self, round_id: int, stops: Sequence[tuple[int, int, int]]) -> None:
        """stops: (task, unit, position), as they were left out."""
        self._session.add_all(
            StopRow(inspection_id=round_id, task_id=task, unit_id=unit, position=position)
            for task, unit, position in stops
        )
        self._session.flush()

    def calls(self, round_id: int) -> dict[int, datetime | None]:
        """{who was told: when they confirmed}"""
        query = select(CallRow.person_id, CallRow.confirmed_at).where(CallRow.inspection_id == round_id)
        return {row.person_id: row.confirmed_at for row in self._session.execute(query)}

    def call(self, round_id: int, person_id: int) -> None:
        if self._session.get(CallRow, (round_id, person_id)) is None:
            self._session.add(CallRow(inspection_id=round_id, person_id=person_id))
            self._session.flush()

    def confirm(self, round_id: int, person_id: int, now: datetime) -> bool:
        """Whether the confirmation is new."""
        row = self._session.get(CallRow, (round_id, person_id))
        if row is None or row.confirmed_at is not None:
            return False
        row.confirmed_at = now
        self._session.flush()
        return True

    # -- stops -------------------------------------------------------------------------------------------------------

    def stops(self, round_id: int) -> list[Stop]:
        """In the order of the round."""
        return self._stops(StopRow.inspection_id == round_id)

    def stop(self, stop_id: int) -> Stop | None:
        return next(iter(self._stops(StopRow.id == stop_id)), None)

    def hold(self, stop_id: int) -> Stop | None:
        """The stop, held until the end of the transaction: of two who record at once the second sees the first."""
        mine = select(TaskRow.id).where(TaskRow.office_id == self._office_id)
        wanted = select(StopRow.id).where(StopRow.id == stop_id, StopRow.task_id.in_(mine)).with_for_update()
        return self.stop(stop_id) if self._session.scalar(wanted) is not None else None

    def in_open_rounds(self) -> dict[int, int]:
        """{task: the number of an open round that it is in}"""
        query = (
            select(StopRow.task_id, InspectionRow.number)
            .join(InspectionRow, InspectionRow.id == StopRow.inspection_id)
            .where(InspectionRow.office_id == self._office_id, InspectionRow.state == "open")
        )
        return {row.task_id: row.number for row in self._session.execute(query)}

    def last_seen(self) -> dict[int, date]:
        """{task: the day of the last round in which something was recorded about it}"""
        query = (
            select(StopRow.task_id, func.max(InspectionRow.day))
            .join(InspectionRow, InspectionRow.id == StopRow.inspection_id)
            .join(FindingRow, FindingRow.stop_id == StopRow.id)
            .where(InspectionRow.office_id == self._office_id, FindingRow.withdrawn_at.is_(None))
            .group_by(StopRow.task_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    # -- findings ----------------------------------------------------------------------------------------------------

    def record(
        self,
        stop: Stop,
        mark: str,
        text: str,
        mend_by: date | None,
        files: Sequence[dict[str, Any]],
        person_id: int,
        source: Source,
        album: str,
        day: date,
        now: datetime,
    ) -> Finding:
        """A new finding at a stop that is held; its number is the next there, withdrawn ones counted."""
        last = self._session.scalar(select(func.max(FindingRow.number)).where(FindingRow.stop_id == stop.id))
        row = FindingRow(
            office_id=self._office_id,
            inspection_id=stop.round_id,
            stop_id=stop.id,
            number=(last or 0) + 1,
            mark=mark,
            text=text,
            mend_by=mend_by,
            files=list(files),
            person_id=person_id,
            at=now,
            chat_id=source.chat_id,
            message_id=source.message_id,
            album=album,
        )
        self._session.add(row)
        self._session.flush()
        row.mend_key = mending_key(day, row.id, row.number)
        self._session.flush()
        return self._findings(FindingRow.id == row.id)[0]

    def finding(self, finding_id: int) -> Finding | None:
        return next(iter(self._findings(FindingRow.id == finding_id)), None)

    def findings(self, round_id: int) -> dict[int, list[Finding]]:
        """{stop: what was found there and not withdrawn}"""
        out: dict[int, list[Finding]] = {}
        for finding in self._findings(FindingRow.inspection_id == round_id, FindingRow.withdrawn_at.is_(None)):
            out.setdefault(finding.stop_id, []).append(finding)
        return out

    def change(self, finding_id: int, now: datetime, **values: Any) -> bool:
        """Changes text, mark, mend_by or files; False where it was withdrawn meanwhile."""
        row = self._session.get(FindingRow, finding_id)
        if row is not None and row.office_id == self._office_id and row.withdrawn_at is None:
            keep_finding(self._session, row, now)
        return self._change_finding(finding_id, **values)

    def withdraw(self, finding_id: int, now: datetime) -> bool:
        """False where it was withdrawn already."""
        return self._change_finding(finding_id, withdrawn_at=now)

    def _change_finding(self, finding_id: int, **values: Any) -> bool:
        change = update(FindingRow).where(
            FindingRow.office_id == self._office_id, FindingRow.id == finding_id, FindingRow.withdrawn_at.is_(None)
        )
        done = self._session.scalar(change.values(**values).returning(FindingRow.id)) is not None
        self._session.expire_all()
        return done

    def by_message(self, chat_id: int, message_id: int) -> Finding | None:
        """What this message of a supervisor recorded."""
        return self._standing(FindingRow.chat_id == chat_id, FindingRow.message_id == message_id)

    def by_album(self, chat_id: int, album: str) -> Finding | None:
        """What the first photo of this album recorded."""
        return self._standing(FindingRow.chat_id == chat_id, FindingRow.album == album) if album else None

    def _standing(self, *where: ColumnElement[bool]) -> Finding | None:
        return next(iter(self._findings(*where, FindingRow.withdrawn_at.is_(None))), None)

    def _change(self, round_id: int, *where: ColumnElement[bool], was: str = "open", **values: object) -> bool:
        change = update(InspectionRow).where(
            InspectionRow.office_id == self._office_id,
            InspectionRow.id == round_id,
            InspectionRow.state == was,
            *where,
        )
        done = self._session.scalar(change.values(**values).returning(InspectionRow.id)) is not None
        self._session.expire_all()
        return done

    def _rounds(self, *where: ColumnElement[bool], limit: int = 1) -> list[Round]:
        query = (
            select(InspectionRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == InspectionRow.opened_by)
            .where(InspectionRow.office_id == self._office_id, *where)
            .order_by(InspectionRow.day.desc(), InspectionRow.id.desc())
            .limit(limit)
        )
        return [round_of(row, name) for row, name in self._session.execute(query)]

    def _stops(self, *where: ColumnElement[bool]) -> list[Stop]:
        query = (
            select(StopRow, TaskRow, UnitRow.name)
            .join(TaskRow, TaskRow.id == StopRow.task_id)
            .join(UnitRow, UnitRow.id == StopRow.unit_id)
            .where(TaskRow.office_id == self._office_id, *where)
            .order_by(StopRow.position)
        )
        return [
            Stop(
                row.id,
                row.inspection_id,
                row.task_id,
                row.unit_id,
                row.position,
                task.ref,
                task.content,
                unit,
                leader_of(task.leader_ordinal, task.leader_name, task.leader_title),
                task.frequency,
            )
            for row, task, unit in self._session.execute(query)
        ]

    def _findings(self, *where: ColumnElement[bool]) -> list[Finding]:
        return [finding_of(row, name) for row, name in self._session.execute(self._found(*where))]

    def _found(self, *where: ColumnElement[bool]) -> Any:
        """Findings, each with who recorded it."""
        return (
            select(FindingRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == FindingRow.person_id)
            .where(FindingRow.office_id == self._office_id, *where)
            .order_by(FindingRow.stop_id, FindingRow.number)
        )


def round_of(row: InspectionRow, opener: str) -> Round:
    return Round(
        row.id,
        row.year,
        row.number,
        row.day,
        row.ready,
        row.state,
        row.opened_by,
        opener,
        row.opened_at,
        row.scope,
        row.ended_at,
    )


def finding_of(row: FindingRow, person: str) -> Finding:
    return Finding(
        row.id,
        row.inspection_id,
        row.stop_id,
        row.number,
        row.mark,
        row.text,
        row.mend_by,
        row.person_id,
        person,
        row.at,
        row.mend_key,
        tuple(row.files),
        row.withdrawn_at,
    )
