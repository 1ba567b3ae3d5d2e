"""Knows how conversations under way and texts without a task are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, false, select, update
from sqlalchemy.orm import Session

from core.ports import Source
from core.rules.reports import Pending, Talk
from storage.prepared import Prepared, carry_out
from storage.tables.talks import PendingRow, TalkRow

_REST = Prepared(
    update(TalkRow.__table__)  # type: ignore[arg-type]
    .where(TalkRow.person_id == bindparam("of"), TalkRow.awaits)
    .values(awaits=false())
)


class SqlTalks:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def awaiting(self, person_id: int) -> Talk | None:
        """The conversation that the next plain text belongs to."""
        row = self._session.scalar(
            select(TalkRow)
            .where(TalkRow.person_id == person_id, TalkRow.awaits.is_(True))
            .order_by(TalkRow.updated_at.desc())
            .limit(1)
        )
        return Talk(row.name, row.step, dict(row.data)) if row else None

    def get(self, person_id: int, name: str) -> Talk | None:
        row = self._session.get(TalkRow, (person_id, name))
        return Talk(row.name, row.step, dict(row.data)) if row else None

    def put(self, person_id: int, talk: Talk, now: datetime, awaits: bool = True) -> None:
        if awaits:
            self.rest(person_id)
        row = self._session.get(TalkRow, (person_id, talk.name))
        if row is None:
            row = TalkRow(person_id=person_id, name=talk.name, step=talk.step, data={}, updated_at=now)
            self._session.add(row)
        row.step, row.data, row.awaits, row.updated_at = talk.step, dict(talk.data), awaits, now
        self._session.flush()

    def rest(self, person_id: int) -> None:
        """Another thing was asked: what was gathered stays, but plain text no longer belongs to it."""
        if carry_out(self._session, _REST, {"of": person_id}):
            self._session.expire_all()

    def end(self, person_id: int, name: str) -> None:
        self._session.execute(delete(TalkRow).where(TalkRow.person_id == person_id, TalkRow.name == name))
        self._session.expire_all()

    def keep(self, person_id: int, source: Source, text: str, now: datetime, album: str = "") -> Pending:
        row = PendingRow(
            office_id=self._office_id,
            person_id=person_id,
            chat_id=source.chat_id,
            message_id=source.message_id,
            text=text,
            files=[asdict(file) for file in source.files],
            album=album,
            at=now,
        )
        self._session.add(row)
        self._session.flush()
        return _pending(row)

    def pending(self, pending_id: int) -> Pending | None:
        return self._one(PendingRow.id == pending_id)

    def pending_by_message(self, chat_id: int, message_id: int) -> Pending | None:
        return self._one(
            PendingRow.chat_id == chat_id, PendingRow.message_id == message_id, PendingRow.settled_at.is_(None)
        )

    def pending_by_album(self, chat_id: int, album: str) -> Pending | None:
        return self._one(PendingRow.chat_id == chat_id, PendingRow.album == album, PendingRow.settled_at.is_(None))

    def change_pending(self, pending_id: int, text: str, files: Sequence[dict[str, Any]]) -> None:
        self._update(pending_id, text=text, files=list(files))

    def settle(self, pending_id: int, now: datetime) -> None:
        self._update(pending_id, settled_at=now)

    def _update(self, pending_id: int, **values: object) -> None:
        where = (PendingRow.id == pending_id, PendingRow.office_id == self._office_id)
        self._session.execute(update(PendingRow).where(*where).values(**values))

    def _one(self, *where: ColumnElement[bool]) -> Pending | None:
        query = select(PendingRow).where(PendingRow.office_id == self._office_id, *where)
        row = self._session.scalar(query.order_by(PendingRow.id.desc()).limit(1))
        return _pending(row) if row else None


def _pending(row: PendingRow) -> Pending:
    files = tuple(row.files)
    return Pending(row.id, row.person_id, row.chat_id, row.message_id, row.text, files, row.settled_at is not None)
