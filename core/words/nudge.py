"""Knows how a reminder reads: all that one person owes, soonest first, numbered for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.obligations import Kind, Obligation
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message
from core.words.voice import Voice

LISTED = 30
"""Items shown in one message; the rest is in /tasks."""


def numbered(said: Voice, obligations: Sequence[Obligation], today: date, units: bool) -> list[Html]:
    """The items with their numbers, their dates and, for who serves several units, the unit."""
    rows = []
    before: tuple[date, date] | None = None
    for number, o in enumerate(obligations[:LISTED], start=1):
        if (o.due, o.chase) != before:
            # The list is in the order of the dates: a date is said once, above what is due by it.
            rows.append(bold(said.plain("nudge.day", due=terms.due(said, o), late=terms.late(said, o, today))))
        before = o.due, o.chase
        key = "nudge.item_unit" if units else "nudge.item"
        rows.append(said(key, n=number, item=terms.item(said, o), unit=o.unit))
    if len(obligations) > LISTED:
        rows.append(said("nudge.more", n=len(obligations) - LISTED))
    return rows


def nudge_message(
    said: Voice, obligations: Sequence[Obligation], today: date, urged: bool = False, put_off: int = 0
) -> Message:
    """One reminder; `put_off` of its items were held back on the day before. Overdue ones make the title; a single one asks for a plain reply, several for numbered ones."""
    overdue = sum(o.overdue(today) for o in obligations)
    if urged:
        title = said("nudge.urged", n=len(obligations))
    elif overdue:
        title = said("nudge.title_overdue", n=len(obligations), overdue=overdue)
    else:
        title = said("nudge.title", n=len(obligations))
    plans = [o for o in obligations if o.kind is Kind.PLAN]
    how = (
        "nudge.how_plan"
        if len(plans) == len(obligations)
        else "nudge.how_one"
        if len(obligations) == 1
        else "nudge.how"
    )
    rows = numbered(said, obligations, today, units=len({o.unit_id for o in obligations}) > 1)
    buttons: list[tuple[Button, ...]] = []
    if plans:
        buttons.append((Button(said.plain("nudge.fill_plan"), f"plan:{plans[0].id}"),))
    extend = f"extend:{obligations[0].id}" if len(obligations) == 1 else "extends:new"
    buttons.append((Button(said.plain("extension.button"), extend),))
    held = said("nudge.put_off", n=put_off) if put_off else None
    return Message(lines(title, *rows, held, "", said(how)), tuple(buttons))
