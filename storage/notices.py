"""Knows how notices, units and tasks are kept; what they were before a change is kept too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session

from core.rules.tasks import MARK, Assignment, NoticeCard, Part, Task, Unit, ref_key
from storage.agenda import look_now
from storage.heads import further, set_further
from storage.keeping import keep_notice, keep_task
from storage.notice_rows import card_of, columns, task_of, unit_of
from storage.prepared import Prepared, rows
from storage.receipts import SqlReceipts
from storage.tables.notices import (
    AssignmentRow,
    NoticeRow,
    TaskRow,
    UnitMemberRow,
    UnitNameRow,
    UnitRow,
)
from storage.tasks import held_by, tasks_by_id, tasks_where
from storage.view import chosen, in_view, tasks_in_view

_IN_FORCE = Prepared(
    select(NoticeRow.id).where(NoticeRow.office_id == bindparam("office"), NoticeRow.state == "active").limit(2)
)


class SqlNotices(SqlReceipts):
    def __init__(self, session: Session, office_id: int) -> None:
        super().__init__(session, office_id)

    def add_draft(self, reading: dict[str, Any], file_hash: str, sent_by: int, now: datetime) -> NoticeCard:
        row = NoticeRow(
            office_id=self._office_id,
            state="draft",
            file_hash=file_hash,
            sent_by=sent_by,
            sent_at=now,
            **columns(reading, now),
        )
        self._session.add(row)
        self._session.flush()
        return card_of(row)

    def get(self, notice_id: int) -> NoticeCard | None:
        row = self._row(notice_id)
        return card_of(row) if row else None

    def active(self) -> list[NoticeCard]:
        """Those in force; where one was chosen by `look_at`, that one."""
        return self._cards(in_view(self._session))

    def several(self) -> bool:
        """Whether more than one is in view; `active` would unpack their readings, which are large."""
        return chosen(self._session) is None and len(self._in_force()) > 1

    def any(self) -> bool:
        """Whether there is one in view, without unpacking it."""
        return chosen(self._session) is not None or bool(self._in_force())

    def _in_force(self) -> Sequence[Any]:
        """The ids of those in force, two at most."""
        return rows(self._session, _IN_FORCE, {"office": self._office_id})

    def look_at(self, notice_id: int | None) -> None:
        """What is asked in this transaction from here on is asked of this notice alone, closed or not; None: as usual."""
        self._session.info["notice"] = notice_id

    def closed(self) -> list[int]:
        """The ids of those that were closed, in the order in which they came."""
        query = select(NoticeRow.id).where(NoticeRow.office_id == self._office_id, NoticeRow.state == "closed")
        return list(self._session.scalars(query.order_by(NoticeRow.id)))

    def kept(self) -> list[NoticeCard]:
        """Those in force and those that were closed, in the order in which they came."""
        return self._cards(NoticeRow.state.in_(["active", "closed"]))

    def began(self) -> datetime | None:
        """When the office's first notice was confirmed."""
        return self._session.scalar(
            select(NoticeRow.confirmed_at)
            .where(NoticeRow.office_id == self._office_id, NoticeRow.confirmed_at.is_not(None))
            .order_by(NoticeRow.confirmed_at)
            .limit(1)
        )

    def by_hash(self, file_hash: str) -> NoticeCard | None:
        cards = self._cards(NoticeRow.file_hash == file_hash, NoticeRow.state.in_(["draft", "active", "merged"]))
        return cards[-1] if cards else None

    def save_reading(self, notice_id: int, reading: dict[str, Any], now: datetime) -> None:
        row = self._row(notice_id)
        if row:
            keep_notice(self._session, row, now)
            for name, value in columns(reading, row.sent_at).items():
                setattr(row, name, value)
            self._session.flush()

    def set_state(self, notice_id: int, state: str, now: datetime) -> None:
        look_now(self._session, self._office_id)
        row = self._row(notice_id)
        if row:
            keep_notice(self._session, row, now)
            row.state = state
            if state == "active" and row.confirmed_at is None:
                row.confirmed_at = now
            self._session.flush()

    def ensure_unit(self, name: str, now: datetime, group: bool = False, members: Sequence[str] = ()) -> Unit:
        row = self._unit_row(name)
        if row is None:
            row = UnitRow(office_id=self._office_id, name=name, is_group=group, since=now)
            self._session.add(row)
            self._session.flush()
        for member in members:
            unit = self.ensure_unit(member, now)
            if self._session.get(UnitMemberRow, (row.id, unit.id)) is None:
                self._session.add(UnitMemberRow(group_id=row.id, unit_id=unit.id))
        self._session.flush()
        return unit_of(row)

    def units(self) -> list[Unit]:
        """The units that are there now; one that was merged into another is not."""
        query = select(UnitRow).where(UnitRow.office_id == self._office_id, UnitRow.ended_at.is_(None))
        return [unit_of(row) for row in self._session.scalars(query.order_by(UnitRow.id))]

    def unit(self, unit_id: int) -> Unit | None:
        row = self._session.scalar(select(UnitRow).where(UnitRow.office_id == self._office_id, UnitRow.id == unit_id))
        return unit_of(row) if row else None

    def find_units(self, text: str) -> list[Unit]:
        """Units whose name is the text, else all that had that very name, else whose name, or former name, holds it."""
        wanted = text.strip()
        units = self.units()
        exact = [unit for unit in units if unit.name == wanted] or self.units_once(wanted, whole=True)
        held = [unit for unit in units if wanted and wanted.lower() in unit.name.lower()]
        return exact or held or self.units_once(wanted)

    def units_once(self, text: str, whole: bool = False) -> list[Unit]:
        """Units that had a name which holds the text (`whole`: is it), or took over, in one step or several, one that had."""
        wanted = text.strip()
        if not wanted:
            return []
        named = UnitNameRow.name == wanted if whole else UnitNameRow.name.contains(wanted, autoescape=True)
        ids = select(UnitNameRow.unit_id).where(UnitNameRow.office_id == self._office_id, named)
        query = select(UnitRow).where(UnitRow.id.in_(ids), UnitRow.ended_at.is_(None))
        return [unit_of(row) for row in self._session.scalars(query.order_by(UnitRow.id))]

    def add_task(
        self, notice_id: int, reading: dict[str, Any], leaders: Sequence[dict[str, Any]], position: int, now: datetime
    ) -> Task:
        leader = leaders[0] if leaders else None
        row = TaskRow(
            office_id=self._office_id,
            notice_id=notice_id,
            ref=reading["ref"],
            ref_key=ref_key(reading["ref"]),
            position=position,
            number=str(reading["number"]),
            content=reading["content"],
            leader_ordinal=leader["ordinal"] if leader else None,
            leader_name=leader["name"] if leader else None,
            leader_title=leader.get("title") or "" if leader else None,
            due=date.fromisoformat(reading["due"]) if reading.get("due") else None,
            due_text=reading.get("due_text") or "",
            targets=reading.get("targets") or [],
        )
        self._session.add(row)
        self._session.flush()
        keep_task(self._session, row, now, there=False)
        set_further(self._session, self._office_id, row.id, leaders[1:])
        return self._task_of(row, ())

    def assign(self, task_id: int, unit_id: int, part: Part, position: int, now: datetime) -> None:
        if self._session.get(AssignmentRow, (task_id, unit_id)) is None:
            self._keep([task_id], now)
            self._session.add(AssignmentRow(task_id=task_id, unit_id=unit_id, part=str(part), position=position))
            self._session.flush()

    def tasks(self, notice_id: int | None = None) -> list[Task]:
        here = tasks_in_view(self._session, self._office_id) if notice_id is None else TaskRow.notice_id == notice_id
        return self._tasks(here)

    def tasks_by_id(self, task_ids: Collection[int]) -> list[Task]:
        """In the order of the ids."""
        found = {task.id: task for task in tasks_by_id(self._session, self._office_id, task_ids)} if task_ids else {}
        return [found[number] for number in task_ids if number in found]

    def task(self, task_id: int) -> Task | None:
        return next(iter(tasks_by_id(self._session, self._office_id, [task_id])), None)

    def tasks_named(self, own: str) -> list[Task]:
        """The tasks in view that have this number in their papers, the older notice first."""
        tail = TaskRow.ref.endswith(f"{MARK}{own}", autoescape=True)
        return self._tasks((TaskRow.ref == own) | tail, tasks_in_view(self._session, self._office_id))

    def tasks_of_units(self, unit_ids: Collection[int]) -> list[Task]:
        """Tasks in which these units have a part, directly or through a group term that stands for them."""
        if not unit_ids:
            return []
        mine = select(AssignmentRow.task_id).where(held_by(unit_ids))
        return self._tasks(TaskRow.id.in_(mine), tasks_in_view(self._session, self._office_id))

    def set_frequency(self, task_ids: Collection[int], frequency: str, now: datetime) -> None:
        self._keep(task_ids, now)
        where = (TaskRow.office_id == self._office_id, TaskRow.id.in_(task_ids))
        self._session.execute(update(TaskRow).where(*where).values(frequency=frequency))

    def set_task_state(self, task_id: int, old: str, new: str, now: datetime) -> bool:
        """Whether the task was still in the old state; the change is kept, for a past day is asked of it."""
        look_now(self._session, self._office_id)
        where = (TaskRow.office_id == self._office_id, TaskRow.id == task_id, TaskRow.state == old)
        self._keep([task_id], now)
        done = self._session.scalar(update(TaskRow).where(*where).values(state=new).returning(TaskRow.id))
        if done is None:
            return False
        self._session.expire_all()
        return True

    def renumber(self, notice_id: int, refs: dict[int, str], now: datetime) -> None:
        """{task: its new ref}. Numbers may change places: first all are parked, then set."""
        where = (TaskRow.office_id == self._office_id, TaskRow.notice_id == notice_id)
        self._keep(refs, now)
        for park in (True, False):
            for task_id, ref in refs.items():
                to = f"~{task_id}" if park else ref
                self._session.execute(
                    update(TaskRow).where(*where, TaskRow.id == task_id).values(ref=to, ref_key=ref_key(to))
                )
        self._session.expire_all()

    def revise_task(
        self,
        task_id: int,
        reading: dict[str, Any],
        leaders: Sequence[dict[str, Any]],
        position: int,
        due: bool,
        now: datetime,
    ) -> None:
        """The task as a new version of the notice has it; its deadline only where `due` says that it changed."""
        leader = leaders[0] if leaders else None
        values: dict[str, Any] = {
            "position": position,
            "number": str(reading["number"]),
            "content": reading["content"],
            "leader_ordinal": leader["ordinal"] if leader else None,
            "leader_name": leader["name"] if leader else None,
            "leader_title": leader.get("title") or "" if leader else None,
            "targets": reading.get("targets") or [],
        }
        if due:
            values["due"] = date.fromisoformat(reading["due"]) if reading.get("due") else None
            values["due_text"] = reading.get("due_text") or ""
        self._keep([task_id], now)
        where = (TaskRow.office_id == self._office_id, TaskRow.id == task_id)
        self._session.execute(update(TaskRow).where(*where).values(**values))
        set_further(self._session, self._office_id, task_id, leaders[1:])
        self._session.expire_all()

    def set_content(self, task_id: int, content: str, now: datetime) -> None:
        self._keep([task_id], now)
        where = (TaskRow.office_id == self._office_id, TaskRow.id == task_id)
        self._session.execute(update(TaskRow).where(*where).values(content=content))

    def unassign(self, task_id: int, unit_id: int, now: datetime) -> None:
        if self.task(task_id) is not None:
            self._keep([task_id], now)
            where = (AssignmentRow.task_id == task_id, AssignmentRow.unit_id == unit_id)
            self._session.execute(delete(AssignmentRow).where(*where))
            self._session.expire_all()

    def _unit_row(self, name: str) -> UnitRow | None:
        """The unit of that name; else the one that had it last, or took over the one that had it."""
        here = (UnitRow.office_id == self._office_id, UnitRow.ended_at.is_(None))
        if row := self._session.scalar(select(UnitRow).where(*here, UnitRow.name == name)):
            return row
        once = select(UnitRow).join(UnitNameRow, UnitNameRow.unit_id == UnitRow.id)
        return self._session.scalar(once.where(*here, UnitNameRow.name == name).order_by(UnitNameRow.id.desc()))

    def _keep(self, task_ids: Collection[int], now: datetime) -> None:
        """What these tasks are is written down before it changes."""
        rows = self._session.scalars(
            select(TaskRow).where(TaskRow.office_id == self._office_id, TaskRow.id.in_(task_ids))
        )
        for row in rows:
            keep_task(self._session, row, now)

    def _cards(self, *where: ColumnElement[bool]) -> list[NoticeCard]:
        query = select(NoticeRow).where(NoticeRow.office_id == self._office_id, *where).order_by(NoticeRow.id)
        return [card_of(row) for row in self._session.scalars(query)]

    def _tasks(self, *where: ColumnElement[bool]) -> list[Task]:
        return tasks_where(self._session, self._office_id, *where)

    def _task_of(self, row: TaskRow, assignments: tuple[Assignment, ...]) -> Task:
        return task_of(row, assignments, further(self._session, self._office_id).get(row.id, ()))
