"""Knows how wishes for a later date are kept; one is decided once, whoever comes second changes nothing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, aliased

from core.rules.extensions import Extension
from storage.tables.people import PersonRow
from storage.tables.reviews import ExtensionRow


class SqlExtensions:
    def __init__(self, session: Session, office_id: int, moment: datetime | None = None) -> None:
        """`moment`: only what was asked and decided by then is seen."""
        self._session = session
        self._office_id = office_id
        self._moment = moment

    def ask(
        self, obligation_id: int, person_id: int, wished: date, reason: str, late: bool, now: datetime
    ) -> Extension:
        row = ExtensionRow(
            office_id=self._office_id,
            obligation_id=obligation_id,
            person_id=person_id,
            asked_at=now,
            wished=wished,
            first_wished=wished,
            reason=reason,
            late=late,
            state="asked",
        )
        self._session.add(row)
        self._session.flush()
        return self._many(ExtensionRow.id == row.id)[0]

    def get(self, extension_id: int) -> Extension | None:
        return next(iter(self._many(ExtensionRow.id == extension_id)), None)

    def of(self, obligation_id: int) -> list[Extension]:
        return self._many(ExtensionRow.obligation_id == obligation_id)

    def every(self) -> list[Extension]:
        """All of the office, in one question."""
        return self._many()

    def asked(self) -> list[Extension]:
        """Those that wait for a decision, oldest first."""
        return [found for found in self._many(*self._undecided()) if found.state == "asked"]

    def head_says(self, extension_id: int, person_id: int, says: str, wished: date, now: datetime) -> bool:
        """Whether the head's word was in time: nothing was decided yet. `wished` may be another date than was asked."""
        return self._update(extension_id, head_id=person_id, head_says=says, head_at=now, wished=wished)

    def decide(
        self,
        extension_id: int,
        state: str,
        now: datetime,
        *,
        person_id: int | None = None,
        agreed: date | None = None,
        answer: str = "",
    ) -> bool:
        """Whether this decision stands; False if there was one before."""
        return self._update(
            extension_id, state=state, decided_by=person_id, decided_at=now, agreed=agreed, answer=answer
        )

    def _update(self, extension_id: int, **values: object) -> bool:
        change = update(ExtensionRow).where(
            ExtensionRow.office_id == self._office_id, ExtensionRow.id == extension_id, ExtensionRow.state == "asked"
        )
        done = self._session.scalar(change.values(**values).returning(ExtensionRow.id)) is not None
        self._session.expire_all()
        return done

    def _undecided(self) -> tuple[ColumnElement[bool], ...]:
        return () if self._moment else (ExtensionRow.state == "asked",)

    def _many(self, *where: ColumnElement[bool]) -> list[Extension]:
        asker, head, decider = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
        query = (
            select(ExtensionRow, asker.name, head.name, decider.name)
            .join(asker, asker.id == ExtensionRow.person_id)
            .outerjoin(head, head.id == ExtensionRow.head_id)
            .outerjoin(decider, decider.id == ExtensionRow.decided_by)
            .where(ExtensionRow.office_id == self._office_id, *where)
            .order_by(ExtensionRow.id)
        )
        if self._moment:
            query = query.where(ExtensionRow.asked_at <= self._moment)
        return [
            _extension(row, asker_name, head_name or "", decider_name or "", self._moment)
            for row, asker_name, head_name, decider_name in self._session.execute(query)
        ]


def _extension(row: ExtensionRow, asker: str, head: str, decider: str, moment: datetime | None) -> Extension:
    advised = row.head_at is not None and (moment is None or row.head_at <= moment)
    decided = row.decided_at is not None and (moment is None or row.decided_at <= moment)
    return Extension(
        id=row.id,
        obligation_id=row.obligation_id,
        person_id=row.person_id,
        person=asker,
        asked_at=row.asked_at,
        wished=row.wished if advised or row.first_wished is None else row.first_wished,
        reason=row.reason,
        late=row.late,
        state=row.state if decided else "asked",
        head=head if advised else "",
        head_says=row.head_says if advised else None,
        decided_by=decider if decided else "",
        decided_at=row.decided_at if decided else None,
        agreed=row.agreed if decided else None,
        answer=row.answer if decided else "",
    )
