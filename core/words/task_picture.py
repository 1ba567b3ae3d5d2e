"""Knows how a task's plan and what was handed in for it stand side by side in a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.rules.lights import TaskLight
from core.rules.obligations import Kind, Obligation, State, standing
from core.rules.office import Office
from core.rules.periods import Period
from core.rules.reports import Report
from core.rules.tasks import Task
from core.words import terms
from core.words.lights import explained, word
from core.words.message import Message, Paper
from core.words.voice import Voice


def task_picture(
    said: Voice,
    office: Office,
    task: Task,
    owed: Sequence[Obligation],
    reports: Mapping[int, Report],
    today: date,
    light: TaskLight,
) -> Message:
    """Month by month: what the lead unit planned, and what it handed in for the period that ends with the month."""
    unit_id = _unit(task, owed)
    mine = [o for o in owed if o.unit_id == unit_id and o.state is not State.DROPPED]
    plan = next((reports[o.id] for o in mine if o.kind is Kind.PLAN and o.id in reports), None)
    due = {_last_month(o): o for o in mine if o.kind is Kind.REPORT and _last_month(o)}
    months = sorted({*(plan.months if plan else {}), *due})
    rows = [
        {
            "month": terms.month_name(said, month),
            "plan": plan.months.get(month, "") if plan else "",
            **_handed_in(said, office, due.get(month), reports, today),
        }
        for month in months
    ]
    names = [a.unit.name for a in task.assignments if a.unit.id == unit_id]
    data: dict[str, Any] = {
        "title": said.plain("pictures.task_title", ref=task.ref, content=task.content),
        "unit": "".join(names),
        "goal": said.plain("pictures.task_goal", goal=plan.goal) if plan and plan.goal else "",
        "targets": said.plain("lights.paper_targets", light=word(said, light.light), targets=explained(said, light))
        if light.targets
        else "",
        "rows": rows,
        "as_of": said.plain("summary.as_of", day=terms.full_day(said, today)),
        "lang": said.lang,
    }
    text = said("pictures.task_caption", ref=task.ref)
    return Message(text, paper=Paper("task.png", f"{task.ref}.png", data, picture=True))


def _unit(task: Task, owed: Sequence[Obligation]) -> int:
    """The unit whose plan it is: the lead unit, else the first that owes anything."""
    owing = [o.unit_id for o in owed]
    return next((unit.id for unit in task.leads if unit.id in owing), owing[0] if owing else 0)


def _last_month(o: Obligation) -> int:
    try:
        return Period.parse(o.period).months[-1]
    except ValueError:
        return 0


def _handed_in(
    said: Voice, office: Office, o: Obligation | None, reports: Mapping[int, Report], today: date
) -> dict[str, str]:
    if o is None:
        return {"state": "", "note": "", "said": ""}
    report, state = reports.get(o.id), standing(o, today)
    if report is not None:
        at = terms.day(said, office.local(report.at).date(), weekday=False)
        return {"state": "done", "note": said.plain("pictures.task_done", at=at), "said": report.text}
    if state == "overdue":
        return {"state": state, "note": said.plain("pictures.task_overdue", days=o.days_late(today)), "said": ""}
    if not o.current(today):
        return {"state": "", "note": "", "said": ""}
    due = terms.day(said, o.due, weekday=False)
    return {"state": state, "note": said.plain("pictures.task_waiting", due=due), "said": ""}
