"""Knows tables drawn with box signs (┌─┬─┐ │ ├), as law collections print them: cells wrap over lines, some reach over rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from core.rules.notice.shadow import Line, join

_BOX = re.compile(r"[┌┬┐├┼┤└┴┘│┃┏┳┓┣╋┫┗┻┛]")
_MOST = 2000
"""Lines of one drawn table; a longer one is left as it is, and asked about."""

_RULE = re.compile(r"^\s*[─━]+\s*$")


@dataclass
class _Cell:
    first: int
    last: int
    texts: list[str] = field(default_factory=list)


def unboxed(lines: list[Line]) -> list[Line]:
    """The lines with drawn tables as rows of cells; everything else, and what doesn't come apart evenly, as it was."""
    out: list[Line] = []
    held: list[Line] = []
    for line in lines:
        if line.cells is None and _BOX.search(line.text):
            held.append(line)
        elif held and not line.text.strip():
            continue
        else:
            out += _rows(held)
            held = []
            out.append(line)
    return out + _rows(held)


def _rows(held: list[Line]) -> list[Line]:
    parts = [_BOX.split(line.text.strip())[1:-1] for line in held]
    widths = {len(part) for part in parts}
    if not 3 <= len(held) <= _MOST or len(widths) != 1 or widths == {0}:
        return held
    columns = [_column([part[n] for part in parts]) for n in range(widths.pop())]
    finest = max(columns[:2], key=len) if len(columns) > 1 else columns[0]
    out = []
    for row in finest:
        cells = tuple(_text(column, row) for column in columns)
        if any(cells):
            line = held[row.first]
            out.append(replace(line, text="\t".join(cells).replace("\n", " "), cells=cells))
    return out


def _column(segments: list[str]) -> list[_Cell]:
    """The cells of a column: what stands between two rules in it."""
    out: list[_Cell] = []
    current: _Cell | None = None
    for place, segment in enumerate(segments):
        if _RULE.match(segment):
            current = None
        elif current is None:
            current = _Cell(place, place, [segment])
            out.append(current)
        else:
            current.texts.append(segment)
            current.last = place
    return out


def _text(column: list[_Cell], row: _Cell) -> str:
    """The text of the cells that stand beside a row, those that reach into it from above too."""
    beside = [cell for cell in column if cell.first <= row.last and cell.last >= row.first]
    return "\n".join(text for cell in beside if (text := join([part.strip() for part in cell.texts])))
