"""Knows the frequency that each task's plan suggests, and how proposals are accepted one by one or together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.cases.classify import classify, preview, scope_tasks
from core.cases.notice import plan_months
from core.cases.problem import Problem
from core.rules.classification import Preview
from core.rules.inspection import digest
from core.rules.obligations import Kind, State
from core.rules.people import Person, Role
from core.rules.periods import Frequency
from core.rules.proposals import Proposal, propose
from core.rules.reports import Report
from core.rules.tasks import Task, ref_order
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Proposed:
    """A task beside its plan and what that suggests."""

    task: Task
    plan: Report | None
    proposal: Proposal

    @property
    def changes(self) -> bool:
        """Whether accepting it would set another frequency than the task has."""
        wanted = self.proposal.frequency
        return wanted is not None and self.task.frequency != wanted.value


@dataclass(frozen=True, slots=True)
class AllPreview:
    """What accepting all proposals of a scope would do, frequency by frequency; `without` stay as they are."""

    groups: tuple[Preview, ...]
    without: tuple[Task, ...]
    same: int
    over: tuple[Task, ...]
    """Tasks for whose proposal no period of this year is left."""

    @property
    def mark(self) -> str:
        return digest([seen.mark for seen in self.groups])

    @property
    def tasks(self) -> int:
        return sum(len(seen.tasks) for seen in self.groups)


def proposals(work: Work, scope: str) -> list[Proposed]:
    """The active tasks of a scope that can owe reports, in the order of the notice. Raises Problem for a lost scope."""
    wanted = set(scope_tasks(work, scope))
    tasks = [task for task in work.notices.tasks() if task.id in wanted and task.active and task.leads]
    tasks.sort(key=lambda task: (task.notice_id, ref_order(task.ref)))
    one = tasks[0].id if len(tasks) == 1 else None
    filed = work.obligations.find(Wanted(kind=Kind.PLAN, task_id=one, states=[State.OPEN, State.HANDED_IN]))
    latest = work.reports.latest([o.id for o in filed if o.task_id in wanted])
    plans: dict[int, list[tuple[Report, tuple[int, ...]]]] = {}
    cards = {card.id: card for card in work.notices.active()}
    notice_of = {task.id: task.notice_id for task in tasks}
    for o in filed:
        if o.id in latest and o.task_id in notice_of:
            asked = plan_months(cards.get(notice_of[o.task_id]), o.due)
            plans.setdefault(o.task_id, []).append((latest[o.id], asked))
    return [_proposed(task, plans.get(task.id, [])) for task in tasks]


def _proposed(task: Task, plans: Sequence[tuple[Report, tuple[int, ...]]]) -> Proposed:
    """Where several units lead, the plan with most steps decides: reports come as often as its steps do."""
    made = [(plan, propose(plan.months, asked)) for plan, asked in plans]
    if not made:
        return Proposed(task, None, propose(None, ()))
    plan, proposal = max(made, key=lambda row: len(row[1].steps))
    return Proposed(task, plan, proposal)


def preview_all(work: Work, scope: str, now: datetime) -> AllPreview:
    """Raises Problem where no proposal would change anything."""
    found = proposals(work, scope)
    groups, over = [], []
    for frequency in Frequency:
        tasks = [p.task for p in found if p.changes and p.proposal.frequency is frequency]
        if not tasks:
            continue
        try:
            groups.append(preview(work, [task.id for task in tasks], frequency, now))
        except Problem as problem:
            if problem.key != "classify.year_over":
                raise
            over += tasks
    without = tuple(p.task for p in found if p.proposal.frequency is None)
    same = sum(p.proposal.frequency is not None and not p.changes for p in found)
    if not groups:
        raise Problem("propose.year_over" if over else "propose.no_plans" if not same else "propose.all_same")
    return AllPreview(tuple(groups), without, same, tuple(over))


def accept_all(work: Work, scope: str, mark: str, by: Person, now: datetime) -> tuple[AllPreview, int] | AllPreview:
    """Sets every proposed frequency of the scope: (what was done, how many contacts are told).

    Only the fresh preview where it is no longer what was shown. Each contact gets one message with all of it.
    """
    seen = preview_all(work, scope, now)
    if seen.mark != mark:
        return seen
    units = set()
    for group in seen.groups:
        classify(work, [task.id for task in group.tasks], group.frequency, by, now)
        units |= {unit.id for task in group.tasks for unit in task.leads}
    return seen, sum(person.reachable for person in work.people.of_units(units, Role.CONTACT))
