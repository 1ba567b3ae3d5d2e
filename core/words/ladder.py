"""Knows how a ladder reads: rung by rung, who is reminded when; and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping

from core.rules.ladder import AUDIENCES, Ladder, LadderFault, Rung, audience
from core.words.html import Html, bold, lines
from core.words.message import Button, Message
from core.words.voice import Voice


def ladder_message(said: Voice, ladders: Mapping[str, Ladder], own: bool) -> Message:
    """The ladders in force, and how to change them."""
    head = said("ladder.own" if own else "ladder.built_in")
    buttons = ((Button(said.plain("ladder.reset"), "ladder:reset"),),) if own else ()
    return Message(lines(head, *_all(said, ladders), said("ladder.how")), buttons)


def proposed_message(said: Voice, ladders: Mapping[str, Ladder]) -> Message:
    """What a file says, before it comes into force."""
    buttons = (Button(said.plain("ladder.confirm"), "ladder:yes"), Button(said.plain("ladder.cancel"), "ladder:no"))
    return Message(lines(bold(said("ladder.read")), *_all(said, ladders), said("ladder.from_now")), (buttons,))


def fault(said: Voice, error: LadderFault) -> Html:
    """What is wrong with the file, and where."""
    kind = error.values.get("kind")
    where = said("ladder.where", kind=said.plain(f"ladder.{kind}")) if kind else Html("")
    values = {name: value for name, value in error.values.items() if name != "kind"}
    return where + said(f"ladder.fault_{error.fault}", **values)


def rows(said: Voice, ladder: Ladder) -> list[Html]:
    return [
        said("ladder.rung", when=_when(said, rung), who=_names(said, audience(ladder, index)))
        for index, rung in enumerate(ladder)
    ]


def _all(said: Voice, ladders: Mapping[str, Ladder]) -> list[Html]:
    out: list[Html] = []
    for kind, ladder in ladders.items():
        out += [bold(said(f"ladder.{kind}")), *rows(said, ladder)]
    return out


def _when(said: Voice, rung: Rung) -> str:
    key = "on_day" if rung.offset == 0 else "before" if rung.offset < 0 else "after"
    return said.plain(f"ladder.{key}", n=abs(rung.offset))


def _names(said: Voice, who: frozenset[str]) -> str:
    return said.plain("terms.comma").join(said.plain(f"ladder.who_{name}") for name in AUDIENCES if name in who)
