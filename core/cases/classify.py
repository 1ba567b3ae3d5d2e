"""Knows how reporting frequencies are set: what would follow, and what does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.cases.courtesy import full
from core.cases.naming import named
from core.cases.owing import owe
from core.cases.problem import Problem
from core.cases.progress import find
from core.rules.classification import Overview, Preview
from core.rules.frequency_text import refs_in
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.periods import DueRow, Frequency, periods_of_year
from core.rules.scope import Scope
from core.rules.tasks import Task, Unit, ref_order
from core.words import classify as words
from core.words.voice import voice
from core.work import Wanted, Work

PAUSE = timedelta(minutes=5)
"""What contacts are told waits this long: who sets one frequency sets more, and all of it is one message."""

MOST_REFS = 12
"""Tasks that one typed order may name; their ids have to fit into a button."""

SCOPE_ROOM = 42
"""Characters of a scope that fit into a button beside what it does."""

_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Classified:
    """What was done, and how many contacts are told."""

    preview: Preview
    told: int


def overview(work: Work) -> Overview:
    """Raises Problem where no notice is active."""
    tasks = work.notices.tasks()
    if not tasks:
        raise Problem("classify.no_tasks")
    return Overview(tuple(tasks))


def scope_tasks(work: Work, scope: str) -> list[int]:
    """The task ids of a button's scope: a all, n not set, l<task> that task's leader, u<unit>, t<task>.<task>…

    Raises Problem for a scope that means nothing any more.
    """
    known = overview(work)
    kind, rest = scope[:1], scope[1:]
    numbers = [int(part) for part in rest.split(".") if part.isdigit()]
    if kind == "a":
        return [task.id for task in known.tasks]
    if kind == "n":
        return [task.id for task in known.unset]
    if kind == "t":
        return [task.id for task in known.tasks if task.id in numbers]
    if kind == "u" and numbers:
        return [task.id for task in known.able if numbers[0] in {unit.id for unit in task.leads}]
    if kind == "l" and numbers:
        leader = next((task.leader for task in known.tasks if task.id == numbers[0]), None)
        return [task.id for task in known.tasks if leader and task.leader and task.leader.name == leader.name]
    raise Problem("classify.scope_gone")


def scope_of_text(work: Work, text: str) -> str:
    """The scope of what a supervisor typed: 全部, 未定, refs, a leader's or a unit's name. Raises Problem."""
    known = overview(work)
    if text.lower() in words.ALL:
        return "a"
    if text.lower() in words.UNSET:
        return "n"
    if refs := refs_in(text):
        return _scope_of_refs(work, refs)
    found = find(work, Scope(everything=True), text)
    if found.count > 1:
        names = [leader.label for leader in found.leaders] + [unit.name for unit in found.units]
        raise Problem("classify.several", text=text, names=" / ".join(names[:6]))
    if found.leaders:
        return f"l{next(task.id for task in known.tasks if task.leader and task.leader.name == found.leaders[0].name)}"
    if found.units:
        if not any(unit.id == found.units[0].id for unit, _ in known.units):
            raise Problem("classify.leads_nothing", unit=found.units[0].name)
        return f"u{found.units[0].id}"
    raise Problem("classify.unknown", text=text[:40])


def _scope_of_refs(work: Work, refs: Sequence[str]) -> str:
    if len(refs) > MOST_REFS:
        raise Problem("classify.too_many", most=MOST_REFS)
    ids = []
    for ref in refs:
        task = named(work, None, ref)
        if task is None:
            raise Problem("classify.unknown_ref", ref=ref)
        ids.append(task.id)
    scope = "t" + ".".join(str(number) for number in ids)
    if len(scope) > SCOPE_ROOM:
        raise Problem("classify.too_many", most=scope[: SCOPE_ROOM + 1].count(".") or 1)
    return scope


def preview(work: Work, task_ids: Collection[int], frequency: Frequency, now: datetime) -> Preview:
    """What would follow. Raises Problem where no task is left, none has a lead unit, or the year is over."""
    return _plan(work, task_ids, frequency, now).preview


def classify(work: Work, task_ids: Collection[int], frequency: Frequency, by: Person, now: datetime) -> Classified:
    """Sets the frequency.

    1. Of the old frequency, what isn't handed in and isn't overdue yet is dropped; the rest stays.
    2. Every period of the year whose due date isn't past is owed at once, its first reminders covered by the message.
    3. Each contact gets one message with all their unit's tasks and frequencies; several settings in a row are one.
    """
    plan = _plan(work, task_ids, frequency, now)
    changed = [task for task in plan.preview.tasks if task.frequency != frequency.value]
    work.notices.set_frequency([task.id for task in changed], frequency.value, now)
    if plan.drop:
        for obligation in plan.drop:
            work.obligations.move(obligation.id, State.DROPPED, now)
        work.outbox.drop_nudges([obligation.id for obligation in plan.drop], "reclassified", now)
    for task, rows in plan.arise:
        _owe(work, task, rows, now)
    for task in changed:
        work.history.add(
            "classified", "task", task.id, now, by.id, frequency=frequency.value, before=task.frequency or ""
        )
    touched = [task for task in plan.preview.tasks if task in changed or any(task.id == t.id for t, _ in plan.arise)]
    return Classified(plan.preview, _tell(work, touched, now))


@dataclass(frozen=True, slots=True)
class _Plan:
    preview: Preview
    drop: list[Obligation]
    arise: list[tuple[Task, list[tuple[Unit, DueRow]]]]


def _plan(work: Work, task_ids: Collection[int], frequency: Frequency, now: datetime) -> _Plan:
    today, wanted = work.office.today(now), set(task_ids)
    chosen = [task for task in work.notices.tasks() if task.id in wanted and task.active]
    if not chosen:
        raise Problem("classify.nothing_left")
    able = [task for task in chosen if task.leads]
    if not able:
        raise Problem("classify.no_lead", refs=_refs(chosen))
    rows = _due_rows(work, able, frequency, today)
    if not any(rows.values()):
        raise Problem("classify.year_over")
    owed = _owed(work, able)
    drop: list[Obligation] = []
    arise = []
    late = handed_in = 0
    for task in able:
        keys = {row.period.key for row in rows[task.notice_id]}
        # What the new frequency owes as well under the same key stays as it is.
        old = [o for o in owed[task.id] if o.period not in keys]
        drop += [o for o in old if o.open and not o.overdue(today)]
        late += sum(o.overdue(today) for o in old)
        handed_in += sum(o.state is State.HANDED_IN for o in owed[task.id])
        standing = {(o.unit_id, o.period) for o in owed[task.id]}
        new = [
            (unit, row)
            for unit in task.leads
            for row in rows[task.notice_id]
            if (unit.id, row.period.key) not in standing
        ]
        if new:
            arise.append((task, new))
    dues = sorted({row.due: row for found in rows.values() for row in found}.values(), key=lambda row: row.due)
    return _Plan(
        Preview(
            frequency,
            tuple(able),
            tuple(task for task in chosen if not task.leads),
            sum(task.frequency == frequency.value for task in able),
            tuple(dues),
            sum(len(new) for _, new in arise),
            len(drop),
            late,
            handed_in,
            tuple(sorted({row.due.year for row in dues if not work.office.calendar.knows(row.due.year)})),
        ),
        drop,
        arise,
    )


def _due_rows(work: Work, tasks: Iterable[Task], frequency: Frequency, today: date) -> dict[int, list[DueRow]]:
    """{notice: the due dates still to come in its year}."""
    office = work.office
    years = {card.id: card.year for card in work.notices.active()}
    return {
        notice: periods_of_year(frequency, years[notice], today, office.calendar, office.due_day)
        for notice in {task.notice_id for task in tasks}
    }


def _owed(work: Work, tasks: Sequence[Task]) -> dict[int, list[Obligation]]:
    """{task: the reports it owes or owed, dropped ones left out}."""
    one = tasks[0].id if len(tasks) == 1 else None
    found = work.obligations.find(Wanted(kind=Kind.REPORT, task_id=one, states=[State.OPEN, State.HANDED_IN]))
    out: dict[int, list[Obligation]] = defaultdict(list)
    for obligation in found:
        out[obligation.task_id].append(obligation)
    return out


def _owe(work: Work, task: Task, rows: Sequence[tuple[Unit, DueRow]], now: datetime) -> None:
    today = work.office.today(now)
    for unit, row in rows:
        first = max(row.period.first_day, today)
        owe(work, task.id, unit.id, Kind.REPORT, row.period.key, row.due, now, first)


def _tell(work: Work, tasks: Sequence[Task], now: datetime) -> int:
    """Puts each contact's one message; what still waits from the setting before is reworded instead. Returns people."""
    unit_ids = {unit.id for task in tasks for unit in task.leads}
    people = [person for person in work.people.of_units(unit_ids, Role.CONTACT) if person.reachable]
    today = work.office.today(now)
    had = full(work, people, now)
    for person in people:
        said = voice(person.lang or work.office.lang)
        # Only the units they are contact of: a head of another unit is not its contact.
        mine = tuple(post.unit_id for post in person.posts if post.role is Role.CONTACT and post.unit_id)
        led = [task for task in work.notices.tasks_of_units(mine) if {unit.id for unit in task.leads} & set(mine)]
        message = words.told(said, led, _next_due(work, mine, today))
        waiting = [m for m in work.outbox.by_key(f"classify:{person.id}:") if m.state == "held"]
        work.outbox.put(
            f"classify:{person.id}:{now.isoformat()}",
            person.chat_id,
            message,
            kind="assignment",
            now=now,
            person_id=person.id,
            not_before=_when(work, now, not waiting and person.id in had),
            edits_id=waiting[-1].id if waiting else None,
        )
    return len(people)


def _when(work: Work, now: datetime, late: bool) -> datetime:
    """In office hours after a pause; on the next working day for who had two messages today."""
    office = work.office
    return office.next_morning(now) if late else office.next_open(now + PAUSE)


def _next_due(work: Work, unit_ids: Collection[int], today: date) -> date | None:
    coming = work.obligations.find(Wanted(unit_ids=unit_ids, kind=Kind.REPORT, states=[State.OPEN]))
    return min((o.chase for o in coming if o.chase >= today), default=None)


def _refs(tasks: Sequence[Task]) -> str:
    refs = sorted((task.ref for task in tasks), key=ref_order)
    return " ".join(refs[:10]) + ("…" if len(refs) > 10 else "")
