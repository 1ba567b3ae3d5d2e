"""Knows how an answer about a past moment is marked, and which of its buttons still mean something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.rules.dates_past import AsOf
from core.words import terms
from core.words.html import lines
from core.words.message import ACTION_LIMIT, Button, Message
from core.words.voice import Voice

MARK = "@"
"""Stands between a button's action and the moment it is about."""


def moment(said: Voice, asked: AsOf) -> str:
    """2023年4月10日当日 / 2023年4月10日 15:00"""
    day = terms.full_day(said, asked.day)
    if asked.clock is None:
        return said.plain("as_of.day", day=day)
    return said.plain("as_of.moment", day=day, clock=f"{asked.clock:%H:%M}")


def stamped(said: Voice, message: Message, asked: AsOf, past: Callable[[str], bool]) -> Message:
    """The message headed by its moment; its buttons lead to the same moment, those that would change something go.

    `past(action)` says whether a button's handler only reads, so that it can look at the past.
    """
    rows = tuple(
        row
        for cells in message.buttons
        if (row := tuple(kept for cell in cells if (kept := _button(cell, asked, past)) is not None))
    )
    head = said("as_of.head", at=moment(said, asked))
    return replace(message, text=lines(head, message.text), buttons=rows, menu=None, commands=None)


def _button(cell: Button, asked: AsOf, past: Callable[[str], bool]) -> Button | None:
    if cell.url:
        return cell
    action = f"{cell.action}{MARK}{asked.code}"
    if not past(cell.action) or len(action.encode()) > ACTION_LIMIT:
        return None
    return Button(cell.label, action)
