"""Knows how a notice becomes the office's own: taken as a draft, questions answered, confirmed, assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.cases.owing import owe
from core.cases.problem import Problem
from core.cases.settled import fault_of, settle_of
from core.cases.unreached import accept_gaps
from core.rules.notice.answering import EarlyDay
from core.rules.notice.answers import answer
from core.rules.notice.column_roles import ColumnFault
from core.rules.notice.model import Notice, heads_of
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.refs import mark_for, marked
from core.rules.tasks import NoticeCard, Part, Task, Unit
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Taken:
    card: NoticeCard
    new: bool


def take_notice(
    work: Work, reading: dict[str, Any], file_hash: str, by: Person, now: datetime, revises: int | None = None
) -> Taken:
    """Keeps a reading as a draft; `revises` is the notice of which it is a new version. The same file twice changes nothing."""
    known = work.notices.by_hash(file_hash)
    if known:
        return Taken(known, new=False)
    card = work.notices.add_draft({**reading, "revises": revises}, file_hash, by.id, now)
    work.history.add("notice_read", "notice", card.id, now, by.id, tasks=len(reading["tasks"]))
    return Taken(card, new=True)


def draft(work: Work, notice_id: int) -> NoticeCard:
    """The draft. Raises Problem where it was confirmed or thrown away meanwhile (two supervisors at once)."""
    card = work.notices.get(notice_id)
    if card is None or card.state != "draft":
        raise Problem("intake.no_draft")
    return card


def too_early(day: EarlyDay) -> Problem:
    """A deadline that was typed without a year and would lie before the notice."""
    return Problem("correction.early_due", text=str(day)[:40])


def answer_question(work: Work, notice_id: int, key: str, choice: str | None, by: Person, now: datetime) -> NoticeCard:
    """The draft with one question answered (None: as written). Raises Problem if it isn't open."""
    card = draft(work, notice_id)
    try:
        found = answer(Notice.from_json(card.reading), key, choice, settle_of(work, card))
        reading = {**found.to_json(), "revises": card.revises}
    except KeyError as gone:
        raise Problem("intake.question_gone") from gone
    except ColumnFault as fault:
        raise fault_of(fault) from fault
    except EarlyDay as early:
        raise too_early(early) from early
    except ValueError as error:
        raise Problem("intake.answer_wrong", why=error) from error
    work.notices.save_reading(notice_id, reading, now)
    work.history.add("question_answered", "notice", notice_id, now, by.id, question=key, choice=choice)
    return draft(work, notice_id)


def discard(work: Work, notice_id: int, by: Person, now: datetime) -> NoticeCard:
    card = draft(work, notice_id)
    work.notices.set_state(notice_id, "discarded", now)
    work.history.add("notice_discarded", "notice", notice_id, now, by.id)
    return card


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one person is given by a notice."""

    person: Person
    units: tuple[Unit, ...]
    leading: tuple[Task, ...]
    assisting: tuple[Task, ...]
    obligations: tuple[Obligation, ...]


def confirm(work: Work, notice_id: int, by: Person, now: datetime) -> list[Desk]:
    """Assigns every task and says what each joined person now has. Raises Problem if it was confirmed already."""
    card = draft(work, notice_id)
    mark = mark_for(card, work.notices.active())
    work.notices.save_reading(card.id, {**card.reading, "mark": mark, "source": None}, now)
    ensure_units(work, card.reading, now)
    for position, reading in enumerate(card.reading["tasks"]):
        numbered = {**reading, "ref": marked(mark, reading["ref"])}
        task = work.notices.add_task(card.id, numbered, heads_of(card.reading, reading), position, now)
        assign_units(work, task, reading, now)
    work.notices.set_state(card.id, "active", now)
    work.history.add("notice_confirmed", "notice", card.id, now, by.id, tasks=len(card.reading["tasks"]))
    for task in work.notices.tasks(card.id):
        work.history.add("assigned", "task", task.id, now, by.id, notice=card.id)
        owe_plan(work, card, task, now)
    accept_gaps(work)
    people = work.people.with_role(Role.CONTACT, Role.HEAD)
    return [desk for person in people if (desk := desk_of(work, person, card.id))]


def ensure_units(work: Work, reading: dict[str, Any], now: datetime) -> None:
    """Every unit and group term of a reading is known to the office.

    Raises Problem where a name is nobody's any more and was that of several: whose tasks they are a person has to say.
    """
    here = {unit.name for unit in work.notices.units()}
    for unit in reading["units"]:
        once = work.notices.units_once(unit["name"], whole=True) if unit["name"] not in here else []
        if len(once) > 1:
            names = " / ".join(each.name for each in once)
            raise Problem("intake.former_name", name=unit["name"], names=names)
    for unit in reading["units"]:
        if unit["kind"] == "group":
            work.notices.ensure_unit(unit["name"], now, True, unit.get("members") or ())
        else:
            work.notices.ensure_unit(unit["name"], now)


def assign_units(work: Work, task: Task, reading: dict[str, Any], now: datetime) -> None:
    """The units of one task in the order of the reading."""
    position = 0
    for part in Part:
        for name in reading[str(part)]:
            work.notices.assign(task.id, work.notices.ensure_unit(name, now).id, part, position, now)
            position += 1


def owe_plan(work: Work, card: NoticeCard, task: Task, now: datetime, due: date | None = None) -> None:
    """The plan of each lead, by the notice's date or by `due`; nothing where the notice asks for none."""
    if card.plan_due is None:
        return
    for unit in task.leads:
        owe(work, task.id, unit.id, Kind.PLAN, str(card.year), due or card.plan_due, now)


def desks_of(work: Work, person: Person) -> list[Desk]:
    """What this person's units have, notice by notice: each is told and confirmed by itself."""
    return [desk for card in work.notices.active() if (desk := desk_of(work, person, card.id))]


def desk_of(work: Work, person: Person, notice_id: int) -> Desk | None:
    """What this person's units have in one notice; None if nothing."""
    ids = person.unit_ids
    tasks = [task for task in work.notices.tasks_of_units(ids) if task.notice_id == notice_id]
    if not tasks:
        return None
    leading = tuple(task for task in tasks if task.part_of(ids) is Part.LEAD)
    assisting = tuple(task for task in tasks if task.part_of(ids) is not Part.LEAD)
    here = {task.id for task in tasks}
    owed = work.obligations.find(Wanted(unit_ids=ids, task_ids=here, states=[State.OPEN, State.HANDED_IN]))
    units = tuple(unit for unit_id in ids if (unit := work.notices.unit(unit_id)))
    return Desk(person, units, leading, assisting, tuple(owed))


def plan_months(card: NoticeCard | None, due: date) -> tuple[int, ...]:
    """The months of the plan form; without a form, from the month of the due date to December."""
    return card.months if card and card.months else tuple(range(due.month, 13))
