"""Knows a notice in an Excel file: what stands above the heads of columns is running text, the rest is a table."""

from __future__ import annotations

from dataclasses import replace

from core.papers.workbook import workbook_lines
from core.rules.notice.columns import is_header
from core.rules.notice.shadow import Line


def sheet_lines(data: bytes) -> list[Line]:
    """One line per row. Raises UnreadableNotice as `workbook_lines` does."""
    out: list[Line] = []
    headed: set[int] = set()
    for line in workbook_lines(data, merged=True):
        cells = line.cells or ()
        if is_header(cells):
            headed.add(line.table)
        if line.table in headed:
            out.append(line)
        else:
            text = " ".join(cell.replace("\n", " ") for cell in cells if cell.strip())
            out.append(replace(line, text=text, cells=None, table=0))
    return out
