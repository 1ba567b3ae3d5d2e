"""Knows tasks in tables: header cells name the columns; cells may be merged, rows may go on after a break."""

from __future__ import annotations

import re

from core.rules.notice.cards import cards_in, is_card_row
from core.rules.notice.cell_texts import titled, unheaded
from core.rules.notice.columns import both_rows, columns_of, is_heads, may_be_heads
from core.rules.notice.flat_tables import flat_items
from core.rules.notice.headless_tables import headless_items
from core.rules.notice.heads import CONTENT, NUMBER, PAIR
from core.rules.notice.items import Item
from core.rules.notice.labels import RESPONSIBLE
from core.rules.notice.leaders import heading_leaders
from core.rules.notice.lists import looks_like_units
from core.rules.notice.numerals import numeral
from core.rules.notice.row_shapes import Rows
from core.rules.notice.rows import UNITS, Row, items_of
from core.rules.notice.shadow import Line
from core.rules.notice.table_columns import Columns
from core.rules.notice.table_pieces import Piece, read_piece
from core.rules.notice.unit_sections import duty_of, is_labelled, leaders_of

_MD_RULE = re.compile(r"^[\s|:\-]+$")


def items_of_tables(lines: list[Line], columns: Columns) -> tuple[list[Item], set[int]]:
    """The tasks that stand in tables, and the numbers of the lines they were read from.

    `columns`: what a person said of columns; those that have to be asked about are kept there.
    """
    reader = _Tables(columns)
    for line in lines:
        reader.take(line)
    reader.end()
    if not reader.items:
        reader.cards(lines)
    if reader.items:
        return reader.items, reader.used
    items, used = headless_items(lines)
    return (items, used) if items else flat_items(lines)


class _Tables:
    """Takes lines one by one; the heads of columns stay in force for a table that goes on after a break."""

    def __init__(self, told: Columns) -> None:
        self.told = told
        self.items: list[Item] = []
        self.used: set[int] = set()
        self.heads: list[str] = []
        self.columns: list[str | None] = []
        self.section = ""
        self.rows: Rows = []
        self.taken: set[int] = set()
        self.open = False
        self.above: list[str] = []
        self.uncounted = 0
        self.leader_line = 0
        self.caption: Line | None = None

    def take(self, line: Line) -> None:
        cells = _cells(line)
        if cells is None:
            if line.text.strip():
                self.end()
                self._heading(line)
            return
        heads = self._heads(cells, line.table)
        self.above = cells
        if heads:
            self.end()
            self._begin(heads)
            self.taken.add(line.number)
        elif _MD_RULE.match(line.text):
            self.taken.add(line.number)
        elif self.columns and (self.open or self._goes_on(cells)):
            self.open = True
            self.taken.add(line.number)
            self.rows.append((line, cells))

    def _begin(self, heads: list[str]) -> None:
        if heads != self.heads:
            self.uncounted = 0
        self.heads, self.columns, self.open = heads, columns_of(heads, self.told.said), True

    def _heads(self, cells: list[str], table: int) -> list[str]:
        """The heads that this row makes, alone or with the row above it; empty for any other row."""
        named = columns_of(cells, self.told.said)
        above = self.heads if self.open and not self.rows else self.above
        both = both_rows(above, cells) if not self.rows else []
        if both and is_heads(columns_of(both, self.told.said)) and any(not cell.strip() for cell in cells):
            return both
        fresh = not self.rows or cells == self.heads or table != self.rows[-1][0].table
        found = is_heads(named) or (may_be_heads(named) and fresh)
        return cells if found and not is_card_row(cells) else []

    def _heading(self, line: Line) -> None:
        """A line between tables: the section, or the leader, of what stands in the next one."""
        text = unheaded(line.text.strip())
        led = bool(heading_leaders(text))
        self.caption = line
        before = self.section
        self.section = text if led else _section(line) or self.section
        self.leader_line = line.number if led else 0
        if self.section != before:
            self.uncounted = 0

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
        """The rows taken so far make a piece of a table; one that says of no task who does it is none of tasks."""
        if self.rows:
            self._piece()
        self.rows, self.open, self.above, self.taken = [], False, [], set()

    def _piece(self) -> None:
        before = self.items[-1] if self.items and self.items[-1].section == self.section else None
        piece = Piece(self.heads, self.columns, self.rows)
        found = read_piece(piece, self.section, before, self.uncounted, self.told)
        self._from_above(piece.columns, found)
        if not is_heads(self.columns) and not any(item.statements for item in found):
            self.columns = []
            return
        self.columns = piece.columns
        self.uncounted += 0 if NUMBER in piece.columns else len(found)
        self.items += found
        self.used |= self.taken
        if found and self.leader_line:
            self.used.add(self.leader_line)
        self.section = piece.next_section or self.section

    def _from_above(self, columns: list[str | None], found: list[Item]) -> None:
        """Who does the tasks of a table that doesn't say so: the line above it, or its sheet's name; asked about where no label says it."""
        open_ones = [item for item in found if not item.statements]
        if not open_ones or any(kind in (*UNITS, PAIR) for kind in columns):
            return
        named, line = (self.caption.text.strip(), self.caption.number) if self.caption else ("", 0)
        if not duty_of(named):
            named, line = self.rows[0][0].place.sheet, found[0].first
        if not (who := duty_of(named)):
            return
        for item in open_ones:
            item.statements.append((RESPONSIBLE, who))
            item.leaders = item.leaders or leaders_of(named)
        if is_labelled(named):
            self.used.add(line)
        else:
            open_ones[0].doubts.append(("heading_units", line, who))

    def _goes_on(self, cells: list[str]) -> bool:
        """A row after a break that has the shape of the table before: a number that follows, or units where units stand."""
        if len(cells) != len(self.columns) or not self.items:
            return False
        held = dict(zip(self.columns, cells, strict=True))
        units = any(looks_like_units(held[kind]) for kind in UNITS if held.get(kind, "").strip())
        if NUMBER not in held or not held[NUMBER].strip():
            return units
        value, last = numeral(held[NUMBER].strip().rstrip(".、")), self.items[-1].number
        return (
            value is not None
            and isinstance(last, int)
            and (value == last + 1 or (units and (value > last or value == 1)))
        )


def _cells(line: Line) -> list[str] | None:
    if line.cells is not None:
        return list(line.cells)
    bars = [place for place, sign in enumerate(line.flat) if sign == "|"]
    if len(bars) >= 2:
        edges = [-1, *bars, len(line.text)]
        cells = [line.text[a + 1 : b].strip() for a, b in zip(edges, edges[1:], strict=False)]
        flat = line.flat.strip()
        return cells[flat.startswith("|") : len(cells) - flat.endswith("|")]
    return [cell.strip() for cell in line.text.split("\t")] if line.text.count("\t") >= 2 else None


def _section(line: Line) -> str:
    found = re.match(r"^#{2,}\s*(.+)$|^[((]?[一二三四五六七八九十]+[)、)]\s*(.+)$", line.text.strip())
    return (found[1] or found[2]).strip() if found else ""
