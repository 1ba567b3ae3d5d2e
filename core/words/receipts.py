"""Knows how receipts read: the one reminder, and the office's list."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.office import Office
from core.rules.receipts import Receipts, UnitReceipt
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 25
"""Units on one screen of a phone."""


def reminder_message(said: Voice, notice_id: int, tasks: int) -> Message:
    buttons = (
        Button(said.plain("tasks.receipt"), f"receipt:{notice_id}"),
        Button(said.plain("help.key_tasks"), "tasks:new"),
    )
    return Message(said("receipts.reminder", n=tasks), (buttons,))


def receipts_message(said: Voice, office: Office, receipts: Receipts, page: int = 0) -> Message:
    """Those who have not confirmed first, then those who have, a page at a time."""
    ordered = [*receipts.missing, *receipts.confirmed]
    shown, page, pages = paged(ordered, page, PAGE)
    head: list[object] = [
        bold(said("receipts.title", title=receipts.card.title)),
        said("receipts.counts", done=len(receipts.confirmed), all=len(ordered), missing=len(receipts.missing)),
    ]
    if not receipts.missing:
        head.append(said("receipts.all_done"))
    turn = turning(said, f"receipts:{receipts.card.id}", page, pages)
    return Message(lines(*head, *(_row(said, office, row) for row in shown)), turn)


def choose_message(said: Voice, all_of_them: Sequence[Receipts]) -> Message:
    rows = tuple(
        (Button(each.card.title[:40] or each.card.number, f"receipts:{each.card.id}:0"),) for each in all_of_them
    )
    return Message(said("receipts.choose"), rows)


def _row(said: Voice, office: Office, row: UnitReceipt) -> Html:
    if row.at:
        return said("receipts.done", unit=row.unit.name, who=row.by, at=terms.moment(said, office.local(row.at)))
    if not row.joined:
        return said("receipts.nobody", unit=row.unit.name)
    if row.reminded_at:
        day = terms.day(said, office.local(row.reminded_at).date(), weekday=False)
        return said("receipts.reminded", unit=row.unit.name, day=day)
    return said("receipts.waiting", unit=row.unit.name)
