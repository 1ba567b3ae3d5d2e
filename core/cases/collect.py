"""Knows how a lead asks its co-units for input (征集), who answered, and how the answers become its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.cases.courtesy import within_budget
from core.cases.desks import desk
from core.cases.gone import why_gone
from core.cases.naming import named
from core.cases.problem import Problem
from core.cases.report import Stored, store
from core.ports import Source
from core.rules.calls import (
    MOST_DAYS,
    SETTING,
    Asked,
    Call,
    Preview,
    Status,
    co_units,
    empty_groups,
    merged,
    wanted_by,
)
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.words import collect as words
from core.words.voice import voice
from core.work import Wanted, Work

TALK = "collect"
KIND = "input"
"""The kind of message that asks for input: counted in the day's budget, taken back when the lead hands in."""

LONGEST = 500
"""Characters of a question."""


def collectable(work: Work, person: Person, now: datetime) -> list[Obligation]:
    """The open reports of this person's units, begun or next to come, of tasks with somebody to ask; soonest first."""
    wanted = Wanted(unit_ids=person.unit_ids, kind=Kind.REPORT, states=[State.OPEN])
    today = work.office.today(now)
    owed = work.obligations.find(wanted)
    tasks = {task.id: task for task in work.notices.tasks_of_units(person.unit_ids)}
    out, coming = [], set[tuple[int, int]]()
    for o in owed:
        task = tasks.get(o.task_id)
        if task is None or not co_units(task, o.unit_id):
            continue
        key = (o.task_id, o.unit_id)
        if o.current(today) or key not in coming:
            out.append(o)
        if not o.current(today):
            coming.add(key)
    begun = {(o.task_id, o.unit_id) for o in out if o.current(today)}
    return [o for o in out if o.current(today) or (o.task_id, o.unit_id) not in begun]


def for_ref(work: Work, person: Person, ref: str, now: datetime) -> list[Obligation]:
    """The reports of one task that may be collected for. Raises Problem that says why there are none."""
    task = named(work, person, ref)
    if task is None:
        raise Problem("tasks.unknown", ref=ref)
    owed = [o for o in collectable(work, person, now) if o.task_id == task.id]
    if owed:
        return owed
    if not any(unit.id in person.unit_ids for unit in task.leads):
        raise Problem("collect.not_lead", ref=ref)
    if not any(co_units(task, unit.id) for unit in task.leads):
        raise Problem("collect.no_co", ref=ref)
    raise Problem("collect.nothing_open", ref=ref)


def preview(
    work: Work, person: Person, obligation_id: int, now: datetime, question: str = "", toggle: int = 0
) -> Preview:
    """Whom a call would reach, with the question as it stands; kept for the confirmation. Raises Problem.

    `toggle` is a unit to be left out, or to be asked after all.
    """
    obligation, task = owed(work, person, obligation_id)
    talk = work.talks.get(person.id, TALK)
    mine = talk.data if talk and talk.data.get("obligation") == obligation_id else {}
    kept, left = mine.get("question", ""), set(mine.get("left", ())) ^ ({toggle} if toggle else set())
    question = question.strip() or kept or words.question(voice(work.office.lang), obligation)
    if len(question) > LONGEST:
        raise Problem("collect.long", most=LONGEST)
    data = {"obligation": obligation_id, "question": question, "left": sorted(left)}
    work.talks.put(person.id, Talk(TALK, "preview", data), now, awaits=False)
    units = co_units(task, obligation.unit_id)
    reached = [(unit, people) for unit in units if (people := desk(work, unit.id))]
    lost = [unit for unit in units if unit.id not in {known.id for known, _ in reached}]
    due = wanted_by(obligation.chase, work.office.today(now), work.office.calendar)
    out = [unit for unit, _ in reached if unit.id in left]
    reached = [(unit, people) for unit, people in reached if unit.id not in left]
    return Preview(obligation, question, reached, lost, empty_groups(task), due, out)


def owed(work: Work, person: Person, obligation_id: int) -> tuple[Obligation, Task]:
    """Raises Problem where the report is handed in, dropped or another unit's."""
    obligation = work.obligations.get(obligation_id)
    task = work.notices.task(obligation.task_id) if obligation else None
    if obligation is None or task is None or obligation.unit_id not in person.unit_ids:
        raise why_gone(work, person, [obligation_id], "collect.not_yours")
    if not obligation.open:
        if obligation.state is State.HANDED_IN:
            raise Problem("collect.handed_in")
        raise why_gone(work, person, [obligation_id], "collect.not_yours")
    return obligation, task


def send(work: Work, person: Person, obligation_id: int, now: datetime) -> Status:
    """Asks whoever can be reached and wasn't asked yet. Raises Problem where there is nobody, or nobody new.

    1. One call for one report: who comes second finds the first one's, and only adds units that it didn't reach.
    2. Each person gets one message, counted in their day's budget; what is over it comes on the next working day.
    """
    seen = preview(work, person, obligation_id, now)
    if not seen.reached:
        raise Problem("collect.nobody")
    call = (
        work.calls.open(obligation_id, seen.question, person.id, now) or work.calls.of([obligation_id])[obligation_id]
    )
    new = [(unit, people) for unit, people in seen.reached if work.calls.ask(call.id, unit.id, now)]
    work.talks.end(person.id, TALK)
    if not new:
        raise Problem("collect.asked_all")
    people = {p.id: p for _, holders in new for p in holders}
    for each in people.values():
        tell(work, each, [(seen.obligation, call)], now)
    log(work, "call_sent", seen.obligation, now, person.id, value="、".join(unit.name for unit, _ in new))
    return status(work, seen.obligation, now)


def tell(
    work: Work, person: Person, calls: Sequence[tuple[Obligation, Call]], now: datetime, again: bool = False
) -> bool:
    """One message with all that one person is asked for. `again`: the one reminder."""
    office = work.office
    opens = office.next_open(now)
    at = within_budget(work, person, opens)
    if again and at != opens:
        return False
    said = voice(person.lang or office.lang)
    today = office.today(at)
    rows = [(o, call, wanted_by(o.chase, today, office.calendar)) for o, call in calls]
    ids = ".".join(str(call.id) for _, call in calls[:12])
    return work.outbox.put(
        f"call:{'again' if again else 'ask'}:{ids}:{person.id}:{int(now.timestamp())}",
        person.chat_id,
        words.asking_message(said, rows, again),
        kind=KIND,
        now=now,
        person_id=person.id,
        about=[o.id for o, _ in calls],
        not_before=at,
    )


def status(work: Work, obligation: Obligation, now: datetime) -> Status:
    """Raises Problem where nobody was asked."""
    call = work.calls.of([obligation.id]).get(obligation.id)
    task = work.notices.task(obligation.task_id)
    if call is None or task is None:
        raise Problem("collect.not_asked")
    asked = work.calls.asked([call.id])
    known = {each.unit_id for each in asked}
    others = [u for u in co_units(task, obligation.unit_id) if u.id not in known]
    fresh = [unit for unit in others if desk(work, unit.id)]
    return Status(obligation, call, asked, [unit for unit in others if unit not in fresh], fresh)


def seen(work: Work, person: Person, obligation_id: int, now: datetime) -> Status:
    """The status for the lead's desk or the office, also of a report handed in. Raises Problem for anybody else."""
    obligation = work.obligations.get(obligation_id)
    if obligation is None or (obligation.unit_id not in person.unit_ids and not person.supervises):
        raise Problem("collect.not_yours")
    return status(work, obligation, now)


def text_of(work: Work, asked: Sequence[Asked]) -> str:
    """The one text made of the answers, each with its source."""
    said, office = voice(work.office.lang), work.office
    return merged(asked, lambda unit, who, at: words.source(said, unit, who, office.local(at)))


def submit(work: Work, person: Person, obligation_id: int, source: Source, now: datetime) -> Stored:
    """The answers as they are become the lead's report. Raises Problem where there are none or it is handed in."""
    obligation, _ = owed(work, person, obligation_id)
    found = status(work, obligation, now)
    text = text_of(work, found.answered)
    if not text:
        raise Problem("collect.nothing_yet")
    stored = store(work, obligation, person, source, text, now)
    units = "、".join(each.unit for each in found.answered)
    log(work, "call_merged", obligation, now, person.id, value=units)
    return stored


def set_days(work: Work, by: Person, days: int, now: datetime) -> None:
    """How many working days before the lead's date co-units are asked by themselves; 0 switches it off."""
    if not 0 <= days <= MOST_DAYS:
        raise Problem("collect.bad_days", most=MOST_DAYS)
    work.offices.set(SETTING, days)
    work.history.add("collect_days", "office", work.office.id, now, by.id, days=days)


def log(work: Work, what: str, obligation: Obligation, now: datetime, by: int | None, **data: object) -> None:
    facts = {"obligation": obligation.id, "period": obligation.period, "unit": obligation.unit, **data}
    work.history.add(what, "task", obligation.task_id, now, by, None, **facts)
