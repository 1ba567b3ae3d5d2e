"""Knows what one item or heading on paper is: its mark, its lines, its statements of duty, what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.shadow import join, shadow

_RANK = {
    "plain": 0,
    "chapter": 0,
    "cn": 1,
    "cnp": 2,
    "topic": 1.5,
    "upper": 2.5,
    "num": 3,
    "padded": 3,
    "task": 3,
    "code": 3,
    "dot2": 3,
    "dot3": 4,
    "dot4": 5,
    "nump": 4,
    "pnum": 4,
    "ring": 5,
    "lower": 5,
    "bullet": 6,
}
ENDED = re.compile(r"[。；！？;!?:…](?:[”\"』」)\s]*)$")


@dataclass
class Statement:
    kind: str
    text: str
    line: int
    alone: bool = False


@dataclass
class Node:
    """An item or heading with its lines; `run` counts lists, so that numbers in one run belong together."""

    style: str
    number: int
    first: int
    last: int
    parts: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    leaders: list[tuple[str, str]] = field(default_factory=list)
    section: str = ""
    run: int = 0
    doubts: list[tuple[str, int, str]] = field(default_factory=list)
    mark: str = ""
    given: list[tuple[str, str]] = field(default_factory=list)
    """Who does every item below it: (kind, text)."""
    worded: bool = False
    """Its words stand behind its units, and go on."""

    @property
    def text(self) -> str:
        return join(self.parts)

    @property
    def duties(self) -> list[Statement]:
        return [s for s in self.statements if s.kind in (LEAD, CO, RESPONSIBLE)]

    def value(self, kind: str) -> str:
        return next((s.text for s in self.statements if s.kind == kind), "")


def closed_to(node: Node, style: str) -> bool:
    """True where a new list can't stand below this item: its units are said already, or its mark ranks lower."""
    return bool(node.duties) or _RANK.get(node.style, 9) > _RANK.get(style, 9)


def free(before: str) -> bool:
    """True where a label isn't part of a salutation (各责任单位：) or of a bracket that is read as a whole."""
    if re.search(r"[各请由与和、]\s*$", before):
        return False
    return before.count("(") <= before.count(")") and before.count("[") <= before.count("]")


def unboxed(text: str) -> str:
    """A line without the brackets that hold all of it."""
    bare = text.rstrip("。.；; ")
    flat = shadow(bare)
    if flat[:1] not in ("(", "[") or flat[-1:] not in (")", "]"):
        return text
    depth = 0
    for place, sign in enumerate(flat):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and place < len(flat) - 1:
            return text
    return bare[1:-1]
