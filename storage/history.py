"""Knows how the history is kept: who did what when, by which message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select
from sqlalchemy.orm import Session

from core.ports import Source
from core.work_history import Event, EventPage
from storage.base import Moment
from storage.past.unit_share import Share, share_of
from storage.prepared import Prepared, insert_all
from storage.prepared import rows as read
from storage.tables.offices import EventRow
from storage.tables.past import PersonPastRow
from storage.tables.people import PersonRow

_HAPPENED = Prepared(
    insert(EventRow.__table__),  # type: ignore[arg-type]
    ("office_id", "at", "what", "subject", "subject_id", "data"),
)


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
            each = [{"subject_id": number, "data": data} for number, data in rows]
            insert_all(self._session, _HAPPENED, each, shared)

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
        return self._read(_since(), {"what": what, "since": moment})

    def last(self, what: str) -> Event | None:
        found = self._read(_last(), {"what": what})
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

    def _many(self, *where: ColumnElement[bool]) -> list[Event]:
        return self._read(_events().where(*where).order_by(EventRow.id), {})

    def _read(self, query: Any, values: dict[str, Any]) -> list[Event]:
        if self._moment is not None:
            query = query.statement if isinstance(query, Prepared) else query
            query, values = query.where(_BY_THEN), {**values, "then": self._moment}
        then = self._names_then()
        return [
            Event(
                row.at, row.what, row.subject, row.subject_id, row.person_id,
                then.get(row.person_id or 0, row.name or ""), row.data, row.chat_id, row.message_id,
            )
            for row in read(self._session, query, {**values, "office": self._office_id})
        ]  # fmt: skip


def _about(subject: str, subject_id: int) -> ColumnElement[bool]:
    return and_(EventRow.subject == subject, EventRow.subject_id == subject_id)


def _of_person(person_id: int) -> ColumnElement[bool]:
    """What the person did, and what was done to them."""
    return or_(EventRow.person_id == person_id, _about("person", person_id))


def _is_of(subject: str, data: dict[str, Any], unit_id: int, share: Share) -> bool:
    return data.get("unit_id") == unit_id if subject == "person" else share.concerns(data)


# What every tick asks is built once: making a statement anew costs more than carrying it out.

_BY_THEN = EventRow.at <= bindparam("then", type_=Moment)


@cache
def _events() -> Any:
    return (
        select(*EventRow.__table__.c, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == EventRow.person_id)
        .where(EventRow.office_id == bindparam("office"))
    )


@cache
def _since() -> Prepared:
    since = EventRow.at >= bindparam("since", type_=Moment)
    return Prepared(_events().where(EventRow.what == bindparam("what"), since).order_by(EventRow.id))


@cache
def _last() -> Prepared:
    return Prepared(_events().where(EventRow.what == bindparam("what")).order_by(EventRow.id.desc()).limit(1))
