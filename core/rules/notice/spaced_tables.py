"""Knows tables whose columns stand apart by blanks alone, as they are typed or come out of pages without ruled lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from core.rules.notice.columns import columns_of, is_heads
from core.rules.notice.heads import NUMBER
from core.rules.notice.lists import looks_like_units
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, shadow

_APART = re.compile(r"[ \u3000\xa0\t]{2,}|\t|\u3000")
_LEAST = 3
"""Columns; two words with blanks between them are no table."""

_ENDED = re.compile(r"[、,，;；:：(（]$|^[、,，;；:：)）。]")


@dataclass
class _Piece:
    text: str
    start: int
    """Columns of a typewriter before it; a Chinese sign takes two."""


@dataclass
class _Table:
    heads: list[_Piece]
    numbered: bool
    rows: list[tuple[Line, list[str]]] = field(default_factory=list)


def spaced_apart(lines: list[Line]) -> list[Line]:
    """The lines with such tables as rows of cells; a line that fits no column ends its table and stays as it was."""
    out: list[Line] = []
    table: _Table | None = None
    for line in lines:
        pieces = _pieces(line) if line.cells is None and line.flat.count("|") < 2 else []
        if _are_heads(pieces):
            out += _shown(table)
            table = _Table(pieces, columns_of([piece.text for piece in pieces])[0] == NUMBER)
            table.rows.append((line, [piece.text for piece in pieces]))
        elif table is None or not pieces:
            out += _shown(table) if table and line.cells is not None else []
            table = table if line.cells is None else None
            out += [line] if table is None or line.text.strip() else []
        elif not _taken(table, line, pieces):
            out += [*_shown(table), line]
            table = None
    return out + _shown(table)


def _pieces(line: Line) -> list[_Piece]:
    out: list[_Piece] = []
    place = 0
    for gap in (*_APART.finditer(line.text), None):
        end = gap.start() if gap else len(line.text)
        if line.text[place:end].strip():
            out.append(_Piece(line.text[place:end].strip(), _width(line.text[:place])))
        place = gap.end() if gap else end
    return out


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _are_heads(pieces: list[_Piece]) -> bool:
    return len(pieces) >= _LEAST and is_heads(columns_of([piece.text for piece in pieces]))


def _taken(table: _Table, line: Line, pieces: list[_Piece]) -> bool:
    """Whether a line is a row, or goes on with the cells of the row above it."""
    first = numeral(shadow(pieces[0].text).rstrip(".、")) is not None
    if len(pieces) == len(table.heads) and (first or not table.numbered):
        table.rows.append((line, [piece.text for piece in pieces]))
        return True
    places = _places(table.heads, pieces)
    if not places:
        return False
    if first and table.numbered and places[0] == 0:
        cells = [""] * len(table.heads)
        for place, piece in zip(places, pieces, strict=True):
            cells[place] = piece.text
        table.rows.append((line, cells))
        return True
    if len(table.rows) < 2 or (table.numbered and places[0] == 0):
        return False
    cells = table.rows[-1][1]
    for place, piece in zip(places, pieces, strict=True):
        cells[place] = _joined(cells[place], piece.text)
    return True


def _joined(above: str, below: str) -> str:
    """A cell that goes on in the next line: a list of units stands line by line, words are one text."""
    apart = (
        looks_like_units(above) and looks_like_units(below) and not _ENDED.search(above) and not _ENDED.search(below)
    )
    return above + ("\n" if apart else "") + below


def _places(heads: list[_Piece], pieces: list[_Piece]) -> list[int]:
    """The column under which each piece begins; none where one stands between two columns or two under one."""
    out = []
    for piece in pieces:
        near = [place for place, head in enumerate(heads) if abs(head.start - piece.start) <= 1]
        if not near:
            return []
        out.append(near[0])
    return out if len(set(out)) == len(out) else []


def _shown(table: _Table | None) -> list[Line]:
    """The rows of a table that has any; heads alone are a line of text."""
    if table is None:
        return []
    if len(table.rows) < 2:
        return [table.rows[0][0]]
    return [
        replace(
            line, text="\t".join(cell.replace("\n", " ") for cell in cells), cells=tuple(cells), table=line.table or 1
        )
        for line, cells in table.rows
    ]
