"""Knows how the correction of a draft reads: one task beside its clause, the units, the questions for a value."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from core.rules.notice.left_out import together
from core.rules.notice.model import Notice, heads_of
from core.rules.notice.review import COLUMNS, cells_of
from core.rules.tasks import NoticeCard, short
from core.words import terms
from core.words.html import Html, bold, cut, folded, lines
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.places import place
from core.words.voice import Voice

UNITS_PAGE = 12
INTO_PAGE = 8
"""Tasks on one page that another may go into."""

OUT_PAGE = 9
"""Left out ones on one page."""

MERGED = 3
"""Mergings that the task's own card offers to take back; the list of what is left out has them all."""

OFFERED = 12
"""Units of a task that are offered as buttons for its lead."""


def mark(name: str) -> str:
    """A short stable name of a task's ref or of a unit, for buttons."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def task_message(said: Voice, card: NoticeCard, task: dict[str, Any]) -> Message:
    """What was read of one task, the source's own words below it, with those of what was merged into it."""
    own = mark(task["ref"])
    merged = [each for each in card.reading.get("left_out") or () if each["into"] == task["ref"]]
    rows = _facts(said, card, task)
    for each in (task, *(entry["task"] for entry in merged)):
        if clause := each.get("clause"):
            rows += [said("correction.source", place=place(said, each.get("place") or {}, each["lines"][0]))]
            rows += [folded(clause)]

    def button(what: str) -> Button:
        return Button(said.plain(f"correction.do_{what}"), f"fix:ask:{card.id}:{what}:{own}")

    return Message(
        lines(*rows),
        (
            (button("lead"), button("co")),
            (button("due"), button("content")),
            (
                button("split"),
                Button(said.plain("correction.do_merge"), f"fix:into:{card.id}:{own}:{_around(card, task)}"),
            ),
            (button("drop"),),
            *(_take_in(said, card, each, "correction.do_unmerge") for each in merged[:MERGED]),
            (Button(said.plain("correction.to_list"), f"draft_list:{card.id}:{page_of(card, task['ref'])}"),),
        ),
    )


def _facts(said: Voice, card: NoticeCard, task: dict[str, Any]) -> list[object]:
    leaders = [f"{x['name']}{x['title']}" for x in heads_of(card.reading, task)]
    comma = said.plain("terms.comma")
    due = terms.day(said, date.fromisoformat(task["due"])) if task.get("due") else said.plain("correction.no_due")
    return [
        bold(said("correction.task", ref=task["ref"], leader=comma.join(leaders))),
        cut(task["content"], 600),
        said("correction.lead", names=comma.join(task["lead"]) or said.plain("intake.no_lead")),
        said("correction.co", names=comma.join(task["co"])) if task["co"] else None,
        said("correction.responsible", names=comma.join(task["responsible"])) if task["responsible"] else None,
        said("correction.due", due=f"{task['due'][:4]} {due}{_early(said, card, task)}" if task.get("due") else due),
    ]


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


def into_message(said: Voice, card: NoticeCard, task: dict[str, Any], page: int) -> Message:
    """The question into which task another goes: all the others, in the order of the notice."""
    own = mark(task["ref"])
    shown, page, pages = paged(_others(card, task), page, INTO_PAGE)
    buttons = [
        (Button(fit_label(f"{each['ref']} {each['content']}"), f"fix:with:{card.id}:{own}:{mark(each['ref'])}"),)
        for each in shown
    ]
    rows = [*buttons, *turning(said, f"fix:into:{card.id}:{own}", page, pages)]
    back = (Button(said.plain("intake.back"), f"fix:t:{card.id}:{own}"),)
    text = lines(said("correction.ask_merge", ref=task["ref"]), folded(cut(task["content"], 300)))
    return Message(text, (*rows, back))


def merge_message(said: Voice, card: NoticeCard, task: dict[str, Any], target: dict[str, Any]) -> Message:
    """What becomes of units, date and words of both, before it is done."""
    notice = Notice.from_json(card.reading)
    made = together(notice.task(target["ref"]), notice.task(task["ref"]))
    shown = next(t for t in replace(notice, tasks=(made,)).to_json()["tasks"])
    own = mark(task["ref"])
    head = said("correction.merge_head", ref=task["ref"], into=target["ref"])
    rows = [head, *_facts(said, card, shown), said("correction.merge_rule", ref=task["ref"], into=target["ref"])]
    return Message(
        lines(*rows),
        (
            (Button(said.plain("correction.yes_merge"), f"fix:merge:{card.id}:{own}:{mark(target['ref'])}"),),
            (Button(said.plain("intake.back"), f"fix:into:{card.id}:{own}:{_around(card, task)}"),),
        ),
    )


def left_out_message(said: Voice, card: NoticeCard, page: int, back: str = "") -> Message:
    """What is not on the list, each to be taken in again. `back`: "r" leads back to the differences of a revision."""
    shown, page, pages = paged(card.reading.get("left_out") or [], page, OUT_PAGE)
    rows = [left_out_row(said, each) for each in shown]
    buttons = [_take_in(said, card, each, "correction.do_in", back)[0] for each in shown]
    chosen = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    turn = turning(said, lambda number: f"fix:out:{card.id}:{number}:{back}", page, pages)
    home = Button(said.plain("intake.back"), f"rev:{card.id}:0" if back else f"draft_list:{card.id}:0")
    head = said("correction.left_out", n=len(card.reading.get("left_out") or []))
    return Message(lines(head, *rows), (*chosen, *turn, (home,)))


def left_out_button(said: Voice, card: NoticeCard, back: str = "") -> tuple[Button, ...]:
    """The way to what is not on the list; nothing where everything is."""
    n = len(card.reading.get("left_out") or ())
    return (Button(said.plain("correction.see_left_out", n=n), f"fix:out:{card.id}:0:{back}"),) if n else ()


def left_out_row(said: Voice, entry: dict[str, Any]) -> Html:
    """One thing that is not on the list, and why."""
    task = entry["task"]
    why = said.plain("correction.out_merged" if entry["into"] else "correction.out_none", into=entry["into"] or "")
    where = place(said, task.get("place") or {}, task["lines"][0])
    return said("correction.out_row", ref=task["ref"], content=short(task["content"], 40), why=why, place=where)


def left_out_mark(entry: dict[str, Any]) -> str:
    """A short stable name for buttons."""
    return mark(f"{entry['task']['ref']} {entry['task']['content']}")


def take_in_button(said: Voice, card: NoticeCard, entry: dict[str, Any], back: str = "") -> Button:
    return _take_in(said, card, entry, "correction.do_in", back)[0]


def _take_in(said: Voice, card: NoticeCard, entry: dict[str, Any], key: str, back: str = "") -> tuple[Button, ...]:
    label = fit_label(said.plain(key, ref=entry["task"]["ref"]))
    return (Button(label, f"fix:in:{card.id}:{left_out_mark(entry)}:{back}"),)


def _others(card: NoticeCard, task: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in card.reading["tasks"] if each["ref"] != task["ref"]]


def _around(card: NoticeCard, task: dict[str, Any]) -> int:
    """The page of the other tasks on which its neighbours stand."""
    place = next((n for n, each in enumerate(card.reading["tasks"]) if each["ref"] == task["ref"]), 0)
    return max(0, place - 1) // INTO_PAGE


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
    notice = Notice.from_json(card.reading)
    leaders = {x["ordinal"]: f"{x['name']}{x['title']}" for x in card.reading["leaders"]}
    widths = {"ref": 8, "leader": 14, "content": 50, "lead": 20, "co": 30, "responsible": 20, "due": 12, "place": 14}
    rows = [
        {
            **cells_of(task),
            "leader": said.plain("terms.comma").join(
                leaders[n] for n in dict.fromkeys([task.leader or 0, *task.leaders]) if n in leaders
            ),
            "place": place(said, task.place, task.lines[0]),
            "clause": "\n".join([task.clause, *(e.task.clause for e in notice.left_out if e.into == task.ref)]),
        }
        for task in notice.tasks
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
