"""Knows tables that lie on their side: the heads stand one below the other in the first column, each task has a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.rules.notice.columns import CONTENT, column_of, columns_of, is_beside, is_heads
from core.rules.notice.shadow import Line

_LEAST = 3
"""Columns of such a table; one with two is a card."""


def upright(rows: Sequence[Line]) -> list[Line]:
    """The rows of a table, those that lie on their side turned: heads first, then a row for each column."""
    start, end = _run(rows)
    lying = rows[start:end]
    if not lying or any(is_heads(columns_of(line.cells or ())) for line in rows):
        return list(rows)
    heads = [line.cells[0] for line in lying if line.cells]
    kinds = columns_of(heads)
    if not is_heads(kinds):
        return list(rows)
    at = lying[kinds.index(CONTENT)]
    wide = max(len(line.cells or ()) for line in lying)
    turned = [tuple(_cell(line, place) for line in lying) for place in range(wide)]
    made = [replace(at, text="\t".join(cells), cells=cells) for cells in turned if any(cell.strip() for cell in cells)]
    return [*rows[:start], *made, *rows[end:]]


def _run(rows: Sequence[Line]) -> tuple[int, int]:
    """Where the longest run of rows that begin with a head, and hold no other, stands."""
    best = (0, 0)
    start = 0
    for place in range(len(rows) + 1):
        if place < len(rows) and _lies(rows[place].cells or ()):
            continue
        best = max(best, (start, place), key=lambda run: run[1] - run[0])
        start = place + 1
    return best


def _lies(cells: Sequence[str]) -> bool:
    if len(cells) < _LEAST or not cells[0].strip() or not _is_head(cells[0]):
        return False
    values = [cell for cell in cells[1:] if cell.strip()]
    return bool(values) and not any(column_of(cell) for cell in values)


def _is_head(cell: str) -> bool:
    return column_of(cell) is not None or is_beside(cell)


def _cell(line: Line, place: int) -> str:
    cells = line.cells or ()
    return cells[place] if place < len(cells) else ""
