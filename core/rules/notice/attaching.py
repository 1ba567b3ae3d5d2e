"""Knows to which item belongs what stands on a line of its own: labelled units and leaders, units without a label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from core.rules.notice.clauses import TIMED, closing_duty
from core.rules.notice.continuing import trailing_duty
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE, WORDS, label_kind, labels_in, unmanned
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.node import ENDED, Node, Statement, free, unboxed
from core.rules.notice.shadow import Line, shadow, squeeze
from core.rules.notice.unlabelled import ABOVE, BELOW, for_all_above, for_some_above, named_first

_LABELLED = re.compile(r"^\[?(?P<word>[\u4e00-\u9fff]{2,8})(?:\]\s*:?|\s*:)\s*(?P<said>\S.*)$")
_OTHER = re.compile(r"(?<=[,;。\s])(?P<word>[\u4e00-\u9fff]{2,8}):")
_REMARK = re.compile(r"注|说明|附件|抄送|来源|联系|电话|地址|邮箱|日期|印发")
_DAYS = re.compile(r"\d\s*[年月日]|[年月]底|季度|半年|长期|\d前")

_PLACE = 3
"""Signs before several labels (东河村。包村领导：丁一，责任站所：某所)."""

_DASHED = re.compile(r"(?<=[。；;！!])\s*[—–―─-]{1,3}\s*$")
"""修路。——责任单位：甲局: a dash before a label is only a mark."""

_TASK = 6
"""Signs of a paragraph without a number before the units that it names."""

_COUNTED = ("num", "padded", "task", "code", "dot2", "dot3", "pnum", "nump", "ring")
_NAME = 60
"""Characters of the name of a task that has its words behind a label below it."""


def fields_of(lines: Sequence[Line]) -> frozenset[str]:
    """The words before a colon with which several lines begin (建设规模：…): fields of the tasks."""
    found = (_LABELLED.match(line.flat.strip()) for line in lines)
    counted = Counter(match["word"] for match in found if match)
    return frozenset(word for word, times in counted.items() if times > 1)


class Attaching:
    """The list of nodes as far as it is read, and what is attached to them."""

    def __init__(
        self,
        known: set[str],
        leader_per_item: bool,
        units: tuple[str, frozenset[int]],
        above: dict[int, tuple[str, str]],
        fields: frozenset[str] = frozenset(),
    ) -> None:
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.current: Node | None = None
        self.known = known
        self.leader_per_item = leader_per_item
        self.unit_lines, self.on_lines = units
        self.duty_above = above
        self.fields = fields
        self.unread_labels: dict[str, list[tuple[int, str]]] = {}
        self.section = ""
        self.section_leaders: list[tuple[str, str]] = []
        self.runs = 0
        self.stray: list[tuple[str, int, str]] = []
        self.section_node: Node | None = None
        self.latest: dict[str, Node] = {}
        self.pending: Line | None = None
        self.unnumbered = 0
        self.annexes = 0
        self.path: tuple[int, ...] | None = None
        self.letters: frozenset[str] = frozenset()
        self.words: frozenset[str] = frozenset()

    def add_text(self, node: Node, text: str, number: int) -> None:
        """Text of an item, with labels that stand on the same line split off."""
        flat = shadow(text)
        found = [f for f in labels_in(flat) if free(flat[: f.start()])]
        if not found:
            node.parts.append(text)
        else:
            if text[: found[0].start()].strip():
                node.parts.append(_before_label(text[: found[0].start()], label_kind(found[0])))
            for place, label in enumerate(found):
                end = found[place + 1].start() if place + 1 < len(found) else len(text)
                kind = label_kind(label)
                said = unmanned(text[label.end() : end], flat[label.end() : end]).strip()
                said, when = _timed_apart(said) if kind == LEADER else (said, "")
                said = self._without_others(node, said, number) if ":" in shadow(said) else said
                node.statements.append(Statement(kind, said, number))
                node.statements += [Statement(DUE, when, number)] if when else []
        node.last = number

    def split_anew(self, node: Node, number: int) -> None:
        """Labels in the line with which a list of units went on (…、市交通 / 局；时限：3月底) are statements of their own."""
        statement = node.statements[-1]
        found = [each for each in labels_in(shadow(statement.text)) if free(shadow(statement.text)[: each.start()])]
        if not found or not found[0].start():
            return
        rest, statement.text = statement.text[found[0].start() :], statement.text[: found[0].start()].rstrip("，,；; ")
        self.add_text(node, rest, number)

    def _without_others(self, node: Node, said: str, number: int) -> str:
        """Units without a label behind them that is none of ours: words of the task go there, any other is asked about."""
        found = _OTHER.search(shadow(said))
        if not found:
            return said
        if WORDS.match(found["word"] + ":"):
            node.parts.append(said[found.end() :].strip())
            node.worded = True
        else:
            self.unread_labels.setdefault(found["word"], []).append((number, squeeze(said[found.start("word") :])[:40]))
        return said[: found.start()].rstrip("，,；;。 ")

    def units_alone(self, line: Line) -> bool:
        """A line of nothing but units, below its item or above a list of items."""
        text = line.text.strip()
        if self.unit_lines == BELOW and self.current is not None and not self.current.duties:
            self.current.statements.append(Statement(RESPONSIBLE, unboxed(text), line.number, alone=True))
            self.current.last = line.number
            return True
        if self.unit_lines != ABOVE:
            return False
        self.unnumbered += 1
        node = Node("plain", self.unnumbered, line.number, line.number, parts=[text])
        self.nodes.append(node)
        self.stack, self.current, self.section = [node], None, text
        return True

    def duty_for_list(self, line: Line) -> None:
        """A label with its units above the list of items that they do."""
        self.unnumbered += 1
        node = Node("plain", self.unnumbered, line.number, line.number, parts=[line.text.strip()])
        node.given = [self.duty_above[line.number]]
        node.section = self.section
        self.nodes.append(node)
        self.stack, self.current = [node], None

    def for_all_above(self, line: Line, flat: str) -> bool:
        """以上工作由某局牵头: said of the items above that have no units of their own."""
        first, end, who = for_some_above(flat)
        who = who or for_all_above(flat)
        last = self.current
        if not who or last is None:
            return False
        above = [node for node in self.nodes if node.run == last.run and node.parent is last.parent]
        if end:
            above = [node for node in above if first <= node.number <= end]
        said = [n for n, node in enumerate(above, 1) if node.duties or trailing_duty(node.text)]
        open_ones = above[said[-1] if said else 0 :]
        for node in open_ones:
            node.statements.append(Statement(RESPONSIBLE, who, line.number))
            node.doubts.append(("heading_units", line.number, squeeze(line.text)[:40]))
        last.last = line.number
        return bool(open_ones)

    def labelled(self, line: Line, kind: str) -> bool:
        """A line that begins with a label: its statements go to the item they are about. False where there is none."""
        node = self.current
        if kind == LEADER and (node is None or not self.leader_per_item):
            return self.leader_line(line)
        heads = kind == LEADER and node is not None and bool(node.value(LEADER))
        if self.pending is not None and (kind in (LEAD, RESPONSIBLE) or heads) and (node is None or node.duties):
            node = self._unnumbered(self.pending)
        if node is not None and node.leaders and not node.children and node.style in _COUNTED:
            node.leaders = []  # 1.修路（牵头领导：丁一） above its units is an item; the bracket says who heads it
        if node is None or node.leaders:
            return False
        text = unboxed(line.text.strip())
        fresh = Node("", 0, 0, 0)
        self.add_text(fresh, text, line.number)
        for statement in fresh.statements:
            statement.alone = True
        target = self._whose(node) if kind in (LEAD, CO, RESPONSIBLE) else node
        target.statements += fresh.statements
        target.last = self.current.last = line.number  # type: ignore[union-attr]
        self.current = target
        return True

    def labelled_words(self, line: Line, flat: str) -> bool:
        """改革内容：… below the name of a task is what is to be done about it."""
        found, node = WORDS.match(flat), self.current
        if not found or node is None or node.leaders or (node.statements and node.parts):
            return False
        if not node.text.strip():
            node.parts = [line.text.strip()[found.end() :].strip()]
            node.last = line.number
            return bool(node.parts[0])
        if len(node.text) > _NAME or ENDED.search(shadow(node.text)):
            return False
        rest = line.text.strip()[found.end() :].strip()
        node.parts.append(("：" if not node.text.isascii() else ": ") + rest)
        node.last = line.number
        return True

    def other_label(self, line: Line, flat: str) -> bool:
        """A line below units that begins with a label we don't know: units or a time are asked about, words belong to the task."""
        found, node = _LABELLED.match(flat), self.current
        if not found or node is None or node.leaders or not node.duties or _REMARK.search(found["word"]):
            return False
        said = found["said"].rstrip("。; ")
        if looks_like_units(said) or (len(said) < _NAME and _DAYS.search(said)):
            self.unread_labels.setdefault(found["word"], []).append((line.number, squeeze(line.text)[:40]))
        elif found["word"] in self.fields:
            node.parts.append(line.text.strip())
        else:
            return False
        node.last = line.number
        return True

    def paragraph(self, line: Line, flat: str, following: Line | None) -> bool:
        """A paragraph without a mark that says itself who does it is a task of its own."""
        node = self.current
        beside = (node is not None and named_first(node.text)) or (following and named_first(following.text))
        if beside and named_first(line.text) and (node is None or node.style == "none" or _is_heading(node)):
            self.add_text(self._unnumbered(line, parts=False), line.text, line.number)
            return True
        if node is not None and not (node.duties or (node.style == "none" and trailing_duty(node.text))):
            return False
        labels = [f for f in labels_in(flat) if free(flat[: f.start()]) and f["english"] is None]
        named = any(label_kind(label) in (LEAD, RESPONSIBLE) for label in labels)
        begins = labels[0].start() if named else len(flat)
        least = _TASK if len(labels) == 1 or not named else _PLACE
        begins = min(begins, closing_duty(flat), flat.rfind("(") if trailing_duty(flat) else begins)
        if not least <= begins < len(flat.rstrip()) or heading_leaders(line.text):
            return False
        self.add_text(self._unnumbered(line, parts=False), line.text, line.number)
        return True

    def _unnumbered(self, text: Line, parts: bool = True) -> Node:
        """A paragraph without a mark whose units follow on the next line."""
        self.unnumbered += 1
        while self.stack and self.stack[-1].style not in ("plain", "cn", "cnp", "chapter", "topic"):
            self.stack.pop()
        node = Node("none", self.unnumbered, text.number, text.number, parts=[text.text] if parts else [])
        node.parent = self.stack[-1] if self.stack else None
        if self.latest:
            node.doubts.append(("no_number", text.number, squeeze(text.text)[:20]))
        if node.parent:
            node.parent.children.append(node)
        self.nodes.append(node)
        self.current, self.pending = node, None
        return node

    def _whose(self, node: Node) -> Node:
        """A line of units after several sub-items that had none belongs to the item above them."""
        parent = node.parent
        alone = parent is not None and len(parent.children) < 2 and node.style != "bullet"
        if node.statements or parent is None or parent.leaders or alone:
            return node
        if any(child.duties for child in parent.children) or parent.style in ("cn", "chapter"):
            return node
        if node.style not in ("pnum", "ring", "nump", "bullet", "lower") or any(
            trailing_duty(c.text) for c in parent.children
        ):
            return node
        return parent

    def leader_line(self, line: Line) -> bool:
        """A line that names leaders heads what follows, or completes the heading above it."""
        found = heading_leaders(line.text)
        above = self.current
        if found and above and _is_heading(above):
            above.leaders, above.last = found, line.number
            self.section_leaders, self.section_node = [], None
            return True
        if found:
            self.stack, self.current = [], None
            self.section_leaders = found
            self.section_node = Node("plain", 0, line.number, line.number, parts=[line.text], leaders=found)
            self.nodes.append(self.section_node)
            self.stack.append(self.section_node)
        return bool(found)


def _before_label(text: str, kind: str) -> str:
    """甲局牵头，分管领导：丁一: the comma before a leader's label ends the sentence that says who does it."""
    return text.rstrip("，, ") if kind == LEADER else _DASHED.sub("", text)


def _timed_apart(said: str) -> tuple[str, str]:
    """A leader and the time that the same sentence gives behind him (丁一，6月底前完成)."""
    flat = shadow(said)
    who, _, rest = flat.partition(",")
    clauses = [clause.strip() for clause in rest.rstrip("。; ").split(",")]
    if not rest or not people(who) or not all(TIMED.match(clause) for clause in clauses):
        return said, ""
    return said[: len(who)], said[len(who) + 1 :].strip("。；; ")


def _is_heading(node: Node) -> bool:
    """A short marked line with nothing said below it yet."""
    empty = not node.statements and not node.children
    return (
        empty and node.style in ("cn", "cnp", "chapter") and len(node.text) < 60 and not ENDED.search(shadow(node.text))
    )
