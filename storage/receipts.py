"""Knows how receipts of a notice and the reminders for them are kept."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from core.work import Awaited
from storage.prepared import Prepared
from storage.prepared import rows as read
from storage.tables.notices import NoticeRow, ReceiptReminderRow, ReceiptRow
from storage.tables.people import PostRow


class SqlReceipts:
    """The part of the notices' repository that is about receipts."""

    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def add_receipt(self, notice_id: int, person_id: int, now: datetime) -> bool:
        """Whether the receipt is new."""
        if self._row(notice_id) is None or self._session.get(ReceiptRow, (notice_id, person_id)) is not None:
            return False
        self._session.add(ReceiptRow(notice_id=notice_id, person_id=person_id, at=now))
        self._session.flush()
        return True

    def receipts(self, notice_id: int) -> dict[int, datetime]:
        if self._row(notice_id) is None:
            return {}
        rows = self._session.scalars(select(ReceiptRow).where(ReceiptRow.notice_id == notice_id))
        return {row.person_id: row.at for row in rows}

    def receipt_reminders(self, notice_id: int) -> dict[int, datetime]:
        """{person: when they were reminded to confirm receipt}."""
        if self._row(notice_id) is None:
            return {}
        rows = self._session.scalars(select(ReceiptReminderRow).where(ReceiptReminderRow.notice_id == notice_id))
        return {row.person_id: row.at for row in rows}

    def remind_receipt(self, notice_id: int, person_id: int, now: datetime) -> None:
        if self._session.get(ReceiptReminderRow, (notice_id, person_id)) is None:
            self._session.add(ReceiptReminderRow(notice_id=notice_id, person_id=person_id, at=now))
            self._session.flush()

    def awaiting_receipt(self) -> list[Awaited]:
        """Contacts and heads of active notices who neither confirmed nor were reminded; one query, asked every tick."""
        return [
            Awaited(notice, person, max(confirmed, joined) if confirmed else joined)
            for notice, confirmed, person, joined in read(self._session, _awaiting(), {"office": self._office_id})
        ]

    def _row(self, notice_id: int) -> NoticeRow | None:
        return self._session.scalar(
            select(NoticeRow).where(NoticeRow.office_id == self._office_id, NoticeRow.id == notice_id)
        )


@cache
def _awaiting() -> Prepared:
    mine, reminded = ReceiptRow.person_id == PostRow.person_id, ReceiptReminderRow.person_id == PostRow.person_id
    return Prepared(
        select(NoticeRow.id, NoticeRow.confirmed_at, PostRow.person_id, func.max(PostRow.since))
        .join(PostRow, PostRow.office_id == NoticeRow.office_id)
        .outerjoin(ReceiptRow, and_(ReceiptRow.notice_id == NoticeRow.id, mine))
        .outerjoin(ReceiptReminderRow, and_(ReceiptReminderRow.notice_id == NoticeRow.id, reminded))
        .where(
            NoticeRow.office_id == bindparam("office"),
            NoticeRow.state == "active",
            PostRow.unit_id.is_not(None),
            PostRow.until.is_(None),
            ReceiptRow.notice_id.is_(None),
            ReceiptReminderRow.notice_id.is_(None),
        )
        .group_by(NoticeRow.id, NoticeRow.confirmed_at, PostRow.person_id)
        .order_by(NoticeRow.id, PostRow.person_id)
    )
