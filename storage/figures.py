"""Knows how figures read from reports are kept, with every word that people said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from core.rules.figures import Trust
from core.rules.figures_said import Choice, Reading, Sense
from core.rules.lights import TargetFigure
from core.rules.reports import Report
from storage.base import Moment
from storage.past.then import names_then, then_of
from storage.prepared import Prepared, rows
from storage.tables.figures import FigureRow, FigureWordRow
from storage.tables.notices import UnitRow
from storage.tables.obligations import ObligationRow, ReportRow
from storage.tables.past import ObligationPastRow
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
        values = {"office": self._office_id, "moment": self._moment, "tasks": list(task_ids or ())}
        return self._made(rows(self._session, _of_tasks(task_ids is not None, self._moment is not None), values))

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
        values = {"office": self._office_id, "moment": self._moment}
        return self._made(rows(self._session, _figures(self._moment is not None).where(*where), values))

    def _made(self, found: Sequence[Any]) -> list[TargetFigure]:
        words = self._words([row.id for row in found])
        names = names_then(self._session, self._office_id, self._moment) if self._moment and found else {}
        return [_with_word(_figure(row, names.get(row.unit_id, row.unit)), words.get(row.id)) for row in found]

    def _words(self, figure_ids: Sequence[int]) -> dict[int, Any]:
        """{figure: the last word said of it}."""
        found: dict[int, Any] = {}
        statement = _words(self._moment is not None)
        for start in range(0, len(figure_ids), 500):
            values = {"figures": list(figure_ids[start : start + 500]), "moment": self._moment}
            found |= {word.figure_id: word for word in rows(self._session, statement, values)}
        return found


@cache
def _figures(then: bool) -> Any:
    """Figures with what is owed; `then`: with its unit and dates at the moment."""
    owed: Any = ObligationRow
    query: Any = (
        select(*FigureRow.__table__.c)
        .join(ReportRow, ReportRow.id == FigureRow.report_id)
        .join(ObligationRow, ObligationRow.id == ReportRow.obligation_id)
    )
    unit_id, due = owed.unit_id, owed.due
    if then:
        past, held = then_of(ObligationPastRow, "obligation_id", ObligationRow.id, _MOMENT)
        query = query.outerjoin(past, held)
        unit_id, due = func.coalesce(past.unit_id, owed.unit_id), func.coalesce(past.due, owed.due)
    facts = ReportRow.obligation_id, unit_id.label("unit_id"), due.label("due"), owed.period, UnitRow.name.label("unit")
    query = query.join(UnitRow, UnitRow.id == unit_id).add_columns(*facts)
    return query.where(FigureRow.office_id == bindparam("office")).order_by(FigureRow.id)


@cache
def _of_tasks(some: bool, then: bool) -> Prepared:
    version = aliased(ReportRow)
    newest = select(func.max(version.version)).where(
        version.obligation_id == ReportRow.obligation_id, *_standing(version, then)
    )
    query = _figures(then).where(
        ReportRow.version == newest.correlate(ReportRow).scalar_subquery(), *_standing(ReportRow, then)
    )
    return Prepared(query.where(FigureRow.task_id.in_(bindparam("tasks", expanding=True))) if some else query)


@cache
def _words(then: bool) -> Prepared:
    row = FigureWordRow
    query: Any = (
        select(*row.__table__.c, PersonRow.name)
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(row.figure_id.in_(bindparam("figures", expanding=True)))
        .order_by(row.id)
    )
    return Prepared(query.where(row.at <= _MOMENT) if then else query)


_MOMENT = bindparam("moment", type_=Moment)


def _standing(report: Any, then: bool) -> list[ColumnElement[bool]]:
    if not then:
        return [report.withdrawn_at.is_(None)]
    return [report.at <= _MOMENT, report.withdrawn_at.is_(None) | (report.withdrawn_at > _MOMENT)]


def _figure(row: Any, unit: str) -> TargetFigure:
    value, sense = _decimal(row.value), Sense(row.sense)
    return TargetFigure(
        id=row.id,
        report_id=row.report_id,
        obligation_id=row.obligation_id,
        task_id=row.task_id,
        unit_id=row.unit_id,
        target=row.target,
        due=row.due,
        period=row.period,
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


def _with_word(figure: TargetFigure, word: Any) -> TargetFigure:
    if word is None:
        return figure
    value, sense = _decimal(word.value), Sense(word.sense)
    said = {"by": word.name, "by_id": word.person_id, "said_at": word.at}
    return replace(figure, state=word.state, value=value, sense=sense, **said)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
