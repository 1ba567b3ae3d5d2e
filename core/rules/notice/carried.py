"""Knows what a person settled about a notice and need not settle again in its revised edition: whatever stands there unchanged."""

from __future__ import annotations

import re
from dataclasses import replace
from string import ascii_lowercase

from core.rules.notice import left_out
from core.rules.notice.answering import with_roll
from core.rules.notice.by_hand import on_paper
from core.rules.notice.corrections import SETTLED
from core.rules.notice.doubts import Questions, listed
from core.rules.notice.model import LeftOut, Notice, Question, Submission, Task
from core.rules.notice.revision import compare
from core.rules.notice.shadow import shadow, squeeze

_MARK = re.compile(r"^[\s(\[]*(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])[)\]]?[.、:\s]*")


def carried(before: Notice, after: Notice, lang: str, known_as: Notice | None = None) -> Notice:
    """`after` with what was corrected in `before` wherever the source's own words are the same: units, dates, splits, merges.

    What was left out stays so while its clause is the same, a date that a person set while the paper's own is. Members of
    group terms are carried as well. A question that is settled so is gone; `lang` is the language of the one about leads,
    which is asked anew for the tasks that are left. `known_as` is the paper of `after` read with what `before` knew of its
    columns: where a person said more since, only what was corrected by hand stays.
    """
    if known_as is not None:
        before = _read_anew(before, known_as, after)
    before, after = _left_out(before, _same_days(before, after))
    old = _by_words(before)
    new = _by_words(after)
    pairs = {fresh: known for known, fresh in compare(before.to_json(), after.to_json()).pairs}
    tasks: list[Task] = []
    for words, group in new.items():
        if words and words in old:
            tasks += _settled(old[words], group)
        else:
            tasks += [_kept(before.task(pairs[task.ref]), task) if task.ref in pairs else task for task in group]
    order = {task.ref: place for place, task in enumerate(after.tasks)}
    tasks.sort(key=lambda task: order.get(task.ref, order.get(task.ref.rstrip(ascii_lowercase), len(order))))
    members = {unit.name: unit.members for unit in before.units if unit.kind == "group" and unit.members}
    changed = with_roll(replace(after, tasks=tuple(tasks)))
    units = tuple(replace(unit, members=members.get(unit.name, unit.members)) for unit in changed.units)
    changed = replace(changed, units=units)
    return replace(changed, questions=tuple(_open(changed, members, lang)))


def _read_anew(before: Notice, was: Notice, now: Notice) -> Notice:
    """The notice in force with the new reading of whatever nobody corrected in it."""
    old, new = _by_words(was), _by_words(now)
    place: dict[str, int] = {}

    def anew(task: Task) -> Task:
        words = _words(task)
        n = place[words] = place.get(words, -1) + 1
        if not words or len(old.get(words, ())) != len(new.get(words, ())) or n >= len(old.get(words, ())):
            return task
        read, fresh = old[words][n], new[words][n]
        for own, take in ((_doers, _same_doers), (_day, _same_due), (_content, _same_content)):
            task = take(fresh, task) if own(task) == own(read) else task
        return task

    return replace(before, tasks=tuple(anew(task) for task in before.tasks))


def _doers(task: Task) -> object:
    return task.lead, task.co, task.responsible


def _day(task: Task) -> object:
    return task.due, task.due_text


def _content(task: Task) -> object:
    return task.content


def _same_content(known: Task, task: Task) -> Task:
    return replace(task, content=known.content)


def _by_words(notice: Notice) -> dict[str, list[Task]]:
    """The tasks by the words of the source they were read from."""
    out: dict[str, list[Task]] = {}
    for task in notice.tasks:
        out.setdefault(_words(task), []).append(task)
    return out


def _words(task: Task) -> str:
    """The clause without the number before it."""
    return _MARK.sub("", squeeze(shadow(task.clause)), count=1)


def _left_out(before: Notice, after: Notice) -> tuple[Notice, Notice]:
    """Both without what was left out and stands in the paper as it stood; what was merged is merged again.

    Where the clause of a merged task is another now, the merging is taken back in `before`: both are compared by themselves.
    """
    there = _by_words(after)
    for entry in before.left_out:
        if entry.into and _words(entry.task) not in there:
            before, _ = left_out.take_in(before, entry)
    kept = _by_words(before)
    whole = before
    for entry in reversed(before.left_out):
        whole, _ = left_out.take_in(whole, entry)
    pairs = dict(compare(whole.to_json(), after.to_json()).pairs)
    out: list[LeftOut] = []
    for entry in before.left_out:
        group = there.get(_words(entry.task), []) if entry.task.clause else []
        if not group:
            continue
        fresh = _fresh(entry.task, group, whole=_words(entry.task) not in kept)
        target = _target(entry, pairs, there, after)
        if fresh is None:
            sign = entry.task.ref[len(entry.task.ref.rstrip(ascii_lowercase)) :]
            out.append(LeftOut(replace(entry.task, ref=group[0].ref + sign), target, entry.before))
            continue
        if len(after.tasks) == 1 or fresh.ref not in {task.ref for task in after.tasks}:
            continue
        own = _as(entry.task, fresh)
        if target and entry.before and target != fresh.ref:
            was = _as(entry.before, after.task(target)) if _words(entry.before) in there else after.task(target)
            after = left_out.merge(after, fresh.ref, target)
            out.append(LeftOut(own, target, was))
        else:
            after = left_out.without(after, [fresh])
            out.append(LeftOut(own))
    return before, replace(after, left_out=tuple(out))


def _fresh(known: Task, group: list[Task], whole: bool) -> Task | None:
    """Which of the tasks read from its clause it is; `whole`: none of them is kept."""
    same = next((task for task in group if squeeze(task.content) == squeeze(known.content)), None)
    return same or (group[0] if whole else None)


def _target(entry: LeftOut, pairs: dict[str, str], there: dict[str, list[Task]], after: Notice) -> str | None:
    """The number that the task has now into which it went."""
    if entry.into is None or entry.before is None:
        return None
    same = there.get(_words(entry.before), [])
    ref = same[0].ref if same else pairs.get(entry.into)
    return ref if ref in {task.ref for task in after.tasks} else None


def _same_days(before: Notice, after: Notice) -> Notice:
    """By when things are to be handed in, as a person set it, wherever the paper still says what it said."""
    days = list(after.submissions)
    settled: set[int] = set()
    for known in before.submissions:
        if known.paper is None:
            continue
        if not known.paper:
            if not any(each.due for each in days):
                days.insert(0, known)
            continue
        alike = [n for n, each in enumerate(days) if each.paper is None and _same_day(known, each)]
        place = next((n for n in alike if days[n].what == known.what), alike[0] if alike else None)
        if place is not None:
            days[place] = replace(days[place], due=known.due, due_text=known.due_text, paper=known.paper)
            settled.add(days[place].line)
    rest = tuple(q for q in after.questions if q.kind not in _OF_DAYS or q.ref or q.line not in settled)
    return replace(after, submissions=tuple(days), questions=rest)


_OF_DAYS = ("submission_date", "weekday", "due_before_issue")


def _same_day(known: Task | Submission, fresh: Task | Submission) -> bool:
    """Whether the paper's own date is what it was."""
    one, other = on_paper(known), on_paper(fresh)
    if one["due"] != other["due"]:
        return False
    return one["due"] is not None or squeeze(one["due_text"]) == squeeze(other["due_text"])


def _as(known: Task, own: Task) -> Task:
    """The task of the new edition with what was settled about the old one."""
    return _same_doers(known, _same_due(known, replace(own, content=known.content)))


def _settled(old: list[Task], new: list[Task]) -> list[Task]:
    """The old tasks at the place of the new ones, which keep their numbers."""
    out: list[Task] = []
    for place, task in enumerate(old):
        own = new[min(place, len(new) - 1)]
        ref = own.ref if place < len(new) else _free(own.ref, {each.ref for each in out})
        out.append(
            replace(
                _as(task, own),
                ref=ref,
                number=own.number if place < len(new) else ref.rpartition("-")[2],
                questions=tuple(q for q in own.questions if place < len(new) and q.kind in _kinds(task)),
            )
        )
    return out


def _kept(known: Task, task: Task) -> Task:
    """A task whose words changed: a date that a person set stays while the paper's own is the same, and so do its units."""
    if known.paper is not None and _same_day(known, task):
        questions = tuple(q for q in task.questions if q.kind not in SETTLED["due"])
        task = _same_due(known, replace(task, questions=questions))
    return _same_units(known, task)


def _same_units(known: Task, task: Task) -> Task:
    """Units that stand on paper as they stood: who does it stays as it was settled."""
    if not known.written or known.written != task.written:
        return task
    return _same_doers(known, task)


def _same_due(known: Task, task: Task) -> Task:
    return replace(task, due=known.due, due_text=known.due_text, paper=known.paper)


def _same_doers(known: Task, task: Task) -> Task:
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
    return next(ref + sign for sign in ascii_lowercase if ref + sign not in taken)


def _open(notice: Notice, members: dict[str, tuple[str, ...]], lang: str) -> list[Question]:
    out: list[Question] = []
    for question in notice.questions:
        if question.kind in ("group", "group_members") and question.values.get("what") in members:
            continue
        if question.kind == "no_lead":
            left = [task.ref for task in notice.tasks if task.responsible and not task.lead]
            if not left:
                continue
            asked = Questions(lang).ask(
                "no_lead", question.line, None, question.options, n=len(left), refs=listed(left)
            )
            question = replace(asked, key=question.key, place=question.place)
        out.append(question)
    return out
