"""Knows how a person's own hours read, and what is held back for them."""

from __future__ import annotations

from datetime import date, time

from core.cases.held import HeldBack
from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.office import Office
from core.rules.own_hours import OwnHours
from core.words import terms
from core.words.html import bold, lines
from core.words.message import Button, Message
from core.words.voice import Voice

_LISTED = 10
"""Items held back that are named; the others are counted."""

_FIRST, _NOON, _AFTER, _LATE = time(9, 30), time(12), time(14), time(17)


def hours_message(
    said: Voice, office: Office, own: OwnHours | None, held: HeldBack, today: date, changed: str = "", cut: bool = False
) -> Message:
    """One's hours, what is held back and why, and buttons for the usual wishes."""
    rows: list[object] = []
    if changed:
        rows.append(bold(said(f"hours.{changed}")))
    rows.append(said("hours.own" if own else "hours.office", hours=window(own or _whole(office))))
    if own and own.rest:
        rows.append(said("hours.rest", hours=between(*own.rest)))
    if cut:
        rows.append(said("hours.cut", hours=window(_whole(office))))
    rows.append(said("hours.always"))
    rows.append(said("hours.budget", n=held.today, most=UNASKED_PER_DAY))
    if held.reminders or held.messages:
        rows += ["", bold(said("hours.held", n=len(held.reminders) + len(held.messages)))]
    for item in held.reminders[:_LISTED]:
        when = terms.day(said, item.until)
        what = terms.item(said, item.obligation, 12)
        rows.append(said(f"hours.held_{item.why}", what=what, when=when))
    for waiting in held.messages[:_LISTED]:
        when = terms.moment(said, office.local(waiting.until))
        rows.append(said("hours.held_message", what=said.plain(f"hours.kind_{waiting.kind}"), when=when))
    if (more := max(0, len(held.reminders) - _LISTED) + max(0, len(held.messages) - _LISTED)) > 0:
        rows.append(said("hours.held_more", n=more))
    if not held.reminders and not held.messages:
        rows.append(said("hours.nothing_held"))
    rows += ["", said("hours.how")]
    return Message(lines(*rows), _buttons(said, office, own))


def window(own: OwnHours) -> str:
    return between(own.opens, own.closes)


def between(first: time, last: time) -> str:
    return f"{first:%H:%M}–{last:%H:%M}"


def _whole(office: Office) -> OwnHours:
    return OwnHours(office.opens, office.closes)


def _buttons(said: Voice, office: Office, own: OwnHours | None) -> tuple[tuple[Button, ...], ...]:
    """Only what fits into the office's hours."""
    wished = (
        (max(office.opens, _FIRST), min(office.closes, _LATE)),
        (office.opens, min(office.closes, _NOON)),
        (max(office.opens, _AFTER), office.closes),
    )
    choices = [Button(between(first, last), f"hr:o:{first:%H%M}:{last:%H%M}") for first, last in wished if first < last]
    rows = [tuple(choices[:1])] if choices else []
    if len(choices) > 1:
        rows.append(tuple(choices[1:]))
    if office.opens < _NOON and office.closes > _AFTER:
        noon = between(_NOON, _AFTER)
        rows.append((Button(said.plain("hours.quiet", hours=noon), f"hr:q:{_NOON:%H%M}:{_AFTER:%H%M}"),))
    if own:
        rows.append((Button(said.plain("hours.whole"), "hr:all"),))
    return tuple(rows)
