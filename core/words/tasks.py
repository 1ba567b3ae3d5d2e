"""Knows how tasks, assignments and one task's history read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.cases.notice import Desk
from core.rules.lights import TaskLight
from core.rules.obligations import Kind, Obligation
from core.rules.office import Office
from core.rules.reports import Report
from core.rules.tasks import Part, Task, ref_order, short
from core.words import lights, terms
from core.words.history import event_line
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, folded, lines
from core.words.message import Button, Message
from core.words.paging import turning
from core.words.voice import Voice
from core.work_counts import TaskPage
from core.work_history import Event

PAGE = 10
"""Tasks on one page of a list."""

NEXT = 3
"""What a task owes in a list: what comes next, and what is to be mended."""


def _line(said: Voice, task: Task) -> Html:
    if not task.leaders:
        return said("tasks.line_free", ref=task.ref, content=short(task.content, 20))
    return said("tasks.line", ref=task.ref, content=short(task.content, 20), leader=heads(said, task))


def heads(said: Voice, task: Task) -> str:
    """Everybody who heads the task: 方竹筠区长、钟若谷副区长."""
    return said.plain("terms.comma").join(leader.label for leader in task.leaders) or said.plain("terms.no_leader")


def _by_ref(tasks: Sequence[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: ref_order(task.ref))


def _counts(said: Voice, parts: Mapping[Any, int]) -> str:
    """牵头 9 项，配合 18 项: what these units have, without the parts that they don't have."""
    told = [said.plain(f"tasks.count_{part}", n=parts[part]) for part in Part if parts.get(part)]
    return said.plain("terms.clause").join(told)


def assignment_message(said: Voice, desk: Desk, today: date, receipt: bool = True) -> Message:
    """All that one person is given: leading first, then assisting, the deadline, the receipt's button until pressed."""
    units = said.plain("terms.comma").join(unit.name for unit in desk.units)
    ids = tuple(unit.id for unit in desk.units)
    plans = [o for o in desk.obligations if o.kind is Kind.PLAN and o.open]
    rows: list[object] = [
        bold(
            said(
                "tasks.assigned",
                unit=units,
                counts=_counts(said, Counter(task.part_of(ids) for task in desk.leading + desk.assisting)),
            )
        ),
    ]
    if plans:
        due = min(o.due for o in plans)
        late = terms.late(said, plans[0], today)
        rows.append(said("tasks.plan_due", due=terms.day(said, due), late=late, n=len(plans)))
    if desk.leading:
        rows += [bold(said("tasks.leading")), *(_line(said, task) for task in _by_ref(desk.leading))]
    shared = [task for task in desk.assisting if task.part_of(ids) is Part.RESPONSIBLE]
    helping = [task for task in desk.assisting if task.part_of(ids) is Part.CO]
    if shared:
        rows += [bold(said("tasks.responsible")), *(_line(said, task) for task in _by_ref(shared))]
    if helping:
        rows += [bold(said("tasks.assisting")), *(_line(said, task) for task in _by_ref(helping))]
    notice_id = (desk.leading or desk.assisting)[0].notice_id
    buttons = [Button(said.plain("tasks.receipt"), f"receipt:{notice_id}")] if receipt else []
    if not receipt:
        rows.append(said("tasks.receipt_given"))
    if plans:
        buttons.append(Button(said.plain("nudge.fill_plan"), f"plan:{plans[0].id}"))
    return Message(lines(*rows), (tuple(buttons),) if buttons else ())


def tasks_message(
    said: Voice,
    listed: TaskPage,
    shown: Sequence[Task],
    unit_ids: tuple[int, ...],
    owed: Sequence[Obligation],
    today: date,
) -> Message:
    """The list a person can ask for any time: each task with its part and what is owed next."""
    page, pages = listed.page, listed.pages
    first: dict[int, list[Obligation]] = {}
    for obligation in owed:
        mine = first.setdefault(obligation.task_id, [])
        if not mine or obligation.kind is Kind.FINDING:
            mine.append(obligation)
    if unit_ids:
        head = said("tasks.mine", counts=_counts(said, listed.counts), page=page + 1, pages=pages)
    else:
        head = said("tasks.all", n=listed.total, page=page + 1, pages=pages)
    rows = [_row(said, task, unit_ids, first.get(task.id, [])[:NEXT], today) for task in shown]
    buttons = [
        tuple(Button(task.ref, f"task:i{task.id}") for task in shown[start : start + 5])
        for start in range(0, len(shown), 5)
    ]
    buttons += turning(said, "tasks", page, pages)
    return Message(lines(head, *rows), tuple(buttons))


def _row(said: Voice, task: Task, unit_ids: tuple[int, ...], owed: Sequence[Obligation], today: date) -> Html:
    part = task.part_of(unit_ids) if unit_ids else None
    named = task.leads or task.units(Part.RESPONSIBLE)
    label = said.plain(f"terms.{part}") if part else said.plain("terms.comma").join(unit.name for unit in named)
    if part and len(unit_ids) > 1:
        holding = [a.unit.name for a in task.assignments if a.part is part and a.of(unit_ids)]
        label = said.plain("tasks.part_of", units=said.plain("terms.comma").join(holding), part=label)
    state = said.plain("tasks.nothing")
    if owed:
        state = "\n    ".join(
            said.plain("tasks.owed", what=_asked(said, o), due=terms.due(said, o), late=terms.late(said, o, today))
            for o in owed
        )
    if not task.active:
        state = said.plain(f"adjust.is_{task.state}")
    key = "tasks.row" if owed or not task.active else "tasks.row_free"
    return said(key, ref=task.ref, part=label, content=short(task.content, 18), state=state)


def _asked(said: Voice, o: Obligation) -> str:
    """推进计划 / 4月6日督查整改：公示牌缺失"""
    what = terms.what(said, o)
    return said.plain("tasks.to_be_mended", what=what, asks=short(o.asks, 16)) if o.asks else what


def task_message(
    said: Voice,
    task: Task,
    owed: Sequence[Obligation],
    reports: dict[int, Report],
    events: Sequence[Event],
    office: Office,
    today: date,
    mine: tuple[int, ...],
    office_desk: bool = False,
    light: TaskLight | None = None,
    leads: bool = False,
) -> Message:
    """One task: its words, who does what, what was handed in, what is owed, who did what when."""
    leader = heads(said, task)
    comma = said.plain("terms.comma")
    names = {a.unit.id: a.unit.name for a in task.assignments}

    def text(size: int) -> Html:
        rows: list[object] = [bold(said("tasks.title", ref=task.ref, leader=leader)), cut(task.content, 2 * size)]
        for part in Part:
            if units := task.units(part):
                rows.append(said(f"tasks.{part}_units", units=comma.join(unit.name for unit in units)))
        if not task.active:
            rows.append(said("tasks.state", state=said.plain(f"adjust.is_{task.state}")))
        rows.append(said("tasks.frequency", frequency=terms.frequency(said, task.frequency)))
        rows += lights.task_rows(said, light, names) if light else []
        rows += [_standing(said, o, reports.get(o.id), office, today, size) for o in _worth(owed, today)]
        if events:
            history = lines(*(event_line(said, event, office) for event in events[-30:]))
            rows += [bold(said("tasks.history")), folded(history)]
        return lines(*rows)

    buttons = []
    for obligation in owed:
        if obligation.unit_id in mine and obligation.open and (obligation.current(today)):
            prefix = "plan" if obligation.kind is Kind.PLAN else "fill"
            label = said.plain("tasks.fill", what=terms.what(said, obligation))
            buttons.append((Button(label, f"{prefix}:{obligation.id}"),))
    if task.active and task.part_of(mine) in (Part.LEAD, Part.RESPONSIBLE):
        buttons = [*buttons[:3], (Button(said.plain("completion.button"), f"done:{task.id}"),)]
    if office_desk:
        buttons.append((Button(said.plain("adjust.button"), f"ad:c:{task.id}"),))
    if leads and task.active:
        buttons.append((Button(said.plain("instruction.button"), f"ins:w:{task.id}"),))
    several = [o for o in owed if o.id in reports and reports[o.id].version > 1]
    buttons = buttons[:4] + [
        (Button(said.plain("tasks.versions", what=terms.what(said, o)), f"versions:{o.id}"),) for o in several[-3:]
    ]
    if task.targets and reports and (office_desk or task.part_of(mine) in (Part.LEAD, Part.RESPONSIBLE)):
        buttons.append((Button(said.plain("figures.task_button"), f"fg:task:{task.id}"),))
    if events:
        buttons.append((Button(said.plain("history.button", n=len(events)), f"hs:t:{task.id}:0"),))
    if reports:
        buttons.append((Button(said.plain("pictures.task_button"), f"task_pic:i{task.id}"),))
    return Message(fitting(text, TEXT_LIMIT - 100), tuple(buttons))


def _worth(owed: Sequence[Obligation], today: date) -> list[Obligation]:
    """Everything handed in or late, and the next thing to come."""
    past = [o for o in owed if not o.open or o.current(today)]
    coming = [o for o in owed if o.open and not o.current(today)]
    return past + coming[:1]


def _standing(said: Voice, o: Obligation, report: Report | None, office: Office, today: date, size: int) -> Html:
    what = _asked(said, o)
    if report is None:
        return said("tasks.waiting", what=what, due=terms.due(said, o), late=terms.late(said, o, today))
    if o.open:
        due = terms.due(said, o)
        head = said("tasks.to_mend", what=what, version=report.version, due=due, late=terms.late(said, o, today))
        return lines(head, folded(report_text(said, report)))
    at = office.local(report.at)
    late = at.date() > o.due and o.kind is not Kind.COMPLETION
    key = "tasks.handed_in_late" if late else "tasks.handed_in"
    head = said(key, what=what, at=terms.moment(said, at), who=report.person, version=report.version)
    if o.agreed and o.agreed > o.due and at.date() > o.due:
        head = head + said(
            "tasks.extended",
            due=terms.day(said, o.due, weekday=False),
            agreed=terms.day(said, o.agreed, weekday=False),
        )
    if o.reviewed and not o.returned:
        head = head + said("tasks.accepted")
    return lines(head, folded(cut(report_text(said, report), size)))


def report_text(said: Voice, report: Report) -> str:
    """What was handed in as plain text: a report's words, or a plan's goal and months; files named below."""
    rows = []
    if report.goal:
        rows.append(said.plain("plan.goal_line", goal=report.goal))
    rows += [
        said.plain("plan.month_line", month=terms.month_name(said, month), brief=brief)
        for month, brief in sorted(report.months.items())
    ]
    if report.text:
        rows.append(report.text)
    if report.files:
        names = said.plain("terms.comma").join(file["name"] for file in report.files)
        rows.append(said.plain("report.files", n=len(report.files), names=names))
    return "\n".join(rows)
