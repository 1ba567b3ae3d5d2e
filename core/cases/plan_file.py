"""Knows how a filled form that comes back finds its task, is compared with what is known, and is filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from zlib import crc32

from core.cases.notice import plan_months
from core.cases.plan_form import Plan, field_values, form_title, known_plan, plans_of_units
from core.cases.plan_task import bare_words, owed_by, task_of, unit_of
from core.cases.problem import Problem
from core.cases.report import Stored, store_plan
from core.ports import FileRef, Source
from core.rules.filled_form import FilledForm
from core.rules.numerals import narrow
from core.rules.obligations import Obligation
from core.rules.people import Person, Role
from core.rules.plan_changes import Change, changes, kept_text
from core.rules.plan_form import Means
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.work import Work

ASKED = ("which", "other", "twice")
"""Faults that the person settles by saying which task a form is for."""


@dataclass(frozen=True, slots=True)
class Found:
    """One form of the file. fault: "" | empty | theirs (another unit's task) | unknown (no task of ours) | which |
    other (of another notice or year) | twice (two forms of one task that differ) | same (says what an earlier one says).

    `changed` says what saving it would change; `kept` are months left blank in the form that stay as they were, `missing`
    those that nobody has filled in yet; `fixed` are fields of the notice that the form changed in vain.
    """

    form: FilledForm
    fault: str = ""
    task: Task | None = None
    obligation: Obligation | None = None
    plan: Plan = field(default_factory=Plan)
    changed: tuple[Change, ...] = ()
    kept: tuple[int, ...] = ()
    strange: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    fixed: tuple[Means, ...] = ()
    text: str = ""
    whose: str = ""
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
    if sheet.ready or any(found.fault in ASKED for found in sheet.found):
        _keep(work, person, sheet, data, now)
    return sheet


def choose(work: Work, person: Person, mark: int, place: int, obligation_id: int, now: datetime) -> Sheet:
    """A form whose task was unclear is the one that the person chose."""
    data = _kept(work, person, mark)
    if place >= len(data["forms"]):
        raise Problem("help.old_button")
    others = {key: chosen for key, chosen in data["chosen"].items() if chosen != obligation_id}
    data = {**data, "chosen": {**others, str(place): obligation_id}}
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
    return Sheet(mark, tuple(_told_apart(found, data["chosen"])), file, tuple(own))


def _told_apart(found: Sequence[Found], chosen: dict[str, int]) -> Iterator[Found]:
    """Of several forms for one plan the one that was chosen counts, of equal ones the first; else it is asked."""
    groups: dict[int, list[int]] = {}
    for place, one in enumerate(found):
        if not one.fault and one.obligation:
            groups.setdefault(one.obligation.id, []).append(place)
    for place, one in enumerate(found):
        group = groups.get(one.obligation.id, [place]) if one.obligation else [place]
        picked = [other for other in group if str(other) in chosen]
        if one.fault or len(group) == 1 or picked == [place]:
            yield one
        elif not picked and all(_says(found[other]) == _says(one) for other in group):
            yield one if place == group[0] else replace(one, fault="same")
        else:
            yield replace(one, fault="twice")


def _says(found: Found) -> tuple[str, dict[int, str], str]:
    return found.plan.goal, found.plan.briefs, found.text


def _found(
    work: Work, person: Person, form: FilledForm, tasks: list[Task], own: list[Obligation], chosen: int | None
) -> Found:
    if chosen is not None:
        obligation = next((o for o in own if o.id == chosen), None)
        task = work.notices.task(obligation.task_id) if obligation else None
        fault = "" if task else "theirs"
        whose = ""
    else:
        task, fault = task_of(form, tasks, own)
        obligation = owed_by(form, task, own) if task else None
        whose = unit_of(form, task) if task and not obligation else ""
        if task and not obligation:
            fault = "theirs"
        elif task and obligation and not form.empty and _foreign(work, form, tasks, task, obligation):
            fault = "other"
    if form.empty:
        return Found(form, "empty", task, obligation)
    if fault or task is None or obligation is None:
        return Found(form, fault or "unknown", task, obligation if fault == "other" else None, whose=whose)
    return _compared(work, person, form, task, obligation)


def _foreign(work: Work, form: FilledForm, tasks: list[Task], task: Task, obligation: Obligation) -> bool:
    """Whether the form was made out for another notice, or its title names another year."""
    if form.code and form.code.notice_id not in {one.notice_id for one in tasks}:
        return True
    card = work.notices.get(task.notice_id)
    own = narrow(form_title(card)) if card else ""
    return bool(form.years) and obligation.due.year not in form.years and form.title != own


def _compared(work: Work, person: Person, form: FilledForm, task: Task, obligation: Obligation) -> Found:
    before = known_plan(work, person, obligation.id)
    briefs, strange = form.briefs(obligation.due.year)
    goal = form.get(Means.GOAL) or before.goal
    contacts = work.people.of_units([obligation.unit_id], Role.CONTACT)
    text = kept_text(form, "、".join(one.name for one in contacts), before.text)
    changed = changes(before.goal, before.briefs, before.text, goal, briefs, text)
    kept = tuple(month for month in sorted(before.briefs) if month not in briefs and before.briefs[month])
    plan = Plan(goal, {**before.briefs, **briefs}, text)
    return Found(
        form,
        "",
        task,
        obligation,
        plan,
        tuple(changed),
        kept,
        tuple(strange),
        missing=tuple(
            month
            for month in plan_months(work.notices.get(task.notice_id), obligation.due)
            if not plan.briefs.get(month)
        ),
        fixed=_fixed(form, field_values(work, task, obligation, plan)),
        text=text,
        fresh=not before.goal and not before.briefs,
        filed=not obligation.open,
    )


_NOTICES = (Means.UNIT, Means.LEADER, Means.LEAD, Means.CO, Means.CONTENT, Means.REF)


def _fixed(form: FilledForm, values: dict[Means, str]) -> tuple[Means, ...]:
    """What the form came prefilled with by the notice's word and says otherwise now."""
    if form.code is None:
        return ()
    pairs = ((meaning, bare_words(form.get(meaning)), bare_words(values.get(meaning, ""))) for meaning in _NOTICES)
    return tuple(meaning for meaning, said, known in pairs if said and said not in known and known not in said)


def _name(mark: int) -> str:
    return f"form:{mark}"


def _keep(work: Work, person: Person, sheet: Sheet, data: dict[str, Any], now: datetime) -> None:
    work.talks.put(person.id, Talk(_name(sheet.mark), "shown", data), now, awaits=False)


def _kept(work: Work, person: Person, mark: int) -> dict[str, Any]:
    talk = work.talks.get(person.id, _name(mark))
    if talk is None:
        raise Problem("plan_file.gone")
    return talk.data
