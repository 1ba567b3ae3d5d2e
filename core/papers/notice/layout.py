"""Knows how signs that stand somewhere on pages become lines in reading order: paragraphs, tables, no page furniture."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.papers.notice.ruling import Box, Grid, grids_in
from core.rules.notice.dates import FULL_DATE
from core.rules.notice.labels import LABEL
from core.rules.notice.marks import mark_of
from core.rules.notice.names import are_two
from core.rules.notice.shadow import Line, Place, join, shadow, squeeze

_PAGE_NUMBER = re.compile(
    r"^[-—–―·•~\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,共]\s*(?:共|第)?\s*\d{1,4}\s*页?)?)[-—–―·•~\s]*$"
)
_PAPER_NUMBER = re.compile(r"^[\u4e00-\u9fff]{2,14}[\[(]\d{4}[\])]\s*第?\d+号")
_ENDED = re.compile(r"[。;!?:…][)\"”』」]*$")
_APART = re.compile(r"(?<=\S)\s{2,}(?=\S)")
_FILLED = 0.85
"""The part of a table's width that lines of text beside it fill at least."""

_ONE_ROW = 3
"""Columns of a single ruled row that is the rest of a table from the page before; a frame around two words has fewer."""

_WIDE, _WIDE_SIGN = 1.6, 0.8
"""Heights of a sign between two words that stand in columns of their own: of Latin letters, else."""

_MARGIN = 0.12
"""The part of a page's height, above and below, in which running heads and page numbers stand."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign on a page; points from the left and from the top."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class Page:
    """`edges` are straight lines as pdfplumber has them (x0, x1, top, bottom, orientation h or v)."""

    number: int
    height: float
    glyphs: list[Glyph]
    edges: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    text: str
    x0: float
    x1: float
    top: float
    size: float


@dataclass(slots=True)
class _Table:
    top: float
    rows: list[tuple[str, ...]]
    right: float = 0.0


def page_lines(pages: Sequence[Page]) -> list[Line]:
    """One line per paragraph or table row, numbered through; `place` says page and line (or table and row)."""
    read = [_blocks(page) for page in pages]
    running = _running(pages, read)
    writer = _Writer()
    for page, blocks in zip(pages, read, strict=True):
        kept = [block for block in blocks if isinstance(block, _Table) or not _furniture(page, block, blocks, running)]
        writer.page(page.number, kept)
    return writer.out


def rows_of(glyphs: Iterable[Glyph]) -> list[_Row]:
    """The glyphs as rows of text from top to bottom."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        own = (glyph.top + glyph.bottom) / 2
        if rows and own - middle < 0.5 * min(glyph.bottom - glyph.top, rows[-1][0].bottom - rows[-1][0].top):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle = own
    return [row for each in rows if (row := _row(each)).text.strip()]


def _row(glyphs: list[Glyph]) -> _Row:
    glyphs = sorted(glyphs, key=lambda g: g.x0)
    size = max(g.bottom - g.top for g in glyphs)
    text, end = "", glyphs[0].x0
    for glyph in glyphs:
        gap = glyph.x0 - end
        close = 0.2 if text[-1:].isascii() and glyph.text.isascii() else _WIDE_SIGN
        if text and gap > close * size and not text.endswith(" ") and glyph.text != " ":
            text += "  " if gap > (_WIDE if close < _WIDE_SIGN else _WIDE_SIGN) * size else " "
        text += glyph.text
        end = max(end, glyph.x1)
    seen = [g for g in glyphs if g.text.strip()] or glyphs
    return _Row(text.strip(), seen[0].x0, max(g.x1 for g in seen), min(g.top for g in seen), size)


def _blocks(page: Page) -> list[_Row | _Table]:
    """Rows and tables of a page from top to bottom."""
    grids = [
        grid for grid in grids_in(page.edges) if grid.columns > 1 and (len(grid.tops) > 1 or grid.columns >= _ONE_ROW)
    ]
    inside: dict[int, dict[Box, list[Glyph]]] = {place: {} for place in range(len(grids))}
    free = []
    for glyph in page.glyphs:
        where = next(
            ((n, box) for n, grid in enumerate(grids) if (box := grid.box_of(_middle(glyph))) is not None), None
        )
        if where is None:
            free.append(glyph)
        else:
            inside[where[0]].setdefault(where[1], []).append(glyph)
    blocks: list[_Row | _Table] = list(rows_of(free))
    blocks += [_table(grid, inside[n]) for n, grid in enumerate(grids)]
    return sorted(blocks, key=lambda block: block.top)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


def _table(grid: Grid, held: dict[Box, list[Glyph]]) -> _Table:
    texts = {box: _cell(box, glyphs) for box, glyphs in held.items()}
    rows = [tuple(texts.get(box, "") if box else "" for box in row) for row in grid.rows()]
    shown = [row for row in rows if any(cell.strip() for cell in row)]
    return _Table(grid.tops[0], shown, max(box[2] for box in grid.boxes))


def _cell(box: Box, glyphs: list[Glyph]) -> str:
    """A cell's text: wraps joined, what a person set on lines of its own kept apart."""
    text = ""
    before: _Row | None = None
    for row in rows_of(glyphs):
        if before is None:
            text = row.text
        elif before.x1 < box[2] - 1.9 * before.size or are_two(before.text, row.text):
            text += "\n" + row.text
        else:
            text = join([text, row.text])
        before = row
    return text


def _running(pages: Sequence[Page], read: list[list[_Row | _Table]]) -> set[str]:
    """Texts that stand at the edge of most pages: running heads, never a line that names units."""
    seen: Counter[str] = Counter()
    for page, blocks in zip(pages, read, strict=True):
        seen.update({_bare(b.text) for b in blocks if isinstance(b, _Row) and _at_edge(page, b)})
    return {text for text, n in seen.items() if n >= 3 and n * 10 >= len(pages) * 6 and not LABEL.search(shadow(text))}


def _bare(text: str) -> str:
    return re.sub(r"\d+", "#", squeeze(text))


def _at_edge(page: Page, row: _Row) -> bool:
    return row.top < page.height * _MARGIN or row.top > page.height * (1 - _MARGIN)


def _furniture(page: Page, row: _Row, blocks: list[_Row | _Table], running: set[str]) -> bool:
    outermost = row is blocks[0] or row is blocks[-1]
    if outermost and _PAGE_NUMBER.match(shadow(row.text)) and _at_edge(page, row):
        return True
    return _at_edge(page, row) and _bare(row.text) in running


class _Writer:
    def __init__(self) -> None:
        self.out: list[Line] = []
        self.tables = 0
        self.before: _Row | None = None
        self.right = 0.0

    def page(self, number: int, blocks: list[_Row | _Table]) -> None:
        rows = [block for block in blocks if isinstance(block, _Row)]
        tables = [block.right for block in blocks if isinstance(block, _Table)]
        left, right = min((r.x0 for r in rows), default=0.0), _right(rows, max(tables, default=0.0))
        for count, block in enumerate(blocks, 1):
            if isinstance(block, _Table):
                self._table(number, block, fresh=count > 1)
                self.before = None
            else:
                self._text(number, count, block, left)
                self.before, self.right = block, right

    def _text(self, page: int, count: int, row: _Row, left: float) -> None:
        before = self.before
        goes_on = (
            before is not None
            and before.x1 >= self.right - 1.9 * before.size
            and row.x0 <= left + 0.7 * row.size
            and abs(row.size - before.size) < 0.2 * row.size
            and not _ENDED.search(shadow(before.text))
            and not mark_of(shadow(row.text))
            and not LABEL.match(shadow(row.text))
            and not _PAPER_NUMBER.match(shadow(row.text))
            and not FULL_DATE.match(shadow(row.text))
            and not (_in_columns(before.text) or _in_columns(row.text))
        )
        if goes_on:
            last = self.out[-1]
            self.out[-1] = Line(last.number, join([last.text, row.text]), place=last.place)
        else:
            self.out.append(Line(len(self.out) + 1, row.text, place=Place(page=page, line=count)))

    def _table(self, page: int, table: _Table, fresh: bool) -> None:
        last = self.out[-1] if self.out else None
        same = not fresh and last is not None and last.cells is not None and len(last.cells) == len(table.rows[0])
        self.tables += not same
        for number, cells in enumerate(table.rows, 1):
            if number == 1 and same and last and last.cells and _split(last.cells, cells):
                joined = tuple(join([a, b]) for a, b in zip(last.cells, cells, strict=True))
                self.out[-1] = _cells_line(last.number, joined, last.table, last.place)
                continue
            place = Place(page=page, table=self.tables, row=number)
            self.out.append(_cells_line(len(self.out) + 1, cells, self.tables, place))


def _in_columns(text: str) -> bool:
    """Words that stand in three columns or more, with blanks between them: a row of a table without ruled lines."""
    return len(_APART.findall(text)) > 1


def _right(rows: list[_Row], ruled: float) -> float:
    """Where lines of text end on a page: more than one reaches so far, else nothing there is known to be wrapped.

    Lines that end well before a table on the same page (`ruled` is its right edge) are headings, however many they are.
    """
    far = max((row.x1 for row in rows), default=0.0)
    if far < ruled * _FILLED:
        return math.inf
    return far if sum(row.x1 >= far - 1.9 * row.size for row in rows) > 1 else math.inf


def _split(above: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """A row that the end of the page cut in two: no number below, and a text above that isn't at its end."""
    if below[0].strip() or not above[0].strip():
        return False
    cut = [a for a, b in zip(above, below, strict=True) if b.strip()]
    return any(len(a) > 12 and not _ENDED.search(shadow(a).strip()) for a in cut)


def _cells_line(number: int, cells: tuple[str, ...], table: int, place: Place) -> Line:
    return Line(number, "\t".join(cell.replace("\n", " ") for cell in cells), cells, table, place)
