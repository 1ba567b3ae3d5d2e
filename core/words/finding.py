"""Knows what a unit reads of what an inspection found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.obligations import Obligation
from core.rules.tasks import short
from core.words import terms
from core.words.html import cut, lines, quote
from core.words.message import Button, Message
from core.words.voice import Voice

SHOWN = 400
"""Characters of one finding among others in a message; all of it stands in /task."""


def found_message(said: Voice, owed: Sequence[Obligation], today: date) -> Message:
    """What is to be mended by when; the reply to this message is the report of it."""
    several, units = len(owed) > 1, len({o.unit_id for o in owed}) > 1
    rows: list[object] = [said("finding.found", n=len(owed))]
    for number, o in enumerate(owed, start=1):
        key = "finding.row_unit" if units else "finding.row" if several else "finding.row_one"
        rows.append(
            said(key, n=number, ref=o.ref, content=short(o.content, 16), due=terms.due(said, o, True), unit=o.unit)
        )
        rows.append(quote(cut(o.asks, SHOWN if several else 4 * SHOWN)))
    rows.append(said("finding.how" if several else "finding.how_one"))
    extend = f"extend:{owed[0].id}" if not several and owed else "extends:new"
    return Message(lines(*rows), ((Button(said.plain("extension.button"), extend),),))


def changed_message(said: Voice, o: Obligation) -> Message:
    """The words or the date of a finding that the unit knows have changed."""
    head = said("finding.changed", ref=o.ref, content=short(o.content, 16), due=terms.due(said, o, True))
    return Message(lines(head, quote(cut(o.asks, 4 * SHOWN)), said("finding.how_one")))


def withdrawn_message(said: Voice, o: Obligation) -> Message:
    head = said("finding.withdrawn", ref=o.ref, content=short(o.content, 16))
    return Message(lines(head, quote(cut(o.asks, SHOWN))))
