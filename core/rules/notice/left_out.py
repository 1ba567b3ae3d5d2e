"""Knows what a person takes off the list of tasks: what is none, what belongs to another; and how it is taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from core.rules.notice.answering import groups_of, with_roll
from core.rules.notice.model import LeftOut, Notice, Task

_WIDE = 0x2E7F
"""Characters beyond are Chinese ones, which are joined by a Chinese semicolon."""


def without(notice: Notice, tasks: Sequence[Task]) -> Notice:
    """The notice without these, which are remembered: no task of its own, unless somebody takes it in again."""
    gone = {task.ref for task in tasks}
    return with_roll(
        replace(
            notice,
            tasks=tuple(task for task in notice.tasks if task.ref not in gone),
            left_out=(*notice.left_out, *(LeftOut(task) for task in tasks)),
        )
    )


def merge(notice: Notice, ref: str, into: str) -> Notice:
    """One task becomes part of another. Raises KeyError where either is gone, ValueError for one with itself."""
    task, target = notice.task(ref), notice.task(into)
    if ref == into:
        raise ValueError(ref)
    changed = without(_with(notice, together(target, task)), [task])
    return replace(changed, left_out=(*changed.left_out[:-1], LeftOut(task, into, target)))


def together(target: Task, task: Task) -> Task:
    """The target with the other's part: number, place and lead are the target's, its words come first.

    Who leads or assists in the other assists; where the target names no lead the other's leads. Of two deadlines the
    earlier one stands. Figures, dates in the text and open questions of both are kept.
    """
    lead = target.lead or task.lead
    listed = (*target.co, *target.responsible, *task.lead, *task.co, *task.responsible)
    others = tuple(dict.fromkeys(name for name in listed if name not in lead))
    first = task if task.due and (target.due is None or task.due < target.due) else target
    heads = (*target.leaders, *((task.leader,) if task.leader is not None else ()), *task.leaders)
    return replace(
        target,
        content=_joined(target.content, task.content),
        lead=lead,
        co=others if lead else (),
        responsible=() if lead else others,
        groups=groups_of((*lead, *others)),
        due=first.due,
        due_text=first.due_text,
        paper=first.paper,
        targets=(*target.targets, *(each for each in task.targets if each not in target.targets)),
        written=tuple(dict.fromkeys((*target.written, *task.written))),
        open_list=target.open_list or task.open_list,
        dates=(*target.dates, *task.dates),
        leaders=tuple(dict.fromkeys(heads)) if set(heads) - {target.leader} else target.leaders,
        questions=(*target.questions, *(replace(each, ref=target.ref) for each in task.questions)),
    )


def _joined(first: str, second: str) -> str:
    between = "；" if any(ord(character) > _WIDE for character in first + second) else "; "
    return f"{first.rstrip('。；;. ')}{between}{second}"


def merged_unchanged(notice: Notice, entry: LeftOut) -> bool:
    """Whether the task it went into still is what the merging made of it: words, units and deadline."""
    if entry.into is None or entry.before is None:
        return False
    now = next((task for task in notice.tasks if task.ref == entry.into), None)
    return now is not None and _settled(now) == _settled(together(entry.before, entry.task))


def _settled(task: Task) -> tuple[object, ...]:
    return (task.content, task.lead, task.co, task.responsible, task.due)


def take_in(notice: Notice, entry: LeftOut) -> tuple[Notice, Task]:
    """The notice with what was left out as a task again, at its place in the source, and that task.

    The task it was part of is as it was before, unless it was changed since: then it stays as it is. Its number is its old
    one, or a free one beside it. Raises KeyError where it was taken in already.
    """
    if entry not in notice.left_out:
        raise KeyError(entry.task.ref)
    rest = tuple(each for each in notice.left_out if each is not entry and each != entry)
    if merged_unchanged(notice, entry) and entry.before is not None:
        here = notice.task(entry.into or "")
        open_ = {question.key for question in here.questions}
        before = tuple(question for question in entry.before.questions if question.key in open_)
        notice = _with(notice, replace(entry.before, questions=before))
    taken = {task.ref for task in notice.tasks}
    ref = free(entry.task.ref, taken)
    task = entry.task if ref == entry.task.ref else replace(entry.task, ref=ref, number=ref.rpartition("-")[2])
    place = next((n for n, each in enumerate(notice.tasks) if each.lines > task.lines), len(notice.tasks))
    tasks = (*notice.tasks[:place], task, *notice.tasks[place:])
    return with_roll(replace(notice, tasks=tasks, left_out=rest)), task


def renamed(notice: Notice, wrong: str, right: str) -> Notice:
    """A unit's right name also in what was left out."""

    def names(each: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(right if name == wrong else name for name in each))

    def mend(task: Task) -> Task:
        lead, co, responsible = names(task.lead), names(task.co), names(task.responsible)
        return replace(task, lead=lead, co=co, responsible=responsible, groups=names(task.groups))

    out = tuple(
        LeftOut(mend(each.task), each.into, mend(each.before) if each.before else None) for each in notice.left_out
    )
    return replace(notice, left_out=out)


def free(ref: str, taken: set[str]) -> str:
    """The ref, or with a letter behind it where it is taken."""
    return next(each for each in (ref, *(ref + sign for sign in ascii_lowercase)) if each not in taken)


def _with(notice: Notice, changed: Task) -> Notice:
    tasks = tuple(changed if task.ref == changed.ref else task for task in notice.tasks)
    return replace(notice, tasks=tasks)
