"""Knows tables without heads of columns: what is to be done, beside it a sentence that says who does it."""

from __future__ import annotations

from itertools import groupby

from core.rules.notice.clauses import closing_duty
from core.rules.notice.heads import CONTENT, NUMBER
from core.rules.notice.items import Item
from core.rules.notice.labels import RESPONSIBLE
from core.rules.notice.rows import items_of, row_of
from core.rules.notice.shadow import Line

_MOST = 3
"""Columns: a number, the task, who does it."""


def headless_items(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """The tasks of such tables and the numbers of their lines; that a column was taken for units is asked about once."""
    items: list[Item] = []
    used: set[int] = set()
    for table, group in groupby(lines, key=lambda line: line.table if line.cells is not None else 0):
        rows = list(group)
        if not table or not all(_says_who(line.cells or ()) for line in rows):
            continue
        wide = len(rows[0].cells or ())
        columns: list[str | None] = [*[NUMBER][: wide - 2], CONTENT, RESPONSIBLE]
        found = items_of([row_of(line, list(line.cells or ()), columns) for line in rows], "", count=len(items))
        if found and not items:
            found[0].doubts.append(("column_units", found[0].first, str(wide)))
        items += found
        used.update(line.number for line in rows)
    return items, used


def _says_who(cells: tuple[str, ...]) -> bool:
    """Two cells, or three of which the first is short, and the last only says who does it."""
    if not 2 <= len(cells) <= _MOST or not all(cell.strip() for cell in cells):
        return False
    numbered = len(cells) < _MOST or len(cells[0].strip()) <= _MOST
    return numbered and closing_duty(cells[-1]) == 0 and closing_duty(cells[-2]) > 0
