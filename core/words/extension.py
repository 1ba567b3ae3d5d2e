"""Knows how extensions read: the question, the card with its buttons, the outcome, both dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.extensions import Extension
from core.rules.obligations import Obligation
from core.rules.tasks import short
from core.words import terms
from core.words.html import bold, lines, quote
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8


def full_day(said: Voice, day: date) -> str:
    return terms.full_day(said, day)


def choose_message(said: Voice, owed: Sequence[Obligation], today: date, page: int) -> Message:
    """Which of these needs more time?"""
    shown, page, pages = paged(owed, page, PAGE)
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                terms.label(said, o, today),
                f"extend:{o.id}",
            ),
        )
        for o in shown
    ]
    buttons += turning(said, "extends", page, pages)
    return Message(said("extension.choose"), tuple(buttons))


def ask_message(said: Voice, o: Obligation, today: date) -> Message:
    """Asks for day and reason in one text."""
    return Message(
        lines(
            bold(said("extension.ask", item=terms.item(said, o, 20))),
            said("extension.in_force", due=terms.due(said, o), late=terms.late(said, o, today)),
            said("extension.ask_how"),
        )
    )


def asked_message(said: Voice, e: Extension, o: Obligation, heads: int) -> Message:
    """What was understood and who decides; one tap takes it back."""
    return Message(
        lines(
            bold(said("extension.asked", item=terms.item(said, o, 20), day=terms.day(said, e.wished))),
            quote(e.reason),
            said("extension.asked_late") if e.late else None,
            said("extension.goes_to_both" if heads else "extension.goes_to"),
        ),
        ((Button(said.plain("extension.take_back"), f"ex:w:{e.id}"),),),
    )


def card_message(said: Voice, e: Extension, o: Obligation, office: bool) -> Message:
    """The wish as who decides sees it; without buttons once it is decided."""
    rows: list[object] = [
        bold(said("extension.title", ref=o.ref, content=short(o.content, 20))),
        said("extension.about", unit=o.unit, what=terms.what(said, o)),
        said("extension.dates", due=terms.day(said, o.due, weekday=False), day=terms.day(said, e.wished)),
    ]
    if o.agreed and o.agreed != o.due and e.state == "asked":
        rows.append(said("extension.in_force_now", day=terms.day(said, o.agreed, weekday=False)))
    rows += [quote(e.reason), said("extension.by_late" if e.late else "extension.by", who=e.person)]
    if e.head_says:
        rows.append(said(f"extension.head_{e.head_says}", who=e.head))
    if e.state != "asked":
        return Message(lines(*rows, bold(_outcome(said, e))))
    day = terms.day(said, e.wished, weekday=False)
    first = (Button(said.plain("extension.agree", day=day), f"ex:a:{e.id}"),)
    second = (
        Button(said.plain("extension.other"), f"ex:o:{e.id}"),
        Button(said.plain("extension.refuse"), f"ex:r:{e.id}"),
    )
    if not office:
        rows.append(said("extension.head_hint"))
    return Message(lines(*rows), (first, second))


def decided_message(said: Voice, e: Extension, o: Obligation) -> Message:
    """What the unit hears."""
    if e.state == "agreed":
        day = terms.day(said, e.agreed) if e.agreed else ""
        text = said(
            "extension.told_agreed", item=terms.item(said, o, 20), day=day, due=terms.day(said, o.due, weekday=False)
        )
        return Message(text)
    text = said("extension.told_refused", item=terms.item(said, o, 20), due=terms.day(said, o.chase), who=e.decided_by)
    return Message(lines(text, quote(e.answer) if e.answer else None))


def why_message(said: Voice, e: Extension) -> Message:
    buttons = (
        Button(said.plain("extension.no_words"), f"ex:rn:{e.id}"),
        Button(said.plain("extension.back"), f"ex:c:{e.id}"),
    )
    return Message(said("extension.why"), (buttons,))


def other_message(said: Voice, e: Extension) -> Message:
    return Message(
        said("extension.which_day", day=terms.day(said, e.wished)),
        ((Button(said.plain("extension.back"), f"ex:c:{e.id}"),),),
    )


def waiting_message(said: Voice, waiting: Sequence[tuple[Extension, Obligation]]) -> Message:
    if not waiting:
        return Message(said("extension.none_waiting"))
    buttons = tuple(
        (
            Button(
                said.plain(
                    "extension.row",
                    ref=o.ref,
                    unit=short(o.unit, 12),
                    what=terms.what(said, o),
                    day=terms.day(said, e.wished, weekday=False),
                ),
                f"ex:n:{e.id}",
            ),
        )
        for e, o in waiting[:20]
    )
    return Message(said("extension.waiting", n=len(waiting)), buttons)


def _outcome(said: Voice, e: Extension) -> str:
    if e.state == "withdrawn":
        return said("extension.out_withdrawn")
    if e.state == "agreed":
        day = terms.day(said, e.agreed) if e.agreed else ""
        return said("extension.out_agreed", who=e.decided_by, day=day)
    return said("extension.out_refused", who=e.decided_by, reason=e.answer)
