"""Knows how the handover of a desk reads: what passes over, to whom, and what is open there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.handovers import Handover, Inventory
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.people import Person
from core.words import desk, terms
from core.words.html import bold, lines
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8


def link_pressed(said: Voice) -> Message:
    """What the owner of the desk hears when somebody came too late with the link."""
    return Message(said("handover.link_pressed"))


def whose_message(said: Voice, people: Sequence[Person], page: int) -> Message:
    """A supervisor chooses whose desk."""
    shown, page, pages = paged(people, page, PAGE)
    rows: list[tuple[Button, ...]] = [(Button(fit_label(p.name), f"ho:f:{p.id}"),) for p in shown]
    rows += turning(said, "ho:w", page, pages)
    return Message(said("handover.whose" if people else "handover.nobody"), tuple(rows))


def to_whom_message(
    said: Voice, person: Person, own: bool, found: Inventory, people: Sequence[Person], why: str = ""
) -> Message:
    """To whom? A colleague by button, anybody who joined by name, somebody else by link."""
    rows = [(Button(fit_label(other.name), f"ho:t:{person.id}:{other.id}"),) for other in people[:PAGE]]
    rows.append((Button(said.plain("handover.by_link"), f"ho:l:{person.id}"),))
    rows.append((Button(said.plain("handover.cancel"), "ho:no"),))
    return Message(
        lines(why or None, bold(_head(said, person, own, found)), _counts(said, found), said("handover.to_whom")),
        tuple(rows),
    )


def preview_message(said: Voice, person: Person, own: bool, successor: Person, found: Inventory) -> Message:
    """What a confirmation does."""
    return Message(
        lines(
            bold(_head(said, person, own, found)),
            said("handover.gets", name=successor.name),
            _counts(said, found),
            said("handover.after_own" if own else "handover.after", name=person.name),
        ),
        (
            (Button(said.plain("handover.confirm", name=successor.name), f"ho:ok:{person.id}:{successor.id}"),),
            (Button(said.plain("handover.cancel"), "ho:no"),),
        ),
    )


def link_message(said: Voice, handover: Handover, link: str, days: int) -> Message:
    """The link with its QR picture, to hand on; until somebody joins it can be taken back."""
    paper = Paper("qr.png", "qr.png", {"text": link}, picture=True)
    return Message(
        said("handover.link", name=handover.person, link=link, days=days),
        ((Button(said.plain("handover.revoke"), f"ho:r:{handover.id}"),),),
        paper=paper,
    )


def waiting_message(said: Voice, office: Office, handover: Handover, own: bool, valid: bool) -> Message:
    """A link is out and nobody has joined yet."""
    key = "handover.waiting" if valid else "handover.expired"
    until = terms.day(said, office.local(handover.expires_at).date()) if handover.expires_at else ""
    return Message(
        said(key, name=handover.person, until=until),
        (
            (Button(said.plain("handover.revoke"), f"ho:r:{handover.id}"),),
            (Button(said.plain("handover.new_link"), f"ho:l:{handover.person_id}"),),
        ),
    )


def done_message(said: Voice, old: str, new: str, units: Sequence[str], own: bool) -> Message:
    key = "handover.done_own" if own else "handover.done"
    return Message(said(key, old=old, new=new, units=said.plain("terms.comma").join(units)))


def successor_message(
    said: Voice,
    old: str,
    units: Sequence[str],
    waiting: Sequence[Obligation],
    drafts: int,
    pending: int,
    today: date,
) -> Message:
    """All that is open, in one message."""
    head = said("handover.you_have", old=old, units=said.plain("terms.comma").join(units), n=len(waiting))
    rows = desk.open_rows(said, waiting, today, len({o.unit_id for o in waiting}) > 1)
    buttons = desk.open_buttons(said, waiting, today)
    if drafts:
        rows.append(said("handover.drafts", n=drafts))
    if pending:
        rows.append(said("handover.pending", n=pending))
        buttons += ((Button(said.plain("handover.see_pending", n=pending), "ho:p"),),)
    buttons += ((Button(said.plain("help.key_tasks"), "tasks:new"),),)
    return Message(lines(bold(head), *rows), buttons)


def old_message(said: Voice, new: str, units: Sequence[str]) -> Message:
    return Message(said("handover.passed", new=new, units=said.plain("terms.comma").join(units)))


def office_message(said: Voice, old: str, new: str, units: Sequence[str], n: int) -> Message:
    return Message(said("handover.office", old=old, new=new, units=said.plain("terms.comma").join(units), n=n))


def _head(said: Voice, person: Person, own: bool, found: Inventory) -> str:
    units = said.plain("terms.comma").join(found.units)
    return said("handover.head_own" if own else "handover.head", name=person.name, units=units)


def _counts(said: Voice, found: Inventory) -> str:
    parts = [said.plain("handover.count_open", n=found.open)]
    parts += [said.plain("handover.count_drafts", n=found.drafts)] if found.drafts else []
    parts += [said.plain("handover.count_pending", n=found.pending)] if found.pending else []
    return said("handover.counts", parts=said.plain("terms.comma").join(parts))
