"""Knows how reviews are kept: a version is reviewed once, whoever comes second learns by whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.rules.reports import Report
from core.rules.reviews import Review
from storage.inserting import insert_new
from storage.tables.people import PersonRow
from storage.tables.reviews import ReviewRow


class SqlReviews:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was said by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def add(
        self, report: Report, outcome: str, reason: str, mend_by: date | None, person_id: int, now: datetime
    ) -> Review | None:
        """The review; None if this version was reviewed already."""
        row = {
            "office_id": self._office_id,
            "obligation_id": report.obligation_id,
            "report_id": report.id,
            "outcome": outcome,
            "reason": reason,
            "mend_by": mend_by,
            "person_id": person_id,
            "at": now,
        }
        new = insert_new(self._session, ReviewRow, row, "id")
        return self._many(ReviewRow.id == new[0])[0] if new else None

    def of(self, obligation_id: int) -> list[Review]:
        """What was said of its versions, in the order in which it was said."""
        return self._many(ReviewRow.obligation_id == obligation_id)

    def _many(self, *where: ColumnElement[bool]) -> list[Review]:
        query = (
            select(ReviewRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == ReviewRow.person_id)
            .where(ReviewRow.office_id == self._office_id, *where)
            .order_by(ReviewRow.id)
        )
        if self._moment:
            query = query.where(ReviewRow.at <= self._moment)
        return [
            Review(
                row.id,
                row.obligation_id,
                row.report_id,
                row.outcome,
                row.reason,
                row.mend_by,
                row.person_id,
                name,
                row.at,
            )
            for row, name in self._session.execute(query)
        ]
