"""Knows which of the numbered things on paper are tasks, whichever layout they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from core.rules.notice.brackets import after_last, brackets_out, duty_brackets, each_its_own
from core.rules.notice.clauses import closing_duty, headed_by, led_by, unadorned
from core.rules.notice.continuing import trailing_duty
from core.rules.notice.english import last_sentence, opening_sentence
from core.rules.notice.grouped import share
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE, label_kind, labels_in, unmanned
from core.rules.notice.leaders import people
from core.rules.notice.node import Node, Statement
from core.rules.notice.points import points_apart
from core.rules.notice.shadow import join, shadow, squeeze
from core.rules.notice.unlabelled import behind_dash, inner_duty, named_first, opening_duty

_PREAMBLE = re.compile(
    r"^(?:指导思想|总体要求|基本原则|(?:主要|总体|发展|工作|预期)目标|总体思路|重要意义|工作要求|基本要求|适用范围)(?:[。:\s]|$)"
)

_FIGURES = re.compile(r"\d+(?:[.-]\d+)*")
_SPIRIT = re.compile(r"^(?:指导思想|(?:基本|工作|总体)?原则|总体思路|重要意义)")
_BELOW = re.compile(r"(?:具体|主要|重点|工作|落实|推进)*(?:措施|举措|任务|内容|安排)[:：]\s*$")
"""The words above sub-items that are tasks of their own (具体措施：)."""

_WHEN = re.compile(r"(?:于|在|确保|力争)?(?P<when>[^,。;、]{2,14}?(?:之前|以前|前))(?=[完建开启落办竣投提报形出制])")
"""甲局牵头，于5月底前完成…: a time that follows at once on who does it is the task's own."""

_TIMED_LAST = re.compile(
    r"[(\[](?P<when>[^()\[\]]{0,12}(?:[底末日月旬]|半年|季度)(?:之前|以前|前)(?:完成|办结|建成|到位)?)[)\]][。;]?$"
)
"""A last bracket that is a time and nothing else (11月底前完成)."""

_AS_ABOVE = re.compile(r"^(?:同上|同前|同上项)[。.；;]?$")

_TAIL = 8
"""Characters; what is shorter behind a bracket may be the end of the sentence."""

_SENTENCES = 600
"""Characters of a paragraph whose last sentence may say who does it."""

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
    nodes = points_apart(_fields_in(nodes))
    own = {id(node): _duties(node) for node in nodes}
    share(nodes, own)
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
        if _in_principle(node) or (not own[id(node)] and not _beside(node, runs)):
            continue
        if not below[id(node)]:
            taken.add(id(node))
        out.append(_item(node, own[id(node)], absorb=not below[id(node)]))
    for before, item in pairwise(out):
        item.statements = [(kind, _said_above(kind, text, before)) for kind, text in item.statements]
    return out


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
    content = _whole(node) if absorb else _BELOW.sub("", brackets_out(node.text)[0])
    heading = node.parent
    while heading is not None and not heading.leaders:
        heading = heading.parent
    named = people(node.value(LEADER)) if node.value(LEADER) else []
    last = max([node.last, *(child.last for child in node.children)]) if absorb else node.last
    number = _FIGURES.search(node.mark)[0] if node.style.startswith("dot") else node.number  # type: ignore[index]
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


def _duties(node: Node) -> list[tuple[str, str]]:
    """Who does it: labelled lines first, else the brackets in the text, else a sentence that says nothing but that."""
    labelled = [(s.kind, s.text) for s in node.statements if s.kind in (LEAD, CO, RESPONSIBLE)]
    _tail(node)
    text = node.text
    if not labelled:
        opening, closing = opening_duty(text), min(closing_duty(text), behind_dash(text))
        if 0 < closing < len(text.rstrip()):
            labelled.append((RESPONSIBLE, text[closing:].lstrip("—–―─- ").rstrip()))
            node.parts = [text[:closing]]
        elif at := named_first(text):
            labelled.append((RESPONSIBLE, text[: at[0]].strip(" []【】〔〕［］（）()")))
            node.parts = [text[at[1] :]]
        elif opening:
            labelled.append((RESPONSIBLE, text[:opening].rstrip("，, ")))
            node.parts = [text[opening:]]
            if when := _WHEN.match(shadow(text[opening:])):
                node.statements.append(Statement(DUE, when["when"], node.first))
    content, inside = brackets_out(node.text)
    if timed := _TIMED_LAST.search(shadow(content)) if inside or labelled else None:
        node.statements.append(Statement(DUE, content[timed.start("when") : timed.end("when")], node.last))
        node.parts = [content[: timed.start()], *(f"（{text}）" for text in inside)]
        content = content[: timed.start()]
    rest = after_last(node.text, inside[-1], content) if inside else ""
    if rest and not _BELOW.fullmatch(rest):
        node.doubts.append(("leftover", node.last, rest[:30]))
    if not labelled and not inside:
        labelled = _within(node, text)
    labelled = [(kind, _unheaded(node, text)) for kind, text in labelled]
    pieces = [_unheaded(node, _sorted_out(node, text)) for text in inside]
    named = [text for text in pieces if text]
    if len(named) > 1 and not each_its_own(named):
        node.doubts.append(("several_brackets", node.first, str(len(named))))
    return labelled + [(RESPONSIBLE, text) for text in named]


def _within(node: Node, text: str) -> list[tuple[str, str]]:
    """Who does it, where a sentence of the text says so; asked about."""
    if text.isascii():
        kept, said = last_sentence(text)
        node.parts = [kept] if said else node.parts
        said = said or opening_sentence(text)
    else:
        said = [(RESPONSIBLE, within)] if (within := inner_duty(text)) else []
    if said:
        shown = "; ".join(who for _, who in said)
        node.doubts.append(("inner_duty", node.first, (shown if text.isascii() else squeeze(shown))[:60]))
    return said


def _tail(node: Node) -> None:
    """Paragraphs behind the one whose bracket or last sentence says who does it are no part of the item."""
    if len(node.parts) < 2:
        return
    said = [
        place
        for place, part in enumerate(node.parts)
        if trailing_duty(part) or (len(part) < _SENTENCES and closing_duty(part) < len(part.rstrip()))
    ]
    if not said or said[-1] == len(node.parts) - 1 or duty_brackets(join(node.parts[said[-1] + 1 :])):
        return
    rest = join(node.parts[said[-1] + 1 :])
    if len(rest) > _TAIL:
        node.doubts.append(("stray_text", node.last, rest[:40]))
        node.parts = node.parts[: said[-1] + 1]


def _unheaded(node: Node, text: str) -> str:
    """Who does it, without the clause that says who heads it, which becomes a statement of the item."""
    who, rest = headed_by(text)
    if not who:
        return text
    node.statements.append(Statement(LEADER, who, node.last))
    return rest


def _sorted_out(node: Node, inside: str) -> str:
    """What a bracket says about units; its leader and its date become statements of the item."""
    inside = unadorned(unmanned(inside, shadow(inside)))
    who, inside = led_by(inside)
    node.statements += [Statement(LEADER, who, node.last)] if who else []
    flat = shadow(inside)
    labels = labels_in(flat)
    kept = inside[: labels[0].start()] if labels else inside
    for place, found in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(inside)
        kind, text = label_kind(found), inside[found.end() : end].strip(" ，,；;。、\u3000")
        if kind in (LEADER, DUE):
            node.statements.append(Statement(kind, text, node.last))
        else:
            kept += inside[found.start() : end]
    return kept.strip(" ，,；;\u3000")
