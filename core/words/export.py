"""Knows how the data of an office reads outside the bot: the columns of its tables, and the screen that offers them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from core.cases.export import OFFICE_ONLY, TABLES, Facts
from core.papers.packing import packed
from core.rules.lights import TaskLight
from core.rules.obligations import Kind, Obligation, standing
from core.rules.office import Office
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.tasks import Part, Task
from core.words import terms
from core.words.export_rounds import rounds_table
from core.words.html import bold, lines
from core.words.lights import explained, word
from core.words.message import Button, Message, Paper
from core.words.overdue import leader_name, sheet_message
from core.words.tasks import heads
from core.words.voice import Voice

Row = dict[str, Any]

_WIDTHS = {
    "ref": 8,
    "content": 60,
    "goal": 40,
    "text": 60,
    "leader": 18,
    "unit": 22,
    "lead": 22,
    "co": 36,
    "targets": 48,
    "details": 60,
    "files": 24,
    "notes": 30,
}


_FORMS = {**dict.fromkeys(("task_due", "due", "agreed", "day", "mend_by"), "date"), "at": "moment", "last": "moment"}
"""Columns of dates, which sheets hold as real dates. Moments are the office's local time."""


def export_message(said: Voice, person: Person) -> Message:
    """What this person can take out, each as sheet or CSV; the calendar; everything."""
    tables = [name for name in TABLES if person.supervises or name not in OFFICE_ONLY]
    buttons: list[tuple[Button, ...]] = [
        (
            Button(said.plain("export.as_xlsx", name=said.plain(f"export.{name}")), f"xp:{name}:xlsx"),
            Button(said.plain("export.as_csv", name=said.plain(f"export.{name}")), f"xp:{name}:csv"),
        )
        for name in tables
    ]
    buttons.append((Button(said.plain("export.calendar"), "xp:calendar:ics"),))
    if person.supervises:
        forms = said.plain("export.forms")
        buttons.append((Button(f"{forms} Word", "xp:forms:docx"), Button(f"{forms} Excel", "xp:forms:xlsx")))
        buttons.append((Button(said.plain("export.all"), "xp:all:json"),))
    key = "export.screen" if person.supervises else "export.screen_own"
    return Message(lines(bold(said("export.title")), said(key)), tuple(buttons))


def table_message(said: Voice, office: Office, found: Facts, name: str, kind: str) -> Message:
    """`kind` is xlsx or csv."""
    data = table_data(said, office, found, name)
    text = said("export.ready", name=said.plain(f"export.{name}"), n=len(data["rows"]), at=_moment(said, office, found))
    return Message(text, paper=Paper(f"table.{kind}", file_name(said, found, name, kind), packed(data)))


def file_name(said: Voice, found: Facts, name: str, kind: str) -> str:
    return said.plain("export.file", name=said.plain(f"export.{name}"), day=found.day.isoformat(), kind=kind)


def table_data(said: Voice, office: Office, found: Facts, name: str) -> dict[str, Any]:
    """The table as {title, notes, columns, rows, lang} for the makers of sheets and CSV."""
    if name == "overdue":
        paper = sheet_message(said, found.late, found.total, found.day).paper
        assert paper is not None
        return {**paper.data, "lang": said.lang}
    make: Callable[[Voice, Office, Facts], tuple[Sequence[str], list[Row]]] = {
        "tasks": _tasks,
        "plans": _plans,
        "reports": _reports,
        "history": _history,
        "inspections": rounds_table,
    }[name]
    keys, rows = make(said, office, found)
    columns = [
        {"key": key, "label": _label(said, key), "width": _WIDTHS.get(key, 16), "form": _FORMS.get(key, "")}
        for key in keys
    ]
    title = said.plain("export.sheet_title", name=said.plain(f"export.{name}"))
    note = said.plain("export.note", at=_moment(said, office, found), n=len(rows))
    return {"title": title, "notes": [note], "columns": columns, "rows": rows, "lang": said.lang}


def _label(said: Voice, key: str) -> str:
    month = key.removeprefix("month_")
    return terms.month_name(said, int(month)) if month != key else said.plain(f"export.col_{key}")


def _moment(said: Voice, office: Office, found: Facts) -> str:
    return _time(office, found.at)


def _time(office: Office, moment: Any) -> str:
    return f"{office.local(moment):%Y-%m-%d %H:%M}" if moment else ""


# -- the tables ------------------------------------------------------------------------------------------------------


def _tasks(said: Voice, office: Office, found: Facts) -> tuple[Sequence[str], list[Row]]:
    keys = (
        "ref",
        "leader",
        "content",
        "lead",
        "co",
        "frequency",
        "task_due",
        "plan",
        "done",
        "waiting",
        "overdue",
        "last",
        "light",
        "targets",
    )
    owed: dict[int, list[Obligation]] = {}
    for o in found.obligations:
        owed.setdefault(o.task_id, []).append(o)
    rows = []
    for task in found.tasks:
        mine = [o for o in owed.get(task.id, ()) if not o.open or o.current(found.day)]
        states = [standing(o, found.day) for o in mine]
        last = [report for o in mine if (report := found.latest(o.id))]
        rows.append(
            {
                **_task(said, task),
                "plan": _plan_state(said, owed.get(task.id, ()), found),
                "done": states.count("done"),
                "waiting": states.count("waiting"),
                "overdue": states.count("overdue"),
                "last": _time(office, max((report.at for report in last), default=None)),
                **_light(said, (found.lights or {}).get(task.id)),
            }
        )
    return keys, rows


def _light(said: Voice, light: TaskLight | None) -> Row:
    """The light in words, and the targets with their confirmed figures."""
    if light is None:
        return {}
    good = said.plain("lights.word_made_good") if light.made_good else ""
    return {"light": word(said, light.light) + good, "targets": explained(said, light)}


def _task(said: Voice, task: Task) -> Row:
    comma = said.plain("terms.comma")
    lead = task.units(Part.LEAD) or task.units(Part.RESPONSIBLE)
    return {
        "ref": task.ref,
        "leader": heads(said, task),
        "content": task.content,
        "lead": comma.join(unit.name for unit in lead),
        "co": comma.join(unit.name for unit in task.units(Part.CO)),
        "frequency": terms.frequency(said, task.frequency),
        "task_due": task.due.isoformat() if task.due else task.due_text,
    }


def _plan_state(said: Voice, owed: Sequence[Obligation], found: Facts) -> str:
    plans = [o for o in owed if o.kind is Kind.PLAN]
    return said.plain("terms.comma").join(said.plain(f"export.{standing(o, found.day)}") for o in plans)


def _plans(said: Voice, office: Office, found: Facts) -> tuple[Sequence[str], list[Row]]:
    plans = [o for o in found.obligations if o.kind is Kind.PLAN]
    standing_now = {o.id: found.latest(o.id) for o in plans}
    months = sorted({month for report in standing_now.values() if report for month in report.months})
    keys = ["ref", "leader", "unit", "content", "state", "due", "goal", *(f"month_{m}" for m in months)]
    keys += ["notes", "version", "at", "who", "files"]
    rows = []
    for o in plans:
        report = standing_now[o.id]
        row = {**_owed(said, o, found), "goal": "", "notes": ""}
        if report:
            row |= {"goal": report.goal, "notes": report.text, **_handed_in(office, report)}
            row |= {f"month_{month}": brief for month, brief in report.months.items()}
        rows.append(row)
    return keys, rows


def _owed(said: Voice, o: Obligation, found: Facts) -> Row:
    return {
        "ref": o.ref,
        "leader": leader_name(said, o.leader),
        "unit": o.unit,
        "content": o.content,
        "asks": o.asks,
        "what": terms.what(said, o),
        "state": said.plain(f"export.{standing(o, found.day)}"),
        "due": o.due.isoformat(),
        "agreed": o.agreed.isoformat() if o.agreed else "",
    }


def _handed_in(office: Office, report: Report) -> Row:
    return {
        "version": report.version,
        "at": _time(office, report.at),
        "who": report.person,
        "files": ", ".join(str(file["name"]) for file in report.files),
    }


def _reports(said: Voice, office: Office, found: Facts) -> tuple[Sequence[str], list[Row]]:
    """Every version of every report, and the items for which none came."""
    keys = (
        "ref",
        "leader",
        "unit",
        "content",
        "what",
        "asks",
        "due",
        "agreed",
        "state",
        "version",
        "at",
        "who",
        "text",
        "files",
    )
    rows = []
    for o in found.obligations:
        if o.kind is Kind.PLAN:
            continue
        versions = found.reports.get(o.id, ())
        if not versions and not o.current(found.day):
            continue
        for report in versions:
            row = {**_owed(said, o, found), "text": report.text, **_handed_in(office, report)}
            if report.withdrawn_at:
                row["state"] = said.plain("export.withdrawn")
            rows.append(row)
        if not versions:
            rows.append(_owed(said, o, found))
    return keys, rows


def _history(said: Voice, office: Office, found: Facts) -> tuple[Sequence[str], list[Row]]:
    keys = ("at", "who", "event", "subject", "details")
    known = said.keys()
    rows = []
    for event in found.events:
        name = f"export.event_{event.what}"
        subject = f"{event.subject} {event.subject_id}"
        if event.subject == "task":
            subject = (found.refs or {}).get(event.subject_id, subject)
        rows.append(
            {
                "at": _time(office, event.at),
                "who": event.person or said.plain("tasks.system"),
                "event": said.plain(name) if name in known else event.what,
                "subject": subject,
                "details": json.dumps(event.data, ensure_ascii=False, default=str) if event.data else "",
            }
        )
    return keys, rows


def everything_message(said: Voice, day: str, data: dict[str, Any]) -> Message:
    rows = sum(len(table) for table in data["tables"].values())
    text = said("export.all_ready", tables=len(data["tables"]), rows=rows)
    return Message(text, paper=Paper("office.json", everything_name(said, day), packed(data)))


def everything_name(said: Voice, day: str) -> str:
    return said.plain("export.all_file", day=day)


def everything_data(office: Office, at: Any, tables: dict[str, Any]) -> dict[str, Any]:
    """Everything of an office: `tables` are {name: [rows]}, moments in UTC."""
    return {"format": "duban-office", "version": 1, "office": office.name, "at": at.isoformat(), "tables": tables}
