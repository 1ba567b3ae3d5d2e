"""Knows tables drawn with signs (┌─┬─┐ │ ├, or +---+ and |), as law collections print them: cells wrap over lines, some reach over rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from core.rules.notice.names import are_two
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, join

_BOX = re.compile(r"[┌┬┐├┼┤└┴┘│┃┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝║]")
_PLUS_RULE = re.compile(r"^\s*\+(?:[-=]{2,}\+)+\s*$")
_PLUS_ROW = re.compile(r"^\s*[|+].*[|+]\s*$")
_MOST = 2000
"""Lines of one drawn table; a longer one is left as it is, and asked about."""

_RULE = re.compile(r"^\s*[─━═=-]+\s*$")


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
        if line.cells is None and _drawn(line.text, bool(held)):
            held.append(line)
        elif held and not line.text.strip():
            continue
        else:
            out += _rows(held)
            held = []
            out.append(line)
    return out + _rows(held)


def _drawn(text: str, within: bool) -> bool:
    return bool(_BOX.search(text) or _PLUS_RULE.match(text)) or (within and bool(_PLUS_ROW.match(text)))


def _parts(text: str) -> list[str]:
    """The pieces of a line between the upright strokes."""
    if _PLUS_ROW.match(text):
        text = text.replace("+", "│") if _PLUS_RULE.match(text) or re.search(r"\+[-=]{2}", text) else text
        text = text.replace("|", "│")
    return _BOX.split(text.strip())[1:-1]


def _rows(held: list[Line]) -> list[Line]:
    parts = [_parts(line.text) for line in held]
    widths = {len(part) for part in parts}
    if not 3 <= len(held) <= _MOST or len(widths) != 1 or widths == {0}:
        return held
    width = widths.pop()
    ruled = _ruled_by_numbers(parts)
    columns = [_column([part[n] for _, part in ruled]) for n in range(width)]
    finest = max(columns[:2], key=len) if len(columns) > 1 else columns[0]
    out = []
    for row in finest:
        cells = tuple(_text(column, row) for column in columns)
        if any(cells):
            line = held[ruled[row.first][0]]
            out.append(replace(line, text="\t".join(cells).replace("\n", " "), cells=cells))
    return out


def _ruled_by_numbers(parts: list[list[str]]) -> list[tuple[int, list[str]]]:
    """The lines with their places, and a rule before each numbered line that no rule parts from the numbered one above it."""
    out: list[tuple[int, list[str]]] = []
    numbered = False
    for place, part in enumerate(parts):
        if all(_RULE.match(piece) for piece in part):
            numbered = False
        elif numeral(part[0].strip().rstrip(".、")) is not None:
            if numbered:
                out.append((place, ["─"] * len(part)))
            numbered = True
        out.append((place, part))
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
    return "\n".join(text for cell in beside if (text := _whole(cell.texts)))


def _whole(texts: list[str]) -> str:
    """The lines of a cell: wraps joined, a unit that ends well before its line does and one below it kept apart."""
    out, before = "", ""
    for text in texts:
        shown = text.strip()
        apart = before.endswith("  ") and are_two(before, shown)
        out = f"{out}\n{shown}" if apart else join([out, shown])
        before = text
    return out
