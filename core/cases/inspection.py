"""Knows how a round of inspection is put together (which tasks, what day, what to have ready) and opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from core.cases.classify import scope_of_text, scope_tasks
from core.cases.courtesy import full
from core.cases.desks import desk
from core.cases.lights import lights_of
from core.cases.problem import Problem
from core.rules.dates import DateUnclear, read_date
from core.rules.dates_in_text import find_date
from core.rules.frequency_text import split_order
from core.rules.inspection import (
    FURTHEST,
    TEXT_MOST,
    Candidate,
    Draft,
    Round,
    digest,
    inspected_units,
    reasons,
    visiting_order,
)
from core.rules.lights import Light
from core.rules.obligations import COUNTED_KINDS, State
from core.rules.people import Person
from core.rules.periods import Frequency
from core.rules.reports import Talk
from core.rules.tasks import Task, Unit, ref_order
from core.words import inspection as words
from core.words import terms
from core.words.classify import FREQUENCIES
from core.words.voice import voice
from core.work import Wanted, Work

TALK = "inspect"

PROPOSED = "p"
"""The scope of everything that is proposed, whatever its frequency or unit."""

_LETTERS = {frequency: letter for letter, frequency in FREQUENCIES.items()}
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening the round would do: the stops in order, who is told, who can't be, and when."""

    draft: Draft
    stops: list[tuple[Unit, Task]]
    people: list[tuple[Person, list[Task]]]
    nobody: list[str]
    without_unit: list[Task]
    elsewhere: list[Candidate]
    at: datetime

    @property
    def digest(self) -> str:
        stops = [(unit.id, task.id) for unit, task in self.stops]
        people = [person.id for person, _ in self.people]
        return digest(stops, people, [c.task.id for c in self.elsewhere], self.draft.day, self.draft.ready)


def scope_of(work: Work, text: str) -> tuple[str, str]:
    """(scope, letter of a frequency) of what a supervisor typed: 月报, 区水利局, 2-1 2-3, 方竹筠 季报. Raises Problem."""
    which, frequency = split_order(text)
    letter = _LETTERS[frequency] if frequency else ""
    if not which:
        return "a", letter
    return scope_of_text(work, which), letter


def candidates(work: Work, scope: str, letter: str, now: datetime) -> list[Candidate]:
    """The active tasks of a scope in the order of the notice, with why each is proposed.

    Raises Problem where the scope means nothing any more or holds no task.
    """
    wanted = set(scope_tasks(work, "a" if scope == PROPOSED else scope))
    frequency = FREQUENCIES[letter].value if letter else None
    tasks = [
        task
        for task in work.notices.tasks()
        if task.id in wanted and task.active and (frequency is None or task.frequency == frequency)
    ]
    found = _candidates(work, tasks, now)
    if scope == PROPOSED:
        found = [candidate for candidate in found if candidate.proposed]
        if not found:
            raise Problem("inspect.nothing_proposed")
    if not found:
        raise Problem("inspect.no_tasks")
    return found


def counts(work: Work, now: datetime) -> tuple[dict[Frequency, int], int]:
    """({frequency: tasks}, how many are proposed). Raises Problem where no notice is active."""
    tasks = [task for task in work.notices.tasks() if task.active]
    if not tasks:
        raise Problem("classify.no_tasks")
    by_frequency = {f: sum(task.frequency == f.value for task in tasks) for f in Frequency}
    return by_frequency, sum(c.proposed for c in _candidates(work, tasks, now))


def _candidates(work: Work, tasks: Iterable[Task], now: datetime) -> list[Candidate]:
    today, tasks = work.office.today(now), list(tasks)
    late: set[int] = set()
    since: dict[int, date] = {}
    owed = work.obligations.find(Wanted(kinds=COUNTED_KINDS, states=[State.OPEN, State.HANDED_IN]))
    lights = lights_of(work, tasks, owed, now)
    behind = {task_id for task_id, seen in lights.items() if seen.light is Light.BEHIND}
    for o in owed:
        if o.overdue(today):
            late.add(o.task_id)
        elif o.returned or o.extended(today):
            behind.add(o.task_id)
        arose = work.office.today(o.arose_at)
        since[o.task_id] = min(arose, since.get(o.task_id, arose))
    seen, elsewhere = work.inspections.last_seen(), work.inspections.in_open_rounds()
    out = []
    for task in sorted(tasks, key=lambda task: (task.notice_id, ref_order(task.ref))):
        why = reasons(task, task.id in late, task.id in behind, since.get(task.id), seen.get(task.id), today)
        out.append(Candidate(task, inspected_units(task), tuple(why), seen.get(task.id), elsewhere.get(task.id)))
    return out


# -- the draft -------------------------------------------------------------------------------------------------------


def start(work: Work, by: Person, scope: str, letter: str, mark: str, now: datetime) -> tuple[Draft, list[Candidate]]:
    """A new draft, with the proposed tasks ticked; tasks that were named are all ticked. Raises Problem."""
    found = candidates(work, scope, letter, now)
    named = scope.startswith("t") or scope == PROPOSED
    ticked = [c.task.id for c in found if c.units and (named or c.proposed)]
    draft = Draft(mark, scope, letter, tuple(ticked))
    keep(work, by, draft, "choose", now)
    return draft, found


def draft_of(work: Work, by: Person, mark: str | None = None) -> Draft:
    """The draft that this person works on. Raises Problem where it was opened, given up or overtaken by another."""
    talk = work.talks.get(by.id, TALK)
    if talk is None or (mark is not None and talk.data.get("mark") != mark):
        raise Problem("inspect.draft_gone")
    return Draft.from_data(talk.data)


def keep(work: Work, by: Person, draft: Draft, step: str, now: datetime) -> Draft:
    """step: choose | day | ready | preview; a day and what to have ready are awaited as text."""
    work.talks.put(by.id, Talk(TALK, step, draft.to_data()), now, awaits=step in ("day", "ready"))
    return draft


def pick(work: Work, by: Person, mark: str, ids: Collection[int] | None, on: bool, now: datetime) -> Draft:
    """Ticks tasks, or all of the scope (None). Raises Problem for a draft that is gone."""
    draft = draft_of(work, by, mark)
    able = {c.task.id for c in candidates(work, draft.scope, draft.letter, now) if c.units}
    if ids is not None and on and not set(ids) <= able:
        raise Problem("inspect.no_unit_here")
    return keep(work, by, draft.picking(able if ids is None else ids, on), "choose", now)


def read_day(work: Work, text: str, now: datetime) -> date:
    """The day that somebody typed in any usual form. Raises Problem for none, one gone by, or one too far away."""
    today = work.office.today(now)
    try:
        day = read_date(text, today)
    except DateUnclear:
        found = find_date(text, today)
        if found is None:
            raise Problem("inspect.no_date", text=text[:30]) from None
        day = found[0]
    check_day(work, day, now)
    return day


def check_day(work: Work, day: date, now: datetime) -> None:
    """Raises Problem for a day gone by, too far away, or on which nobody could be told in time any more."""
    office, said = work.office, voice(work.office.lang)
    today = office.today(now)
    if day < today:
        raise Problem("inspect.past", day=terms.full_day(said, day))
    if (day - today).days > FURTHEST:
        raise Problem("inspect.too_far", day=terms.full_day(said, day))
    first = office.today(office.next_open(now))
    if first > day:
        raise Problem("inspect.too_late", day=terms.full_day(said, day), first=terms.full_day(said, first))


def set_day(work: Work, by: Person, draft: Draft, day: date, now: datetime) -> Draft:
    check_day(work, day, now)
    return keep(work, by, replace(draft, day=day), "ready" if draft.ready is None else "preview", now)


def set_ready(work: Work, by: Person, draft: Draft, text: str, now: datetime) -> Draft:
    """What the units are to have ready. Raises Problem where it says nothing or too much."""
    ready = text.strip()
    if len(ready) < 2:
        raise Problem("inspect.no_ready")
    if len(ready) > TEXT_MOST:
        raise Problem("inspect.long_text", most=TEXT_MOST)
    return keep(work, by, replace(draft, ready=ready), "preview", now)


# -- preview and opening ---------------------------------------------------------------------------------------------


def preview(work: Work, draft: Draft, now: datetime) -> Preview:
    """What opening would do now. Raises Problem where nothing is ticked or left, or the day has passed meanwhile."""
    if not draft.chosen:
        raise Problem("inspect.none_chosen")
    if draft.day is None or draft.ready is None:
        raise Problem("inspect.draft_gone")
    check_day(work, draft.day, now)
    chosen = set(draft.chosen)
    found = _candidates(work, [t for t in work.notices.tasks() if t.id in chosen and t.active], now)
    stops = visiting_order(found)
    if not stops:
        raise Problem("inspect.nothing_left")
    people, nobody = _people(work, stops)
    without = [c.task for c in found if not c.units]
    elsewhere = [c for c in found if c.elsewhere is not None]
    opens = work.office.next_open(now)
    return Preview(draft, stops, people, nobody, without, elsewhere, opens)


def open_round(work: Work, by: Person, mark: str, shown: str, now: datetime) -> tuple[Round, Preview] | Preview:
    """Opens the round and tells the units, each person once with all their tasks in it.

    Returns only the fresh preview where it no longer shows what was confirmed. Raises Problem for a draft that is gone.
    """
    draft = draft_of(work, by, mark)
    seen = preview(work, draft, now)
    if seen.digest != shown:
        return seen
    assert draft.day is not None and draft.ready is not None
    called = [person.id for person, _ in seen.people]
    opened = work.inspections.open(
        draft.day, draft.ready, f"{draft.scope[:40]}:{draft.letter}", seen.stops, called, by.id, now
    )
    work.talks.end(by.id, TALK)
    day, number = draft.day.isoformat(), opened.number
    work.history.add("inspection_opened", "inspection", opened.id, now, by.id, day=day, tasks=len(seen.stops))
    for task_id in {task.id for _, task in seen.stops}:
        work.history.add("inspection_called", "task", task_id, now, by.id, inspection=opened.id, number=number, day=day)
    _call(work, opened, seen, now)
    return opened, seen


def give_up(work: Work, by: Person) -> None:
    work.talks.end(by.id, TALK)


def _people(work: Work, stops: Iterable[tuple[Unit, Task]]) -> tuple[list[tuple[Person, list[Task]]], list[str]]:
    """(who is told with all their tasks, units in which nobody can be reached)."""
    people: dict[int, tuple[Person, list[Task]]] = {}
    nobody: dict[str, None] = {}
    desks: dict[int, list[Person]] = {}
    for unit, task in stops:
        here = desks.setdefault(unit.id, desk(work, unit.id))
        if not here:
            nobody[unit.name] = None
        for person in here:
            tasks = people.setdefault(person.id, (person, []))[1]
            if task not in tasks:
                tasks.append(task)
    return list(people.values()), list(nobody)


def _call(work: Work, opened: Round, seen: Preview, now: datetime) -> None:
    office = work.office
    had = full(work, [person for person, _ in seen.people], now)
    for person, tasks in seen.people:
        work.outbox.put(
            f"inspection:{opened.id}:{person.id}:called",
            person.chat_id,
            words.called_message(voice(person.lang or office.lang), opened, tasks),
            kind="inspection",
            now=now,
            person_id=person.id,
            not_before=_when(work, opened.day, person.id in had, now),
        )


def _when(work: Work, day: date, late: bool, now: datetime) -> datetime:
    """In office hours; for who had two messages today on the next working day, if that comes before the inspection."""
    office = work.office
    opens = office.next_open(now)
    if not late:
        return opens
    later = office.next_morning(opens)
    return later if office.today(later) < day else opens
