"""Knows how lines become items: marks in sequence, wrapped lines joined, statements of duty attached to their item."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice.attaching import Attaching
from core.rules.notice.clauses import is_bare_list
from core.rules.notice.continuing import continues_units, trailing_duty, unbalanced
from core.rules.notice.dates import FULL_DATE
from core.rules.notice.labels import CO, DUE, LABEL, LEAD, LEADER, PERSON, RESPONSIBLE, label_kind, labels_in
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import names_in, two_lists
from core.rules.notice.marks import (
    ANNEX,
    ANNEX_LIST,
    LETTERS,
    Mark,
    dotted_mark,
    follows,
    is_furniture,
    mark_of,
    next_to,
)
from core.rules.notice.names import looks_like_unit
from core.rules.notice.node import ENDED, Node, closed_to, free
from core.rules.notice.running import speaks_to_all
from core.rules.notice.shadow import Line, join, shadow, squeeze
from core.rules.notice.text_cards import without_name_label, worded_mark
from core.rules.notice.unlabelled import behind_dash

_SIGNATURE = re.compile(
    r"^(?:抄\s*送|主\s*送|主题词|报\s*送|分送|发送|(?:参会|出席|列席|缺席|请假)(?:人员|单位|领导)?|参加人员|记录人?)\s*:|印发$|^\(此件"
)
_SECTION_LENGTH = 40
_AGAIN = 3
"""Characters behind a 1. that begins a list again although the item before has no full stop, as in a table of contents."""

_PAGE = 3
"""Figures of a page's number."""

_BRACKET = 300
"""Characters in which an open bracket is looked for; one left open by mistake doesn't swallow the paper."""

_NAME = 4
"""Signs of a name and its stop."""

_LONG = 5_000
_STEP = re.compile(r"^(?:\d{4}年|\d{1,2}月|[一二三四]季度|年底)[^。]{0,20}(?:前|底|末|完成|开工|建成|竣工)")
_ANNEX_NAME = 60
_ITEMS = ("num", "padded", "task", "code", "dot2", "pnum", "nump")
_NO_SECTION = re.compile(r"\(\d{4}\)\s*第?\d+号$|^\(此件|\d日$")


class Builder(Attaching):
    """Takes lines one by one and keeps the list of nodes; `known` are unit names seen complete elsewhere."""

    def take(self, line: Line, following: Line | None) -> None:
        flat = line.flat.strip()
        if not flat or is_furniture(line):
            return
        if ANNEX.match(flat) or ANNEX_LIST.match(flat):
            self.close()
            self.annexes = int(bool(re.search(r":\s*1\s*[.、]", flat)))
            return
        mark = self._dotted(line) or self._lettered(mark_of(line.flat)) or worded_mark(line.flat, self.words)
        if (
            self.annexes
            and mark
            and mark.style == "num"
            and mark.number == self.annexes + 1
            and len(flat) < _ANNEX_NAME
        ):
            self.annexes += 1
            return
        self.annexes = 0
        if line.number in self.on_lines and self.units_alone(line):
            return
        if line.number in self.duty_above:
            self.duty_for_list(line)
            return
        if mark and self._accept(mark, line):
            self._open(mark, line)
            return
        if self._ends_here(flat, following):
            self.current = None
            return
        found = LABEL.match(flat) or LABEL.match(flat.lstrip("([ "))
        if found and self.labelled(line, label_kind(found)):
            return
        if self.labelled_words(line, flat):
            return
        if PERSON.match(flat) and self.current and not self.current.leaders:
            self.current.last = line.number
            return
        if self.other_label(line, flat) or self.paragraph(line, flat, following):
            return
        if self.for_all_above(line, flat) or self._page_number(line, flat):
            return
        self._continue(line, flat)

    def close(self) -> None:
        self.current, self.stack, self.section = None, [], ""
        self.section_leaders, self.section_node = [], None

    def _dotted(self, line: Line) -> Mark | None:
        """1.1 as a mark, where it goes on from the one before it and no sentence is under way."""
        found = dotted_mark(line.flat)
        if not found or not follows(found[1], self.path):
            return None
        below = self.current is not None and found[1] == (self.current.number, 1) and self.current.style == "num"
        worded = not line.flat.lstrip()[0].isdigit()
        if (
            not below
            and not worded
            and self._unfinished()
            and not (line.text.isascii() and next_to(found[1], self.path))
        ):
            return None
        self.path = found[1]
        return found[0]

    def _lettered(self, mark: Mark | None) -> Mark | None:
        """A. and (a) as marks in a paper whose letters go on with B; A. below an open item counts as (a) does."""
        if mark is None or mark.style not in LETTERS:
            return mark
        if mark.style not in self.letters:
            return None
        open_item = any(node.style in _ITEMS and not node.duties for node in self.stack)
        below = mark.style == "upper" and open_item and all(node.style != "upper" for node in self.stack)
        return replace(mark, style="lower") if below else mark

    def _accept(self, mark: Mark, line: Line) -> bool:
        if mark.style.startswith("dot"):
            return True
        if mark.style == "pnum" and line.text.lstrip()[0] in "[［":
            return False
        if mark.style == "code":
            return not self._unfinished()
        if mark.style == "bullet":
            return not self._unfinished() and not is_bare_list(line.flat[mark.end :].strip(" 。;"))
        same = next((n for n in reversed(self.stack) if n.style == mark.style), None)
        latest = same or self.latest.get(mark.style)
        in_sequence = mark.number == (same.number + 1 if same else 1)
        in_sequence = in_sequence or (latest is not None and mark.number == latest.number + 1)
        if mark.style == "padded" or (mark.style in LETTERS and not in_sequence):
            return in_sequence
        unfinished = self._unfinished()
        if mark.tight or mark.number > 999:
            return in_sequence and not unfinished
        if in_sequence:
            return True
        again = mark.number == 1 and same is not None and same is self.current and mark.style == "num"
        return not unfinished or (again and len(line.text) - mark.end >= _AGAIN)

    def _unfinished(self) -> bool:
        """True while the current item has neither its units nor the end of a sentence: its next line continues it."""
        node = self.current
        if node is None or node.leaders or node.statements:
            return bool(node and node.statements and node.statements[-1].text.rstrip().endswith("、"))
        text = shadow(node.parts[-1]).rstrip() if node.parts else ""
        if node.style in ("cn", "cnp", "chapter", "topic", "plain") and len(text) < _SECTION_LENGTH:
            return False
        return not ENDED.search(text) and not trailing_duty(text) and behind_dash(text) == len(text)

    def _open(self, mark: Mark, line: Line) -> None:
        rest = without_name_label(line.text[mark.end :])
        self.pending = None
        number = mark.number
        if mark.style == "bullet":
            before = self.latest.get("bullet")
            number = before.number + 1 if before and any(node is before for node in self.stack) else 1
        node = Node(mark.style, number, line.number, line.number, mark=line.text[: mark.end].strip())
        same = next((n for n in reversed(self.stack) if n.style == mark.style), None)
        if same:
            while self.stack[-1] is not same:
                self.stack.pop()
            self.stack.pop()
            node.run = same.run
            self._check_sequence(node, same)
        else:
            while self.stack and closed_to(self.stack[-1], mark.style):
                self.stack.pop()
            before = self.latest.get(mark.style)
            runs_on = before is not None and mark.number == before.number + 1 and mark.number > 1
            self.runs += not runs_on
            node.run = before.run if before and runs_on else self.runs
        self.latest[mark.style] = node
        node.parent = self.stack[-1] if self.stack else None
        if node.parent:
            node.parent.children.append(node)
        self.stack.append(node)
        self.nodes.append(node)
        self.current = node
        node.section = self.section
        node.leaders = heading_leaders(rest) if len(rest) < 60 else []
        if node.leaders:
            self.section_leaders, self.section_node = [], None
            node.parts.append(rest)
            return
        self.add_text(node, rest, line.number)

    def _check_sequence(self, node: Node, before: Node) -> None:
        if node.number == before.number + 1 or node.style == "code":
            return
        self.runs += node.number == 1
        node.run = self.runs if node.number == 1 else before.run
        if node.number != 1:
            kind = "numbering_gap" if node.number > before.number else "numbering"
            node.doubts.append((kind, node.first, f"{before.number}→{node.number}"))

    def _page_number(self, line: Line, flat: str) -> bool:
        """A figure alone on its line while a sentence is under way: a page's number, and asked about."""
        node = self.current
        if node is None or not flat.isdigit() or len(flat) > _PAGE or not self._unfinished():
            return False
        node.doubts.append(("page_number", line.number, flat))
        return True

    def _ends_here(self, flat: str, following: Line | None) -> bool:
        if self._unfinished() and not _SIGNATURE.search(flat):
            return False
        whole = FULL_DATE.match(flat)
        if (whole and len(flat) - whole.end() < 4) or _SIGNATURE.search(flat):
            return True
        after = FULL_DATE.match(following.flat.strip()) if following and not LABEL.match(flat) else None
        return bool(after) and len(flat) < _SECTION_LENGTH and not self._open_units()

    def _open_units(self) -> bool:
        node = self.current
        if not node or not node.statements or node.statements[-1].kind not in (LEAD, CO, RESPONSIBLE):
            return False
        last = shadow(node.statements[-1].text).rstrip()
        return last.endswith(("、", ",")) or not looks_like_unit((names_in(last) or [""])[-1].rstrip("。."))

    def _continue(self, line: Line, flat: str) -> None:
        node = self.current
        if node is None:
            self._heading(line, flat)
        elif node.leaders:
            if heading_leaders(line.text):
                self.leader_line(line)
        elif node.parts and len(node.parts[-1]) < _LONG and unbalanced(node.parts[-1][-_BRACKET:]):
            node.parts[-1] = join([node.parts[-1], line.text])
            node.last = line.number
        elif not node.statements and behind_dash(node.text) < len(node.text):
            self._heading(line, flat)
        elif not node.statements:
            self.add_text(node, line.text, line.number)
            if node.style in ("cn", "cnp", "chapter") and len(node.text) < 60 and not node.children:
                node.leaders = heading_leaders(node.text)
        elif node.worded and not ENDED.search(shadow(node.parts[-1]).rstrip()):
            node.parts[-1] = join([node.parts[-1], line.text])
            node.last = line.number
        elif node.statements[-1].kind in (LEAD, CO, RESPONSIBLE):
            self._after_units(node, line, flat)
        elif node.statements[-1].kind == LEADER and _name_goes_on(node.statements[-1].text, flat):
            node.statements[-1].text += line.text.strip()
            node.last = line.number
        elif node.statements[-1].kind == DUE and _date_goes_on(node.statements[-1].text, flat):
            node.statements[-1].text = join([node.statements[-1].text, line.text])
            node.last = line.number
        else:
            self._heading(line, flat)

    def _after_units(self, node: Node, line: Line, flat: str) -> None:
        """A line after units: the rest of a list (a name broken in two, a list that goes on) or a heading of its own."""
        statement = node.statements[-1]
        verdict = continues_units(statement.text, line.text, self.known)
        if verdict == "no" and not ENDED.search(shadow(statement.text).rstrip()) and _labelled_within(flat):
            verdict = "perhaps"
        if verdict == "no":
            self._heading(line, flat)
            return
        apart = verdict == "perhaps" and two_lists(statement.text, flat.rstrip("。;"))
        statement.text = join([statement.text, "、" if apart else "", line.text])
        node.last = line.number
        self.split_anew(node, line.number)
        if verdict == "perhaps":
            node.doubts.append(("wrap_units", line.number, squeeze(line.text)))

    def _heading(self, line: Line, flat: str) -> None:
        if heading_leaders(line.text):
            self.leader_line(line)
            return
        if _NO_SECTION.search(flat):
            return
        self.pending = line
        long = len(flat) > _SECTION_LENGTH or flat.endswith("。")
        if self.current is not None and self.current.statements and long and not speaks_to_all(line.text):
            self.stray.append(("stray_text", line.number, line.text.strip()[:40]))
        self.section = self.section if long or flat.endswith(":") else line.text.strip()


def _labelled_within(flat: str) -> bool:
    """社（配合）。完成时限：6月: a line with a label in its middle goes on with the one before."""
    return any(label.start() and free(flat[: label.start()]) for label in labels_in(flat))


def _name_goes_on(text: str, flat: str) -> bool:
    """分管领导：丁 / 大山: the name of a leader that a line break cut in two or off its label."""
    whole = squeeze(text + flat.rstrip("。;"))
    return len(flat) <= _NAME and bool(people(whole)) and (not text.strip() or len(squeeze(text)) < _NAME)


def _date_goes_on(text: str, flat: str) -> bool:
    """2024年 / 12月底: a date that the end of a line cut in two, or the next step of one that isn't at its end."""
    open_end = shadow(text).rstrip().endswith((",", "、", ";", "年", "至", "-", "—"))
    return len(flat) < _SECTION_LENGTH and (open_end or bool(_STEP.match(flat)))
