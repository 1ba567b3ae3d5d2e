"""Knows what a person's answer to a question changes in a notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.rules.notice.by_hand import dated
from core.rules.notice.dates import deadline, full_date
from core.rules.notice.lists import names_in
from core.rules.notice.model import Notice, Question, Task, Unit
from core.rules.notice.names import is_group, looks_like_unit
from core.rules.notice.roll import roll
from core.rules.notice.shadow import squeeze
from core.rules.notice.year_ends import is_whole_year, within_the_year

_YES = re.compile(r"^(?:对|对的|是|是的|正确|没错|好|好的|可以|齐全|同意|ok|yes)[。.!！]?$", re.IGNORECASE)
_NONE = re.compile(r"^(?:无|没有|否|不是|none|no)$", re.IGNORECASE)


class EarlyDay(ValueError):
    """A day without a year that would lie before the notice: it may be meant for the next year, so the year must be said."""


def due_typed(notice: Notice, text: str, year: int | None = None) -> date:
    """A task's deadline as a person types it. Raises EarlyDay, or ValueError where the text names no day.

    `year` is taken for a day without one where the notice has no date. A day before the notice counts where its year is said.
    """
    own = notice.issued_on.year if notice.issued_on else year
    day = full_date(text) or deadline(text, own)
    if day is None:
        raise ValueError(text)
    if notice.issued_on and day < notice.issued_on and not re.search(r"\d{4}", text):
        raise EarlyDay(text)
    return day


def answered(notice: Notice, question: Question, choice: str | None) -> Notice:
    """The notice with an open question answered and gone. Raises ValueError for an answer that doesn't fit."""
    return without(changed(notice, question, choice), question.key)


def changed(notice: Notice, question: Question, choice: str | None) -> Notice:
    """What the answer changes, whether the question is open or not. Raises ValueError for an answer that doesn't fit."""
    if choice is None or not choice.strip():
        return notice
    return _CHANGES.get(question.kind, _agreed)(notice, question, choice.strip())


def _agreed(notice: Notice, question: Question, choice: str) -> Notice:
    """Only a yes settles a question that has nothing to change; anything else isn't thrown away silently."""
    if not _YES.match(choice):
        raise ValueError(choice)
    return notice


def is_yes(choice: str) -> bool:
    """Whether a typed answer agrees with what was read."""
    return bool(_YES.match(choice))


def without(notice: Notice, key: str) -> Notice:
    """The notice without this question."""
    tasks = tuple(replace(t, questions=tuple(q for q in t.questions if q.key != key)) for t in notice.tasks)
    return replace(notice, questions=tuple(q for q in notice.questions if q.key != key), tasks=tasks)


def _with_task(notice: Notice, changed: Task) -> Notice:
    """The notice with one task changed; its roll of units follows, members that a person gave stay."""
    tasks = tuple(changed if task.ref == changed.ref else task for task in notice.tasks)
    return with_roll(replace(notice, tasks=tasks))


def with_roll(notice: Notice) -> Notice:
    """The notice with the roll of units that its tasks have now."""
    known = {unit.name: unit for unit in notice.units}
    units = roll(name for t in notice.tasks for name in (*t.lead, *t.co, *t.responsible))
    return replace(notice, units=tuple(known.get(unit.name, unit) for unit in units))


def _task_of(notice: Notice, question: Question) -> Task:
    return notice.task(question.ref or "")


def _lead(notice: Notice, question: Question, choice: str) -> Notice:
    """A unit leads; the others of the task help."""
    task = _task_of(notice, question)
    names = units_typed(choice)
    if not names:
        raise ValueError(choice)
    others = [n for n in (*task.lead, *task.co, *task.responsible) if n not in names]
    return _with_task(
        notice, replace(task, lead=tuple(names), co=tuple(others), responsible=(), groups=groups_of(others))
    )


def _all_units(notice: Notice, question: Question, choice: str) -> Notice:
    """The whole list of the task's units; the first leads where one led before."""
    task = _task_of(notice, question)
    if _YES.match(choice):
        return notice
    names = tuple(units_typed(choice))
    if task.lead:
        task = replace(task, lead=names[:1], co=names[1:], responsible=())
    else:
        task = replace(task, responsible=names, co=())
    return _with_task(notice, replace(task, groups=groups_of(names)))


def _more_units(notice: Notice, question: Question, choice: str) -> Notice:
    """Further units of an open list; the list is closed then."""
    task = _task_of(notice, question)
    if _NONE.match(choice):
        return _with_task(notice, replace(task, open_list=False))
    present = (*task.lead, *task.co, *task.responsible)
    fresh = tuple(name for name in units_typed(choice) if name not in present)
    if task.lead or not task.responsible:
        task = replace(task, co=(*task.co, *fresh))
    else:
        task = replace(task, responsible=(*task.responsible, *fresh))
    return _with_task(notice, replace(task, open_list=False, groups=(*task.groups, *groups_of(fresh))))


def _rename(notice: Notice, question: Question, choice: str) -> Notice:
    """A unit's right name, in every task that has it."""
    wrong = str(question.values.get("what", ""))
    right = squeeze(choice)
    if not looks_like_unit(right):
        raise ValueError(choice)
    return merged(notice, wrong, right)


def _chosen(question: Question, choice: str) -> bool:
    """Whether an answer takes what is offered (False: it declines). Raises ValueError for one that does neither."""
    if choice in question.options or _YES.match(choice):
        return True
    if _NONE.match(choice):
        return False
    raise ValueError(choice)


def _same(notice: Notice, question: Question, choice: str) -> Notice:
    if not _chosen(question, choice):
        return notice
    return merged(notice, str(question.values["what"]), str(question.values["other"]))


def merged(notice: Notice, wrong: str, right: str) -> Notice:
    """The notice in which a unit has another name; if that is known already, the two are one from now on."""

    def mend(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(right if name == wrong else name for name in names))

    tasks = tuple(
        replace(t, lead=mend(t.lead), co=mend(t.co), responsible=mend(t.responsible), groups=mend(t.groups))
        for t in notice.tasks
    )
    units = tuple(replace(u, members=mend(u.members)) for u in notice.units)
    return with_roll(replace(notice, tasks=tasks, units=units))


def _members(notice: Notice, question: Question, choice: str) -> Notice:
    if _YES.match(choice) and question.kind == "group_members":
        return notice
    names = units_typed(choice)
    if not names or any(is_group(name) for name in names):
        raise ValueError(choice)
    term = question.values.get("what")
    units = tuple(Unit(u.name, u.kind, tuple(names)) if u.name == term else u for u in notice.units)
    return replace(notice, units=units)


def _first_leads(notice: Notice, question: Question, choice: str) -> Notice:
    """The first listed unit leads wherever the notice named no lead; a group term never leads."""
    if not _chosen(question, choice):
        return notice
    tasks = []
    for task in notice.tasks:
        if task.responsible and not task.lead and not is_group(task.responsible[0]):
            task = replace(task, lead=task.responsible[:1], co=(*task.responsible[1:], *task.co), responsible=())
        tasks.append(task)
    return replace(notice, tasks=tuple(tasks))


def _due(notice: Notice, question: Question, choice: str) -> Notice:
    if _NONE.match(choice):
        return notice
    task = _task_of(notice, question)
    return _with_task(notice, dated(task, due_typed(notice, choice), task.due_text))


def _due_taken(notice: Notice, question: Question, choice: str) -> Notice:
    """Whether a date in the words is the task's deadline; a no leaves it without one, another day may be given."""
    if _NONE.match(choice):
        return _with_task(notice, dated(_task_of(notice, question), None, None))
    return notice if _YES.match(choice) or choice in question.options else _due(notice, question, choice)


def _whole_year(notice: Notice, question: Question, choice: str) -> Notice:
    """Whether 全年 is the year's last day; a no leaves those tasks without a deadline of their own."""
    if _chosen(question, choice):
        return notice
    tasks = tuple(dated(task, None, task.due_text) if is_whole_year(task) else task for task in notice.tasks)
    return replace(notice, tasks=tasks)


def _within_year(notice: Notice, question: Question, choice: str) -> Notice:
    """Whether 年内 in the words of tasks without a deadline is their deadline."""
    if not _chosen(question, choice):
        return notice
    tasks = tuple(dated(task, day, None) if (day := within_the_year(task)) else task for task in notice.tasks)
    return replace(notice, tasks=tasks)


def _due_anywhere(notice: Notice, question: Question, choice: str) -> Notice:
    return _due(notice, question, choice) if question.ref else _submission(notice, question, choice)


def _submission(notice: Notice, question: Question, choice: str) -> Notice:
    day = _day(choice, notice)
    changed = tuple(dated(s, day, s.due_text) if s.line == question.line else s for s in notice.submissions)
    return replace(notice, submissions=changed)


def _issued(notice: Notice, question: Question, choice: str) -> Notice:
    """The notice's own date; deadlines that waited for their year get it."""
    day = _day(choice, notice)
    submissions = tuple(
        replace(s, due=deadline(s.due_text, day.year)) if s.due is None and not s.frequency else s
        for s in notice.submissions
    )
    tasks = tuple(
        replace(t, due=deadline(t.due_text, day.year)) if t.due_text and t.paper is None else t for t in notice.tasks
    )
    return replace(notice, issued_on=day, submissions=submissions, tasks=tasks)


def _title(notice: Notice, question: Question, choice: str) -> Notice:
    return replace(notice, title=choice)


def units_typed(choice: str) -> list[str]:
    """The units of a typed list. Raises ValueError with the name that is no unit's."""
    names = names_in(choice)
    for name in names:
        if not looks_like_unit(name):
            raise ValueError(name)
    return names


def groups_of(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if is_group(name))


def _day(choice: str, notice: Notice) -> date:
    found = full_date(choice) or deadline(choice, notice.issued_on.year if notice.issued_on else None)
    if found is None:
        raise ValueError(choice)
    return found


_CHANGES: dict[str, Callable[[Notice, Question, str], Notice]] = {
    "group_first": _lead,
    "no_units": _lead,
    "only_co": _lead,
    "open_list": _more_units,
    "wrap_units": _all_units,
    "merged_cell": _all_units,
    "several_brackets": _all_units,
    "repeated_unit": _all_units,
    "star": _lead,
    "unit": _rename,
    "look_alike": _same,
    "group": _members,
    "group_members": _members,
    "no_lead": _first_leads,
    "whole_year": _whole_year,
    "within_year": _within_year,
    "due": _due,
    "due_steps": _due,
    "due_edge": _due,
    "date_in_text": _due,
    "dates_in_text": _due,
    "date_taken": _due_taken,
    "due_before_issue": _due_anywhere,
    "submission_date": _submission,
    "weekday": _submission,
    "no_date": _issued,
    "date_guess": _issued,
    "no_title": _title,
}
