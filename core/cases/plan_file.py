"""Knows how a filled form that comes back finds its task, is compared with what is known, and is filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from zlib import crc32

from core.cases.plan_form import Plan, known_plan, plans_of_units
from core.cases.problem import Problem
from core.cases.report import Stored, store_plan
from core.ports import FileRef, Source
from core.rules.filled_form import FilledForm
from core.rules.numerals import narrow
from core.rules.obligations import Obligation
from core.rules.people import Person, Role
from core.rules.plan_changes import Change, changes, kept_text
from core.rules.plan_form import Means, form_code
from core.rules.refs import bare, same, typed
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.work import Work

ALIKE = 0.8
"""Likeness of a form's task words to a task's own from which they are the same (1 is equal)."""

_CLEAR = 0.08
"""By how much the best likeness must beat the second."""


@dataclass(frozen=True, slots=True)
class Found:
    """One form of the file. fault: "" | empty | theirs (another unit's task) | unknown (no task of ours) | which.

    `changed` says what saving it would change; `kept` are months left blank in the form that stay as they were.
    """

    form: FilledForm
    fault: str = ""
    task: Task | None = None
    obligation: Obligation | None = None
    plan: Plan = field(default_factory=Plan)
    changed: tuple[Change, ...] = ()
    kept: tuple[int, ...] = ()
    strange: tuple[str, ...] = ()
    text: str = ""
    fresh: bool = True
    filed: bool = False

    @property
    def ready(self) -> bool:
        """Something would be saved: it differs from what is known, or what is known was never filed."""
        return not self.fault and (bool(self.changed) or not self.filed)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's forms under the number of the message that brought it."""

    mark: int
    found: tuple[Found, ...]
    file: FileRef | None
    choices: tuple[Obligation, ...]

    @property
    def ready(self) -> list[Found]:
        return [one for one in self.found if one.ready]


def receive(
    work: Work, person: Person, forms: Sequence[FilledForm], file: FileRef | None, mark: int, now: datetime
) -> Sheet:
    """Keeps what was read and says what it would change. Nothing is filed before it is confirmed."""
    data = {
        "forms": [form.to_json() for form in forms],
        "chosen": {},
        "file": asdict(file) if file else None,
    }
    sheet = _sheet(work, person, mark, data)
    if sheet.ready or any(found.fault == "which" for found in sheet.found):
        _keep(work, person, sheet, data, now)
    return sheet


def choose(work: Work, person: Person, mark: int, place: int, obligation_id: int, now: datetime) -> Sheet:
    """A form whose task was unclear is the one that the person chose."""
    data = _kept(work, person, mark)
    if place >= len(data["forms"]):
        raise Problem("help.old_button")
    data = {**data, "chosen": {**data["chosen"], str(place): obligation_id}}
    sheet = _sheet(work, person, mark, data)
    _keep(work, person, sheet, data, now)
    return sheet


def look(work: Work, person: Person, mark: int) -> Sheet:
    """The file as it compares now."""
    return _sheet(work, person, mark, _kept(work, person, mark))


def file_forms(
    work: Work, person: Person, mark: int, seen: str, source: Source, now: datetime
) -> tuple[Sheet, list[Stored]]:
    """Files every form that is ready. No version is made where the plan changed since `seen` was shown: it comes anew."""
    data = _kept(work, person, mark)
    sheet = _sheet(work, person, mark, data)
    if digest(sheet) != seen:
        _keep(work, person, sheet, data, now)
        return sheet, []
    if not sheet.ready:
        raise Problem("plan_file.nothing")
    origin = replace(source, message_id=mark, files=(sheet.file,) if sheet.file else ())
    stored = []
    for one in sheet.ready:
        assert one.obligation is not None
        stored.append(
            store_plan(work, one.obligation, person, origin, one.plan.goal, one.plan.briefs, now, text=one.text)
        )
        work.talks.end(person.id, f"plan:{one.obligation.id}")
    work.talks.end(person.id, _name(mark))
    return sheet, stored


def drop(work: Work, person: Person, mark: int) -> None:
    _kept(work, person, mark)
    work.talks.end(person.id, _name(mark))


def digest(sheet: Sheet) -> str:
    """Changes when what saving would do does."""
    state = [
        (one.obligation.id if one.obligation else 0, one.fault, [(c.what, c.old, c.new) for c in one.changed])
        for one in sheet.found
    ]
    return f"{crc32(repr(state).encode()):08x}"


def _sheet(work: Work, person: Person, mark: int, data: dict[str, Any]) -> Sheet:
    own = plans_of_units(work, person.unit_ids)
    tasks = work.notices.tasks()
    found = []
    for place, each in enumerate(data["forms"]):
        form = FilledForm.from_json(each)
        chosen = data["chosen"].get(str(place))
        found.append(_found(work, person, form, tasks, own, chosen))
    file = FileRef(**data["file"]) if data["file"] else None
    return Sheet(mark, tuple(found), file, tuple(own))


def _found(
    work: Work, person: Person, form: FilledForm, tasks: list[Task], own: list[Obligation], chosen: int | None
) -> Found:
    if chosen is not None:
        obligation = next((o for o in own if o.id == chosen), None)
        task = work.notices.task(obligation.task_id) if obligation else None
        fault = "" if task else "theirs"
    else:
        task, fault = _task_of(form, tasks, own)
        obligation = _owed(form, task, own) if task else None
        if task and not obligation:
            fault = "theirs"
    if form.empty:
        return Found(form, "empty", task, obligation)
    if fault or task is None or obligation is None:
        return Found(form, fault or "unknown", task, None)
    return _compared(work, person, form, task, obligation)


def _compared(work: Work, person: Person, form: FilledForm, task: Task, obligation: Obligation) -> Found:
    before = known_plan(work, person, obligation.id)
    briefs, strange = form.briefs(obligation.due.year)
    goal = form.get(Means.GOAL) or before.goal
    contacts = work.people.of_units([obligation.unit_id], Role.CONTACT)
    text = kept_text(form, "、".join(one.name for one in contacts), before.text)
    changed = changes(before.goal, before.briefs, before.text, goal, briefs, text)
    kept = tuple(month for month in sorted(before.briefs) if month not in briefs and before.briefs[month])
    return Found(
        form,
        "",
        task,
        obligation,
        Plan(goal, {**before.briefs, **briefs}, text),
        tuple(changed),
        kept,
        tuple(strange),
        text,
        fresh=not before.goal and not before.briefs,
        filed=not obligation.open,
    )


def _task_of(form: FilledForm, tasks: list[Task], own: list[Obligation]) -> tuple[Task | None, str]:
    """The task and "", or None and why: by the form's code, its words, its number; doubt is asked about."""
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


def _by_code(form: FilledForm, tasks: list[Task]) -> Task | None:
    code = form.code
    if code is None:
        return None
    for task in tasks:
        if (task.notice_id, bare(task.ref)) == (code.notice_id, code.ref):
            return task if form_code(task.notice_id, bare(task.ref), code.unit_id, task.content) == code else None
    return None


def _by_words(content: str, tasks: list[Task]) -> Task | None:
    wanted = _bare(content)
    if len(wanted) < 4:
        return None
    scored = sorted(
        ((_likeness(wanted, _bare(task.content)), task.id, task) for task in tasks), key=lambda row: -row[0]
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


def _bare(text: str) -> str:
    return "".join(one for one in narrow(text).casefold() if one.isalnum())


def _owed(form: FilledForm, task: Task, own: list[Obligation]) -> Obligation | None:
    """Which of the person's plans for this task: that of the unit in the code, else of the unit named, else the first."""
    plans = [o for o in own if o.task_id == task.id]
    coded = [o for o in plans if form.code and o.unit_id == form.code.unit_id]
    named = [o for o in plans if _bare(o.unit) == _bare(form.get(Means.UNIT))]
    return next(iter([*coded, *named, *plans]), None)


def _name(mark: int) -> str:
    return f"form:{mark}"


def _keep(work: Work, person: Person, sheet: Sheet, data: dict[str, Any], now: datetime) -> None:
    work.talks.put(person.id, Talk(_name(sheet.mark), "shown", data), now, awaits=False)


def _kept(work: Work, person: Person, mark: int) -> dict[str, Any]:
    talk = work.talks.get(person.id, _name(mark))
    if talk is None:
        raise Problem("plan_file.gone")
    return talk.data
