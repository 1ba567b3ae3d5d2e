"""Knows shapes of rows that stand for others: 同上, two tables side by side, several numbered tasks in one cell, headings over rows."""

from __future__ import annotations

import re

from core.rules.notice.heads import CONTENT, NUMBER, SECTION
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, shadow, squeeze

Rows = list[tuple[Line, list[str]]]

_DITTO = re.compile(r"^(?:同上|同前|〃|″|々|[\"”])$|^(?:ditto|as above)$", re.IGNORECASE)
_MARK = re.compile(r"(?:^|[。；;\n]\s*)(?P<n>\d{1,3})[.、．]\s*(?=[^\d\s])")


def filled(rows: Rows) -> Rows:
    """The rows with 同上 replaced by what stands above."""
    out: Rows = []
    for line, cells in rows:
        above = out[-1][1] if out else []
        own = [
            above[place] if place < len(above) and _DITTO.match(squeeze(cell)) else cell
            for place, cell in enumerate(cells)
        ]
        out.append((line, own))
    return out


def halves(heads: list[str]) -> int:
    """How many columns one of two tables has that stand side by side under the same heads; 0 for a single table."""
    bare = [squeeze(head) for head in heads]
    half = len(bare) // 2
    return half if half > 1 and len(bare) == 2 * half and bare[:half] == bare[half:] else 0


def side_by_side(rows: Rows, half: int) -> Rows:
    """The rows of both tables in the order of their numbers, else the left one first."""
    left = [(line, cells[:half]) for line, cells in rows if any(cell.strip() for cell in cells[:half])]
    right = [(line, cells[half : 2 * half]) for line, cells in rows if any(cell.strip() for cell in cells[half:])]
    both = left + right
    numbers = [numeral(cells[0].strip().rstrip(".、")) for _, cells in both]
    if any(number is None for number in numbers):
        return both
    return [row for _, row in sorted(zip(numbers, both, strict=True), key=lambda each: each[0] or 0)]


def run_on(rows: Rows, columns: list[str | None]) -> Rows:
    """A row per task where the numbers in the cells go on from row to row: 1. 2. in one cell, 3. in the next."""
    if NUMBER in columns or columns.count(CONTENT) != 1:
        return rows
    place = columns.index(CONTENT)
    marked = [(row, list(_MARK.finditer(shadow(row[1][place])))) for row in rows if place < len(row[1])]
    numbers = [int(found["n"]) for _, marks in marked for found in marks]
    starts = [marks and not row[1][place][: marks[0].start()].strip() for row, marks in marked]
    if len(marked) < 2 or not all(starts) or len(numbers) == len(marked):
        return rows
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return rows
    out: Rows = []
    for (line, cells), marks in marked:
        edges = [found.start("n") for found in marks] + [len(cells[place])]
        for begin, end in zip(edges, edges[1:], strict=False):
            out.append((line, [*cells[:place], cells[place][begin:end].strip(), *cells[place + 1 :]]))
    return out


def inner_headings(rows: Rows, columns: list[str | None]) -> list[str | None]:
    """The columns where a content between the first and the last one that reaches over several rows is a heading."""
    places = [place for place, kind in enumerate(columns) if kind == CONTENT]
    out = list(columns)
    for place in places[1:-1]:
        cells = [squeeze(row[place]) for _, row in rows if place < len(row)]
        shown = [cell for cell in cells if cell]
        if len(set(shown)) < len(shown) or len(shown) < len(cells):
            out[place] = SECTION
    return out
