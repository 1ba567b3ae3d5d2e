"""Knows how handing in a report reads: the confirmation, the choice of task, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.cases.report import Stored
from core.rules.lights import Understood
from core.rules.obligations import Obligation
from core.rules.reports import Pending
from core.rules.tasks import short
from core.words import figures, terms
from core.words.html import bold, folded, lines, quote
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.tasks import report_text
from core.words.voice import Voice

PAGE = 8
_LONG = 300
"""Characters from which a quotation is folded."""


def stored_message(
    said: Voice,
    stored: Sequence[Stored],
    left: int,
    changed: bool = False,
    read: Mapping[int, Sequence[Understood]] | None = None,
) -> Message:
    """Names task, period and what was stored, one block per task, each with the figures `read` in it."""
    read = read or {}
    key = "report.changed" if changed else "report.stored"
    rows: list[object] = [bold(said(key, n=len(stored)))]
    for item in stored:
        o, report = item.obligation, item.report
        text = report_text(said, report)
        unit = said.plain("report.unit", unit=o.unit)
        rows.append(
            said(
                "report.stored_item",
                ref=o.ref,
                content=short(o.asks or o.content, 16),
                what=terms.what(said, o),
                version=report.version,
                unit=unit,
            )
        )
        rows.append(folded(text) if len(text) > _LONG else quote(text))
        rows += figures.rows(said, read.get(report.id, ()))
    if left:
        rows.append(said("report.left", n=left))
    seen = [u for item in stored for u in read.get(item.report.id, ())]
    buttons = figures.buttons(said, seen, stored[0].report.id) if stored else []
    if len(stored) == 1:
        report = stored[0].report
        buttons.append(
            (
                Button(said.plain("report.withdraw"), f"undo:{report.id}"),
                Button(said.plain("report.move"), f"move:{report.id}:0"),
            )
        )
        rows.append(said("report.correct"))
    else:
        buttons += [
            (Button(said.plain("report.withdraw_one", ref=item.obligation.ref), f"undo:{item.report.id}"),)
            for item in stored[:8]
        ]
    return Message(lines(*rows), tuple(buttons))


def choice_message(
    said: Voice,
    pending: Pending,
    choices: Sequence[Obligation],
    today: date,
    page: int,
    why: str,
    scan: bool = False,
) -> Message:
    """Which task is this for? Nothing typed is dropped: the text is kept until somebody chooses."""
    shown, page, pages = paged(choices, page, PAGE)
    text = (
        short(pending.text, 40)
        if pending.text
        else said.plain("report.files", n=len(pending.files), names=", ".join(f["name"] for f in pending.files))
    )
    rows: list[object] = [said(f"report.{why}"), quote(text)]
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                terms.label(said, o, today),
                f"pick:{pending.id}:{o.id}",
            ),
        )
        for o in shown
    ]
    buttons += turning(said, f"picks:{pending.id}", page, pages)
    if scan:
        buttons.append((Button(said.plain("plan_file.scan_of"), f"scan:{pending.id}:0"),))
    buttons.append((Button(said.plain("report.not_a_report"), f"pick:{pending.id}:0"),))
    return Message(lines(*rows), tuple(buttons))


def scan_message(said: Voice, pending_id: int, plans: Sequence[Obligation], page: int) -> Message:
    """Which plan a photo or scan belongs to."""
    shown, page, pages = paged(plans, page, PAGE)
    buttons: list[tuple[Button, ...]] = [(Button(terms.label(said, o), f"pick:{pending_id}:{o.id}"),) for o in shown]
    buttons += turning(said, f"scan:{pending_id}", page, pages)
    return Message(said("plan_file.scan_which"), tuple(buttons))


def move_message(said: Voice, report_id: int, choices: Sequence[Obligation], page: int) -> Message:
    shown, page, pages = paged(choices, page, PAGE)
    buttons: list[tuple[Button, ...]] = [(Button(terms.label(said, o), f"moveto:{report_id}:{o.id}"),) for o in shown]
    buttons += turning(said, f"move:{report_id}", page, pages)
    return Message(said("report.move_where" if choices else "report.move_nowhere"), tuple(buttons))


def withdrawn_message(said: Voice, o: Obligation, today: date) -> Message:
    what = terms.what(said, o)
    if o.open:
        late = terms.late(said, o, today)
        text = said("report.withdrawn_open", ref=o.ref, what=what, due=terms.due(said, o), late=late)
    else:
        text = said("report.withdrawn_back", ref=o.ref, what=what)
    return Message(text)


def fill_message(said: Voice, o: Obligation, today: date) -> Message:
    """Asks for the text of one report; the answer may be a plain reply."""
    return Message(
        lines(
            bold(said("report.fill", ref=o.ref, what=terms.what(said, o))),
            quote(o.asks or o.content),
            said("report.fill_how", due=terms.due(said, o), late=terms.late(said, o, today)),
        )
    )


def open_message(said: Voice, owed: Sequence[Obligation], today: date, page: int) -> Message:
    """What this person could hand in now."""
    shown, page, pages = paged(owed, page, PAGE)
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                terms.label(said, o, today),
                f"plan:{o.id}" if o.kind == "plan" else f"fill:{o.id}",
            ),
        )
        for o in shown
    ]
    buttons += turning(said, "fills", page, pages)
    return Message(said("report.open", n=len(owed)), tuple(buttons))
