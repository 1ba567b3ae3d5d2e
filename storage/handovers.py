"""Knows how handovers are kept, and how everything that hangs on one person passes to another."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from core.rules.handovers import Handover
from core.rules.people import Post, Role
from storage.agenda import look_now
from storage.prepared import Prepared
from storage.prepared import rows as read
from storage.tables.notices import ReceiptRow
from storage.tables.people import HandoverRow, InviteRow, PersonRow, PostRow
from storage.tables.talks import PendingRow, TalkRow

DRAFTS = "plan:"
"""How the names of talks begin that hold work not handed in yet."""


_OPEN = ("waiting", "lapsed")
"""States in which the old person has the desk still."""


class SqlHandovers:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def add(
        self, person_id: int, successor_id: int | None, invite_id: int | None, made_by: int | None, now: datetime
    ) -> Handover:
        row = HandoverRow(
            office_id=self._office_id,
            person_id=person_id,
            successor_id=successor_id,
            invite_id=invite_id,
            made_by=made_by,
            made_at=now,
            state="waiting",
        )
        look_now(self._session, self._office_id)
        self._session.add(row)
        self._session.flush()
        return self._many(HandoverRow.id == row.id)[0]

    def get(self, handover_id: int) -> Handover | None:
        return next(iter(self._many(HandoverRow.id == handover_id)), None)

    def by_invite(self, invite_id: int) -> Handover | None:
        """The handover whose link this is, while nobody took the desk."""
        return next(iter(self._many(HandoverRow.invite_id == invite_id, HandoverRow.state.in_(_OPEN))), None)

    def waiting(self, person_id: int) -> list[Handover]:
        return self._many(HandoverRow.person_id == person_id, HandoverRow.state.in_(_OPEN))

    def expiring(self) -> list[Handover]:
        """Those whose link was neither used nor taken back nor told to be out of date."""
        return [h for h in self._read(_waiting()) if h.expires_at is not None]

    def lapsed_since(self, moment: datetime) -> list[Handover]:
        return self._many(HandoverRow.state == "lapsed", HandoverRow.settled_at >= moment)

    def settle(self, handover_id: int, state: str, successor_id: int | None, now: datetime) -> bool:
        """Whether nobody had the desk by it yet: done or revoked once, whoever comes second changes nothing."""
        look_now(self._session, self._office_id)
        values: dict[str, Any] = {"state": state, "settled_at": now}
        if successor_id is not None:
            values["successor_id"] = successor_id
        where = (
            HandoverRow.office_id == self._office_id,
            HandoverRow.id == handover_id,
            HandoverRow.state.in_(_OPEN),
        )
        done = self._session.scalar(update(HandoverRow).where(*where).values(**values).returning(HandoverRow.id))
        self._session.expire_all()
        return done is not None

    def counts(self, person_id: int) -> tuple[int, int]:
        """(plans under way, texts that wait for their task)."""
        drafts = select(func.count()).where(TalkRow.person_id == person_id, TalkRow.name.startswith(DRAFTS))
        return self._session.scalar(drafts) or 0, len(self.pending(person_id))

    def pending(self, person_id: int) -> list[int]:
        """Texts of this person that nobody has said the task of, oldest first."""
        query = select(PendingRow.id).where(
            PendingRow.office_id == self._office_id,
            PendingRow.person_id == person_id,
            PendingRow.settled_at.is_(None),
        )
        return list(self._session.scalars(query.order_by(PendingRow.id)))

    def pass_posts(self, old: int, new: int, now: datetime) -> list[Post]:
        """The old person's own desk posts end, the new one has them from now on. Returns them."""
        look_now(self._session, self._office_id)
        rows = self._session.scalars(
            select(PostRow).where(
                PostRow.office_id == self._office_id,
                PostRow.person_id == old,
                PostRow.unit_id.is_not(None),
                PostRow.until.is_(None),
                PostRow.acting_for.is_(None),
            )
        ).all()
        held = {
            (row.role, row.unit_id)
            for row in self._session.scalars(
                select(PostRow).where(
                    PostRow.office_id == self._office_id,
                    PostRow.person_id == new,
                    PostRow.until.is_(None),
                    PostRow.acting_for.is_(None),
                )
            )
        }
        for row in rows:
            row.until = now
            if (row.role, row.unit_id) not in held:
                self._session.add(
                    PostRow(office_id=self._office_id, person_id=new, role=row.role, unit_id=row.unit_id, since=now)
                )
        self._session.flush()
        return [Post(Role(row.role), row.unit_id) for row in rows]

    def pass_work(self, old: int, new: int) -> dict[str, Any]:
        """Plans under way, kept texts and receipts become the new person's.

        Where both had begun the same plan, the newer one goes on; the other is returned by its name, to be kept in the
        history.
        """
        lost: dict[str, Any] = {}
        talks = self._session.scalars(
            select(TalkRow).where(TalkRow.person_id == old, TalkRow.name.startswith(DRAFTS))
        ).all()
        for talk in talks:
            other = self._session.get(TalkRow, (new, talk.name))
            if other is not None and other.updated_at >= talk.updated_at:
                lost[talk.name] = dict(talk.data)
            else:
                if other is not None:
                    lost[talk.name] = dict(other.data)
                    self._session.delete(other)
                    self._session.flush()
                moved = TalkRow(
                    person_id=new,
                    name=talk.name,
                    step=talk.step,
                    data=dict(talk.data),
                    awaits=False,
                    updated_at=talk.updated_at,
                )
                self._session.add(moved)
            self._session.delete(talk)
        waiting = (
            PendingRow.office_id == self._office_id,
            PendingRow.person_id == old,
            PendingRow.settled_at.is_(None),
        )
        self._session.execute(update(PendingRow).where(*waiting).values(person_id=new))
        # What the predecessor received, the unit has received: nobody is asked to confirm it again.
        for receipt in self._session.scalars(select(ReceiptRow).where(ReceiptRow.person_id == old)).all():
            if self._session.get(ReceiptRow, (receipt.notice_id, new)) is None:
                self._session.add(ReceiptRow(notice_id=receipt.notice_id, person_id=new, at=receipt.at))
        self._session.flush()
        return lost

    def _many(self, *where: ColumnElement[bool]) -> list[Handover]:
        return self._read(_handovers().where(*where))

    def _read(self, query: Any) -> list[Handover]:
        return [
            Handover(
                row.id,
                row.person_id,
                row.name,
                row.successor_id,
                row.successor or "",
                row.invite_id,
                row.made_by,
                row.state,
                None if row.revoked_at else row.expires_at,
            )
            for row in read(self._session, query, {"office": self._office_id})
        ]


@cache
def _handovers() -> Any:
    row, successor = HandoverRow, aliased(PersonRow)
    columns = row.id, row.person_id, row.successor_id, row.invite_id, row.made_by, row.state, PersonRow.name
    return (
        select(*columns, successor.name.label("successor"), InviteRow.expires_at, InviteRow.revoked_at)
        .join(PersonRow, PersonRow.id == row.person_id)
        .outerjoin(successor, successor.id == row.successor_id)
        .outerjoin(InviteRow, InviteRow.id == row.invite_id)
        .where(row.office_id == bindparam("office"))
        .order_by(row.id)
    )


@cache
def _waiting() -> Prepared:
    return Prepared(_handovers().where(HandoverRow.state == "waiting"))
