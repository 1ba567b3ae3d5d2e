"""Knows who may look at which history: the office at all, a desk at its units and people, a leader at their tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.cases.problem import Problem
from core.cases.progress import find
from core.rules.obligations import Kind
from core.rules.people import Person
from core.rules.scope import scope_of
from core.rules.tasks import Task, Unit, short
from core.work import Work
from core.work_history import Event, EventPage

QUOTED = (*(str(kind) for kind in Kind), "plan_scan")
"""What somebody handed in by it: their words stand below the line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with what its lines refer to: the tasks' numbers, the people's names, what was written (by place)."""

    title: str
    found: EventPage
    refs: dict[int, str]
    names: dict[int, str]
    quotes: dict[int, str]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whose history a typed name may mean; `near` where nothing has it."""

    units: list[Unit]
    people: list[Person]
    near: list[Unit]


def of_task(work: Work, person: Person, task: Task, page: int, size: int) -> Shown:
    """Raises Problem where the person has no part in it."""
    seen = person.supervises or task.led_by(person.leads_as) or work.rolls.has_part(task.id, person.unit_ids)
    if not seen:
        raise Problem("tasks.not_yours", ref=task.ref)
    shown = _shown(work, f"{task.ref} {short(task.content, 24)}", work.history.page("task", task.id, page, size))
    return replace(shown, refs={})  # the title says it


def of_unit(work: Work, person: Person, unit: Unit, page: int, size: int) -> Shown:
    """A leader sees of another unit what concerns their own tasks. Raises Problem where there is nothing to see."""
    tasks = None
    if not person.supervises and unit.id not in person.unit_ids:
        tasks = [task.id for task in work.notices.tasks_of_units([unit.id]) if task.led_by(person.leads_as)]
        if not tasks:
            raise Problem("history.not_yours")
    return _shown(work, unit.name, work.history.page("unit", unit.id, page, size, tasks))


def of_person(work: Work, person: Person, whose: Person, page: int, size: int) -> Shown:
    """Raises Problem for anybody but oneself, a colleague of one's own unit, or the office."""
    if whose.id not in {known.id for known in _people(work, person)}:
        raise Problem("history.not_yours")
    return _shown(work, whose.name, work.history.page("person", whose.id, page, size))


def meant(work: Work, person: Person, text: str) -> Meant:
    """Whom a typed name means: the very name first, else those that hold it."""
    wanted = "".join(text.split()).casefold()
    found = find(work, scope_of(person), text, want_leaders=False)
    people = _people(work, person)
    same = [p for p in people if "".join(p.name.split()).casefold() == wanted]
    held = [p for p in people if wanted and wanted in "".join(p.name.split()).casefold()]
    if same:
        return Meant([unit for unit in found.units if unit.name.casefold() == wanted], same, [])
    return Meant(found.units, held, found.near_units)


def _people(work: Work, person: Person) -> list[Person]:
    """Whose history this person may look at."""
    if person.supervises:
        return work.people.all()
    return list({p.id: p for p in [*work.people.of_units(person.unit_ids, *person.roles), person]}.values())


def _shown(work: Work, title: str, found: EventPage) -> Shown:
    tasks = {event.subject_id for event in found.events if event.subject == "task"}
    people = {event.subject_id for event in found.events if event.subject == "person"}
    known = {number: whose.name for number in people if (whose := work.people.get(number))}
    refs = {task.id: task.ref for task in work.notices.tasks_by_id(tasks)} if tasks else {}
    quotes = {place: words for place, event in enumerate(found.events) if (words := _quote(work, event))}
    return Shown(title, found, refs, known, quotes)


def _quote(work: Work, event: Event) -> str:
    """The words of what was handed in by this message."""
    if event.what not in QUOTED or not event.chat_id or not event.message_id:
        return ""
    said = work.reports.by_message(event.chat_id, event.message_id)
    mine = [r for r in said if r.obligation_id == event.data.get("obligation", r.obligation_id)]
    version = next((r for r in mine if r.version == event.data.get("version")), None)
    return " ".join((version.text or version.goal).split()) if version else ""


def known_person(work: Work, person_id: int) -> Person:
    """Raises Problem where nobody has that number any more."""
    found = work.people.get(person_id)
    if found is None:
        raise Problem("help.old_button")
    return found
