"""Knows duties that are said once for several items: in the heading above them, behind the last of them."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice.brackets import brackets_out
from core.rules.notice.labels import DUE, LEAD, LEADER, RESPONSIBLE, label_kind, labels_in
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.node import Node, Statement
from core.rules.notice.shadow import shadow, squeeze

Own = dict[int, list[tuple[str, str]]]
"""What each node (by its id) says about who does it: (kind, text)."""

_HEADINGS = ("plain", "cn", "cnp", "chapter", "upper")
_POINTS = ("pnum", "ring", "nump", "bullet", "lower")
_COUNT = re.compile(r"\((?:共|计|合计)?\d{1,3}[项条件个]\)$")
_FOR_ALL = re.compile(r"^(?:以下|均由|均为)|(?:均|都)由")
"""以下任务均由某局负责: said in a heading of each item below it."""

_HEADING_LENGTH = 40
_TWO = 2
_DUTY = (LEAD, RESPONSIBLE)
_NUMBERED = re.compile(r"第\s*(?P<n>\d{1,3})\s*项\s*[:为]?\s*(?P<when>[^,;。]{2,30})")


def share(nodes: list[Node], own: Own) -> None:
    """Gives items the duty that stands above or below them; what was inferred is asked."""
    for node in nodes:
        _said_at_the_end(node, own)
        _last_point(node, own)
    for node in nodes:
        for child in node.children if node.given else ():
            own[id(child)] = node.given + own[id(child)]
    for node in nodes:
        _last_item(node, own)
        if node.leaders or node.style not in _HEADINGS or not node.children:
            continue
        if own[id(node)] and _is_heading(brackets_out(node.text)[0]):
            _heading_duty(node, own)
        elif not own[id(node)]:
            _heading_units(node, own)


def _is_heading(text: str) -> bool:
    flat = shadow(text).strip()
    return 0 < len(flat) <= _HEADING_LENGTH and not re.search(r"[。;!?]", flat)


def _said_at_the_end(node: Node, own: Own) -> None:
    """Lines below the last item of one sentence (1.甲；2.乙。) say for each who does it, who heads it, by when; asked about."""
    if node.leaders or len(node.children) < _TWO:
        return
    *others, last = node.children
    said = [each for each in last.statements if each.alone]
    open_ones = all(not each.statements and not each.children and not own[id(each)] for each in others)
    one_sentence = all(shadow(each.text).rstrip().endswith(";") for each in others)
    if last.children or not open_ones or not one_sentence or not any(each.kind in _DUTY for each in said):
        return
    for each in others:
        own[id(each)] = list(own[id(last)])
        each.statements += said
        each.doubts.append(("heading_units", last.last, squeeze(said[0].text)[:40]))
    for each in node.children:
        each.statements = [_for_number(statement, each.number) for statement in each.statements]


def _for_number(statement: Statement, number: int) -> Statement:
    """第4项6月底前，第5项10月底前: the part that is about one item."""
    if statement.kind != DUE:
        return statement
    parts = {int(found["n"]): found["when"] for found in _NUMBERED.finditer(shadow(statement.text))}
    return replace(statement, text=parts[number]) if number in parts else statement


def _last_point(node: Node, own: Own) -> None:
    """A bracket of units behind the last of several sub-items that have none belongs to the item above them."""
    last = node.children[-1] if len(node.children) > 1 else None
    if last is None or own[id(node)] or node.leaders or node.style in ("plain", "cn", "chapter"):
        return
    if last.style not in _POINTS or not own.get(id(last)):
        return
    if any(own.get(id(child)) for child in node.children[:-1]) or last.children:
        return
    own[id(node)], own[id(last)] = own[id(last)], []
    last.parts = [brackets_out(last.text)[0]]
    node.doubts.append(("sub_units", last.first, ""))


def _last_item(node: Node, own: Own) -> None:
    """Units behind the last item of a list whose other items have none may be meant for all of them."""
    last = node.children[-1] if len(node.children) > 1 else None
    if last and last.style not in _POINTS and own[id(last)] and not any(own[id(each)] for each in node.children[:-1]):
        last.doubts.append(("last_units", last.first, ""))


def _heading_duty(node: Node, own: Own) -> None:
    """一、城建（牵头单位：某局）: over items with units it leads them all; over items without any it is one task, or several."""
    below = [child for child in _below(node) if own[id(child)]]
    who = people(node.value(LEADER))
    parts = len(node.children) > 1 and all(shadow(c.text).rstrip().endswith(";") for c in node.children[:-1])
    if not below and ((who and not parts) or _FOR_ALL.search(shadow(own[id(node)][0][1]))):
        node.leaders = who
        said, own[id(node)] = own[id(node)], []
        node.given = list(said)
        for child in node.children:
            own[id(child)] = list(said)
        node.children[0].doubts.append(("heading_units", node.first, squeeze(said[0][1])[:40]))
        return
    if not below:
        if any(child.style not in _POINTS for child in node.children):
            node.doubts.append(("sub_items", node.first, str(len(node.children))))
        return
    said, own[id(node)] = own[id(node)], []
    leads = [each for each in said if _leads(each)]
    for child in below:
        if leads and not any(_leads(each) for each in own[id(child)]):
            own[id(child)] = leads + own[id(child)]
        child.doubts.append(("heading_units", node.first, squeeze("；".join(text for _, text in said))[:40]))


def _leads(said: tuple[str, str]) -> bool:
    kind, text = said
    labels = [label_kind(found) for found in labels_in(shadow(text))]
    return kind == LEAD or LEAD in labels or bool(re.search(r"牵头(?:$|[,;。])", shadow(text)))


def _heading_units(node: Node, own: Own) -> None:
    """一、区交通局（2项）: a heading that is a unit's name says who does the items below it."""
    text = _COUNT.sub("", shadow(node.text).strip().rstrip("。:"))
    below = list(_below(node))
    if not looks_like_units(text) or len(text) > _HEADING_LENGTH or any(own[id(child)] for child in below):
        return
    items = [child for child in node.children if child.style not in _POINTS]
    for child in items:
        own[id(child)] = [(RESPONSIBLE, text)]
    if items:
        items[0].doubts.append(("heading_units", node.first, text))


def _below(node: Node) -> list[Node]:
    return [each for child in node.children for each in (child, *_below(child))]
