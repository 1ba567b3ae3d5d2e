"""Knows notices, units and tasks as they stood at a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from core.rules.refs import bare
from core.rules.tasks import Assignment, NoticeCard, Part, Task, Unit, ref_order
from storage.heads import from_facts, leader_of
from storage.notice_rows import card_of, unit_of
from storage.notices import SqlNotices
from storage.past.then import merged_then, names_then, then_of
from storage.tables.notices import NoticeRow, TaskRow, UnitNameRow, UnitRow
from storage.tables.offices import EventRow
from storage.tables.past import NoticePastRow, TaskPastRow, UnitPastRow
from storage.tables.people import HandoverRow
from storage.tasks import parts_of, with_members
from storage.view import chosen


class PastNotices(SqlNotices):
    """What was in force by then; receipts and their reminders of then."""

    def __init__(self, session: Session, office_id: int, moment: datetime) -> None:
        super().__init__(session, office_id)
        self._moment = moment
        self._named: dict[int, str] | None = None

    def get(self, notice_id: int) -> NoticeCard | None:
        return next(iter(self._cards(NoticeRow.id == notice_id)), None)

    def active(self) -> list[NoticeCard]:
        number = chosen(self._session)
        wanted = [NoticeRow.confirmed_at <= self._moment, *([NoticeRow.id == number] if number is not None else [])]
        return [card for card in self._cards(*wanted) if number is not None or card.state == "active"]

    def units(self) -> list[Unit]:
        """Those that were there already and not yet merged into others."""
        there = and_(
            UnitRow.since.is_(None) | (UnitRow.since <= self._moment),
            UnitRow.ended_at.is_(None) | (UnitRow.ended_at > self._moment),
        )
        query = select(UnitRow).where(UnitRow.office_id == self._office_id, there).order_by(UnitRow.id)
        return [self._then(unit_of(row)) for row in self._session.scalars(query)]

    def find_units(self, text: str) -> list[Unit]:
        """As it was found then; else by the names of other times."""
        return super().find_units(text) or self._ever(text, True) or self._ever(text, False)

    def units_once(self, text: str, whole: bool = False) -> list[Unit]:
        """Units that had had by then such a name, or had taken over one that had; the names kept now tell of today's heirs."""
        had = UnitPastRow.office_id == self._office_id, UnitPastRow.until <= self._moment
        gone = UnitRow.office_id == self._office_id, UnitRow.ended_at <= self._moment
        return self._of(
            text,
            select(UnitPastRow.unit_id).where(*had, _fits(UnitPastRow.name, text.strip(), whole)),
            select(UnitRow.id).where(*gone, _fits(UnitRow.name, text.strip(), whole)),
        )

    def _ever(self, text: str, whole: bool) -> list[Unit]:
        """Units that have, or had at another time, such a name."""
        had, now = UnitNameRow.office_id == self._office_id, UnitRow.office_id == self._office_id
        return self._of(
            text,
            select(UnitNameRow.unit_id).where(had, _fits(UnitNameRow.name, text.strip(), whole)),
            select(UnitRow.id).where(now, _fits(UnitRow.name, text.strip(), whole)),
        )

    def _of(self, text: str, *queries: Any) -> list[Unit]:
        """The units of then into which these had gone by then."""
        ids = {number for query in queries for number in self._session.scalars(query)} if text.strip() else set()
        merged = merged_then(self._session, self._office_id, self._moment) if ids else {}
        heirs: set[int | None] = set()
        for number in ids:
            heir: int | None = number
            while heir in merged:
                heir = merged[heir][0]
            heirs.add(heir)
        return [unit for unit in self.units() if unit.id in heirs]

    def unit(self, unit_id: int) -> Unit | None:
        found = super().unit(unit_id)
        return self._then(found) if found else None

    def tasks(self, notice_id: int | None = None) -> list[Task]:
        ids = self.active_ids() if notice_id is None else [notice_id]
        return self._at(TaskRow.notice_id.in_(ids))

    def tasks_by_id(self, task_ids: Collection[int]) -> list[Task]:
        found = {task.id: task for task in self._at(TaskRow.id.in_(task_ids))} if task_ids else {}
        return [found[number] for number in task_ids if number in found]

    def task(self, task_id: int) -> Task | None:
        return next(iter(self._at(TaskRow.id == task_id)), None)

    def tasks_named(self, own: str) -> list[Task]:
        return [task for task in self.tasks() if bare(task.ref) == own]

    def tasks_of_units(self, unit_ids: Collection[int]) -> list[Task]:
        return [task for task in self.tasks() if any(a.of(unit_ids) for a in task.assignments)]

    def kept(self) -> list[NoticeCard]:
        """Those in force and those that were closed by then."""
        return [card for card in self._cards() if card.state in ("active", "closed")]

    def receipts(self, notice_id: int) -> dict[int, datetime]:
        """By the history, for the successor has it from the day of the handover on."""
        query = select(EventRow.person_id, EventRow.at).where(
            EventRow.office_id == self._office_id,
            EventRow.subject == "notice",
            EventRow.subject_id == notice_id,
            EventRow.what == "receipt",
            EventRow.at <= self._moment,
        )
        found = {row.person_id: row.at for row in self._session.execute(query.order_by(EventRow.id.desc()))}
        for old, new in self._handed_over():
            if old in found:
                found.setdefault(new, found[old])
        return {person: at for person, at in found.items() if person is not None}

    def receipt_reminders(self, notice_id: int) -> dict[int, datetime]:
        return self._by_then(super().receipt_reminders(notice_id))

    def several(self) -> bool:
        return len(self.active_ids()) > 1

    def any(self) -> bool:
        return bool(self.active_ids())

    def active_ids(self) -> list[int]:
        """The notices in force then, without their readings; where one was chosen by `look_at`, that one."""
        if (number := chosen(self._session)) is not None:
            return [number]
        past, held = then_of(NoticePastRow, "notice_id", NoticeRow.id, self._moment)
        query = (
            select(NoticeRow.id, NoticeRow.state, past.state)
            .outerjoin(past, held)
            .where(NoticeRow.office_id == self._office_id, NoticeRow.confirmed_at <= self._moment)
        )
        return [number for number, now, then in self._session.execute(query) if (then or now) == "active"]

    def _handed_over(self) -> list[tuple[int, int]]:
        """(who had the desk, the successor) of every handover by then, in order."""
        query = select(HandoverRow.person_id, HandoverRow.successor_id).where(
            HandoverRow.office_id == self._office_id,
            HandoverRow.state == "done",
            HandoverRow.settled_at <= self._moment,
        )
        rows = self._session.execute(query.order_by(HandoverRow.settled_at, HandoverRow.id))
        return [(old, new) for old, new in rows if new is not None]

    def _by_then(self, moments: dict[int, datetime]) -> dict[int, datetime]:
        return {person: at for person, at in moments.items() if at <= self._moment}

    def _cards(self, *where: ColumnElement[bool]) -> list[NoticeCard]:
        past, held = then_of(NoticePastRow, "notice_id", NoticeRow.id, self._moment)
        query = (
            select(NoticeRow, past)
            .outerjoin(past, held)
            .where(NoticeRow.office_id == self._office_id, NoticeRow.sent_at <= self._moment, *where)
            .order_by(NoticeRow.id)
        )
        return [_card(row, then, self._moment) for row, then in self._session.execute(query)]

    def _at(self, *where: ColumnElement[bool]) -> list[Task]:
        past, held = then_of(TaskPastRow, "task_id", TaskRow.id, self._moment)
        query = select(TaskRow, past).outerjoin(past, held).where(TaskRow.office_id == self._office_id, *where)
        found = [(row, then) for row, then in self._session.execute(query) if then is None or then.there]
        parts = parts_of(self._session, [row.id for row, then in found if then is None])
        every = select(UnitRow).where(UnitRow.office_id == self._office_id)
        past_units = any(then for _, then in found)
        units = {row.id: unit_of(row) for row in self._session.scalars(every)} if past_units else {}
        tasks = [
            (
                (row.notice_id, then.facts["position"] if then else row.position),
                _task(row, then, units) if then else self._task_of(row, tuple(parts.get(row.id, ()))),
            )
            for row, then in found
        ]
        tasks.sort(key=lambda pair: (*pair[0], ref_order(pair[1].ref)))
        return [self._named_task(task) for task in with_members(self._session, [task for _, task in tasks])]

    def _named_task(self, task: Task) -> Task:
        if not self._names():
            return task
        return replace(task, assignments=tuple(self._named_part(a) for a in task.assignments))

    def _named_part(self, part: Assignment) -> Assignment:
        return replace(part, unit=self._then(part.unit), members=tuple(self._then(unit) for unit in part.members))

    def _then(self, unit: Unit) -> Unit:
        return replace(unit, name=self._names().get(unit.id, unit.name))

    def _names(self) -> dict[int, str]:
        """The units that had another name then."""
        if self._named is None:
            self._named = names_then(self._session, self._office_id, self._moment)
        return self._named


def _card(row: NoticeRow, then: NoticePastRow | None, moment: datetime) -> NoticeCard:
    card = card_of(row)
    if row.confirmed_at is None or row.confirmed_at > moment:
        return replace(card, state="draft")
    if then is None:
        return card
    return replace(
        card, title=then.title, number=then.number, year=then.year, state=then.state, plan_due=then.plan_due,
        months=tuple(then.months), reading=then.reading,
    )  # fmt: skip


def _task(row: TaskRow, then: TaskPastRow, units: dict[int, Unit]) -> Task:
    facts = then.facts
    leader = leader_of(facts["leader_ordinal"], facts["leader_name"], facts["leader_title"])
    return Task(
        row.id,
        row.notice_id,
        facts["ref"],
        facts["number"],
        facts["content"],
        leader,
        _assignments(then.assignments, units),
        facts["frequency"],
        date.fromisoformat(facts["due"]) if facts["due"] else None,
        facts["due_text"] or "",
        tuple(facts["targets"] or ()),
        facts["state"],
        from_facts(facts.get("also") or ()),
    )


def _assignments(kept: Sequence[Any], units: dict[int, Unit]) -> tuple[Assignment, ...]:
    return tuple(Assignment(units[unit_id], Part(part)) for unit_id, part in kept if unit_id in units)


def _fits(name: Any, wanted: str, whole: bool) -> Any:
    return name == wanted if whole else name.contains(wanted, autoescape=True)
