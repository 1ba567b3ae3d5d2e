"""Knows how all that is open at somebody's desk reads: numbered for the answer, with a button for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.obligations import Kind, Obligation
from core.words import terms
from core.words.html import Html
from core.words.message import Button
from core.words.nudge import numbered
from core.words.voice import Voice

PRESSED = 6
"""Items that have a button of their own; the others are in the list that /report shows."""


def open_rows(said: Voice, waiting: Sequence[Obligation], today: date, units: bool) -> list[Html]:
    """The items under their dates, and how to answer; one sentence where nothing is open."""
    if not waiting:
        return [said("desk.nothing")]
    return [*numbered(said, waiting, today, units), said("desk.how")]


def open_buttons(said: Voice, waiting: Sequence[Obligation], today: date) -> tuple[tuple[Button, ...], ...]:
    """A button for each of the first items, and one for the whole list."""
    rows = [
        (Button(terms.label(said, o, today), f"plan:{o.id}" if o.kind is Kind.PLAN else f"fill:{o.id}"),)
        for o in waiting[:PRESSED]
    ]
    if len(waiting) > PRESSED:
        rows.append((Button(said.plain("desk.all", n=len(waiting)), "fills:new"),))
    return tuple(rows)
