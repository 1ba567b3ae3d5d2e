"""Knows which of the numbered things on paper are tasks, whichever layout they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from core.rules.notice.brackets import brackets_out
from core.rules.notice.grouped import share
from core.rules.notice.labels import DUE, LEADER
from core.rules.notice.leaders import people
from core.rules.notice.node import Node
from core.rules.notice.own_duties import BELOW, duties_of, weak_duties
from core.rules.notice.points import points_apart
from core.rules.notice.running import says_how_it_is_run
from core.rules.notice.shadow import join, shadow, squeeze

_PREAMBLE = re.compile(
    r"^(?:指导思想|总体要求|基本原则|(?:主要|总体|发展|工作|预期)目标|总体思路|重要意义|工作要求|基本要求|适用范围)(?:[。:\s]|$)"
)

_FIGURES = re.compile(r"\d+(?:[.-]\d+)*")
_SPIRIT = re.compile(r"^(?:指导思想|(?:基本|工作|总体)?原则|总体思路|重要意义)")
_AS_ABOVE = re.compile(r"^(?:同上|同前|同上项)[。.；;]?$")

_TWO = 2

_CLOSING = re.compile(r"^(?:保障措施|组织保障|组织实施|组织领导|工作要求|有关要求|相关要求|工作保障|实施保障)")


@dataclass
class Item:
    """A task as it stands on paper, before its units and figures are read."""

    number: int | str
    content: str
    first: int
    last: int
    statements: list[tuple[str, str]] = field(default_factory=list)
    leaders: list[tuple[str, str]] = field(default_factory=list)
    heading: Node | None = None
    due_text: str = ""
    section: str = ""
    above: int | None = None
    path: tuple[str, ...] = ()
    doubts: list[tuple[str, int, str]] = field(default_factory=list)


def items_in(nodes: list[Node], alone: bool = False) -> list[Item]:
    """The tasks in order: items with units, items beside them in the same list, items under a leader's heading.

    `alone`: the paper has no others (in tables); then offices that a sentence asks to do something make a task as well.
    """
    nodes = points_apart(_fields_in(nodes))
    own = {id(node): duties_of(node) for node in nodes}
    share(nodes, own)
    runs = _runs(nodes, own)
    if alone and not any(own.values()):
        own = {id(node): said for node, said in zip(nodes, _asked_of(nodes), strict=True)}
        runs = _runs(nodes, own)
    below = {id(node): any(_has_below(child, own) for child in node.children) for node in nodes}
    above = {node.run for node in nodes if below[id(node)] and node.run}
    for node in nodes:
        if own[id(node)] or below[id(node)] or node.leaders:
            continue
        if _beside(node, runs) or (node.run in above and not _in_closing(node) and not says_how_it_is_run(node.text)):
            own[id(node)] = weak_duties(node)
    out: list[Item] = []
    taken: set[int] = set()
    for node in nodes:
        if node.leaders or id(node.parent) in taken:
            taken |= {id(node)} if id(node.parent) in taken else set()
            continue
        if below[id(node)] and not own[id(node)]:
            continue
        if _in_principle(node) or (not own[id(node)] and not _beside(node, runs)):
            continue
        if not below[id(node)]:
            taken.add(id(node))
        out.append(_item(node, own[id(node)], absorb=not below[id(node)]))
    for before, item in pairwise(out):
        item.statements = [(kind, _said_above(kind, text, before)) for kind, text in item.statements]
    return out


def _runs(nodes: list[Node], own: dict[int, list[tuple[str, str]]]) -> set[int]:
    return {node.run for node in nodes if own[id(node)] and node.run}


def _asked_of(nodes: list[Node]) -> list[list[tuple[str, str]]]:
    """What the sentences of items say, where two of them at least ask an office to do something."""
    said = [
        []
        if node.children or node.leaders or _in_closing(node) or says_how_it_is_run(re.split("[,，]", node.text)[0])
        else weak_duties(node)
        for node in nodes
    ]
    asked = {node.run for node, each in zip(nodes, said, strict=True) if each}
    beside = sum(node.run in asked for node in nodes)
    return said if sum(bool(each) for each in said) >= max(_TWO, beside / _TWO) else [[] for _ in nodes]


def _in_closing(node: Node) -> bool:
    """Below a heading such as 保障措施, or such a paragraph itself."""
    above = node.parent if node.parent and not node.parent.leaders else node
    return any(_CLOSING.match(shadow(each.text)) or _PREAMBLE.match(shadow(each.text)) for each in (node, above))


def _said_above(kind: str, text: str, before: Item) -> str:
    """同上 stands for what the item before says under the same label."""
    above = next((said for of, said in before.statements if of == kind), "")
    return above if above and _AS_ABOVE.match(squeeze(text)) else text


def _fields_in(nodes: list[Node]) -> list[Node]:
    """The nodes without those that are only a label with a number (1.牵头单位：某局); what they say is said of the item above."""
    out: list[Node] = []
    for node in nodes:
        above = node.parent
        if above is None or above.leaders or node.children or not node.statements or squeeze(node.text):
            out.append(node)
            continue
        above.statements += node.statements
        above.last = max(above.last, node.last)
        above.children = [child for child in above.children if child is not node]
    return out


def _has_below(node: Node, own: dict[int, list[tuple[str, str]]]) -> bool:
    return bool(own[id(node)]) or any(_has_below(child, own) for child in node.children)


def _in_principle(node: Node) -> bool:
    """Below a heading that says why and in which spirit; who is named there does nothing yet."""
    return node.parent is not None and bool(_SPIRIT.match(shadow(node.parent.text)))


def _beside(node: Node, runs: set[int]) -> bool:
    """An item without units of its own counts where its list holds tasks, or where a leader heads the list."""
    if node.style == "plain" or _PREAMBLE.match(shadow(node.text)):
        return False
    if node.parent and not node.parent.leaders and _CLOSING.match(shadow(node.parent.text)):
        return False
    return node.run in runs or bool(node.parent and node.parent.leaders)


def _item(node: Node, duties: list[tuple[str, str]], absorb: bool) -> Item:
    content = _whole(node) if absorb else BELOW.sub("", brackets_out(node.text)[0])
    heading = node.parent
    while heading is not None and not heading.leaders:
        heading = heading.parent
    named = people(node.value(LEADER)) if node.value(LEADER) else []
    last = max([node.last, *(child.last for child in node.children)]) if absorb else node.last
    number = _FIGURES.search(node.mark)[0] if node.style.startswith(("dot", "code")) else node.number  # type: ignore[index]
    item = Item(number, content, node.first, last, duties, named, heading, node.value(DUE).rstrip("。；;，, "))
    if node.value(LEADER) and not named:
        item.doubts.append(("leader", node.first, squeeze(node.value(LEADER))))
    item.section = node.parent.text if node.parent and not node.parent.leaders else node.section
    item.above = node.parent.number if node.parent else None
    item.path = _path(node)
    item.doubts += node.doubts
    return item


def _path(node: Node) -> tuple[str, ...]:
    """The numbers of the headings and items above a node, outermost first."""
    out: list[str] = []
    while node.parent is not None:
        node = node.parent
        if not node.leaders and node.number:
            out.insert(0, str(node.number))
    return tuple(out)


def _whole(node: Node) -> str:
    """The words of an item and of what stands below it, without the brackets that say who does it."""
    return join([brackets_out(node.text)[0], *(child.mark + _whole(child) for child in node.children)])
