"""Knows how the rows between two heads, or two breaks, become tasks, and what about their columns has to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.notice.cell_texts import HEADED, without_persons
from core.rules.notice.columns import columns_of, is_title
from core.rules.notice.heads import BESIDE, CONTENT, NUMBER, PAIR, names_persons
from core.rules.notice.items import Item
from core.rules.notice.labels import RESPONSIBLE
from core.rules.notice.row_shapes import Rows, filled, halves, inner_headings, run_on, side_by_side
from core.rules.notice.rows import UNITS, items_of, row_of, trailing_section
from core.rules.notice.shadow import squeeze
from core.rules.notice.stacked_rows import stacked
from core.rules.notice.table_columns import Columns
from core.rules.notice.unknown_heads import (
    signed_columns,
    taken_for_content,
    taken_for_numbers,
    taken_for_titles,
    taken_for_units,
    unexplained_sign,
    unread_columns,
)

_OF_TASKS = re.compile("牵头|主办|主责|负责|承担|承办|配合|协办|协同|参与")
_NUMBERS = re.compile(r"^(?:第?\d{1,3}(?:[.-]\d{1,3})?[项条]?(?:[、,，;；和及\-—–~至]+|$))*$")


@dataclass
class Piece:
    """`columns` and `next_section` are what the reading made of them, for the piece that follows."""

    heads: list[str]
    columns: list[str | None]
    rows: Rows
    next_section: str = ""


def read_piece(piece: Piece, section: str, before: Item | None, uncounted: int, told: Columns) -> list[Item]:
    """The tasks of a piece. `before` is the last task above it, `uncounted` how many without a number stand above.

    Columns that have to be asked about are kept in `told`, so that a table over many pages asks once.
    """
    heads, columns, rows = piece.heads, list(piece.columns), filled(piece.rows)
    half = halves(heads)
    if half:
        heads, rows = heads[:half], side_by_side(rows, half)
        columns = columns_of(heads, told.said)
    if _is_index(heads, columns, rows):
        return []
    doubts = _unknown(heads, columns, rows)
    if not half:
        piece.columns = list(columns)
    one_each = stacked(columns, rows, heads)
    doubts = [(kind, place) for kind, place in doubts if kind != "column" or one_each.columns[place] != BESIDE]
    columns, rows = one_each.columns, one_each.rows
    heads = [*heads, *[""] * (len(columns) - len(heads))]
    columns = inner_headings(rows, columns)
    titles = _titles(heads, columns, rows)
    shown = [cells for _, cells in rows]
    rows = [(line, _unmanned(heads, columns, cells)) for line, cells in run_on(rows, columns)]
    made = [row_of(line, cells, columns) for line, cells in rows]
    found = items_of(made, section, before, titles, uncounted)
    piece.next_section = trailing_section(made)
    if found:
        told.keep(heads, shown, doubts, found[0].first)
    if NUMBER in columns:
        _count(found, before)
    return found


def _is_index(heads: list[str], columns: list[str | None], rows: Rows) -> bool:
    """单位, 牵头任务, 配合任务 over nothing but numbers of tasks that stand elsewhere."""
    if not all(_OF_TASKS.match(squeeze(head)) for head, kind in zip(heads, columns, strict=False) if kind == CONTENT):
        return False
    said = [squeeze(cell) for _, row in rows for cell, kind in zip(row, columns, strict=False) if kind == CONTENT]
    return bool(said) and all(_NUMBERS.match(cell) for cell in said) and any(said)


def _unknown(heads: list[str], columns: list[str | None], rows: Rows) -> list[tuple[str, int]]:
    """What has to be asked about unknown heads, (kind, place); columns that were taken for something are changed."""
    cells = [row for _, row in rows]
    doubts = []
    number = taken_for_numbers(heads, columns, cells) if NUMBER not in columns else None
    if number is not None:
        columns[number] = NUMBER
    more = taken_for_content(heads, columns, cells)
    if more is not None:
        columns[more] = CONTENT
        doubts.append(("column_text", more))
    name = taken_for_titles(heads, columns, cells)
    if name is not None:
        columns[name] = CONTENT
        doubts.append(("column_text", name))
    if not any(kind in columns for kind in (*UNITS, PAIR)):
        units = taken_for_units(columns, cells)
        if units is not None:
            columns[units] = RESPONSIBLE
            doubts.append(("column_units", units))
    sign = unexplained_sign(heads, columns, cells)
    if sign is not None:
        doubts.append(("column_units", sign))
    shown = unread_columns(heads, columns, cells)
    signed = [place for place in signed_columns(heads, columns, cells) if place not in shown]
    unread = (*shown, *signed, *_twice(heads, columns))
    return doubts + [("column", place) for place in unread]


def _twice(heads: list[str], columns: list[str | None]) -> list[int]:
    """Columns of tasks or units under the very head of another one."""
    bare = [squeeze(head) for head in heads]
    return [
        place
        for place, (head, kind) in enumerate(zip(bare, columns, strict=False))
        if head and head in bare[:place] and kind in (CONTENT, *UNITS)
    ]


def _titles(heads: list[str], columns: list[str | None], rows: Rows) -> bool:
    """Whether the first of several columns of content holds the names of the tasks; 一、 before them makes them headings."""
    shown = [place for place, kind in enumerate(columns) if kind == CONTENT]
    if len(shown) < 2 or not is_title(heads[shown[0]]):
        return False
    return not any(HEADED.match(row[shown[0]].strip()) for _, row in rows if shown[0] < len(row))


def _unmanned(heads: list[str], columns: list[str | None], cells: list[str]) -> list[str]:
    out = list(cells)
    for place, (head, kind) in enumerate(zip(heads, columns, strict=False)):
        if kind in UNITS and place < len(cells) and names_persons(head):
            out[place] = without_persons(cells[place])
    return out


def _count(found: list[Item], before: Item | None) -> None:
    """A number that doesn't follow the one above may mean that a row was lost."""
    last = before.number if before else 0
    for item in found:
        number = item.number
        if isinstance(number, int) and isinstance(last, int) and number != 1:
            if number > last + 1 and last:
                item.doubts.append(("numbering_gap", item.first, str(last + 1)))
            elif number < last:
                item.doubts.append(("numbering", item.first, f"{last} → {number}"))
        last = number
