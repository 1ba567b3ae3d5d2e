"""Knows how the history is kept: who did what when, by which message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.orm import Session

from core.ports import Source
from core.work_history import Event, EventPage
from storage.past.unit_share import Share, share_of
from storage.tables.offices import EventRow
from storage.tables.past import PersonPastRow
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
        source = source or self._session.info.get("source")
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

    def by(self, source: Source) -> None:
        """What happens in this transaction from now on happens by this message, where nobody names another."""
        self._session.info["source"] = source

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

    def page(
        self, subject: str, subject_id: int, page: int, size: int, tasks: Collection[int] | None = None
    ) -> EventPage:
        """A page of what happened to a task, to a unit in all its tasks (or only in `tasks`), or by and to a person."""
        if subject == "unit":
            ids = self._of_unit(subject_id, tasks)
            total, where = len(ids), []
        else:
            where = [_of_person(subject_id) if subject == "person" else _about(subject, subject_id)]
            ids = []
            counted = select(func.count()).select_from(EventRow).where(*self._here(), *where)
            total = self._session.scalar(counted) or 0
        pages = max(1, -(-total // size))
        page = min(max(page, 0), pages - 1)
        if subject != "unit":
            query = select(EventRow.id).where(*self._here(), *where).order_by(EventRow.id.desc())
            ids = list(self._session.scalars(query.limit(size).offset(page * size)))
        else:
            ids = ids[page * size : (page + 1) * size]
        found = self._many(EventRow.id.in_(ids)) if ids else []
        return EventPage(tuple(reversed(found)), total, page, pages)

    def _of_unit(self, unit_id: int, tasks: Collection[int] | None) -> list[int]:
        """What happened to the unit and to its part of its tasks, the newest first."""
        share = share_of(self._session, self._office_id, unit_id, self._moment)
        ids = share.tasks if tasks is None else share.tasks & set(tasks)
        own = and_(EventRow.subject == "task", EventRow.subject_id.in_(ids))
        if tasks is None:
            came = and_(EventRow.subject == "person", EventRow.what.in_(("joined", "removed")))
            own = or_(own, _about("unit", unit_id), came)
        query = select(EventRow.id, EventRow.subject, EventRow.data).where(*self._here(), own)
        rows = self._session.execute(query.order_by(EventRow.id.desc()))
        return [row.id for row in rows if row.subject == "unit" or _is_of(row.subject, row.data, unit_id, share)]

    def _names_then(self) -> dict[int, str]:
        """People who have another name now."""
        if self._moment is None:
            return {}
        here = PersonPastRow.office_id == self._office_id, PersonPastRow.until > self._moment
        query = select(PersonPastRow.person_id, PersonPastRow.name).where(*here)
        return {row.person_id: row.name for row in self._session.execute(query.order_by(PersonPastRow.until.desc()))}

    def _here(self) -> list[ColumnElement[bool]]:
        here = [EventRow.office_id == self._office_id]
        return here if self._moment is None else [*here, EventRow.at <= self._moment]

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
        then = self._names_then()
        return [
            Event(
                row.at, row.what, row.subject, row.subject_id, row.person_id,
                then.get(row.person_id or 0, name or ""), dict(row.data),
                row.chat_id, row.message_id,
            )
            for row, name in self._session.execute(query)
        ]  # fmt: skip


def _about(subject: str, subject_id: int) -> ColumnElement[bool]:
    return and_(EventRow.subject == subject, EventRow.subject_id == subject_id)


def _of_person(person_id: int) -> ColumnElement[bool]:
    """What the person did, and what was done to them."""
    return or_(EventRow.person_id == person_id, _about("person", person_id))


def _is_of(subject: str, data: dict[str, Any], unit_id: int, share: Share) -> bool:
    return data.get("unit_id") == unit_id if subject == "person" else share.concerns(data)
