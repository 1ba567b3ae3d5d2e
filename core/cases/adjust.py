"""Knows how a task itself is changed: its words, its lead unit, its co-units; nothing open falls between two chairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.cases.extension import close
from core.cases.owing import owe
from core.cases.problem import Problem
from core.cases.task_state import RESUME_DAYS, Told, concerned, open_of, put_note
from core.rules.obligations import COUNTED_KINDS, Obligation, State
from core.rules.people import Person
from core.rules.tasks import Part, Task, Unit
from core.words.adjust import change_told
from core.words.voice import voice
from core.work import Work

CHANGES = ("content", "lead", "co", "unco")
"""What of a task can be changed: its words, its lead, a co-unit more, a co-unit less."""

CONTENT_MOST = 2_000


def unit_named(work: Work, text: str) -> Unit:
    """The one unit that the text means. Raises Problem with those it may mean."""
    found = [unit for unit in work.notices.find_units(text.strip()) if not unit.group]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Problem("adjust.no_unit", text=text.strip()[:30])
    raise Problem("adjust.which_unit", text=text.strip()[:30], names=" / ".join(unit.name for unit in found[:6]))


def checked(work: Work, task: Task, what: str, value: str) -> str:
    """The new value as it will stand: a text, or a unit's full name. Raises Problem where it changes nothing."""
    if not task.active:
        raise Problem("adjust.not_active", ref=task.ref)
    if what == "content":
        text = value.strip()
        if len(text) < 4:
            raise Problem("adjust.short_content")
        if len(text) > CONTENT_MOST:
            raise Problem("adjust.long_content", most=CONTENT_MOST)
        if text == task.content:
            raise Problem("adjust.same")
        return text
    unit = unit_named(work, value)
    part = next((a.part for a in task.assignments if a.unit.id == unit.id), None)
    if what == "lead" and part is Part.LEAD and len(task.leads) == 1:
        raise Problem("adjust.leads_already", unit=unit.name)
    if what == "co" and part is not None:
        raise Problem("adjust.has_part", unit=unit.name)
    if what == "unco" and part is not Part.CO:
        raise Problem("adjust.no_co", unit=unit.name)
    return unit.name


def change(work: Work, task: Task, what: str, value: str, reason: str, by: Person, now: datetime) -> Told:
    """Changes one thing of a task and tells everybody concerned, before and after, once. Raises Problem."""
    value = checked(work, task, what, value)
    before, _ = concerned(work, task)
    old = task.content if what == "content" else "、".join(unit.name for unit in task.leads) if what == "lead" else ""
    moved = 0
    if what == "content":
        work.notices.set_content(task.id, value, now)
    else:
        unit = unit_named(work, value)
        if what == "lead":
            moved = set_leads(work, task, (unit,), now)
        elif what == "co":
            work.notices.assign(task.id, unit.id, Part.CO, len(task.assignments), now)
        else:
            work.notices.unassign(task.id, unit.id, now)
    work.history.add(f"changed_{what}", "task", task.id, now, by.id, value=value, old=old, reason=reason)
    fresh = work.notices.task(task.id)
    assert fresh is not None
    after, nobody = concerned(work, fresh)
    people = {person.id: person for person in [*before, *after]}
    for person in people.values():
        said = voice(person.lang or work.office.lang)
        put_note(work, f"changed:{task.id}:{what}", person, change_told(said, fresh, what, value, old, reason), now)
    at = work.office.next_open(now)
    return Told(fresh, list(people.values()), nobody, moved, at)


def set_leads(work: Work, task: Task, units: Sequence[Unit], now: datetime) -> int:
    """New leads owe what is open for the task; what is late already gets some days. Returns how much passes over."""
    owed = [o for o in open_of(work, task) if o.kind in COUNTED_KINDS]
    ids = {unit.id for unit in units}
    for lead in task.leads:
        work.notices.unassign(task.id, lead.id, now)
    for position, unit in enumerate(units):
        work.notices.unassign(task.id, unit.id, now)
        work.notices.assign(task.id, unit.id, Part.LEAD, position, now)
    today = work.office.today(now)
    soon = work.office.calendar.add_working_days(today, RESUME_DAYS)
    gone = [o for o in owed if o.unit_id not in ids]
    fresh = [unit for unit in units if unit not in task.leads]
    for obligation in gone:
        close(work, obligation, now)
        work.obligations.move(obligation.id, State.DROPPED, now)
    passing = {(o.kind, o.period): o for o in reversed(owed)}
    for unit in units if gone else fresh:
        for obligation in passing.values():
            owe(
                work, task.id, unit.id, obligation.kind, obligation.period, _date(obligation, today, soon), now,
                obligation.period_from, obligation.asks,
            )  # fmt: skip
    if gone:
        work.outbox.drop_nudges([o.id for o in gone], "the lead changed", now)
    return len({(o.kind, o.period) for o in gone})


def _date(obligation: Obligation, today: date, soon: date) -> date:
    """What is due later keeps its date; what is due at once or late already can't be asked of somebody new today."""
    return obligation.chase if obligation.chase > today else soon
