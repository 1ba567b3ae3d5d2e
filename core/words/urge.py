"""Knows how urging reads: which units, who would get what, what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.rules.courtesy import UNASKED_PER_DAY, URGE_PAGE
from core.rules.office import Office
from core.rules.overdue import Filters
from core.rules.tasks import short
from core.words import terms
from core.words.html import Html, lines
from core.words.message import Button, Message
from core.words.overdue import turning
from core.words.voice import Voice

LISTED = 12
"""People named in a preview; the rest is a number."""

Row = tuple[str, Sequence[str], int]
"""A person's name, their units, how many items."""


def units_message(said: Voice, units: Sequence[tuple[int, str, int]], filters: Filters, back: Filters) -> Message:
    """The units with something overdue, a page of buttons; the last one is for all of them."""
    page, last = filters.page, max(0, (len(units) - 1) // URGE_PAGE)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("urge.unit", unit=short(name, 24), n=n),
                f"ug:see:{replace(filters, unit=unit_id, page=0).pack()}",
            ),
        )
        for unit_id, name, n in units[page * URGE_PAGE : (page + 1) * URGE_PAGE]
    ]
    if last:
        rows.append(turning(said, "ug:units", filters, page, last + 1))
    if len(units) > 1:
        rows.append((Button(said.plain("urge.all", n=len(units)), f"ug:see:{filters.on(0).pack()}"),))
    rows.append((Button(said.plain("urge.back"), f"od:p:{back.pack()}"),))
    return Message(said("urge.choose"), tuple(rows))


def preview_message(
    said: Voice,
    office: Office,
    sends: Sequence[Row],
    held: Sequence[Row],
    nobody: Sequence[tuple[str, int]],
    at: datetime,
    now: datetime,
    mark: str,
    filters: Filters,
) -> Message:
    """Who would get what; nothing is sent before the button."""
    items = sum(n for _, _, n in sends)
    rows: list[object] = [said("urge.preview", n=len(sends), items=items)]
    rows += _people(said, "urge.row", sends)
    if held:
        rows += [said("urge.held", most=UNASKED_PER_DAY), *_people(said, "urge.row", held)]
    if nobody:
        names = said.plain("terms.comma").join(f"{unit}({n})" for unit, n in nobody[:LISTED])
        rows.append(said("urge.nobody", n=len(nobody), names=names))
    if sends and at > now:
        rows.append(said("urge.later", at=terms.moment(said, office.local(at))))
    back = Button(said.plain("urge.cancel"), f"ug:no:{Filters(kind=filters.kind, leader=filters.leader).pack()}")
    if not sends:
        return Message(lines(*rows, said("urge.nobody_left")), ((back,),))
    return Message(lines(*rows), ((Button(said.plain("urge.confirm", n=len(sends)), f"ug:ok:{mark}"), back),))


def sent_message(
    said: Voice,
    office: Office,
    sends: Sequence[Row],
    held: Sequence[Row],
    handed_in: int,
    gone: int,
    at: datetime,
    now: datetime,
) -> Message:
    """What became of it, in place of the preview."""
    rows: list[object] = [said("urge.sent", n=len(sends), items=sum(n for _, _, n in sends))]
    rows += _people(said, "urge.row", sends)
    if sends and at > now:
        rows.append(said("urge.later_sure", at=terms.moment(said, office.local(at))))
    if held:
        rows += [said("urge.held", most=UNASKED_PER_DAY), *_people(said, "urge.row", held)]
    if handed_in:
        rows.append(said("urge.handed_in", n=handed_in))
    if gone:
        rows.append(said("urge.left", n=gone))
    if sends:
        rows.append(said("urge.answers"))
    return Message(lines(*rows), ((Button(said.plain("urge.back"), f"od:p:{Filters().pack()}"),),))


def _people(said: Voice, key: str, rows: Sequence[Row]) -> list[Html]:
    comma = said.plain("terms.comma")
    out = [said(key, name=name, units=comma.join(units), n=n) for name, units, n in rows[:LISTED]]
    if len(rows) > LISTED:
        out.append(said("urge.more", n=len(rows) - LISTED))
    return out
