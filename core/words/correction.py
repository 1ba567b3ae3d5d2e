"""Knows how the correction of a draft reads: one task beside its clause, the units, the questions for a value."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from typing import Any

from core.rules.notice.model import Notice, heads_of
from core.rules.notice.review import COLUMNS, cells_of
from core.rules.tasks import NoticeCard
from core.words import terms
from core.words.html import bold, cut, folded, lines
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.places import place
from core.words.voice import Voice

UNITS_PAGE = 12
OFFERED = 12
"""Units of a task that are offered as buttons for its lead."""


def mark(name: str) -> str:
    """A short stable name of a task's ref or of a unit, for buttons."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def task_message(said: Voice, card: NoticeCard, task: dict[str, Any]) -> Message:
    """What was read of one task, the source's own words below it."""
    leaders = [f"{x['name']}{x['title']}" for x in heads_of(card.reading, task)]
    comma = said.plain("terms.comma")
    own = mark(task["ref"])
    clause = task.get("clause") or ""
    due = terms.day(said, date.fromisoformat(task["due"])) if task.get("due") else said.plain("correction.no_due")
    rows = [
        bold(said("correction.task", ref=task["ref"], leader=said.plain("terms.comma").join(leaders))),
        cut(task["content"], 600),
        said("correction.lead", names=comma.join(task["lead"]) or said.plain("intake.no_lead")),
        said("correction.co", names=comma.join(task["co"])) if task["co"] else None,
        said("correction.responsible", names=comma.join(task["responsible"])) if task["responsible"] else None,
        said("correction.due", due=f"{task['due'][:4]} {due}{_early(said, card, task)}" if task.get("due") else due),
        said("correction.source", place=place(said, task.get("place") or {}, task["lines"][0])) if clause else None,
        folded(clause) if clause else None,
    ]

    def button(what: str) -> Button:
        return Button(said.plain(f"correction.do_{what}"), f"fix:ask:{card.id}:{what}:{own}")

    return Message(
        lines(*rows),
        (
            (button("lead"), button("co")),
            (button("due"), button("content")),
            (button("split"), button("drop")),
            (Button(said.plain("correction.to_list"), f"draft_list:{card.id}:{page_of(card, task['ref'])}"),),
        ),
    )


def _early(said: Voice, card: NoticeCard, task: dict[str, Any]) -> str:
    """A word about a deadline before the notice's own date."""
    issued = card.reading.get("issued_on")
    return said.plain("correction.before_issue") if issued and task["due"] < issued else ""


def page_of(card: NoticeCard, ref: str) -> int:
    """The page of the list of tasks on which it stands."""
    return next((n // 15 for n, task in enumerate(card.reading["tasks"]) if task["ref"] == ref), 0)


def ask_message(said: Voice, card: NoticeCard, what: str, task: dict[str, Any]) -> Message:
    """The question for a new value; for a lead the task's units as buttons."""
    own = mark(task["ref"])
    buttons: list[tuple[Button, ...]] = []
    if what == "lead":
        names = [n for n in (*task["responsible"], *task["co"], *task["lead"]) if (n,) != tuple(task["lead"])]
        buttons = [
            (Button(fit_label(name), f"fix:lead:{card.id}:{own}:{mark(name)}"),)
            for name in names[:OFFERED]
            if name not in task["groups"]
        ]
    if what == "drop":
        buttons = [(Button(said.plain("correction.yes_drop"), f"fix:drop:{card.id}:{own}"),)]
    buttons.append((Button(said.plain("intake.back"), f"fix:t:{card.id}:{own}"),))
    now = said.plain("terms.comma").join(task["co"] or task["responsible"])
    shown = {"co": now, "content": cut(task["content"], 800), "split": cut(task["content"], 800)}.get(what, "")
    return Message(
        lines(said(f"correction.ask_{what}", ref=task["ref"]), folded(shown) if shown else None), tuple(buttons)
    )


def units_message(said: Voice, card: NoticeCard, page: int) -> Message:
    """All units as read with the number of their tasks; pressing one corrects its name."""
    count: Counter[str] = Counter()
    for task in card.reading["tasks"]:
        count.update({*task["lead"], *task["co"], *task["responsible"]})
    units = [unit["name"] for unit in card.reading["units"]]
    shown, page, pages = paged(units, page, UNITS_PAGE)
    buttons = [(Button(fit_label(f"{name} {count[name]}"), f"fix:u:{card.id}:{mark(name)}"),) for name in shown]
    rows = [*buttons, *turning(said, f"fix:units:{card.id}", page, pages)]
    back = (Button(said.plain("intake.back"), f"draft:{card.id}"),)
    return Message(said("correction.units", n=len(units), page=page + 1, pages=pages), (*rows, back))


def unit_message(said: Voice, card: NoticeCard, name: str) -> Message:
    """Where the unit stands, and the question for its right name."""
    refs = [t["ref"] for t in card.reading["tasks"] if name in (*t["lead"], *t["co"], *t["responsible"])]
    shown = said.plain("terms.comma").join(refs[:20]) + ("…" if len(refs) > 20 else "")
    back = (Button(said.plain("intake.back"), f"fix:units:{card.id}:0"),)
    return Message(lines(bold(name), said("correction.ask_unit", n=len(refs), refs=shown)), (back,))


def sheet_message(said: Voice, card: NoticeCard) -> Message:
    """The reading as a sheet to be edited and sent back; its mark says which draft it belongs to."""
    leaders = {x["ordinal"]: f"{x['name']}{x['title']}" for x in card.reading["leaders"]}
    widths = {"ref": 8, "leader": 14, "content": 50, "lead": 20, "co": 30, "responsible": 20, "due": 12, "place": 14}
    rows = [
        {
            **cells_of(task),
            "leader": said.plain("terms.comma").join(
                leaders[n] for n in dict.fromkeys([task.leader or 0, *task.leaders]) if n in leaders
            ),
            "place": place(said, task.place, task.lines[0]),
            "clause": task.clause,
        }
        for task in Notice.from_json(card.reading).tasks
    ]
    data = {
        "title": said.plain("correction.sheet_title", title=card.title),
        "notes": [said.plain("correction.sheet_mark", id=card.id), said.plain("correction.sheet_note")],
        "columns": [
            {"key": key, "label": said.plain(f"correction.col_{key}"), "width": widths.get(key, 60)} for key in COLUMNS
        ],
        "rows": rows,
        "lang": said.lang,
    }
    return Message(said("correction.sheet_ready"), paper=Paper("table.xlsx", said.plain("correction.sheet_name"), data))


def plan_message(said: Voice, card: NoticeCard) -> Message:
    return Message(said("correction.ask_plan"), ((Button(said.plain("intake.back"), f"draft:{card.id}"),),))
