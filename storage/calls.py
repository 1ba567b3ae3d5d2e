"""Knows how calls for input and their answers are kept; a co-unit is asked once for one report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from core.ports import Source
from core.rules.calls import Asked, Call, Input
from storage.agenda import look_now
from storage.inserting import insert_new
from storage.past.then import names_then
from storage.prepared import Prepared
from storage.prepared import rows as read
from storage.tables.calls import AskedRow, CallRow, InputRow
from storage.tables.notices import NoticeRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.tables.people import PersonRow


class SqlCalls:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was asked and answered by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def open(self, obligation_id: int, question: str, by: int | None, now: datetime) -> Call | None:
        """The new call; None if there is one already."""
        values = {"obligation_id": obligation_id, "question": question, "by_id": by, "at": now}
        if not self._insert(CallRow, values):
            return None
        return self.of([obligation_id])[obligation_id]

    def of(self, obligation_ids: Collection[int]) -> dict[int, Call]:
        return {c.obligation_id: c for c in self._calls(CallRow.obligation_id.in_(obligation_ids))}

    def running(self) -> list[Call]:
        """Calls towards open reports of active tasks whose text the lead doesn't have yet."""
        return self._read_calls(_running())

    def ask(self, call_id: int, unit_id: int, now: datetime) -> bool:
        """Whether this unit is asked by this; False if it was asked before."""
        return self._insert(AskedRow, {"call_id": call_id, "unit_id": unit_id, "asked_at": now})

    def asked(self, call_ids: Collection[int]) -> list[Asked]:
        return self._asked(AskedRow.call_id.in_(call_ids)) if call_ids else []

    def asked_of(self, unit_ids: Collection[int]) -> list[Asked]:
        """What these units were asked for and haven't answered, towards reports that are still open."""
        if not unit_ids:
            return []
        return self._asked(AskedRow.unit_id.in_(unit_ids), AskedRow.answered_at.is_(None), _awaited())

    def unanswered(self) -> list[Asked]:
        """Everything asked that is neither answered nor reminded of, towards reports that are still open."""
        return self._read_asked(_unanswered())

    def reminded(self, asked_ids: Collection[int], now: datetime) -> None:
        where = (AskedRow.office_id == self._office_id, AskedRow.id.in_(asked_ids))
        self._session.execute(update(AskedRow).where(*where).values(reminded_at=now))

    def given(self, call_id: int, now: datetime) -> None:
        where = (CallRow.office_id == self._office_id, CallRow.id == call_id)
        self._session.execute(update(CallRow).where(*where).values(given_at=now))

    def answer(self, asked_id: int, person_id: int, text: str, source: Source, now: datetime, album: str = "") -> Input:
        """The next version of this unit's answer."""
        look_now(self._session, self._office_id)
        last = self._session.scalar(select(func.max(InputRow.version)).where(InputRow.asked_id == asked_id)) or 0
        row = InputRow(
            office_id=self._office_id,
            asked_id=asked_id,
            version=last + 1,
            text=text,
            files=[asdict(file) for file in source.files],
            person_id=person_id,
            at=now,
            chat_id=source.chat_id,
            message_id=source.message_id,
            album=album,
        )
        self._session.add(row)
        first = (AskedRow.office_id == self._office_id, AskedRow.id == asked_id, AskedRow.answered_at.is_(None))
        self._session.execute(update(AskedRow).where(*first).values(answered_at=now))
        self._session.flush()
        return self._inputs(InputRow.id == row.id)[0]

    def attach(self, input_id: int, source: Source) -> None:
        """A further picture of an album."""
        row = self._session.get(InputRow, input_id)
        if row is not None and row.office_id == self._office_id:
            row.files = [*row.files, *(asdict(file) for file in source.files)]
            self._session.flush()

    def by_message(self, chat_id: int, message_id: int) -> list[Asked]:
        """The units whose newest answer this message is."""
        found = self._inputs(InputRow.chat_id == chat_id, InputRow.message_id == message_id)
        asked = self._asked(AskedRow.id.in_([each.asked_id for each in found])) if found else []
        return [each for each in asked if each.input and each.input.id in {one.id for one in found}]

    def by_album(self, chat_id: int, album: str) -> list[Input]:
        return self._inputs(InputRow.chat_id == chat_id, InputRow.album == album)

    def _insert(self, table: type[CallRow] | type[AskedRow], values: dict[str, Any]) -> bool:
        look_now(self._session, self._office_id)
        return bool(insert_new(self._session, table, {"office_id": self._office_id, **values}, "id"))

    def _calls(self, *where: ColumnElement[bool]) -> list[Call]:
        return self._read_calls(_every_call().where(*self._by_then(CallRow.at), *where))

    def _read_calls(self, query: Any) -> list[Call]:
        return [
            Call(row.id, row.obligation_id, row.question, row.by_id, row.name or "", row.at, self._then(row.given_at))
            for row in read(self._session, query, {"office": self._office_id})
        ]

    def _asked(self, *where: ColumnElement[bool]) -> list[Asked]:
        return self._read_asked(_every_asked().where(*self._by_then(AskedRow.asked_at), *where))

    def _read_asked(self, query: Any) -> list[Asked]:
        rows = read(self._session, query, {"office": self._office_id})
        answered = [row.id for row in rows if self._then(row.answered_at)]
        inputs = {each.asked_id: each for each in self._inputs(InputRow.asked_id.in_(answered))} if answered else {}
        names = names_then(self._session, self._office_id, self._moment) if self._moment else {}
        return [
            Asked(
                row.id,
                row.call_id,
                row.obligation_id,
                row.unit_id,
                names.get(row.unit_id, row.unit),
                row.asked_at,
                self._then(row.reminded_at),
                inputs.get(row.id),
            )
            for row in rows
        ]

    def _inputs(self, *where: ColumnElement[bool]) -> list[Input]:
        query = (
            select(InputRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == InputRow.person_id)
            .where(InputRow.office_id == self._office_id, *self._by_then(InputRow.at), *where)
            .order_by(InputRow.asked_id, InputRow.version)
        )
        return [
            Input(row.id, row.asked_id, row.version, row.text, row.person_id, name, row.at, tuple(row.files), row.album)
            for row, name in self._session.execute(query)
        ]

    def _by_then(self, at: Any) -> tuple[ColumnElement[bool], ...]:
        return (at <= self._moment,) if self._moment else ()

    def _then(self, at: datetime | None) -> datetime | None:
        """A moment that had come by then, else None."""
        return at if at is None or self._moment is None or at <= self._moment else None


def _awaited() -> ColumnElement[bool]:
    """Of a call: its report is still open. Asked of each call: a list of all open reports would be a country's."""
    return (
        select(ObligationRow.id)
        .join(TaskRow, TaskRow.id == ObligationRow.task_id)
        .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
        .where(ObligationRow.id == CallRow.obligation_id, ObligationRow.state == "open")
        .where(TaskRow.state == "active", NoticeRow.state == "active")
        .correlate(CallRow)
        .exists()
    )


@cache
def _every_call() -> Any:
    return (
        select(*CallRow.__table__.c, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == CallRow.by_id)
        .where(CallRow.office_id == bindparam("office"))
        .order_by(CallRow.id)
    )


@cache
def _every_asked() -> Any:
    return (
        select(*AskedRow.__table__.c, CallRow.obligation_id, UnitRow.name.label("unit"))
        .join(CallRow, CallRow.id == AskedRow.call_id)
        .join(UnitRow, UnitRow.id == AskedRow.unit_id)
        .where(AskedRow.office_id == bindparam("office"))
        .order_by(AskedRow.id)
    )


# Every look of a tick asks these two.


@cache
def _running() -> Prepared:
    return Prepared(_every_call().where(CallRow.given_at.is_(None), _awaited()))


@cache
def _unanswered() -> Prepared:
    return Prepared(_every_asked().where(AskedRow.answered_at.is_(None), AskedRow.reminded_at.is_(None), _awaited()))
