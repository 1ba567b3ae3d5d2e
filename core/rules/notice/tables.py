"""Knows tasks in tables: header cells name the columns; cells may be merged, rows may go on after a break."""

from __future__ import annotations

import re

from core.rules.notice.cards import cards_in
from core.rules.notice.clauses import is_bare_list
from core.rules.notice.columns import CONTENT, NUMBER, columns_of, is_beside, is_heads
from core.rules.notice.flat_tables import flat_items
from core.rules.notice.items import Item
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.numerals import numeral
from core.rules.notice.rows import UNITS, Row, items_of, row_of, titled, trailing_section, unheaded
from core.rules.notice.shadow import Line, shadow, squeeze

_MD_RULE = re.compile(r"^[\s|:\-]+$")
_DAY = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月|[一二三四]季度|年)(?:\d{1,2}日|底|末)?(?:之?前|以前)?(?:完成|办结)?$|^\d{4}[-./]\d{1,2}([-./]\d{1,2})?$"
    r"|^(?:by|end|of|mid|Q[1-4]|[A-Z][a-z]{2,8})*\d{0,2},?20\d\d$"
)
_TEXT = 4
"""Signs of a cell that may be part of what is to be done."""


def items_of_tables(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """The tasks that stand in tables, and the numbers of the lines they were read from."""
    reader = _Tables()
    for line in lines:
        reader.take(line)
    reader.end()
    if not reader.items:
        reader.cards(lines)
    return (reader.items, reader.used) if reader.items else flat_items(lines)


class _Tables:
    """Takes lines one by one; the heads of columns stay in force for a table that goes on after a break."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.used: set[int] = set()
        self.columns: list[str | None] = []
        self.section = ""
        self.rows: list[Row] = []
        self.fresh = False
        self.heads: list[str] = []
        self.unread: list[int] = []
        self.leader_line = 0

    def take(self, line: Line) -> None:
        cells = _cells(line)
        if cells is None:
            if line.text.strip():
                self.end()
                self._heading(line)
            return
        named = columns_of(cells)
        if is_heads(named):
            self.end()
            self.columns, self.fresh, self.heads = named, True, cells
            self.used.add(line.number)
        elif _MD_RULE.match(line.text):
            self.used.add(line.number)
        elif self.columns and (self.fresh or self._goes_on(cells)):
            self.used.add(line.number)
            self.rows.append(row_of(line, cells, self.columns))
            self.unread += _unread(cells, self.columns, self.heads)

    def _heading(self, line: Line) -> None:
        """A line between tables: the section, or the leader, of what stands in the next one."""
        text = unheaded(line.text.strip())
        led = bool(heading_leaders(text))
        self.section = text if led else _section(line) or self.section
        self.leader_line = line.number if led else 0

    def cards(self, lines: list[Line]) -> None:
        """Every card is a row of its own."""
        for card in cards_in(lines):
            cells = {kind: "\n".join(values) for kind, values in card.held.items()}
            content = card.held[CONTENT]
            cells[CONTENT] = titled(content[1:]) if len(content) > 1 else content[0]
            cells["first"] = content[0] if len(content) > 1 else ""
            found = items_of([Row(card.first, cells)], self.section)
            for item in found:
                item.last = card.last
                item.number = item.number if NUMBER in cells else len(self.items) + 1
            self.items += found
            self.used.update(range(card.first, card.last + 1))

    def end(self) -> None:
        """The rows taken so far make a piece of a table."""
        if self.rows:
            before = self.items[-1] if self.items and self.items[-1].section == self.section else None
            found = items_of(self.rows, self.section, before)
            for place in sorted(set(self.unread)) if found else ():
                if 2 * self.unread.count(place) >= len(found) and place < len(self.heads):
                    found[0].doubts.append(("column", found[0].first, " ".join(self.heads[place].split())))
            self.items += found
            if found and self.leader_line:
                self.used.add(self.leader_line)
            self.section = trailing_section(self.rows) or self.section
        self.rows, self.fresh, self.unread = [], False, []

    def _goes_on(self, cells: list[str]) -> bool:
        """A row after a break that has the shape of the table before: its next number, or units where units stand."""
        if len(cells) != len(self.columns) or not self.items:
            return False
        held = dict(zip(self.columns, cells, strict=True))
        if NUMBER in held:
            value, last = numeral(held[NUMBER].strip().rstrip(".、")), self.items[-1].number
            return value is not None and isinstance(last, int) and (value == last + 1 or value == 1)
        return any(looks_like_units(held[kind]) for kind in UNITS if held.get(kind, "").strip())


def _cells(line: Line) -> list[str] | None:
    if line.cells is not None:
        return list(line.cells)
    text = line.text.strip()
    if text.count("|") >= 2:
        return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    return [cell.strip() for cell in line.text.split("\t")] if line.text.count("\t") >= 2 else None


def _section(line: Line) -> str:
    found = re.match(r"^#{2,}\s*(.+)$|^[((]?[一二三四五六七八九十]+[)、)]\s*(.+)$", line.text.strip())
    return (found[1] or found[2]).strip() if found else ""


def _unread(cells: list[str], columns: list[str | None], heads: list[str]) -> list[int]:
    """The columns without a known head whose cell here reads like units, a date or words of the task."""
    return [
        place
        for place, (cell, kind, head) in enumerate(zip(cells, columns, heads, strict=False))
        if kind is None
        and head.strip()
        and cell.strip()
        and (_is_fact(cell) or _is_person(cell, head) or _is_text(cell, head))
    ]


def _is_fact(cell: str) -> bool:
    if is_bare_list(cell) or (cell.isascii() and looks_like_units(cell)):
        return True
    return bool(_DAY.match(squeeze(shadow(cell))))


def _is_person(cell: str, head: str) -> bool:
    return not is_beside(head) and bool(people(cell))


def _is_text(cell: str, head: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]+", cell)) >= _TEXT and not is_beside(head)
