"""Knows how a revised notice is put in force: what differs is applied, those concerned are told once, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core.cases.adjust import set_leads
from core.cases.desks import desk
from core.cases.extension import close
from core.cases.notice import assign_units, draft, ensure_units, owe_plan
from core.cases.owing import set_nudges, silence
from core.cases.problem import Problem
from core.cases.task_state import RESUME_DAYS, open_of
from core.rules.notice.model import heads_of
from core.rules.notice.revision import Clause, Revision, compare, revises
from core.rules.obligations import Kind, State
from core.rules.people import Person
from core.rules.refs import bare, marked
from core.rules.tasks import NoticeCard, Part, Task
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Applied:
    """What each person has to be told: their clauses in order; `nobody` names units in which nobody can be reached."""

    base: NoticeCard
    revision: Revision
    people: tuple[tuple[Person, tuple[Clause, ...]], ...]
    nobody: tuple[str, ...]
    plan_due: date | None


def base_of(work: Work, reading: dict[str, Any]) -> NoticeCard | None:
    """The notice in force that this reading is a new version of, the newest first."""
    return next((card for card in reversed(work.notices.active()) if revises(card.reading, reading)), None)


def differences(work: Work, notice_id: int) -> tuple[NoticeCard, NoticeCard, Revision]:
    """(draft, the notice in force, what differs). Raises Problem where either is gone."""
    card = draft(work, notice_id)
    base = work.notices.get(card.revises or 0)
    if base is None or base.state != "active":
        raise Problem("revision.no_base")
    return card, base, compare(base.reading, card.reading)


def apply(work: Work, notice_id: int, seen: str, reason: str, by: Person, now: datetime) -> Applied | None:
    """Puts the revision in force; None where it isn't what was `seen` any more (it has to be shown again).

    1. Only what differs between the two readings is changed: what was adjusted or handed in since stays as it is.
    2. A new lead owes what the old one had open; a dropped task owes nothing more.
    3. Another deadline for the plans moves the plans that are still open.
    """
    card, base, revision = differences(work, notice_id)
    if revision.digest != seen:
        return None
    tasks = {bare(task.ref): task for task in work.notices.tasks(base.id)}
    _renumber(work, base, tasks, revision, now)
    work.notices.save_reading(base.id, {**card.reading, "revises": None, "mark": base.mark, "source": None}, now)
    work.notices.set_state(card.id, "merged", now)
    fresh = work.notices.get(base.id)
    assert fresh is not None
    ensure_units(work, card.reading, now)
    order = {task["ref"]: n for n, task in enumerate(card.reading["tasks"])}
    soon = work.office.calendar.add_working_days(work.office.today(now), RESUME_DAYS)
    for old_ref, new_ref in revision.pairs:
        clause = next((c for c in revision.clauses if c.new_ref == new_ref and c.old), None)
        if task := tasks.get(old_ref):
            reading = card.reading["tasks"][order[new_ref]]
            _mend(work, task, clause, reading, heads_of(card.reading, reading), order[new_ref], now)
            if clause and clause.what:
                said = "、".join(clause.what)
                work.history.add("revised", "task", task.id, now, by.id, value=said, reason=reason)
    for clause in revision.clauses:
        if clause.kind == "new" and clause.new:
            reading = card.reading["tasks"][order[clause.new_ref]]
            numbered = {**reading, "ref": marked(base.mark, reading["ref"])}
            heads = heads_of(card.reading, reading)
            added = work.notices.add_task(base.id, numbered, heads, order[clause.new_ref], now)
            assign_units(work, added, reading, now)
            work.history.add("assigned", "task", added.id, now, by.id, notice=base.id)
            _owe(work, fresh, added.id, now, soon)
        elif clause.kind == "dropped" and (task := tasks.get(clause.old_ref)) and task.active:
            _drop(work, task, reason, by, now)
    if revision.due[0] != revision.due[1]:
        _move_plans(work, base.id, revision.due[1], now)
    work.history.add("notice_revised", "notice", base.id, now, by.id, draft=card.id, clauses=len(revision.clauses))
    people, nobody = _concerned(work, revision, base.id, now)
    people = tuple((person, tuple(_marked(base.mark, clause) for clause in theirs)) for person, theirs in people)
    return Applied(fresh, revision, people, nobody, fresh.plan_due)


def _marked(mark: str, clause: Clause) -> Clause:
    """As those who are told of it know its number."""

    def side(task: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        return {**task, "ref": marked(mark, task["ref"])} if task else None

    return replace(clause, old=side(clause.old), new=side(clause.new))


def _renumber(work: Work, base: NoticeCard, tasks: dict[str, Task], revision: Revision, now: datetime) -> None:
    """Every task gets its number of the new notice; one that is dropped gives its number away where it is wanted."""
    wanted = dict(revision.pairs)
    taken = set(wanted.values()) | {clause.new_ref for clause in revision.clauses if clause.new}
    refs: dict[int, str] = {}
    for ref, task in tasks.items():
        own = wanted.get(ref, ref)
        if ref not in wanted and ref in taken:
            signs = (ref + sign for sign in ("x", "y", "z", "w", *(f"x{n}" for n in range(2, 1000))))
            own = next(each for each in signs if each not in taken and each not in tasks)
        taken.add(own)
        if own != ref:
            refs[task.id] = marked(base.mark, own)
    work.notices.renumber(base.id, refs, now)


def _mend(
    work: Work,
    task: Task,
    clause: Clause | None,
    reading: dict[str, Any],
    leaders: list[Any],
    position: int,
    now: datetime,
) -> None:
    what = clause.what if clause else ()
    content = reading["content"] if "content" in what else task.content
    work.notices.revise_task(task.id, {**reading, "content": content}, leaders, position, "due" in what, now)
    if clause is None or not clause.old or not clause.new:
        return
    for part in (Part.CO, Part.RESPONSIBLE):
        _set_part(work, task, part, clause.old[str(part)], clause.new[str(part)], now)
    if "lead" in what:
        fresh = work.notices.task(task.id)
        assert fresh is not None
        units = tuple(work.notices.ensure_unit(name, now) for name in clause.new["lead"])
        set_leads(work, fresh, units, now)
        if not fresh.leads and fresh.active:
            card = work.notices.get(task.notice_id)
            soon = work.office.calendar.add_working_days(work.office.today(now), RESUME_DAYS)
            if card:
                _owe(work, card, task.id, now, soon)


def _set_part(work: Work, task: Task, part: Part, before: list[str], after: list[str], now: datetime) -> None:
    here = {a.unit.name: a for a in task.assignments}
    for name in before:
        if name not in after and name in here and here[name].part is part:
            work.notices.unassign(task.id, here[name].unit.id, now)
    for position, name in enumerate(after):
        if name not in before and (name not in here or here[name].part is not part):
            unit = work.notices.ensure_unit(name, now)
            if name not in here or here[name].part is not Part.LEAD:
                work.notices.unassign(task.id, unit.id, now)
                work.notices.assign(task.id, unit.id, part, 1 + position, now)


def _owe(work: Work, card: NoticeCard, task_id: int, now: datetime, soon: date) -> None:
    """A plan for a task that has a lead only now; a date that is over already becomes some days."""
    task = work.notices.task(task_id)
    if task and card.plan_due:
        owe_plan(work, card, task, now, max(card.plan_due, soon))


def _drop(work: Work, task: Task, reason: str, by: Person, now: datetime) -> None:
    owed = open_of(work, task)
    work.notices.set_task_state(task.id, "active", "dropped", now)
    for obligation in owed:
        silence(work, obligation)
        close(work, obligation, now)
    if owed:
        work.outbox.drop_nudges([o.id for o in owed], "dropped by the revised notice", now)
    work.history.add("task_dropped", "task", task.id, now, by.id, reason=reason, before="active")


def _move_plans(work: Work, notice_id: int, due: str | None, now: datetime) -> None:
    if due is None:
        return
    ids = {task.id for task in work.notices.tasks(notice_id) if task.active}
    for plan in work.obligations.find(Wanted(kind=Kind.PLAN, states=[State.OPEN])):
        if plan.task_id in ids and plan.chase != date.fromisoformat(due):
            work.obligations.agree(plan.id, date.fromisoformat(due), now)
            fresh = work.obligations.get(plan.id)
            if fresh:
                set_nudges(work, fresh, now)


def _concerned(
    work: Work, revision: Revision, notice_id: int, now: datetime
) -> tuple[tuple[tuple[Person, tuple[Clause, ...]], ...], tuple[str, ...]]:
    """People with the clauses that concern them; whose plan is still open hears of another deadline too."""
    people: dict[int, Person] = {}
    clauses: dict[int, list[Clause]] = {}
    nobody: dict[str, None] = {}
    for clause in revision.clauses:
        for name in clause.units:
            unit = work.notices.ensure_unit(name, now)
            here = desk(work, unit.id)
            if not here and not unit.group:
                nobody[name] = None
            for person in here:
                people[person.id] = person
                if clause not in clauses.setdefault(person.id, []):
                    clauses[person.id].append(clause)
    if revision.due[0] != revision.due[1] and revision.due[1]:
        ids = {task.id for task in work.notices.tasks(notice_id)}
        for plan in work.obligations.find(Wanted(kind=Kind.PLAN, states=[State.OPEN])):
            for person in desk(work, plan.unit_id) if plan.task_id in ids else ():
                people[person.id] = person
    return tuple((person, tuple(clauses.get(person.id, ()))) for person in people.values()), tuple(nobody)
