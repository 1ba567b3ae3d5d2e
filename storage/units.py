"""Knows how units change their name, are merged and split: what hangs on one is hung on another, and nothing is lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from core.rules.people import Post, Role
from core.rules.tasks import Part, Unit
from storage.agenda import look_now
from storage.keeping import keep_inspection, keep_obligation, keep_task, keep_unit
from storage.tables.calls import AskedRow, CallRow
from storage.tables.inspections import InspectionRow, StopRow
from storage.tables.notices import AssignmentRow, TaskRow, UnitMemberRow, UnitNameRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.tables.people import InviteRow, PostRow
from storage.tables.talks import TalkRow

_ORDER = {str(part): rank for rank, part in enumerate(Part)}


class SqlUnits:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def standing(self, unit_id: int) -> bool:
        """Whether the unit is still there: not merged into another."""
        row = self._row(unit_id)
        return row is not None and row.ended_at is None

    def former_names(self, unit_id: int) -> list[str]:
        """What it was called before, and the units that went into it; oldest first."""
        query = select(UnitNameRow.name).where(UnitNameRow.office_id == self._office_id, UnitNameRow.unit_id == unit_id)
        return list(self._session.scalars(query.order_by(UnitNameRow.id)))

    def noted_unreached(self) -> dict[int, str]:
        """{unit: why nobody could be reached} as the office was last told."""
        query = select(UnitRow.id, UnitRow.unreached).where(
            UnitRow.office_id == self._office_id, UnitRow.unreached.is_not(None)
        )
        return {unit: why for unit, why in self._session.execute(query) if why}

    def note_unreached(self, unit_id: int, why: str | None) -> None:
        where = (UnitRow.office_id == self._office_id, UnitRow.id == unit_id)
        self._session.execute(update(UnitRow).where(*where).values(unreached=why))

    def open(self, name: str, now: datetime) -> Unit:
        """A new unit of that name, also where a unit that was merged once had it."""
        self._free(name)
        row = UnitRow(office_id=self._office_id, name=name, is_group=False, since=now)
        self._session.add(row)
        self._session.flush()
        return Unit(row.id, row.name, False)

    def rename(self, unit_id: int, name: str, now: datetime) -> None:
        """The old name is kept: it goes on finding the unit."""
        row = self._row(unit_id)
        assert row is not None
        self._free(name)
        self._remember(unit_id, row.name, now)
        keep_unit(self._session, row, now)
        row.name = name
        known = (UnitNameRow.office_id == self._office_id, UnitNameRow.unit_id == unit_id, UnitNameRow.name == name)
        self._session.execute(delete(UnitNameRow).where(*known))
        self._session.flush()

    def end(self, unit_id: int, into: int, now: datetime) -> None:
        """It is part of another from now on; every name it had finds that one."""
        row = self._row(unit_id)
        assert row is not None
        names = (UnitNameRow.office_id == self._office_id, UnitNameRow.unit_id == unit_id)
        self._session.execute(update(UnitNameRow).where(*names).values(unit_id=into))
        self._remember(into, row.name, now)
        row.ended_at, row.merged_into, row.unreached = now, into, None
        self._session.flush()
        self._session.expire_all()

    def move_tasks(self, old: int, new: int, now: datetime, task_ids: Collection[int] | None = None) -> tuple[int, int]:
        """(tasks moved, tasks in which both had a part: the stronger part stays)."""
        look_now(self._session, self._office_id)
        query = select(AssignmentRow).where(AssignmentRow.unit_id == old)
        if task_ids is not None:
            query = query.where(AssignmentRow.task_id.in_(task_ids))
        moved = folded = 0
        for row in self._session.scalars(query).all():
            if (task := self._session.get(TaskRow, row.task_id)) is not None:
                keep_task(self._session, task, now)
            other = self._session.get(AssignmentRow, (row.task_id, new))
            if other is None:
                moved += 1
                self._session.add(AssignmentRow(task_id=row.task_id, unit_id=new, part=row.part, position=row.position))
            else:
                folded += 1
                if _ORDER[row.part] < _ORDER[other.part]:
                    other.part, other.position = row.part, row.position
            self._session.delete(row)
        self._session.flush()
        self._move_stops(old, new, now, task_ids)
        self._move_asked(old, new, task_ids)
        return moved, folded

    def _move_stops(self, old: int, new: int, now: datetime, task_ids: Collection[int] | None) -> None:
        """What an inspection under way still looks at, it looks at there; a round that is closed stays as it was."""
        running = select(InspectionRow.id).where(
            InspectionRow.office_id == self._office_id, InspectionRow.state == "open"
        )
        mine = [StopRow.unit_id == old, StopRow.inspection_id.in_(running)]
        if task_ids is not None:
            mine.append(StopRow.task_id.in_(task_ids))
        for stop in self._session.scalars(select(StopRow).where(*mine)).all():
            there = select(StopRow.id).where(
                StopRow.inspection_id == stop.inspection_id, StopRow.task_id == stop.task_id, StopRow.unit_id == new
            )
            if self._session.scalar(there) is None:
                if (row := self._session.get(InspectionRow, stop.inspection_id)) is not None:
                    keep_inspection(self._session, row, now)
                stop.unit_id = new
        self._session.flush()

    def _move_asked(self, old: int, new: int, task_ids: Collection[int] | None) -> None:
        """What leads asked the old unit for, the new one may answer; where both were asked each keeps its own."""
        calls = select(CallRow.id).join(ObligationRow, ObligationRow.id == CallRow.obligation_id)
        if task_ids is not None:
            calls = calls.where(ObligationRow.task_id.in_(task_ids))
        both = select(AskedRow.call_id).where(AskedRow.unit_id == new)
        mine = (AskedRow.office_id == self._office_id, AskedRow.unit_id == old, AskedRow.call_id.in_(calls))
        found = self._session.scalars(select(AskedRow).where(*mine, AskedRow.call_id.not_in(both))).all()
        for row in found:
            row.unit_id = new
        self._session.flush()

    def move_obligations(
        self, old: int, new: int, now: datetime, task_ids: Collection[int] | None = None
    ) -> tuple[int, list[tuple[int, int]]]:
        """(moved, pairs of the same task, kind and period that both owe or owed: these stay where they are)."""
        look_now(self._session, self._office_id)
        other = aliased(ObligationRow)
        mine = [ObligationRow.office_id == self._office_id, ObligationRow.unit_id == old]
        if task_ids is not None:
            mine.append(ObligationRow.task_id.in_(task_ids))
        same: ColumnElement[bool] = (
            (other.unit_id == new)
            & (other.task_id == ObligationRow.task_id)
            & (other.kind == ObligationRow.kind)
            & (other.period == ObligationRow.period)
        )
        pairs = [
            (one, two)
            for one, two in self._session.execute(select(ObligationRow.id, other.id).join(other, same).where(*mine))
        ]
        kept = [one for one, _ in pairs]
        ids = [i for i in self._session.scalars(select(ObligationRow.id).where(*mine)) if i not in set(kept)]
        for start in range(0, len(ids), 500):
            some = ObligationRow.id.in_(ids[start : start + 500])
            for row in self._session.scalars(select(ObligationRow).where(some)).all():
                keep_obligation(self._session, row, now)
            self._session.execute(update(ObligationRow).where(some).values(unit_id=new))
        self._session.expire_all()
        return len(ids), pairs

    def swap(self, one: int, two: int, now: datetime) -> None:
        """Two obligations of the same task, kind and period change their units."""
        look_now(self._session, self._office_id)
        first, second = self._session.get(ObligationRow, one), self._session.get(ObligationRow, two)
        assert first is not None and second is not None
        keep_obligation(self._session, first, now)
        keep_obligation(self._session, second, now)
        period, old, new = first.period, first.unit_id, second.unit_id
        for row, values in (
            (first, {"period": f"~{period}"}),
            (second, {"unit_id": old}),
            (first, {"unit_id": new, "period": period}),
        ):
            for name, value in values.items():
                setattr(row, name, value)
            self._session.flush()

    def move_drafts(self, one: int, two: int) -> None:
        """Plans under way for an obligation go on for another, where the person hasn't begun that one."""
        for talk in self._session.scalars(select(TalkRow).where(TalkRow.name == f"plan:{one}")).all():
            if self._session.get(TalkRow, (talk.person_id, f"plan:{two}")) is None:
                data: dict[str, Any] = {**talk.data, "obligation": two}
                kept = TalkRow(
                    person_id=talk.person_id,
                    name=f"plan:{two}",
                    step=talk.step,
                    data=data,
                    awaits=talk.awaits,
                    updated_at=talk.updated_at,
                )
                self._session.add(kept)
                self._session.delete(talk)
        self._session.flush()

    def take_posts(self, old: int, new: int, now: datetime, stay: bool) -> list[Post]:
        """The people of one unit serve the other from now on; with `stay` they go on serving the old one too."""
        look_now(self._session, self._office_id)
        query = select(PostRow).where(
            PostRow.office_id == self._office_id,
            PostRow.unit_id == old,
            PostRow.until.is_(None),
            PostRow.acting_for.is_(None),
        )
        out = []
        for row in self._session.scalars(query.order_by(PostRow.id)).all():
            there = select(func.count()).where(
                PostRow.office_id == self._office_id,
                PostRow.person_id == row.person_id,
                PostRow.unit_id == new,
                PostRow.role == row.role,
                PostRow.until.is_(None),
                PostRow.acting_for.is_(None),
            )
            if not self._session.scalar(there):
                post = PostRow(
                    office_id=self._office_id, person_id=row.person_id, role=row.role, unit_id=new, since=now
                )
                self._session.add(post)
                out.append(Post(Role(row.role), new))
            if not stay:
                row.until = now
        self._session.flush()
        return out

    def move_links(self, old: int, new: int) -> None:
        """Invitations not used yet, and places in group terms."""
        invites = (InviteRow.office_id == self._office_id, InviteRow.unit_id == old, InviteRow.used_at.is_(None))
        self._session.execute(update(InviteRow).where(*invites).values(unit_id=new))
        for row in self._session.scalars(select(UnitMemberRow).where(UnitMemberRow.unit_id == old)).all():
            if self._session.get(UnitMemberRow, (row.group_id, new)) is None:
                self._session.add(UnitMemberRow(group_id=row.group_id, unit_id=new))
            self._session.delete(row)
        self._session.flush()

    def _remember(self, unit_id: int, name: str, now: datetime) -> None:
        self._session.add(UnitNameRow(office_id=self._office_id, unit_id=unit_id, name=name, until=now))

    def _free(self, name: str) -> None:
        """A merged unit gives its name away where another wants it; its row is told apart by its number."""
        row = self._session.scalar(
            select(UnitRow).where(
                UnitRow.office_id == self._office_id, UnitRow.name == name, UnitRow.ended_at.is_not(None)
            )
        )
        if row is not None and row.ended_at is not None:
            keep_unit(self._session, row, row.ended_at)
            row.name = f"{name} #{row.id}"
            self._session.flush()

    def _row(self, unit_id: int) -> UnitRow | None:
        return self._session.scalar(select(UnitRow).where(UnitRow.office_id == self._office_id, UnitRow.id == unit_id))
