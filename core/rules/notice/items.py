"""Knows which of the numbered things on paper are tasks, whichever layout they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.duty import closing_duty, is_bare_list, is_duty
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.node import Node
from core.rules.notice.shadow import join, shadow, squeeze

_PREAMBLE = re.compile(
    r"^(?:指导思想|总体要求|基本原则|(?:主要|总体|发展|工作|预期)目标|总体思路|重要意义|工作要求|基本要求|适用范围)(?:[。:\s]|$)"
)

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


def items_in(nodes: list[Node]) -> list[Item]:
    """The tasks in order: items with units, items beside them in the same list, items under a leader's heading."""
    own = {id(node): _duties(node) for node in nodes}
    for node in nodes:
        _shared(node, own)
    below = {id(node): any(_has_below(child, own) for child in node.children) for node in nodes}
    runs = {node.run for node in nodes if own[id(node)] and node.run}
    out: list[Item] = []
    taken: set[int] = set()
    for node in nodes:
        if node.leaders or id(node.parent) in taken:
            taken |= {id(node)} if id(node.parent) in taken else set()
            continue
        if below[id(node)] and not own[id(node)]:
            continue
        if not own[id(node)] and not _beside(node, runs):
            continue
        if not below[id(node)]:
            taken.add(id(node))
        out.append(_item(node, own[id(node)], absorb=not below[id(node)]))
    return out


def _shared(node: Node, own: dict[int, list[tuple[str, str]]]) -> None:
    """A bracket of units behind the last of several sub-items that have none belongs to the item above them."""
    last = node.children[-1] if len(node.children) > 1 else None
    if last is None or own[id(node)] or node.leaders or node.style in ("plain", "cn", "chapter"):
        return
    if last.style not in ("pnum", "ring", "nump", "bullet") or not own.get(id(last)):
        return
    if any(own.get(id(child)) for child in node.children[:-1]) or last.children:
        return
    own[id(node)], own[id(last)] = own[id(last)], []
    last.parts = [brackets_out(last.text)[0]]
    node.doubts.append(("sub_units", last.first, ""))


def _has_below(node: Node, own: dict[int, list[tuple[str, str]]]) -> bool:
    return bool(own[id(node)]) or any(_has_below(child, own) for child in node.children)


def _beside(node: Node, runs: set[int]) -> bool:
    """An item without units of its own counts where its list holds tasks, or where a leader heads the list."""
    if node.style == "plain" or _PREAMBLE.match(shadow(node.text)):
        return False
    if node.parent and not node.parent.leaders and _CLOSING.match(shadow(node.parent.text)):
        return False
    return node.run in runs or bool(node.parent and node.parent.leaders)


def _item(node: Node, duties: list[tuple[str, str]], absorb: bool) -> Item:
    content, _ = brackets_out(_whole(node) if absorb else node.text)
    heading = node.parent
    while heading is not None and not heading.leaders:
        heading = heading.parent
    named = people(node.value(LEADER)) if node.value(LEADER) else []
    last = max([node.last, *(child.last for child in node.children)]) if absorb else node.last
    item = Item(node.number, content, node.first, last, duties, named, heading, node.value(DUE).rstrip("。；; "))
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
    return join([node.text, *(child.mark + _whole(child) for child in node.children)])


def _duties(node: Node) -> list[tuple[str, str]]:
    """Who does it: labelled lines first, else the brackets in the text."""
    labelled = [(s.kind, s.text) for s in node.statements if s.kind in (LEAD, CO, RESPONSIBLE)]
    closing = closing_duty(node.text) if not labelled else len(node.text)
    if 0 < closing < len(node.text.rstrip()):
        labelled.append((RESPONSIBLE, node.text[closing:]))
        node.parts = [node.text[:closing]]
    content, inside = brackets_out(node.text)
    rest = _after_last(node.text, inside[-1], content) if inside else ""
    if rest:
        node.doubts.append(("leftover", node.last, rest[:30]))
    if len(inside) > 1:
        node.doubts.append(("several_brackets", node.first, str(len(inside))))
    return labelled + [(RESPONSIBLE, text) for text in inside]


def _after_last(text: str, inside: str, content: str) -> str:
    """What stands behind the last bracket of units, if it is more than a sign."""
    rest = squeeze(text[text.rfind(inside) + len(inside) + 1 :])
    return rest if len(rest) > 3 and squeeze(content).endswith(rest) else ""


def brackets_out(text: str) -> tuple[str, list[str]]:
    """The text without the brackets that say who does it, and what stood in those; inner brackets are part of them."""
    flat = shadow(text)
    if not re.search(r"责任|牵头|配合|负责|落实|主办|[局委办厅部][)\]][。;.\s]*$", flat):
        return text, []
    kept, inside, start = "", [], 0
    for opened, closed in _pairs(flat):
        inner = text[opened + 1 : closed]
        last = not flat[closed + 1 :].strip("。;. ")
        if opened >= start and (is_duty(inner) or (last and is_bare_list(inner))):
            kept += text[start:opened]
            inside.append(text[opened + 1 : closed])
            start = closed + 1
    if not inside:
        return text, []
    rest = text[start:].strip()
    return (kept + (rest if rest.strip("。.;； ") else "")).strip(), inside


def duty_brackets(text: str) -> list[str]:
    """What stands in the brackets of a text that say who does it."""
    return brackets_out(text)[1]


def _pairs(flat: str) -> list[tuple[int, int]]:
    """Where round and square brackets open and close, outer ones before those inside them."""
    opened: list[int] = []
    out: list[tuple[int, int]] = []
    for place, sign in enumerate(flat):
        if sign in "([":
            opened.append(place)
        elif sign in ")]" and opened:
            out.append((opened.pop(), place))
    return sorted(out)
