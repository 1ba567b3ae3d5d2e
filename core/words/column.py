"""Knows how a column of a draft's table is asked about: its head, some of its cells, what it may hold as buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.rules.notice.column_roles import ROLES, role_of
from core.rules.notice.doubts import OF_COLUMNS
from core.rules.tasks import NoticeCard
from core.words.correction import mark
from core.words.html import Html, lines, quote
from core.words.message import Button, Message, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

_ACROSS = 2
"""Buttons beside each other."""

_PAGE = 9
_HALF = 16
"""Columns of a label that has another one beside it."""


def can_be_said(question: Mapping[str, Any]) -> bool:
    """Whether a question is answered by saying what a column holds."""
    return question["kind"] in OF_COLUMNS and bool(question.get("options"))


def question_samples(said: Voice, question: Mapping[str, Any]) -> list[Html]:
    """What stands in the column that a question is about."""
    return _samples(said, question["values"].get("samples") or ())


def question_buttons(said: Voice, question: Mapping[str, Any], action: str) -> tuple[tuple[Button, ...], ...]:
    """The choices of a question; `action` is what stands before the number of the choice."""
    taken = {"column_text": "content", "column_units": "responsible"}.get(question["kind"])
    return _grid(said, [role_of(option) for option in question["options"]], taken, action)


def columns_button(said: Voice, card: NoticeCard) -> tuple[Button, ...]:
    """Leads to the columns, as long as what they hold can be said."""
    known = _columns(card)
    return (Button(said.plain("column.see", n=len(known)), f"col:l:{card.id}:0"),) if known else ()


def columns_message(said: Voice, card: NoticeCard, page: int = 0) -> Message:
    """The columns that were asked about, and what they hold."""
    shown, page, pages = paged(_columns(card), page, _PAGE)
    rows = [said("column.row", name=column["name"], role=_now(said, column)) for column in shown]
    buttons = [(Button(fit_label(column["name"]), f"col:c:{card.id}:{mark(column['name'])}"),) for column in shown]
    back = (Button(said.plain("intake.back"), f"draft:{card.id}"),)
    return Message(lines(said("column.head"), *rows), (*buttons, *turning(said, f"col:l:{card.id}", page, pages), back))


def column_message(said: Voice, card: NoticeCard, column: Mapping[str, Any]) -> Message:
    """One column, to be said anew."""
    own = mark(column["name"])
    grid = _grid(said, list(ROLES), column["role"] or column["taken"], f"col:s:{card.id}:{own}")
    back = (Button(said.plain("intake.back"), f"col:l:{card.id}:{page_of(card, column['name'])}"),)
    return Message(lines(said("column.ask", name=column["name"]), *_samples(said, column["samples"])), (*grid, back))


def column_marked(card: NoticeCard, own: str) -> dict[str, Any] | None:
    """The column of a button."""
    return next((column for column in _columns(card) if mark(column["name"]) == own), None)


def page_of(card: NoticeCard, name: str) -> int:
    """The page on which a column stands."""
    return next((n // _PAGE for n, column in enumerate(_columns(card)) if column["name"] == name), 0)


def _columns(card: NoticeCard) -> list[dict[str, Any]]:
    return list(card.reading.get("columns") or ()) if card.reading.get("source") else []


def _now(said: Voice, column: Mapping[str, Any]) -> str:
    if column["role"]:
        return said.plain(f"notice.role_{column['role']}")
    if column["taken"]:
        return said.plain("column.taken_as", role=said.plain(f"notice.role_{column['taken']}"))
    return said.plain("column.open")


def _samples(said: Voice, samples: list[str] | tuple[str, ...]) -> list[Html]:
    return [quote(said.plain("column.samples", samples=" ｜ ".join(samples)))] if samples else []


def _grid(said: Voice, roles: list[str], now: str | None, action: str) -> tuple[tuple[Button, ...], ...]:
    cells = [
        Button(fit_label(("✓" if role == now else "") + said.plain(f"notice.role_{role}"), _HALF), f"{action}:{number}")
        for number, role in enumerate(roles)
    ]
    return tuple(tuple(cells[at : at + _ACROSS]) for at in range(0, len(cells), _ACROSS))
