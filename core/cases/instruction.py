"""Knows instructions (批示): given by a leader after a preview, confirmed once by each unit, answered, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.cases.courtesy import full
from core.cases.naming import known_by, named
from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.ports import Source
from core.rules.courtesy import RECEIPT_DAYS
from core.rules.instructions import TEXT_MOST, Addressee, Instruction
from core.rules.people import Person, Role
from core.rules.tasks import NoticeCard, Part, Task, Unit
from core.words import instruction as words
from core.words.voice import voice
from core.work import Work


@dataclass(frozen=True, slots=True)
class Preview:
    """What a confirmation would send: to whom in which unit, at what moment."""

    task: Task
    text: str
    to: tuple[tuple[Unit, tuple[Person, ...]], ...]
    co: bool
    has_co: bool
    """Whether there are co-units that it can go to as well."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What a unit answered, and who hears of it; `closed` is the notice's title where that is closed."""

    instruction: Instruction
    closed: str
    told: tuple[Person, ...]


def own_task(work: Work, person: Person, ref: str) -> Task:
    """The task, if this leader heads it and it still goes on. Raises Problem."""
    found = named(work, person, ref)
    if found is None:
        raise Problem("tasks.unknown", ref=ref[:20])
    check(work, person, found)
    return found


def check(work: Work, person: Person, task: Task) -> None:
    """Raises Problem where the task is another leader's, or it or its notice is over."""
    if not task.led_by(person.leads_as):
        raise Problem("instruction.not_yours", ref=task.ref)
    if not task.active:
        raise Problem(f"instruction.task_{task.state}", ref=task.ref)
    if card := _closed(work, task.id):
        raise Problem("instruction.task_closed", ref=task.ref, title=known_by(card))


def preview(work: Work, person: Person, task: Task, text: str, co: bool, now: datetime) -> Preview:
    """Raises Problem where nothing can be sent."""
    check(work, person, task)
    said = " ".join(text.split()) if "\n" not in text else text.strip()
    if len(said) < 2:
        raise Problem("instruction.no_text")
    if len(said) > TEXT_MOST:
        raise Problem("instruction.too_long", most=TEXT_MOST)
    leads, all_of_them = _units(task, False), _units(task, True)
    if not (units := all_of_them if co else leads):
        raise Problem("instruction.no_unit", ref=task.ref)
    to = tuple((unit, _people(work, unit)) for unit in units)
    opens = work.office.next_open(now)
    return Preview(task, said, to, co, len(all_of_them) > len(leads), opens)


def give(work: Work, by: Person, seen: Preview, source: Source, now: datetime, replaces: int | None) -> Instruction:
    """Sends it.

    1. Contacts and heads of each unit get it in office hours, with the button of its receipt.
    2. The one that it corrects is withdrawn; whoever had that sees so where it stands.
    3. The office learns of it, and which units nobody can be reached in.
    """
    old = work.instructions.get(replaces) if replaces else None
    if old is not None:
        if old.person_id != by.id:
            raise Problem("instruction.not_your_own")
        if not work.instructions.withdraw(old.id, now):
            raise Problem("instruction.gone")
    units = [(unit.id, now if people else None) for unit, people in seen.to]
    given = work.instructions.give(seen.task.id, by.id, seen.text, units, source, now, old.id if old else None)
    for unit, people in seen.to:
        for person in people:
            _send(work, given, unit, person, now)
    if old is not None:
        _mark_old(work, old, "corrected", now)
    names = [unit.name for unit, _ in seen.to]
    _log(work, "instructed", given, now, by.id, source, reason=given.text, value="、".join(names))
    _tell_office(work, given, "given", now)
    return given


def confirm(work: Work, person: Person, instruction_id: int, now: datetime) -> Instruction:
    """A unit's receipt; the first of its people counts. Raises Problem."""
    found = _for_unit(work, person, instruction_id)
    if found.withdrawn_at:
        raise Problem("instruction.withdrawn")
    if card := _closed(work, found.task_id):
        raise Problem("instruction.closed", title=known_by(card))
    new = False
    for each in found.to:
        if each.unit.id in person.unit_ids and work.instructions.confirm(found.id, each.unit.id, person.id, now):
            new = True
            _log(work, "instruction_confirmed", found, now, person.id, None, value=each.unit.name)
    if not new:
        who = next((e.confirmed_by for e in found.to if e.unit.id in person.unit_ids), "")
        raise Problem("instruction.confirmed_before", who=who)
    return _fresh(work, found.id)


def answer(work: Work, person: Person, instruction_id: int, text: str, source: Source, now: datetime) -> Answered:
    """A unit's words about it; they count as its receipt, and stand in one growing note for leader and office.

    Where the notice is closed they are kept all the same, and the office alone hears of them: nothing more goes to a leader.
    """
    found = _for_unit(work, person, instruction_id)
    if found.withdrawn_at:
        raise Problem("instruction.withdrawn")
    if not text.strip() and not source.files:
        raise Problem("report.no_voice")
    card = _closed(work, found.task_id)
    mine = [each.unit for each in found.to if each.unit.id in person.unit_ids]
    work.instructions.reply(found.id, mine[0].id, person.id, text.strip(), source, now)
    for unit in mine:
        work.instructions.confirm(found.id, unit.id, person.id, now)
    _log(work, "instruction_answered", found, now, person.id, source, value=mine[0].name, reason=text.strip()[:200])
    fresh = _fresh(work, found.id)
    told = supervisors(work) if card else [*_leaders(work, fresh), *supervisors(work)]
    closed = known_by(card) if card else ""
    for who in told:
        _tell_answers(work, fresh, who, closed, now)
    return Answered(fresh, closed, tuple(told))


def _tell_answers(work: Work, found: Instruction, who: Person, closed: str, now: datetime) -> None:
    """In one note that grows; the first after the notice was closed is a new one, for it says so."""
    key = f"instruction:{found.id}:{'late' if closed else 'answers'}:{who.id}"
    first = next((said for said in work.outbox.by_key(key) if said.key == key), None)
    work.outbox.put(
        f"{key}:{len(found.answers)}" if first else key,
        who.chat_id,
        words.answers_message(voice(who.lang or work.office.lang), found, closed),
        kind="notice",
        now=now,
        person_id=who.id,
        not_before=None if first else work.office.next_open(now),
        edits_id=first.id if first else None,
    )


def withdraw(work: Work, by: Person, instruction_id: int, now: datetime) -> Instruction:
    """Takes it back; whoever had it is told where it stands, and once more where it was confirmed. Raises Problem."""
    found = own(work, by, instruction_id)
    if not work.instructions.withdraw(found.id, now):
        raise Problem("instruction.gone")
    _mark_old(work, found, "withdrawn", now)
    _log(work, "instruction_withdrawn", found, now, by.id, None)
    _tell_office(work, found, "withdrawn", now)
    return _fresh(work, found.id)


def own(work: Work, by: Person, instruction_id: int) -> Instruction:
    """The instruction that this leader gave and that stands. Raises Problem."""
    found = work.instructions.get(instruction_id)
    if found is None or found.person_id != by.id:
        raise Problem("instruction.not_your_own")
    if found.withdrawn_at:
        raise Problem("instruction.gone")
    return found


def listed(work: Work, person: Person) -> list[Instruction]:
    """What this person may see: the office all, a leader those on their tasks, a desk those to its units."""
    if person.supervises:
        return work.instructions.by_leaders(None)
    if person.has(Role.LEADER):
        return work.instructions.by_leaders(person.leads_as)
    return work.instructions.to_units(person.unit_ids)


def seen(work: Work, person: Person, instruction_id: int) -> Instruction | None:
    """One of those this person may see, also of a closed notice."""
    found = work.instructions.get(instruction_id)
    if found is None or person.supervises or not set(found.leaders).isdisjoint(person.leads_as):
        return found
    return found if any(each.unit.id in person.unit_ids for each in found.to) else None


def deliver_waiting(work: Work, person: Person, unit_id: int | None, now: datetime) -> None:
    """Whoever joins a unit gets what still waits there."""
    if unit_id is None:
        return
    for found in work.instructions.waiting_for([unit_id]):
        unit = next(each.unit for each in found.to if each.unit.id == unit_id)
        work.instructions.tell(found.id, unit_id, now)
        _send(work, found, unit, person, now)


def remind_instructions(work: Work, now: datetime) -> int:
    """One reminder for each unit after two working days, within the day's budget. Returns messages put."""
    office = work.office
    if not office.hours.is_open(now, office.calendar):
        return 0
    today, said = office.today(now), 0
    for found in work.instructions.to_remind():
        for each in _due(work, found, today):
            people = _people(work, each.unit)
            had = full(work, people, now)
            free = [person for person in people if person.id not in had]
            if people and not free:
                continue
            work.instructions.reminded(found.id, each.unit.id, now)
            for person in free:
                said += work.outbox.put(
                    f"instruction:{found.id}:again:{person.id}",
                    person.chat_id,
                    words.unit_message(voice(person.lang or office.lang), found, again=True),
                    kind="assignment",
                    now=now,
                    person_id=person.id,
                )
            _log(work, "instruction_reminded", found, now, None, None, value=each.unit.name)
    return said


def next_instruction_reminder(work: Work) -> date | None:
    """The earliest day on which a unit is to be reminded."""
    days = [_day(work, each) for found in work.instructions.to_remind() for each in _open(found)]
    return min(days, default=None)


def _open(found: Instruction) -> list[Addressee]:
    return [each for each in found.waiting if each.told_at is not None and each.reminded_at is None]


def _due(work: Work, found: Instruction, today: date) -> list[Addressee]:
    return [each for each in _open(found) if _day(work, each) <= today]


def _day(work: Work, each: Addressee) -> date:
    office = work.office
    assert each.told_at is not None
    told_on = office.today(office.next_open(each.told_at))
    return office.calendar.add_working_days(told_on, RECEIPT_DAYS)


def _units(task: Task, co: bool) -> list[Unit]:
    first = task.leads or task.units(Part.RESPONSIBLE)
    others = [a.unit for a in task.assignments if a.unit not in first] if co or not first else []
    return [unit for unit in [*first, *others] if not unit.group]


def _people(work: Work, unit: Unit) -> tuple[Person, ...]:
    return tuple(p for p in work.people.of_units([unit.id], Role.CONTACT, Role.HEAD) if p.reachable)


def _send(work: Work, found: Instruction, unit: Unit, person: Person, now: datetime) -> None:
    work.outbox.put(
        f"instruction:{found.id}:to:{person.id}",
        person.chat_id,
        words.unit_message(voice(person.lang or work.office.lang), found),
        kind="notice",
        now=now,
        person_id=person.id,
        not_before=work.office.next_open(now),
    )


def _mark_old(work: Work, old: Instruction, what: str, now: datetime) -> None:
    """Where it stands it is marked; who confirmed it is told as well, for an edit makes no sound."""
    confirmed = {each.unit.id for each in old.to if each.confirmed_at}
    for said in work.outbox.by_key(f"instruction:{old.id}:"):
        kind, _, number = said.key.removeprefix(f"instruction:{old.id}:").partition(":")
        person = work.people.get(int(number)) if number.isdigit() else None
        if person is None or kind not in ("to", "again"):
            continue
        message = words.over_message(voice(person.lang or work.office.lang), old, what)
        work.outbox.put(
            f"{said.key}:{what}", said.chat_id, message, kind="reply", now=now, person_id=person.id, edits_id=said.id
        )
        if what == "withdrawn" and kind == "to" and confirmed & set(person.unit_ids):
            opens = work.office.next_open(now)
            key = f"instruction:{old.id}:told:{person.id}"
            work.outbox.put(key, said.chat_id, message, kind="notice", now=now, person_id=person.id, not_before=opens)


def _tell_office(work: Work, found: Instruction, what: str, now: datetime) -> None:
    for person in supervisors(work):
        work.outbox.put(
            f"instruction:{found.id}:office_{what}:{person.id}",
            person.chat_id,
            words.office_message(voice(person.lang or work.office.lang), found, what),
            kind="notice",
            now=now,
            person_id=person.id,
            not_before=work.office.next_open(now),
        )


def _leaders(work: Work, found: Instruction) -> Sequence[Person]:
    people = work.people.with_role(Role.LEADER)
    return [
        p
        for p in people
        if not p.unreachable and (p.id == found.person_id or not set(found.leaders).isdisjoint(p.leads_as))
    ]


def _for_unit(work: Work, person: Person, instruction_id: int) -> Instruction:
    found = work.instructions.get(instruction_id)
    if found is None or not any(each.unit.id in person.unit_ids for each in found.to):
        raise Problem("instruction.not_to_you")
    return found


def _closed(work: Work, task_id: int) -> NoticeCard | None:
    """The notice of this task, if it is closed."""
    task = work.notices.task(task_id)
    card = work.notices.get(task.notice_id) if task else None
    return card if card is not None and card.state == "closed" else None


def _fresh(work: Work, instruction_id: int) -> Instruction:
    found = work.instructions.get(instruction_id)
    assert found is not None
    return found


def _log(
    work: Work, what: str, found: Instruction, now: datetime, by: int | None, source: Source | None, **data: object
) -> None:
    work.history.add(what, "task", found.task_id, now, by, source, instruction=found.id, **data)
