"""Knows menus and help: which commands and labels each role sees."""

from __future__ import annotations

from core.rules.people import ALLOWED, Person, Place, Role, may
from core.words.html import Html, bold, folded, html, lines
from core.words.message import Message
from core.words.voice import Voice

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("desk", ("tasks", "plan", "report", "task", "undo", "extend", "collect", "done")),
    ("state", ("overdue", "progress", "review", "instruct", "instructions", "unit", "leader", "history", "rounds")),
    ("papers", ("summary", "briefing", "digest", "export")),
    ("notice", ("notice", "classify", "adjust", "inspect", "receipts", "rehearse", "ladder", "close", "retention")),
    ("people", ("invites", "reach", "people", "units", "away", "handover", "link", "unlink")),
    ("self", ("hours", "language", "cancel", "help", "start")),
)
"""Every command by what it is for, in the order in which help and menus list them."""

COMMANDS = tuple(name for _, names in SECTIONS for name in names)

_HEADED = 14
"""From so many commands on, help puts a heading over each section."""

_BOTH_SIDES = ("extend", "done", "away", "handover", "collect")
"""Commands with which a unit asks and the office decides: each side has its own words."""

_MENU_OFFICE = (("overdue", "progress", "review"), ("summary", "notice"), ("reach", "help"))
_MENU_DESK = (("tasks", "plan"), ("report", "help"))
_MENU_LEADER = (("progress", "overdue"), ("tasks", "help"))


def commands(said: Voice, person: Person, place: Place = Place.PRIVATE) -> tuple[tuple[str, str], ...]:
    """The command menu of this person: what the table allows and what is worth a place in a menu."""
    roles = person.roles
    hidden = {"start", "cancel"} if person.posts else {"cancel"}
    return tuple(
        (name, said.plain(_explained(name, person)))
        for name in COMMANDS
        if name not in hidden and name in ALLOWED and may(roles, name, place)
    )


def _explained(name: str, person: Person) -> str:
    return f"help.cmd_{name}_office" if name in _BOTH_SIDES and person.supervises else f"help.cmd_{name}"


def menu(said: Voice, person: Person) -> tuple[tuple[str, ...], ...] | None:
    """The keyboard labels; what they send is understood as typed words too."""
    rows: tuple[tuple[str, ...], ...] = ()
    if person.supervises:
        rows += _MENU_OFFICE
    elif person.has(Role.LEADER):
        rows += _MENU_LEADER
    if person.has(Role.CONTACT, Role.HEAD):
        rows = _MENU_DESK if not rows else (("tasks", "plan", "report"), *rows)
    return tuple(tuple(said.plain(f"help.key_{name}") for name in row) for row in rows) or None


def help_message(said: Voice, person: Person, place: Place, unknown: str = "") -> Message:
    """`unknown`: a command that was typed and does not exist."""
    if not person.posts:
        return Message(lines(bold(said("help.title")), said("help.stranger")), menu=menu(said, person))
    title = said("help.no_command", name=unknown) if unknown else bold(said("help.title"))
    text = lines(title, *_listed(said, commands(said, person, place)), "", said(_tip(person)))
    if place is Place.GROUP:
        return Message(text)
    return Message(text, menu=menu(said, person), commands=commands(said, person))


def _listed(said: Voice, known: tuple[tuple[str, str], ...]) -> list[Html]:
    """A row for each command; many of them under headings, folded, so that a phone shows every heading at once."""
    words = dict(known)
    rows: list[Html] = []
    for section, names in SECTIONS:
        own = [Html(f"/{name} {html(words[name])}") for name in names if name in words]
        if own and len(words) >= _HEADED:
            rows += [bold(said(f"help.section_{section}")), folded(lines(*own))]
        else:
            rows += own
    return rows


def _tip(person: Person) -> str:
    if person.has(Role.CONTACT, Role.HEAD):
        return "help.tip_desk"
    return "help.tip_office" if person.supervises else "help.tip_leader"


def welcome(said: Voice, person: Person, text: Html) -> Message:
    """A first message: it brings keyboard and command menu along."""
    return Message(text, menu=menu(said, person), commands=commands(said, person))
