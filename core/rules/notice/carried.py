"""Knows what a person settled about a notice and need not settle again in its revised edition: whatever stands there unchanged."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice.answers import with_roll
from core.rules.notice.doubts import Questions
from core.rules.notice.model import Notice, Question, Task
from core.rules.notice.revision import compare
from core.rules.notice.shadow import shadow, squeeze

_MARK = re.compile(r"^[\s(\[]*(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])[)\]]?[.、:\s]*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def carried(before: Notice, after: Notice, lang: str) -> Notice:
    """`after` with what was corrected in `before` wherever the source's own words are the same: units, dates, splits, merges.

    Members of group terms are carried as well. A question that is settled so is gone; `lang` is the language of the one
    about leads, which is asked anew for the tasks that are left.
    """
    old = _by_words(before)
    new = _by_words(after)
    pairs = {fresh: known for known, fresh in compare(before.to_json(), after.to_json()).pairs}
    tasks: list[Task] = []
    for words, group in new.items():
        if words and words in old:
            tasks += _settled(old[words], group)
        else:
            tasks += [_same_units(before.task(pairs[task.ref]), task) if task.ref in pairs else task for task in group]
    order = {task.ref: place for place, task in enumerate(after.tasks)}
    tasks.sort(key=lambda task: order.get(task.ref, order.get(task.ref.rstrip(_LETTERS), len(order))))
    members = {unit.name: unit.members for unit in before.units if unit.kind == "group" and unit.members}
    changed = with_roll(replace(after, tasks=tuple(tasks)))
    units = tuple(replace(unit, members=members.get(unit.name, unit.members)) for unit in changed.units)
    changed = replace(changed, units=units)
    return replace(changed, questions=tuple(_open(changed, members, lang)))


def _by_words(notice: Notice) -> dict[str, list[Task]]:
    """The tasks by the words of the source they were read from, without the number before them."""
    out: dict[str, list[Task]] = {}
    for task in notice.tasks:
        out.setdefault(_MARK.sub("", squeeze(shadow(task.clause)), count=1), []).append(task)
    return out


def _settled(old: list[Task], new: list[Task]) -> list[Task]:
    """The old tasks at the place of the new ones, which keep their numbers."""
    out: list[Task] = []
    for place, task in enumerate(old):
        own = new[min(place, len(new) - 1)]
        ref = own.ref if place < len(new) else _free(own.ref, {each.ref for each in out})
        out.append(
            replace(
                own,
                ref=ref,
                number=own.number if place < len(new) else ref.rpartition("-")[2],
                content=task.content,
                lead=task.lead,
                co=task.co,
                responsible=task.responsible,
                groups=task.groups,
                due=task.due,
                due_text=task.due_text,
                open_list=task.open_list,
                questions=tuple(q for q in own.questions if place < len(new) and q.kind in _kinds(task)),
            )
        )
    return out


def _same_units(known: Task, task: Task) -> Task:
    """A task whose words changed while its units stand on paper as they stood: who does it stays as it was settled."""
    if not known.written or known.written != task.written:
        return task
    return replace(
        task,
        lead=known.lead,
        co=known.co,
        responsible=known.responsible,
        groups=known.groups,
        open_list=known.open_list,
    )


def _kinds(task: Task) -> set[str]:
    """Questions that were left open then are open now."""
    return {question.kind for question in task.questions}


def _free(ref: str, taken: set[str]) -> str:
    return next(ref + sign for sign in _LETTERS if ref + sign not in taken)


def _open(notice: Notice, members: dict[str, tuple[str, ...]], lang: str) -> list[Question]:
    out: list[Question] = []
    for question in notice.questions:
        if question.kind in ("group", "group_members") and question.values.get("what") in members:
            continue
        if question.kind == "no_lead":
            left = [task.ref for task in notice.tasks if task.responsible and not task.lead]
            if not left:
                continue
            shown = "、".join(left[:12]) + ("…" if len(left) > 12 else "")
            asked = Questions(lang).ask("no_lead", question.line, None, question.options, n=len(left), refs=shown)
            question = replace(asked, key=question.key, place=question.place)
        out.append(question)
    return out
