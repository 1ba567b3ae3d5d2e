"""Knows how the handover of a desk reads: what passes over, to whom, and what is open there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.absences import Absence
from core.rules.handovers import Handover, Inventory
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.people import Person
from core.words import desk, terms
from core.words.absence import days
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8


def link_pressed(said: Voice) -> Message:
    """What the owner of the desk hears when somebody came too late with the link."""
    return Message(said("handover.link_pressed"))


def link_lapsed(said: Voice) -> Message:
    """What the owner of the desk hears when nobody used the link in its days."""
    return Message(said("handover.link_lapsed"))


def whose_message(said: Voice, people: Sequence[tuple[int, str]], page: int, why: Html | None = None) -> Message:
    """A supervisor chooses whose desk. people: (person, label)."""
    shown, page, pages = paged(people, page, PAGE)
    rows: list[tuple[Button, ...]] = [(Button(fit_label(name), f"ho:f:{number}"),) for number, name in shown]
    rows += turning(said, "ho:w", page, pages)
    return Message(why or said("handover.whose" if people else "handover.nobody"), tuple(rows))


def to_whom_message(
    said: Voice, person: Person, own: bool, found: Inventory, people: Sequence[tuple[int, str]], why: Html | None = None
) -> Message:
    """To whom? A colleague by button, anybody who joined by name, somebody else by link. people: (person, label)."""
    rows = [(Button(fit_label(name), f"ho:t:{person.id}:{number}"),) for number, name in people[:PAGE]]
    rows.append((Button(said.plain("handover.by_link"), f"ho:l:{person.id}"),))
    rows.append((Button(said.plain("handover.cancel"), "ho:no"),))
    return Message(
        lines(
            why,
            bold(_head(said, person, own, found)),
            _counts(said, found),
            *_deputies(said, found),
            said("handover.to_whom"),
        ),
        tuple(rows),
    )


def preview_message(said: Voice, person: Person, own: bool, successor: Person, found: Inventory) -> Message:
    """What a confirmation does."""
    return Message(
        lines(
            bold(_head(said, person, own, found)),
            said("handover.gets", name=successor.name),
            _counts(said, found),
            *_deputies(said, found, successor),
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
    begun: tuple[int, int],
    acts: Sequence[Absence],
    today: date,
) -> Message:
    """All that is open, in one message. begun: (plans under way, texts that wait for their task)."""
    drafts, pending = begun
    head = said("handover.you_have", old=old, units=said.plain("terms.comma").join(units), n=len(waiting))
    rows = desk.open_rows(said, waiting, today, len({o.unit_id for o in waiting}) > 1)
    rows += [said("handover.you_act", name=absence.person, days=days(said, absence)) for absence in acts]
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


def deputy_relieved_message(said: Voice, old: str, new: str, absence: Absence) -> Message:
    """Who acted for somebody on leave whose desk was handed over meanwhile."""
    return Message(said("handover.relieved", old=old, new=new, days=days(said, absence)))


def office_message(said: Voice, old: str, new: str, units: Sequence[str], n: int) -> Message:
    return Message(said("handover.office", old=old, new=new, units=said.plain("terms.comma").join(units), n=n))


def _head(said: Voice, person: Person, own: bool, found: Inventory) -> str:
    units = said.plain("terms.comma").join(found.units)
    return said("handover.head_own" if own else "handover.head", name=person.name, units=units)


def _deputies(said: Voice, found: Inventory, successor: Person | None = None) -> list[Html]:
    """What becomes of the leaves of who hands over, with their deputies, and of those in which they are the deputy."""
    rows = []
    for absence in found.leaves:
        key = "handover.leave_deputy" if absence.deputy_id else "handover.leave"
        rows.append(said(key, days=days(said, absence), name=absence.deputy))
    for absence in found.acts:
        alone = successor is not None and absence.person_id == successor.id
        key = "handover.acts_alone" if alone else "handover.acts"
        rows.append(said(key, name=absence.person, days=days(said, absence)))
    return rows


def _counts(said: Voice, found: Inventory) -> str:
    parts = [said.plain("handover.count_open", n=found.open)]
    parts += [said.plain("handover.count_drafts", n=found.drafts)] if found.drafts else []
    parts += [said.plain("handover.count_pending", n=found.pending)] if found.pending else []
    return said("handover.counts", parts=said.plain("terms.comma").join(parts))
