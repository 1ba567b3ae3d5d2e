"""Knows how linked groups are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core.work import Group
from storage.prepared import Prepared, rows
from storage.tables.groups import GroupRow

_LINKED = Prepared(
    select(GroupRow.id, GroupRow.chat_id, GroupRow.topic_id, GroupRow.title)
    .where(GroupRow.office_id == bindparam("office"), GroupRow.closed_at.is_(None))
    .order_by(GroupRow.id)
)


class SqlGroups:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def link(self, chat_id: int, topic_id: int | None, title: str, by: int, now: datetime) -> Group:
        """The group, linked anew: linking again moves it to another topic."""
        row = self._row(chat_id)
        if row is None:
            row = GroupRow(office_id=self._office_id, chat_id=chat_id, title=title, linked_by=by, linked_at=now)
            self._session.add(row)
        row.topic_id, row.title, row.closed_at = topic_id, title, None
        self._session.flush()
        return _group(row)

    def unlink(self, chat_id: int, now: datetime) -> bool:
        row = self._row(chat_id)
        if row is None or row.closed_at is not None:
            return False
        row.closed_at = now
        self._session.flush()
        return True

    def all(self) -> list[Group]:
        return [Group(*row) for row in rows(self._session, _LINKED, {"office": self._office_id})]

    def let_go(self, moments: Collection[datetime]) -> list[Group]:
        """Those unlinked at these moments and not linked since."""
        query = select(GroupRow).where(GroupRow.office_id == self._office_id, GroupRow.closed_at.in_(moments))
        return [_group(row) for row in self._session.scalars(query.order_by(GroupRow.id))]

    def lost(self, chat_id: int, now: datetime) -> None:
        """The bot is no longer in it: neither linked nor to be linked again by itself."""
        if (row := self._row(chat_id)) is not None:
            row.closed_at = now
            self._session.flush()

    def by_chat(self, chat_id: int) -> Group | None:
        row = self._row(chat_id)
        return _group(row) if row is not None and row.closed_at is None else None

    def moved(self, old: int, new: int) -> None:
        where = (GroupRow.office_id == self._office_id, GroupRow.chat_id == old)
        self._session.execute(update(GroupRow).where(*where).values(chat_id=new))

    def _row(self, chat_id: int) -> GroupRow | None:
        return self._session.scalar(
            select(GroupRow).where(GroupRow.office_id == self._office_id, GroupRow.chat_id == chat_id)
        )


def _group(row: GroupRow) -> Group:
    return Group(row.id, row.chat_id, row.topic_id, row.title)
