"""Knows how leaders' instructions are kept, by then as well as now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import Session

from core.ports import Source
from core.rules.instructions import Addressee, Answer, Instruction
from core.rules.tasks import Unit
from storage.agenda import look_now
from storage.heads import further, headed
from storage.prepared import Prepared
from storage.prepared import rows as read
from storage.tables.instructions import InstructionReplyRow, InstructionRow, InstructionUnitRow
from storage.tables.notices import NoticeRow, TaskRow, UnitRow
from storage.tables.people import PersonRow
from storage.view import in_view


class SqlInstructions:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was given, confirmed and answered by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def give(
        self,
        task_id: int,
        person_id: int,
        text: str,
        units: Collection[tuple[int, datetime | None]],
        source: Source,
        now: datetime,
        replaces: int | None = None,
    ) -> Instruction:
        """`units`: (unit, since when it is told; None where nobody can be reached)."""
        look_now(self._session, self._office_id)
        row = InstructionRow(
            office_id=self._office_id,
            task_id=task_id,
            person_id=person_id,
            text=text,
            at=now,
            chat_id=source.chat_id,
            message_id=source.message_id,
            replaces=replaces,
        )
        self._session.add(row)
        self._session.flush()
        for unit_id, told_at in units:
            self._session.add(InstructionUnitRow(instruction_id=row.id, unit_id=unit_id, told_at=told_at))
        self._session.flush()
        found = self.get(row.id)
        assert found is not None
        return found

    def get(self, instruction_id: int) -> Instruction | None:
        return next(iter(self._many(InstructionRow.id == instruction_id)), None)

    def of_task(self, task_id: int) -> list[Instruction]:
        return self._many(InstructionRow.task_id == task_id)

    def by_leaders(self, names: Collection[str] | None, limit: int = 200) -> list[Instruction]:
        """On the tasks of these leaders, of all if None; the newest first."""
        where = [headed(names)] if names is not None else []
        return self._many(in_view(self._session), *where, limit=limit)

    def to_units(self, unit_ids: Collection[int], limit: int = 200) -> list[Instruction]:
        """Those that went to one of these units; the newest first."""
        mine = select(InstructionUnitRow.instruction_id).where(InstructionUnitRow.unit_id.in_(unit_ids))
        return self._many(in_view(self._session), InstructionRow.id.in_(mine), limit=limit)

    def waiting_for(self, unit_ids: Collection[int]) -> list[Instruction]:
        """What these units have not confirmed yet."""
        mine = select(InstructionUnitRow.instruction_id).where(
            InstructionUnitRow.unit_id.in_(unit_ids), InstructionUnitRow.confirmed_at.is_(None)
        )
        return self._many(
            InstructionRow.id.in_(mine),
            InstructionRow.withdrawn_at.is_(None),
            TaskRow.state == "active",
            NoticeRow.state == "active",
        )

    def to_remind(self) -> list[Instruction]:
        """What somebody was told of, has not confirmed and was not reminded of."""
        return self._read(_to_remind())

    def tell(self, instruction_id: int, unit_id: int, now: datetime) -> None:
        look_now(self._session, self._office_id)
        self._change(instruction_id, unit_id, InstructionUnitRow.told_at.is_(None), told_at=now)

    def confirm(self, instruction_id: int, unit_id: int, person_id: int, now: datetime) -> bool:
        """Whether it is new: one person's receipt is the unit's."""
        free = InstructionUnitRow.confirmed_at.is_(None)
        return self._change(instruction_id, unit_id, free, confirmed_by=person_id, confirmed_at=now)

    def reminded(self, instruction_id: int, unit_id: int, now: datetime) -> None:
        self._change(instruction_id, unit_id, InstructionUnitRow.reminded_at.is_(None), reminded_at=now)

    def reply(
        self, instruction_id: int, unit_id: int, person_id: int, text: str, source: Source, now: datetime
    ) -> None:
        self._session.add(
            InstructionReplyRow(
                instruction_id=instruction_id,
                unit_id=unit_id,
                person_id=person_id,
                text=text,
                files=[asdict(file) for file in source.files],
                at=now,
            )
        )
        self._session.flush()

    def withdraw(self, instruction_id: int, now: datetime) -> bool:
        """Whether it stood until now."""
        where = (
            InstructionRow.office_id == self._office_id,
            InstructionRow.id == instruction_id,
            InstructionRow.withdrawn_at.is_(None),
        )
        change = update(InstructionRow).where(*where).values(withdrawn_at=now).returning(InstructionRow.id)
        done = self._session.scalar(change) is not None
        self._session.expire_all()
        return done

    def _change(self, instruction_id: int, unit_id: int, still: ColumnElement[bool], **values: object) -> bool:
        where = (InstructionUnitRow.instruction_id == instruction_id, InstructionUnitRow.unit_id == unit_id, still)
        change = update(InstructionUnitRow).where(*where).values(**values).returning(InstructionUnitRow.unit_id)
        done = self._session.scalar(change) is not None
        self._session.expire_all()
        return done

    def _many(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Instruction]:
        by_then = (InstructionRow.at <= self._moment,) if self._moment else ()
        return self._read(_instructions().where(*where, *by_then).limit(limit))

    def _read(self, query: Any) -> list[Instruction]:
        rows = read(self._session, query, {"office": self._office_id})
        if not rows:
            return []
        ids = [row.id for row in rows]
        units, answers = self._units(ids), self._answers(ids)
        also = further(self._session, self._office_id)
        return [
            Instruction(
                row.id,
                row.task_id,
                row.ref,
                row.content,
                (*((row.leader_name,) if row.leader_name else ()), *(one.name for one in also.get(row.task_id, ()))),
                row.person_id,
                row.name,
                row.text,
                row.at,
                row.replaces,
                self._then(row.withdrawn_at),
                tuple(units.get(row.id, ())),
                tuple(answers.get(row.id, ())),
            )
            for row in rows
        ]

    def _units(self, ids: Collection[int]) -> dict[int, list[Addressee]]:
        query = (
            select(InstructionUnitRow, UnitRow, PersonRow.name)
            .join(UnitRow, UnitRow.id == InstructionUnitRow.unit_id)
            .outerjoin(PersonRow, PersonRow.id == InstructionUnitRow.confirmed_by)
            .where(InstructionUnitRow.instruction_id.in_(ids))
            .order_by(UnitRow.id)
        )
        out: dict[int, list[Addressee]] = {}
        for row, unit, name in self._session.execute(query):
            confirmed = self._then(row.confirmed_at)
            out.setdefault(row.instruction_id, []).append(
                Addressee(
                    Unit(unit.id, unit.name, unit.is_group),
                    self._then(row.told_at),
                    name or "" if confirmed else "",
                    confirmed,
                    self._then(row.reminded_at),
                )
            )
        return out

    def _answers(self, ids: Collection[int]) -> dict[int, list[Answer]]:
        query = (
            select(InstructionReplyRow, UnitRow.name, PersonRow.name)
            .join(UnitRow, UnitRow.id == InstructionReplyRow.unit_id)
            .join(PersonRow, PersonRow.id == InstructionReplyRow.person_id)
            .where(InstructionReplyRow.instruction_id.in_(ids))
            .order_by(InstructionReplyRow.id)
        )
        out: dict[int, list[Answer]] = {}
        for row, unit, person in self._session.execute(query):
            if self._then(row.at):
                answer = Answer(unit, person, row.text, len(row.files), row.at)
                out.setdefault(row.instruction_id, []).append(answer)
        return out

    def _then(self, at: datetime | None) -> datetime | None:
        return at if at is None or self._moment is None or at <= self._moment else None


@cache
def _instructions() -> Any:
    columns = *InstructionRow.__table__.c, TaskRow.ref, TaskRow.content, TaskRow.leader_name, PersonRow.name
    return (
        select(*columns)
        .join(TaskRow, TaskRow.id == InstructionRow.task_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .join(PersonRow, PersonRow.id == InstructionRow.person_id)
        .where(InstructionRow.office_id == bindparam("office"))
        .order_by(InstructionRow.id.desc())
    )


@cache
def _to_remind() -> Prepared:
    # Asked of each instruction: a list of all that wait would be a country's.
    waits = exists().where(
        InstructionUnitRow.instruction_id == InstructionRow.id,
        InstructionUnitRow.told_at.is_not(None),
        InstructionUnitRow.confirmed_at.is_(None),
        InstructionUnitRow.reminded_at.is_(None),
    )
    standing = InstructionRow.withdrawn_at.is_(None), TaskRow.state == "active", NoticeRow.state == "active"
    return Prepared(_instructions().where(waits, *standing))
