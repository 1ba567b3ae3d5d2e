"""Knows how figures read from reports are kept, with every word that people said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from core.rules.figures import Trust
from core.rules.figures_said import Choice, Reading, Sense
from core.rules.lights import TargetFigure
from core.rules.reports import Report
from storage.tables.figures import FigureRow, FigureWordRow
from storage.tables.notices import UnitRow
from storage.tables.obligations import ObligationRow, ReportRow
from storage.tables.people import PersonRow


class SqlFigures:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was read and said by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def add(self, report: Report, task_id: int, target: str, reading: Reading, now: datetime) -> TargetFigure:
        row = FigureRow(
            office_id=self._office_id,
            report_id=report.id,
            task_id=task_id,
            target=target,
            value=_text(reading.value),
            text=reading.text,
            sense=str(reading.sense),
            sure=reading.trust is Trust.SURE,
            choices=[{"value": _text(c.value), "text": c.text, "sense": str(c.sense)} for c in reading.choices],
            at=now,
        )
        self._session.add(row)
        self._session.flush()
        return self._many(FigureRow.id == row.id)[0]

    def get(self, figure_id: int) -> TargetFigure | None:
        return next(iter(self._many(FigureRow.id == figure_id)), None)

    def of_reports(self, report_ids: Collection[int]) -> list[TargetFigure]:
        """In the order in which they were read."""
        return self._many(FigureRow.report_id.in_(report_ids)) if report_ids else []

    def of_tasks(self, task_ids: Collection[int] | None = None) -> list[TargetFigure]:
        """The figures of the version that stands of each report; of all tasks if None."""
        version = aliased(ReportRow)
        newest = select(func.max(version.version)).where(
            version.obligation_id == ReportRow.obligation_id, *_standing(version, self._moment)
        )
        where: list[ColumnElement[bool]] = [
            ReportRow.version == newest.correlate(ReportRow).scalar_subquery(),
            *_standing(ReportRow, self._moment),
        ]
        if task_ids is not None:
            where.append(FigureRow.task_id.in_(task_ids))
        return self._many(*where)

    def say(
        self, figure_id: int, state: str, value: Decimal | None, sense: Sense, person_id: int, now: datetime
    ) -> TargetFigure:
        """Somebody's word; the last one counts."""
        self._session.add(
            FigureWordRow(
                office_id=self._office_id,
                figure_id=figure_id,
                state=state,
                value=_text(value),
                sense=str(sense),
                person_id=person_id,
                at=now,
            )
        )
        self._session.flush()
        found = self.get(figure_id)
        assert found is not None
        return found

    def _many(self, *where: ColumnElement[bool]) -> list[TargetFigure]:
        query = (
            select(FigureRow, ReportRow.obligation_id, ObligationRow, UnitRow.name)
            .join(ReportRow, ReportRow.id == FigureRow.report_id)
            .join(ObligationRow, ObligationRow.id == ReportRow.obligation_id)
            .join(UnitRow, UnitRow.id == ObligationRow.unit_id)
            .where(FigureRow.office_id == self._office_id, *where)
            .order_by(FigureRow.id)
        )
        rows = self._session.execute(query).all()
        words = self._words([row[0].id for row in rows])
        return [_with_word(_figure(*row), words.get(row[0].id)) for row in rows]

    def _words(self, figure_ids: Sequence[int]) -> dict[int, tuple[FigureWordRow, str]]:
        found: dict[int, tuple[FigureWordRow, str]] = {}
        for start in range(0, len(figure_ids), 500):
            query = (
                select(FigureWordRow, PersonRow.name)
                .join(PersonRow, PersonRow.id == FigureWordRow.person_id)
                .where(FigureWordRow.figure_id.in_(figure_ids[start : start + 500]))
                .order_by(FigureWordRow.id)
            )
            if self._moment is not None:
                query = query.where(FigureWordRow.at <= self._moment)
            found |= {word.figure_id: (word, name) for word, name in self._session.execute(query)}
        return found


def _standing(report: Any, moment: datetime | None) -> list[ColumnElement[bool]]:
    if moment is None:
        return [report.withdrawn_at.is_(None)]
    return [report.at <= moment, report.withdrawn_at.is_(None) | (report.withdrawn_at > moment)]


def _figure(row: FigureRow, obligation_id: int, owed: ObligationRow, unit: str) -> TargetFigure:
    value, sense = _decimal(row.value), Sense(row.sense)
    return TargetFigure(
        id=row.id,
        report_id=row.report_id,
        obligation_id=obligation_id,
        task_id=row.task_id,
        unit_id=owed.unit_id,
        target=row.target,
        due=owed.due,
        period=owed.period,
        read=value,
        text=row.text,
        read_sense=sense,
        sure=row.sure,
        choices=tuple(Choice(Decimal(c["value"]), c["text"], Sense(c["sense"])) for c in row.choices),
        at=row.at,
        value=value,
        sense=sense,
        unit=unit,
    )


def _with_word(figure: TargetFigure, word: tuple[FigureWordRow, str] | None) -> TargetFigure:
    if word is None:
        return figure
    row, name = word
    value, sense = _decimal(row.value), Sense(row.sense)
    return replace(figure, state=row.state, value=value, sense=sense, by=name, by_id=row.person_id, said_at=row.at)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
