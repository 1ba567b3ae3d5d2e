"""Knows completion (办结 / 销号): reported by the lead with evidence, accepted or returned by the office."""

from __future__ import annotations

from datetime import datetime

from core.cases.problem import Problem
from core.cases.report import Stored, store
from core.cases.review import tell_office
from core.ports import Source
from core.rules.obligations import Kind, Obligation
from core.rules.people import Person
from core.rules.tasks import Part, Task
from core.work import Wanted, Work

PERIOD = "done"


def reportable(work: Work, person: Person) -> list[Task]:
    """The active tasks that this person's units lead (or answer for where no lead is named)."""
    found = work.notices.tasks_of_units(person.unit_ids)
    return [t for t in found if t.active and t.part_of(person.unit_ids) in (Part.LEAD, Part.RESPONSIBLE)]


def check(work: Work, person: Person, task: Task) -> int:
    """The unit in whose name this person reports the task done. Raises Problem where they can't, or it is done."""
    part = task.part_of(person.unit_ids)
    if part is None:
        raise Problem("tasks.not_yours", ref=task.ref)
    if part is Part.CO:
        raise Problem("completion.lead_reports", ref=task.ref)
    if not task.active:
        raise Problem(f"completion.task_{task.state}", ref=task.ref)
    return next(a.unit.id for a in task.assignments if a.part is part and a.unit.id in person.unit_ids)


def waiting(work: Work, task: Task) -> Obligation | None:
    """The report that the office has not decided yet."""
    found = work.obligations.find(Wanted(task_id=task.id, kind=Kind.COMPLETION))
    return next((o for o in found if o.state == "handed_in" and o.reviewed is None), None)


def report_done(
    work: Work, person: Person, task: Task, source: Source, text: str, now: datetime, album: str = ""
) -> Stored:
    """Reports the task done. It goes on owing what it owes until the office accepts. A second report is a new version."""
    unit_id = check(work, person, task)
    obligation = waiting(work, task)
    if obligation is None:
        work.obligations.owe(
            task.id,
            unit_id,
            Kind.COMPLETION,
            PERIOD,
            work.office.today(now),
            now,
            period_from=None,
            last_rung=None,
            next_nudge_on=None,
        )
        owed = work.obligations.find(Wanted(task_id=task.id, unit_ids=[unit_id], kind=Kind.COMPLETION))
        obligation = owed[0]
    stored = store(work, obligation, person, source, text, now, album)
    tell_office(work, stored.obligation, stored.report, now)
    return stored
