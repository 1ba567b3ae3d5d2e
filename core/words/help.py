"""Knows menus and help: which commands and labels each role sees."""

from __future__ import annotations

from core.rules.people import ALLOWED, Person, Place, Role, may
from core.words.html import Html, bold, html, lines
from core.words.message import Message
from core.words.voice import Voice

COMMANDS = (
    "tasks",
    "plan",
    "report",
    "task",
    "undo",
    "extend",
    "collect",
    "done",
    "away",
    "handover",
    "overdue",
    "progress",
    "instruct",
    "instructions",
    "review",
    "summary",
    "briefing",
    "digest",
    "export",
    "unit",
    "leader",
    "adjust",
    "classify",
    "inspect",
    "rehearse",
    "ladder",
    "notice",
    "close",
    "retention",
    "receipts",
    "invites",
    "reach",
    "people",
    "units",
    "link",
    "unlink",
    "hours",
    "language",
    "cancel",
    "help",
    "start",
)
"""Every command in the order in which help and menus list them."""

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
    rows = [Html(f"/{name} {html(words)}") for name, words in commands(said, person, place)]
    if not person.posts:
        return Message(lines(bold(said("help.title")), said("help.stranger")), menu=menu(said, person))
    title = said("help.no_command", name=unknown) if unknown else bold(said("help.title"))
    text = lines(title, *rows, "", said(_tip(person)))
    if place is Place.GROUP:
        return Message(text)
    return Message(text, menu=menu(said, person), commands=commands(said, person))


def _tip(person: Person) -> str:
    if person.has(Role.CONTACT, Role.HEAD):
        return "help.tip_desk"
    return "help.tip_office" if person.supervises else "help.tip_leader"


def welcome(said: Voice, person: Person, text: Html) -> Message:
    """A first message: it brings keyboard and command menu along."""
    return Message(text, menu=menu(said, person), commands=commands(said, person))
