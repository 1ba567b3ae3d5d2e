"""Knows how a person corrects what was read of a notice: units, dates, words, two tasks out of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.rules.notice import left_out
from core.rules.notice.answering import due_typed, groups_of, merged, units_typed, with_roll
from core.rules.notice.by_hand import dated
from core.rules.notice.dates import deadline, full_date
from core.rules.notice.model import Notice, Submission, Task
from core.rules.notice.names import is_group
from core.rules.notice.shadow import squeeze

CONTENT_MOST = 2_000
"""Characters of a task's words."""

NONE = frozenset(("无", "没有", "无期限", "取消", "none", "no", "-"))

SETTLED = {
    "lead": ("group_first", "no_units", "star", "wrap_units", "merged_cell", "several_brackets", "repeated_unit"),
    "co": ("open_list", "wrap_units", "merged_cell", "several_brackets", "repeated_unit"),
    "due": ("due", "due_steps", "due_edge", "date_in_text", "dates_in_text", "date_taken", "due_before_issue"),
}
"""Questions about a task that a correction answers as well."""


def set_lead(notice: Notice, ref: str, text: str) -> Notice:
    """These units lead, the task's others assist. Raises ValueError for what is no unit or a group term."""
    task = notice.task(ref)
    names = _known_or_typed(notice, text)
    if not names or any(is_group(name) for name in names):
        raise ValueError(text)
    others = tuple(n for n in (*task.lead, *task.co, *task.responsible) if n not in names)
    return _mended(notice, replace(task, lead=names, co=others, responsible=()), "lead")


def set_co(notice: Notice, ref: str, text: str) -> Notice:
    """The whole list of the assisting units; "无" for none. Raises ValueError for what is no unit."""
    task = notice.task(ref)
    names = () if _none(text) else _known_or_typed(notice, text)
    if not names and not _none(text):
        raise ValueError(text)
    if task.lead or not task.responsible:
        changed = replace(task, co=tuple(n for n in names if n not in task.lead))
    else:
        changed = replace(task, responsible=names)
    return _mended(notice, replace(changed, open_list=False), "co")


def set_due(notice: Notice, ref: str, text: str, year: int) -> Notice:
    """The task's own deadline; "无" for none. `year` for a date without one. Raises as `due_typed` does."""
    task = notice.task(ref)
    day = None if _none(text) else due_typed(notice, text, year)
    return _mended(notice, dated(task, day, None if day is None else text.strip()), "due")


def set_content(notice: Notice, ref: str, text: str) -> Notice:
    """Raises ValueError for a text that is too short or too long."""
    return _replaced(notice, ref, (replace(notice.task(ref), content=_content(text)),))


def split(notice: Notice, ref: str, text: str) -> Notice:
    """One task becomes as many as there are lines; units and date stay with each. Raises ValueError for one line."""
    task = notice.task(ref)
    parts = [_content(line) for line in text.splitlines() if line.strip()]
    if not 2 <= len(parts) <= 20:
        raise ValueError(text)
    refs = _refs(notice, ref, len(parts))
    first = replace(task, content=parts[0], targets=())
    more = [
        replace(task, ref=own, number=own.rpartition("-")[2], content=part, questions=(), targets=())
        for own, part in zip(refs, parts[1:], strict=True)
    ]
    return _replaced(notice, ref, (first, *more))


def drop(notice: Notice, ref: str) -> Notice:
    """What was read as a task is none. Raises ValueError for the last one."""
    task = notice.task(ref)
    if len(notice.tasks) == 1:
        raise ValueError(ref)
    return left_out.without(notice, [task])


def merge(notice: Notice, ref: str, into: str) -> Notice:
    """One task becomes part of another (`left_out.together`). Raises ValueError where the words get too long."""
    changed = left_out.merge(notice, ref, into)
    _content(changed.task(into).content)
    return changed


def take_in(notice: Notice, ref: str, content: str) -> Notice:
    """What was left out is a task again (`left_out.take_in`). Raises KeyError where it isn't there any more."""
    entry = next((e for e in notice.left_out if (e.task.ref, e.task.content) == (ref, content)), None)
    if entry is None:
        raise KeyError(ref)
    return left_out.take_in(notice, entry)[0]


def rename(notice: Notice, wrong: str, text: str) -> Notice:
    """A unit's right name wherever it stands; a name that is known already makes the two one. Raises ValueError."""
    right = squeeze(text)
    if wrong not in {unit.name for unit in notice.units}:
        raise KeyError(wrong)
    if len(_known_or_typed(notice, right)) != 1:
        raise ValueError(text)
    changed = left_out.renamed(merged(notice, wrong, right), wrong, right)
    return replace(
        changed,
        questions=tuple(q for q in changed.questions if wrong not in (q.values.get("what"), q.values.get("other"))),
        tasks=tuple(
            replace(t, questions=tuple(q for q in t.questions if q.values.get("what") != wrong)) for t in changed.tasks
        ),
    )


def set_plan_due(notice: Notice, text: str, year: int, what: str) -> Notice:
    """By when the plans are due; `what` names them where the notice asks for nothing. Raises ValueError."""
    day = day_typed(text, _year(notice, year))
    known = list(notice.submissions)
    place = next((n for n, s in enumerate(known) if s.due), None)
    if place is None:
        place = next((n for n, s in enumerate(known) if not s.frequency), None)
    if place is None:
        known.insert(0, Submission(what, "", day, text.strip(), paper={}))
    else:
        known[place] = dated(known[place], day, text.strip())
    line = known[place or 0].line
    rest = tuple(q for q in notice.questions if q.kind not in ("submission_date", "weekday") or q.line != line)
    return replace(notice, submissions=tuple(known), questions=rest)


def day_typed(text: str, year: int) -> date:
    """Raises ValueError where the text names no day."""
    found = full_date(text) or deadline(text, year)
    if found is None:
        raise ValueError(text)
    return found


def _year(notice: Notice, year: int) -> int:
    return notice.issued_on.year if notice.issued_on else year


def _none(text: str) -> bool:
    return text.strip().lower().rstrip("。.") in NONE


def _content(text: str) -> str:
    words = text.strip()
    if not 2 <= len(words) <= CONTENT_MOST:
        raise ValueError(words[:30])
    return words


def _known_or_typed(notice: Notice, text: str) -> tuple[str, ...]:
    """A name the notice has counts as it stands, however it looks; others must look like units."""
    if squeeze(text) in {unit.name for unit in notice.units}:
        return (squeeze(text),)
    return tuple(dict.fromkeys(units_typed(text.strip())))


def _mended(notice: Notice, task: Task, what: str) -> Notice:
    """The notice with this task; questions that the correction answers are gone."""
    names = (*task.lead, *task.co, *task.responsible)
    kept = tuple(q for q in task.questions if q.kind not in SETTLED[what])
    changed = _replaced(notice, task.ref, (replace(task, groups=groups_of(names), questions=kept),))
    if what == "lead" and not any(t.responsible and not t.lead for t in changed.tasks):
        changed = replace(changed, questions=tuple(q for q in changed.questions if q.kind != "no_lead"))
    return changed


def _replaced(notice: Notice, ref: str, instead: tuple[Task, ...]) -> Notice:
    notice.task(ref)
    tasks: list[Task] = []
    for task in notice.tasks:
        tasks += instead if task.ref == ref else (task,)
    return with_roll(replace(notice, tasks=tuple(tasks)))


def _refs(notice: Notice, ref: str, parts: int) -> list[str]:
    """Free refs for the further parts: 2-15a, 2-15b …"""
    taken = {task.ref for task in notice.tasks}
    free = (ref + sign for sign in "abcdefghijklmnopqrstuvwxyz")
    out = [each for each in free if each not in taken][: parts - 1]
    if len(out) < parts - 1:
        raise ValueError(ref)
    return out
