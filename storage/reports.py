"""Knows how versions of plans and reports are kept; a version is never changed, only withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from core.ports import Source
from core.rules.reports import Report
from storage.base import Moment
from storage.prepared import Prepared, rows
from storage.tables.obligations import ReportRow
from storage.tables.people import PersonRow


class SqlReports:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was there by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def add(
        self,
        obligation_id: int,
        person_id: int,
        source: Source,
        now: datetime,
        *,
        text: str = "",
        goal: str = "",
        months: dict[int, str] | None = None,
        album: str = "",
    ) -> Report:
        """The next version for this obligation."""
        last = self._session.scalar(select(func.max(ReportRow.version)).where(ReportRow.obligation_id == obligation_id))
        row = ReportRow(
            office_id=self._office_id,
            obligation_id=obligation_id,
            version=(last or 0) + 1,
            text=text,
            goal=goal,
            months={str(month): brief for month, brief in (months or {}).items()},
            files=[asdict(file) for file in source.files],
            person_id=person_id,
            at=now,
            chat_id=source.chat_id,
            message_id=source.message_id,
            album=album,
        )
        self._session.add(row)
        self._session.flush()
        found = self.get(row.id)
        assert found is not None
        return found

    def get(self, report_id: int) -> Report | None:
        return next(iter(self._many(ReportRow.id == report_id)), None)

    def of(self, obligation_id: int) -> list[Report]:
        return self._many(ReportRow.obligation_id == obligation_id)

    def every(self) -> list[Report]:
        """Every version of the office, also those withdrawn, obligation by obligation in their order."""
        return self._many()

    def latest(self, obligation_ids: Iterable[int]) -> dict[int, Report]:
        """The newest version of each that isn't withdrawn."""
        ids = list(obligation_ids)
        if not ids:
            return {}
        values = {"office": self._office_id, "owed": ids, "moment": self._moment}
        found = rows(self._session, _standing(self._moment is not None), values)
        return {row.obligation_id: _report(row, row.person, self._moment) for row in found}

    def by_message(self, chat_id: int, message_id: int) -> list[Report]:
        """The newest versions that this message made and that stand."""
        found = self._many(ReportRow.chat_id == chat_id, ReportRow.message_id == message_id, self._stands())
        newest = {report.obligation_id: report for report in found}
        return list(newest.values())

    def by_album(self, chat_id: int, album: str) -> list[Report]:
        return self._many(ReportRow.chat_id == chat_id, ReportRow.album == album, self._stands())

    def last_by(self, person_id: int) -> Report | None:
        """The newest version of this person that stands."""
        found = self._session.scalar(
            select(ReportRow.id)
            .where(
                ReportRow.office_id == self._office_id,
                ReportRow.person_id == person_id,
                self._stands(),
            )
            .order_by(ReportRow.at.desc(), ReportRow.id.desc())
            .limit(1)
        )
        return self.get(found) if found is not None else None

    def attach(self, report_id: int, files: Sequence[dict[str, Any]]) -> None:
        row = self._session.get(ReportRow, report_id)
        if row is not None and row.office_id == self._office_id:
            row.files = [*row.files, *files]
            self._session.flush()

    def withdraw(self, report_id: int, now: datetime) -> None:
        where = (ReportRow.id == report_id, ReportRow.office_id == self._office_id)
        self._session.execute(update(ReportRow).where(*where).values(withdrawn_at=now))

    def _stands(self) -> ColumnElement[bool]:
        stands = ReportRow.withdrawn_at.is_(None)
        return stands | (ReportRow.withdrawn_at > self._moment) if self._moment else stands

    def _many(self, *where: ColumnElement[bool]) -> list[Report]:
        query = (
            select(ReportRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == ReportRow.person_id)
            .where(ReportRow.office_id == self._office_id, *where)
            .order_by(ReportRow.obligation_id, ReportRow.version)
        )
        if self._moment:
            query = query.where(ReportRow.at <= self._moment)
        return [_report(row, name, self._moment) for row, name in self._session.execute(query)]


@cache
def _standing(then: bool) -> Prepared:
    """The versions that stand, now or at the moment, of these obligations; the newest of each comes last."""
    row = ReportRow
    query: Any = (
        select(*row.__table__.c, PersonRow.name.label("person"))
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(row.office_id == bindparam("office"), row.obligation_id.in_(bindparam("owed", expanding=True)))
        .order_by(row.obligation_id, row.version)
    )
    stands = row.withdrawn_at.is_(None)
    if not then:
        return Prepared(query.where(stands))
    moment = bindparam("moment", type_=Moment)
    return Prepared(query.where(row.at <= moment, stands | (row.withdrawn_at > moment)))


def _report(row: Any, person: str, moment: datetime | None) -> Report:
    later = moment is not None and row.withdrawn_at is not None and row.withdrawn_at > moment
    return Report(
        id=row.id,
        obligation_id=row.obligation_id,
        version=row.version,
        text=row.text,
        at=row.at,
        person_id=row.person_id,
        person=person,
        goal=row.goal,
        months={int(month): brief for month, brief in row.months.items()},
        files=tuple(row.files),
        withdrawn_at=None if later else row.withdrawn_at,
        chat_id=row.chat_id,
        message_id=row.message_id,
        album=row.album,
    )
