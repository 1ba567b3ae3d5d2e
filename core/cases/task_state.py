"""Knows how a task is suspended, resumed, completed or dropped: what stops, what goes on, who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.cases.desks import desk
from core.cases.extension import close
from core.cases.naming import named
from core.cases.owing import set_nudges, silence
from core.cases.problem import Problem
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person
from core.rules.tasks import TASK_MOVES, Task
from core.words.adjust import state_told
from core.words.message import Message
from core.words.voice import voice
from core.work import Wanted, Work

RESUME_DAYS = 5
"""Working days for a plan or a finding whose date passed while its task was suspended."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a change did: the people who hear of it, at `at`, and the units in which nobody can be reached."""

    task: Task
    people: list[Person]
    nobody: list[str]
    stopped: int
    at: datetime


def task_of(work: Work, person: Person, ref: str) -> Task:
    """The task of that number. Raises Problem."""
    found = named(work, person, ref)
    if found is None:
        raise Problem("tasks.unknown", ref=ref[:20])
    return found


def concerned(work: Work, task: Task) -> tuple[list[Person], list[str]]:
    """(everybody of the units with a part who is told, the units in which nobody can be reached)."""
    people: dict[int, Person] = {}
    nobody = []
    for assignment in task.assignments:
        if assignment.unit.group:
            continue
        here = desk(work, assignment.unit.id)
        people.update({person.id: person for person in here})
        if not here:
            nobody.append(assignment.unit.name)
    return list(people.values()), nobody


def open_of(work: Work, task: Task) -> list[Obligation]:
    """What the task owes now."""
    return work.obligations.find(Wanted(task_id=task.id, states=[State.OPEN]))


def to_mend(work: Work, task_id: int) -> int:
    """How much of what inspections found about a task is not mended yet."""
    return len(work.obligations.find(Wanted(task_id=task_id, kind=Kind.FINDING, states=[State.OPEN])))


def check(work: Work, task: Task, new: str) -> None:
    """Raises Problem where the task can't become that any more, or not while something is still to be mended."""
    if new == "done" and task.active and (left := to_mend(work, task.id)):
        raise Problem("completion.to_mend", ref=task.ref, n=left)
    if new not in TASK_MOVES[task.state]:
        raise Problem("adjust.is_already" if new == task.state else "adjust.not_now", ref=task.ref)


def set_state(work: Work, task: Task, new: str, reason: str, by: Person, now: datetime) -> Told:
    """Changes the task's state.

    1. Suspended, done, dropped: it owes nothing; open reminders, urgings and wishes for a later date stop.
    2. Active again: what fell due meanwhile is not owed for that time, a plan or a finding gets some days; the rest goes on.
    3. Everybody with a part in it is told once, with the reason.

    Raises Problem where another supervisor was faster or the change makes no sense.
    """
    check(work, task, new)
    owed = open_of(work, task) if task.active else []
    since = _since(work, task)
    if not work.notices.set_task_state(task.id, task.state, new, now):
        raise Problem("adjust.changed_meanwhile", ref=task.ref)
    for obligation in owed:
        silence(work, obligation)
        close(work, obligation, now)
    if owed:
        work.outbox.drop_nudges([o.id for o in owed], f"task {new}", now)
    if new == "active":
        _go_on(work, task, since, now)
    work.history.add(f"task_{new}", "task", task.id, now, by.id, reason=reason, before=task.state)
    return _tell(work, task, new, reason, len(owed), by, now)


def _since(work: Work, task: Task) -> datetime | None:
    """Since when it isn't active."""
    stops = [e.at for e in work.history.of("task", task.id) if e.what.startswith("task_") and e.what != "task_active"]
    return stops[-1] if stops and not task.active else None


def _go_on(work: Work, task: Task, since: datetime | None, now: datetime) -> None:
    office = work.office
    today = office.today(now)
    stopped_on = office.today(since) if since else today
    later = office.calendar.add_working_days(today, RESUME_DAYS)
    for obligation in open_of(work, task):
        stays = obligation.kind in (Kind.PLAN, Kind.FINDING)
        until = later if stays else today
        meanwhile = stopped_on <= obligation.chase < until
        if meanwhile and stays:
            work.obligations.agree(obligation.id, later, now)
        elif meanwhile:
            work.obligations.move(obligation.id, State.DROPPED, now)
            continue
        fresh = work.obligations.get(obligation.id)
        if fresh is not None:
            set_nudges(work, fresh, now)


def _tell(work: Work, task: Task, new: str, reason: str, stopped: int, by: Person, now: datetime) -> Told:
    people, nobody = concerned(work, task)
    at = work.office.next_open(now)
    for person in people:
        said = voice(person.lang or work.office.lang)
        put_note(work, f"task:{task.id}:{new}", person, state_told(said, task, new, reason), now)
    return Told(task, people, nobody, stopped, at)


def put_note(work: Work, key: str, person: Person, message: Message, now: datetime) -> None:
    """One note to one person in office hours; the moment in its key lets the same change happen again later."""
    work.outbox.put(
        f"{key}:{person.id}:{int(now.timestamp())}",
        person.chat_id,
        message,
        kind="notice",
        now=now,
        person_id=person.id,
        not_before=work.office.next_open(now),
    )
