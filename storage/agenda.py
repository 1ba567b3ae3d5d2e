"""Knows when a tick has to look at an office next, so that a country of quiet offices costs nothing.

Rows are only added, and taken away by the look that saw them: whoever changes something in an office adds "look now" in
the same transaction and waits for nobody; a change that a look did not see yet keeps its own row. No row: nothing to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, BigId, Moment
from storage.prepared import Prepared, carry_out, rows
from storage.tables.offices import OfficeRow

_NOW = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment of "look now", whatever the clock says."""


class AgendaRow(Base):
    """`basis` names what a moment was worked out with: settings of the deployment, calendar, version."""

    __tablename__ = "agenda"
    __table_args__ = (Index("ix_agenda_at", "at", "office_id"), Index("ix_agenda_office", "office_id", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    basis: Mapped[str] = mapped_column(String(16), default="")


# What every change and every look asks and writes is built once.
_TABLE: Any = AgendaRow.__table__
_NOTE = Prepared(insert(_TABLE), ("office_id", "at", "basis"))
_SEEN = Prepared(select(AgendaRow.id).where(AgendaRow.office_id == bindparam("office")))
_LOOKED = Prepared(delete(_TABLE).where(AgendaRow.id.in_(bindparam("seen", expanding=True))))
_DUE = Prepared(
    select(AgendaRow.office_id)
    .where(AgendaRow.at <= bindparam("now", type_=Moment))
    .group_by(AgendaRow.office_id)
    .order_by(func.min(AgendaRow.at))
)


def look_now(session: Session, office_id: int) -> None:
    """Something changed that may make something due: the next tick looks at this office. Once a transaction is enough."""
    noted: set[int] = session.info.setdefault("agenda", set())
    if office_id and office_id not in noted:
        noted.add(office_id)
        carry_out(session, _NOTE, {"office_id": office_id, "at": _NOW, "basis": ""})


def due(session: Session, now: datetime) -> list[int]:
    """The offices to look at now, those that wait longest first."""
    return [row[0] for row in rows(session, _DUE, {"now": now})]


def seen(session: Session, office_id: int) -> list[int]:
    """The rows that a look at the office begins with; give them to `settle` at its end. Its own changes add none."""
    session.info.setdefault("agenda", set()).add(office_id)
    return [row[0] for row in rows(session, _SEEN, {"office": office_id})]


def settle(session: Session, office_id: int, known: Sequence[int], at: datetime | None, basis: str) -> None:
    """The look is over: its next is at `at` (None: when something changes). Belongs into the look's transaction."""
    if known:
        carry_out(session, _LOOKED, {"seen": known})
    if at is not None:
        carry_out(session, _NOTE, {"office_id": office_id, "at": at, "basis": basis})


def next_looks(session: Session) -> list[tuple[int, datetime]]:
    """(office, when) of the offices that have something to come, the nearest first; "look now" is 1970."""
    query = select(AgendaRow.office_id, func.min(AgendaRow.at)).group_by(AgendaRow.office_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(func.min(AgendaRow.at)))]


def offices_after(session: Session, office_id: int, limit: int) -> list[int]:
    """The offices that follow this one."""
    return list(
        session.scalars(select(OfficeRow.id).where(OfficeRow.id > office_id).order_by(OfficeRow.id).limit(limit))
    )


def noted(session: Session, office_ids: Sequence[int]) -> dict[int, datetime]:
    """{office: when it is looked at next}."""
    mine = select(AgendaRow.office_id, func.min(AgendaRow.at)).where(AgendaRow.office_id.in_(office_ids))
    return {row[0]: row[1] for row in session.execute(mine.group_by(AgendaRow.office_id))} if office_ids else {}


def rebase(session: Session, basis: str) -> int:
    """What was worked out with other settings is worked out anew. Returns how many offices."""
    other = update(AgendaRow).where(AgendaRow.basis.not_in(("", basis)))
    return session.execute(other.values(at=_NOW, basis="")).rowcount  # type: ignore[attr-defined]
