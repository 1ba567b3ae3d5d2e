"""Knows how urging reads: which units, who would get what, what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.rules.courtesy import UNASKED_PER_DAY, URGE_PAGE
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.overdue import Filters
from core.rules.reports import Report
from core.rules.tasks import short
from core.rules.urges import UrgeRow
from core.words import terms
from core.words.html import Html, bold, folded, lines, quote
from core.words.message import Button, Message
from core.words.overdue import pages_of
from core.words.paging import paged
from core.words.tasks import report_text
from core.words.voice import Voice

LONG = 300
LISTED = 12
"""People named in a preview; the rest is a number."""

REFS = 6
"""Tasks named behind a person; the rest is a number."""


def units_message(said: Voice, units: Sequence[tuple[int, str, int]], filters: Filters, back: Filters) -> Message:
    """The units with something overdue, a page of buttons; the last one is for all of them."""
    shown, page, pages = paged(units, filters.page, URGE_PAGE)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("urge.unit", unit=short(name, 24), n=n),
                f"ug:see:{replace(filters, unit=unit_id, page=0).pack()}",
            ),
        )
        for unit_id, name, n in shown
    ]
    rows += pages_of(said, "ug:units", filters.on(page), pages)
    if len(units) > 1:
        rows.append((Button(said.plain("urge.all", n=len(units)), f"ug:see:{filters.on(0).pack()}"),))
    rows.append((Button(said.plain("urge.back"), f"od:p:{back.pack()}"),))
    return Message(said("urge.choose"), tuple(rows))


def preview_message(
    said: Voice,
    office: Office,
    sends: Sequence[UrgeRow],
    held: Sequence[UrgeRow],
    nobody: Sequence[tuple[str, int]],
    at: datetime,
    now: datetime,
    mark: str,
    filters: Filters,
) -> Message:
    """Who would get what; nothing is sent before the button."""
    items = sum(row.items for row in sends)
    rows: list[object] = [said("urge.preview", n=len(sends), items=items)]
    rows += _people(said, office, sends)
    if held:
        rows += [said("urge.held", most=UNASKED_PER_DAY), *_people(said, office, held)]
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
    sends: Sequence[UrgeRow],
    held: Sequence[UrgeRow],
    handed_in: int,
    meanwhile: int,
    gone: int,
    at: datetime,
    now: datetime,
) -> Message:
    """What became of it, in place of the preview."""
    rows: list[object] = [said("urge.sent", n=len(sends), items=sum(row.items for row in sends))]
    rows += _people(said, office, sends, before=False)
    if sends and at > now:
        rows.append(said("urge.later_sure", at=terms.moment(said, office.local(at))))
    if held:
        rows += [said("urge.held", most=UNASKED_PER_DAY), *_people(said, office, held, before=False)]
    if handed_in:
        rows.append(said("urge.handed_in", n=handed_in))
    if meanwhile:
        rows.append(said("urge.meanwhile", n=meanwhile))
    if gone:
        rows.append(said("urge.left", n=gone))
    if sends:
        rows.append(said("urge.answers"))
    return Message(lines(*rows), ((Button(said.plain("urge.back"), f"od:p:{Filters().pack()}"),),))


def answer_message(said: Voice, parts: Sequence[tuple[Obligation, Report]], who: str) -> Message:
    """What came in for what this supervisor urged, with the way to the review."""
    rows: list[object] = [bold(said("urge.answered", unit=parts[0][0].unit, who=who))]
    for o, report in parts:
        text = report_text(said, report)
        rows.append(said("urge.answered_item", item=terms.item(said, replace(o, reviewed=None), 14)))
        rows.append(folded(text) if len(text) > LONG else quote(text))
    return Message(lines(*rows), ((Button(said.plain("review.open"), f"rv:n:{parts[0][0].id}"),),))


def reply_message(said: Voice, who: str, about: Sequence[Obligation], text: str, files: int) -> Message:
    """A reply that hands nothing in: passed on word by word."""
    refs = said.plain("terms.comma").join(dict.fromkeys(o.ref for o in about[:REFS]))
    unit = about[0].unit if about else ""
    words = text or said.plain("urge.files_only", n=files)
    return Message(
        lines(bold(said("urge.replied", unit=unit, who=who, refs=refs)), quote(words), said("urge.not_filed"))
    )


def _people(said: Voice, office: Office, rows: Sequence[UrgeRow], before: bool = True) -> list[Html]:
    """Who and what; `before` adds how often they were urged for it already."""
    comma = said.plain("terms.comma")
    out = []
    for row in rows[:LISTED]:
        refs = comma.join(row.refs[:REFS]) + ("…" if len(row.refs) > REFS else "")
        line = said("urge.row", name=row.name, units=comma.join(row.units), n=row.items, refs=refs)
        if before and row.last:
            day = terms.day(said, office.local(row.last).date(), weekday=False)
            line = line + said("urge.times", n=row.times, day=day)
        out.append(line)
    if len(rows) > LISTED:
        out.append(said("urge.more", n=len(rows) - LISTED))
    return out
