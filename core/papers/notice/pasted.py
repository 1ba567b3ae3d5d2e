"""Knows tables that were copied out of a spreadsheet into a text file: cells apart by tabs, with line breaks in quotes."""

from __future__ import annotations

import csv
from dataclasses import replace

from core.rules.notice.shadow import Line

_LONGEST = 60
"""Lines of one row; a quotation mark that never closes doesn't swallow the paper."""


def rows_whole(lines: list[Line]) -> list[Line]:
    """The lines with rows whose quoted cells reach over several lines put together, as cells."""
    out: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        size = _size(lines, place) if '\t"' in line.text or line.text.startswith('"') else 0
        if not size:
            out.append(line)
            place += 1
            continue
        cells = _cells("\n".join(each.text for each in lines[place : place + size]))
        if cells:
            out.append(replace(line, text="\t".join(cell.replace("\n", " ") for cell in cells), cells=cells, table=1))
        else:
            out += lines[place : place + size]
        place += size
    return out


def _cells(text: str) -> tuple[str, ...]:
    """The cells of one row; none where the quotation marks don't make exactly one."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t"))
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in rows[0]) if len(rows) == 1 else ()


def _size(lines: list[Line], place: int) -> int:
    """How many lines the row takes that begins here; 0 where it is no row with quoted cells."""
    marks = 0
    for size, line in enumerate(lines[place : place + _LONGEST], 1):
        marks += line.text.count('"')
        if marks % 2 == 0:
            whole = "\n".join(each.text for each in lines[place : place + size])
            return size if whole.count("\t") >= 2 and marks else 0
    return 0
