"""Knows what stands in a table above its heads of columns: title, issuer, date are running text there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from core.rules.notice.cards import first_card_row
from core.rules.notice.columns import both_rows, columns_of, is_heads, may_be_heads
from core.rules.notice.dates import FULL_DATE
from core.rules.notice.head_rows import under_groups
from core.rules.notice.matrices import matrices_apart
from core.rules.notice.shadow import Line, shadow, squeeze
from core.rules.notice.turned_tables import upright
from core.rules.notice.twofold_columns import twofold_apart

_MOST = 6
"""Rows above the heads."""

_CELLS = 2
"""Cells of such a row; one with more is a row of a table."""


def titles_apart(lines: list[Line], whole: bool = False) -> list[Line]:
    """The lines with the rows above a table's heads as text; a date that has a cell of its own is a line of its own.

    `whole`: a sheet, in which everything is text that stands above heads or where there are none.
    """
    out: list[Line] = []
    for table, group in groupby(matrices_apart(lines), key=lambda line: line.table if line.cells is not None else 0):
        held = list(group)
        held = twofold_apart(under_groups(upright(held))) if table else held
        first = _above_heads(held, whole) if table else 0
        for line in held[:first]:
            out += _as_text(line)
        out += held[first:]
    return out


def _above_heads(rows: list[Line], whole: bool) -> int:
    """How many rows stand above the heads; none where the table has none near its top, or a row there is more than a title."""
    above: tuple[str, ...] = ()
    for place, line in enumerate(rows):
        cells = line.cells or ()
        named = columns_of(cells)
        if is_heads(named) or (may_be_heads(named) and len(set(cells)) > 2):
            return place
        both = both_rows(above, cells) if above else []
        if both and is_heads(columns_of(both)):
            return place - 1
        if not whole and (place >= _MOST or len({squeeze(cell) for cell in cells if cell.strip()}) > _CELLS):
            return 0
        above = cells
    card = first_card_row([line.cells or () for line in rows]) if whole else 0
    return len(rows) if card is None else card


def _as_text(line: Line) -> list[Line]:
    shown = list(dict.fromkeys(cell.replace("\n", " ").strip() for cell in line.cells or () if cell.strip()))
    days = [cell for cell in shown if FULL_DATE.fullmatch(squeeze(shadow(cell)).strip("()"))]
    texts = [cell for cell in shown if cell not in days]
    parts = ([" ".join(texts)] if texts else []) + [re.sub(r"^[(（]|[)）]$", "", day) for day in days]
    return [replace(line, text=part, cells=None, table=0) for part in parts]
