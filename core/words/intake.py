"""Knows how the taking of a notice reads: what was found, questions, confirmation, outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.rules.refs import marked
from core.rules.tasks import NoticeCard, short
from core.words import terms
from core.words.closing import told_apart
from core.words.column import can_be_said, columns_button, question_buttons, question_samples
from core.words.correction import left_out_button, mark
from core.words.html import Html, bold, lines, quote
from core.words.message import Button, Message, fit_label
from core.words.paging import paged, turning
from core.words.people import kept_row
from core.words.places import place
from core.words.voice import Voice


def question_id(question: dict[str, Any]) -> str:
    """A short stable name of a question that fits into a button."""
    return hashlib.sha256(question["key"].encode()).hexdigest()[:10]


def questions_of(reading: dict[str, Any]) -> list[dict[str, Any]]:
    """Every open question: those about the paper, then those about single tasks."""
    return [*reading["questions"], *(q for task in reading["tasks"] for q in task["questions"])]


def _facts(said: Voice, card: NoticeCard) -> list[Html]:
    reading = card.reading
    groups = [unit for unit in reading["units"] if unit["kind"] == "group"]
    leads = {name for task in reading["tasks"] for name in task["lead"]}
    comma = said.plain("terms.comma")
    rows = [
        bold(said("intake.title", title=card.title or said.plain("intake.untitled"))),
        said(
            "intake.counts" if reading["leaders"] else "intake.counts_alone",
            leaders=len(reading["leaders"]),
            tasks=len(reading["tasks"]),
            units=len(reading["units"]),
            leads=len(leads),
        ),
    ]
    if groups:
        rows.append(said("intake.groups", names=comma.join(unit["name"] for unit in groups)))
    for item in reading["submissions"]:
        if item.get("due"):
            rows.append(
                said(
                    "intake.due",
                    what=item["what"],
                    due=terms.day(said, date.fromisoformat(item["due"])),
                    year=item["due"][:4],
                )
            )
    if not card.plan_due:
        rows.append(said("intake.no_due"))
    if reading["frequencies"]:
        rows.append(
            said("intake.frequencies", names=comma.join(said.plain(f"terms.{f}") for f in reading["frequencies"]))
        )
    return rows


def _leaders(said: Voice, reading: dict[str, Any]) -> Html:
    count: dict[int, int] = {}
    for task in reading["tasks"]:
        count[task["leader"]] = count.get(task["leader"], 0) + 1
    comma = said.plain("terms.comma")
    return said(
        "intake.leaders",
        names=comma.join(
            f"{leader['name']}{leader.get('title') or ''} {count.get(leader['ordinal'], 0)}"
            for leader in reading["leaders"]
        ),
    )


def draft_message(said: Voice, card: NoticeCard) -> Message:
    """What was read, and what to press: questions first, then confirm."""
    questions = questions_of(card.reading)
    rows: list[object] = [*_facts(said, card)]
    if card.reading["leaders"]:
        rows.append(_leaders(said, card.reading))
    buttons: list[tuple[Button, ...]] = []
    if questions:
        rows.append(said("intake.questions", n=len(questions)))
        buttons.append((Button(said.plain("intake.see_questions", n=len(questions)), f"question:{card.id}:0"),))
    else:
        rows.append(said("intake.no_questions"))
    plan = "correction.change_plan" if card.plan_due else "correction.set_plan"
    buttons.append((Button(said.plain("intake.list"), f"draft_list:{card.id}:0"), *left_out_button(said, card)))
    buttons.append(
        (
            Button(said.plain("correction.see_units"), f"fix:units:{card.id}:0"),
            Button(said.plain(plan), f"fix:plan:{card.id}"),
        )
    )
    if card.revises:
        rows.append(said("revision.looks", title=short(card.title or card.number, 40)))
        buttons.append((Button(said.plain("revision.button"), f"rev:{card.id}:0"),))
    buttons.append((*columns_button(said, card), Button(said.plain("rehearse.button"), f"reh:home:d{card.id}")))
    confirm = "revision.as_new" if card.revises else "intake.confirm"
    buttons.append(
        (
            Button(said.plain(confirm), f"confirm:{card.id}:0"),
            Button(said.plain("intake.discard"), f"discard:{card.id}:0"),
        )
    )
    return Message(lines(*rows), tuple(buttons))


def list_message(said: Voice, card: NoticeCard, page: int) -> Message:
    """The tasks as read, a leader's worth at a time, for checking against the paper."""
    tasks = card.reading["tasks"]
    size = 15
    shown, page, pages = paged(tasks, page, size)
    rows = []
    for task in shown:
        lead = said.plain("terms.comma").join(task["lead"] or task["responsible"]) or said.plain("intake.no_lead")
        rows.append(
            said(
                "intake.row",
                ref=task["ref"],
                content=short(task["content"], 16),
                lead=lead,
                more=len(task["co"]),
                place=place(said, task.get("place") or {}, task["lines"][0]),
            )
        )
    refs = [Button(fit_label(task["ref"], 6), f"fix:t:{card.id}:{mark(task['ref'])}") for task in shown]
    chosen = tuple(tuple(refs[at : at + 5]) for at in range(0, len(refs), 5))
    turn = turning(said, f"draft_list:{card.id}", page, pages)
    foot = (
        Button(said.plain("correction.sheet"), f"fix:sheet:{card.id}"),
        Button(said.plain("intake.back"), f"draft:{card.id}"),
    )
    buttons = tuple(row for row in (*chosen, *turn, left_out_button(said, card), foot) if row)
    return Message(lines(said("intake.list_head", n=len(tasks), page=page + 1, pages=pages), *rows), buttons)


def question_message(said: Voice, card: NoticeCard, position: int) -> Message:
    """One question with its line and reason; its choices as buttons."""
    questions = questions_of(card.reading)
    if not questions:
        return draft_message(said, card)
    position %= len(questions)
    question = questions[position]
    name, of_column = question_id(question), can_be_said(question)
    rows: list[object] = [
        bold(
            said(
                "intake.question",
                n=position + 1,
                all=len(questions),
                place=place(said, question.get("place") or {}, question["line"]),
                ref=question.get("ref") or "",
            )
        ),
        _asked(said, question),
        *(question_samples(said, question) if of_column else ()),
    ]
    about = next((task for task in card.reading["tasks"] if task["ref"] == question.get("ref")), None)
    if about:
        rows.append(quote(short(about.get("clause") or about["content"], 300)))
    buttons: list[tuple[Button, ...]] = [
        (Button(_choice(said, question, option)[:40], f"answer:{card.id}:{name}:{number}"),)
        for number, option in enumerate(question.get("options") or ())
    ]
    if of_column:
        buttons = list(question_buttons(said, question, f"answer:{card.id}:{name}"))
    if not question.get("options"):
        rows.append(said("intake.type_answer"))
    row = [] if of_column else [Button(said.plain("intake.as_is"), f"answer:{card.id}:{name}:ok")]
    if len(questions) > 1:
        row.append(Button(said.plain("intake.skip"), f"question:{card.id}:{position + 1}"))
    row.append(Button(said.plain("intake.back"), f"draft:{card.id}"))
    return Message(lines(*rows), (*buttons, tuple(row)))


def _asked(said: Voice, question: dict[str, Any]) -> Html | str:
    """In the language of whoever reads it; as it was written then, where an earlier version kept less than is said now."""
    try:
        values = {"ref": question["ref"] or "", "line": question["line"], **question["values"]}
        return said(f"notice.q_{question['kind']}", **values)
    except KeyError:
        return str(question["text"])


def _choice(said: Voice, question: dict[str, Any], option: str) -> str:
    """Units and dates stand as on paper; the one choice in words is said in the reader's language."""
    return said.plain("notice.option_first") if question["kind"] == "no_lead" else option


def early_of(card: NoticeCard) -> list[str]:
    """The refs of tasks whose deadline lies before the notice's own date."""
    issued = card.reading.get("issued_on") or ""
    return [task["ref"] for task in card.reading["tasks"] if task.get("due") and task["due"] < issued]


def sure_message(said: Voice, card: NoticeCard, action: str, today: date) -> Message:
    """Asks once more, with what would surprise: questions left open, plans that would be late at once."""
    yes = Button(said.plain(f"intake.yes_{action}"), f"{action}:{card.id}:1")
    back = Button(said.plain("intake.back"), f"draft:{card.id}")
    if action == "discard":
        return Message(said("intake.sure_discard"), ((yes, back),))
    questions = len(questions_of(card.reading))
    rows: list[object] = [said("intake.sure_confirm")]
    if questions:
        rows.append(said("intake.sure_questions", n=questions))
    early = early_of(card)
    if early:
        shown = said.plain("terms.comma").join(early[:12]) + ("…" if len(early) > 12 else "")
        rows.append(said("intake.sure_early", n=len(early), refs=shown))
    if not card.late_already(today):
        return Message(lines(*rows), ((yes, back),))
    assert card.plan_due is not None
    due = terms.full_day(said, card.plan_due)
    rows.append(said("intake.sure_late", due=due, days=(today - card.plan_due).days))
    change = Button(said.plain("correction.change_plan"), f"fix:plan:{card.id}")
    return Message(lines(*rows), ((change,), (yes, back)))


def confirmed_message(
    said: Voice,
    card: NoticeCard,
    told: int,
    later: str,
    missing: Sequence[str],
    leads: int,
    kept: tuple[int, Sequence[str]] | None = None,
) -> Message:
    """The outcome: who was told, when, and which lead units nobody can be told of. `kept`: see people.kept_row."""
    rows: list[object] = [bold(said("intake.confirmed", tasks=len(card.reading["tasks"]), leads=leads))]
    rows.append(said("intake.told_later" if later else "intake.told", n=told, later=later))
    if row := kept_row(said, kept):
        rows.append(row)
    if card.mark:
        first = marked(card.mark, card.reading["tasks"][0]["ref"])
        rows.append(said("naming.numbered", mark=card.mark, ref=first))
    if card.plan_due is None:
        rows.append(said("intake.no_due"))
    unowned = [task["ref"] for task in card.reading["tasks"] if not task["lead"]]
    if unowned:
        rows.append(said("intake.unowned", n=len(unowned), refs="、".join(unowned[:12])))
    buttons: tuple[tuple[Button, ...], ...] = ()
    if missing:
        names = said.plain("terms.comma").join(missing[:8]) + ("…" if len(missing) > 8 else "")
        rows.append(said("intake.missing", n=len(missing), names=names))
        buttons = ((Button(said.plain("people.invite_missing"), "invites:missing"),),)
    return Message(lines(*rows), buttons)


def notices_message(
    said: Voice, cards: Sequence[NoticeCard], rows: Sequence[Html], closed: Sequence[NoticeCard] = ()
) -> Message:
    """Those in force with how they stand; each, and those closed last, opens as a page of its own."""
    buttons = [(Button(said.plain("receipts.list"), f"receipts:{card.id}:0"),) for card in cards]
    for key, shown in (("closing.page", cards), ("closing.page_closed", closed[:5])):
        names = [(card.id, told_apart(said, card)) for card in shown]
        buttons += [(Button(fit_label(said.plain(key, title=name)), f"nt:c:{number}"),) for number, name in names]
    return Message(lines(*rows) if cards else said("tasks.no_notice"), tuple(buttons))
