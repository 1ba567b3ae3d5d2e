"""Knows how the history is kept: who did what when, by which message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from core.ports import Source
from core.work_history import Event
from storage.tables.offices import EventRow
from storage.tables.people import PersonRow


class SqlHistory:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what had happened by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def add(
        self,
        what: str,
        subject: str,
        subject_id: int,
        now: datetime,
        person_id: int | None = None,
        source: Source | None = None,
        **data: Any,
    ) -> None:
        self._session.add(
            EventRow(
                office_id=self._office_id,
                at=now,
                person_id=person_id,
                what=what,
                subject=subject,
                subject_id=subject_id,
                chat_id=source.chat_id if source else None,
                message_id=source.message_id if source else None,
                data=data,
            )
        )
        self._session.flush()

    def add_all(self, what: str, subject: str, rows: Sequence[tuple[int, dict[str, Any]]], now: datetime) -> None:
        """The same happened to all of these: (subject's id, data) pairs."""
        shared = {"office_id": self._office_id, "at": now, "what": what, "subject": subject}
        if rows:
            values = [{**shared, "subject_id": number, "data": data} for number, data in rows]
            self._session.connection().execute(insert(EventRow.__table__), values)  # type: ignore[arg-type]

    def of(self, subject: str, subject_id: int) -> list[Event]:
        return self._many(EventRow.subject == subject, EventRow.subject_id == subject_id)

    def every(self) -> list[Event]:
        """The whole history of the office in its order."""
        return self._many()

    def those(self, what: str, subject: str, subject_ids: Collection[int]) -> list[Event]:
        """What happened of one sort to any of these, in order."""
        if not subject_ids:
            return []
        return self._many(EventRow.what == what, EventRow.subject == subject, EventRow.subject_id.in_(subject_ids))

    def since(self, what: str, moment: datetime) -> list[Event]:
        """What happened from that moment on, oldest first."""
        return self._many(EventRow.what == what, EventRow.at >= moment)

    def last(self, what: str) -> Event | None:
        found = self._many(EventRow.what == what, newest=True)
        return found[0] if found else None

    def _many(self, *where: ColumnElement[bool], newest: bool = False) -> list[Event]:
        query = (
            select(EventRow, PersonRow.name)
            .outerjoin(PersonRow, PersonRow.id == EventRow.person_id)
            .where(EventRow.office_id == self._office_id, *where)
            .order_by(EventRow.id.desc() if newest else EventRow.id)
        )
        if self._moment:
            query = query.where(EventRow.at <= self._moment)
        if newest:
            query = query.limit(1)
        return [
            Event(row.at, row.what, row.subject, row.subject_id, row.person_id, name or "", dict(row.data))
            for row, name in self._session.execute(query)
        ]
