"""Knows which facts of an office can be taken out, and how much of them a person may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.cases.inspection_round import Sight
from core.cases.inspection_seen import rounds_seen
from core.cases.lights import lights_of
from core.cases.overdue import list_overdue
from core.cases.problem import Problem
from core.rules.lights import TaskLight
from core.rules.obligations import COUNTED_KINDS, Obligation, Revised, State, in_order
from core.rules.overdue import Filters
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.scope import Scope, scope_of
from core.rules.summary import Figures
from core.rules.tasks import Task, ref_order
from core.work import Wanted, Work
from core.work_history import Event

TABLES = ("tasks", "plans", "reports", "overdue", "inspections", "history")
"""What comes as a table. The history is the office's alone; the others each see their own of."""

NOW_ONLY = frozenset({"all", "archive", "forms"})
"""What can't be asked for as of a past moment: forms are there to be filled in, everything holds the past itself."""

OFFICE_ONLY = frozenset({"history", "all", "forms"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables are made of, as far as the scope reaches. `day` counts as today; `at` is the moment asked."""

    day: date
    at: datetime
    tasks: tuple[Task, ...]
    obligations: tuple[Obligation, ...]
    reports: dict[int, tuple[Report, ...]]
    """Every version by obligation, also those withdrawn."""
    late: tuple[Obligation, ...]
    total: Figures
    events: tuple[Event, ...] = ()
    refs: dict[int, str] | None = None
    lights: dict[int, TaskLight] | None = None
    rounds: tuple[Sight, ...] = ()
    """What inspections found in the scope."""
    gone: tuple[Obligation, ...] = ()
    """What is owed no more; a calendar takes it back."""
    revised: Mapping[int, Revised] = field(default_factory=dict)

    def latest(self, obligation_id: int) -> Report | None:
        """The version that stands."""
        standing = [report for report in self.reports.get(obligation_id, ()) if report.withdrawn_at is None]
        return standing[-1] if standing else None


def facts(work: Work, scope: Scope, now: datetime, history: bool = False, rounds: bool = False) -> Facts:
    """Everything in the scope, as it stands at `now`; of a past moment, where `work` and `now` are of then."""
    listed = list_overdue(work, scope, now, Filters())
    tasks = sorted(
        (t for t in work.notices.tasks() if scope.holds_task(t)), key=lambda t: (t.notice_id, ref_order(t.ref))
    )
    owed = [
        o for o in work.obligations.find(Wanted(kinds=COUNTED_KINDS)) if scope.holds(o) and o.state is not State.DROPPED
    ]
    ids = {o.id for o in owed}
    versions: dict[int, list[Report]] = {}
    for report in work.reports.every():
        if report.obligation_id in ids:
            versions.setdefault(report.obligation_id, []).append(report)
    return Facts(
        listed.day,
        now,
        tuple(tasks),
        tuple(in_order(owed)),
        {key: tuple(found) for key, found in versions.items()},
        tuple(listed.late),
        listed.total,
        tuple(work.history.every()) if history and scope.everything else (),
        {task.id: task.ref for task in tasks},
        lights_of(work, tasks, owed, now),
        tuple(rounds_seen(work, scope, now, limit=1000)) if rounds else (),
    )


def dates(work: Work, scope: Scope, now: datetime) -> Facts:
    """The facts of a calendar: what is owed, what is owed no more, and how often each was changed."""
    found = facts(work, scope, now)
    gone = tuple(o for o in work.obligations.gone() if o.kind in COUNTED_KINDS and scope.holds(o))
    ids = [o.id for o in (*found.obligations, *gone)]
    return replace(found, gone=gone, revised=work.obligations.revised(ids))


def check(person: Person, kind: str) -> Scope:
    """The scope in which this person may have this kind. Raises Problem for what is the office's alone."""
    if kind in OFFICE_ONLY and not person.supervises:
        raise Problem("help.not_allowed")
    return scope_of(person)


def person_named(work: Work, text: str, unit: str = "") -> Person:
    """The person of this name (with a post in this unit). Raises Problem where nobody or more than one has it."""
    wanted = "".join(text.split()).casefold()
    ids = {each.id for each in work.notices.find_units(unit)} if unit else set()
    people = [person for person in work.people.all() if not unit or ids.intersection(person.unit_ids)]
    exact = [person for person in people if "".join(person.name.split()).casefold() == wanted]
    found = exact or [person for person in people if wanted and wanted in "".join(person.name.split()).casefold()]
    if len(found) != 1:
        units = [each.name for person in found for n in person.unit_ids if (each := work.notices.unit(n))]
        key = "export.nobody" if not found else "export.several"
        raise Problem(key, name=text, units="、".join(dict.fromkeys(units)))
    return found[0]
