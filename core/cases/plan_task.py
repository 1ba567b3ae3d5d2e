"""Knows which task and whose plan a form is for: by its code, its words, its number, its unit; doubt is asked about."""

from __future__ import annotations

from difflib import SequenceMatcher

from core.rules.filled_form import FilledForm
from core.rules.numerals import narrow
from core.rules.obligations import Obligation
from core.rules.plan_form import Means, form_code
from core.rules.refs import bare, same, typed
from core.rules.tasks import Task, Unit

ALIKE = 0.8
"""Likeness of a form's task words to a task's own from which they are the same (1 is equal)."""

_CLEAR = 0.08
"""By how much the best likeness must beat the second."""


def task_of(form: FilledForm, tasks: list[Task], own: list[Obligation]) -> tuple[Task | None, str]:
    """The task and "", or None and why: unknown, which."""
    coded = _by_code(form, tasks)
    worded = _by_words(form.get(Means.CONTENT), tasks)
    if coded and worded and coded.id != worded.id:
        return None, "which"
    if coded or worded:
        return coded or worded, ""
    if form.get(Means.CONTENT):
        return None, "unknown"
    ref = typed(form.get(Means.REF))
    numbered = [task for task in tasks if same(ref, task.ref)]
    if len(numbered) == 1:
        return numbered[0], ""
    if form.code or not own:
        return None, "unknown"
    theirs = [task for task in tasks if task.id == own[0].task_id]
    return (theirs[0], "") if len(own) == 1 and theirs else (None, "which")


def owed_by(form: FilledForm, task: Task, own: list[Obligation]) -> Obligation | None:
    """Which of the person's plans for this task; None where the form is another unit's.

    The unit that the form names counts, then that of its code, for people fill in a colleague's form; without either
    it is the first.
    """
    plans = [o for o in own if o.task_id == task.id]
    named = [o for o in plans if bare_words(o.unit) == bare_words(form.get(Means.UNIT))]
    if named:
        return named[0]
    if form.code and _still_there(form.code.unit_id, task, plans):
        return next((o for o in plans if o.unit_id == form.code.unit_id), None)
    return None if _named_unit(form, task) else next(iter(plans), None)


def _still_there(unit_id: int, task: Task, plans: list[Obligation]) -> bool:
    """Whether the unit has to do with the task; one that was merged since left its plan to another."""
    return unit_id in {a.unit.id for a in task.assignments} | {o.unit_id for o in plans}


def unit_of(form: FilledForm, task: Task) -> str:
    """The unit whose form it is, "" where it doesn't say."""
    unit = _named_unit(form, task)
    if unit is None and form.code:
        unit = next((a.unit for a in task.assignments if a.unit.id == form.code.unit_id), None)
    return unit.name if unit else ""


def bare_words(text: str) -> str:
    """A text without spaces and marks, to be compared."""
    return "".join(one for one in narrow(text).casefold() if one.isalnum())


def _named_unit(form: FilledForm, task: Task) -> Unit | None:
    """The unit of the task that the form names in full."""
    wanted = bare_words(form.get(Means.UNIT))
    return next((a.unit for a in task.assignments if wanted and bare_words(a.unit.name) == wanted), None)


def _by_code(form: FilledForm, tasks: list[Task]) -> Task | None:
    code = form.code
    if code is None:
        return None
    for task in tasks:
        if (task.notice_id, bare(task.ref)) == (code.notice_id, code.ref):
            return task if form_code(task.notice_id, bare(task.ref), code.unit_id, task.content) == code else None
    return None


def _by_words(content: str, tasks: list[Task]) -> Task | None:
    wanted = bare_words(content)
    if len(wanted) < 4:
        return None
    scored = sorted(
        ((_likeness(wanted, bare_words(task.content)), task.id, task) for task in tasks), key=lambda row: -row[0]
    )
    if not scored or scored[0][0] < ALIKE:
        return None
    clear = len(scored) < 2 or scored[0][0] == 1 > scored[1][0] or scored[0][0] - scored[1][0] >= _CLEAR
    return scored[0][2] if clear else None


def _likeness(wanted: str, known: str) -> float:
    if wanted == known:
        return 1.0
    shorter, longer = sorted((wanted, known), key=len)
    if len(shorter) >= 8 and shorter in longer:
        return 0.95
    matcher = SequenceMatcher(None, wanted, known, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
