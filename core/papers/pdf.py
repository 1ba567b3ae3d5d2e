"""Knows how PDF pages with Chinese text are made: fonts embedded as far as they are used, lines broken as printers do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from core.papers.fonts import SANS, SERIF, font_file

SONG, HEI = "song", "hei"
POINT = 25.4 / 72
"""Millimetres."""

_GRID_LINE = 1.35
"""Height of a line in a table, of its size."""

_PAD, _SPARE = 1.6, 3.0
"""Millimetres between a text and the line beside it, and what a row is higher than its lines."""

_TORN_LINES = 4
"""A row that flows on to the next page has at least so many lines on this one."""

_NOT_FIRST = "、，。；：？！）》】〕」』”’…,.;:?!)]}%％"
"""Marks that never begin a line."""
_NOT_LAST = "（《【〔「『“‘([{"
"""Marks that never end one."""


_NARROW_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""The fonts draw these as wide as a Chinese character, which tears English apart."""


class Pages(FPDF):
    """A4 with the margins given (millimetres) and a page number at the foot; `latin` for a paper that isn't Chinese."""

    def __init__(self, top: float, right: float, bottom: float, left: float, latin: bool = False) -> None:
        super().__init__("portrait", "mm", "A4")
        self.add_font(SONG, fname=str(font_file(SERIF)))
        self.add_font(HEI, fname=str(font_file(SANS)))
        self.set_margins(left, top, right)
        self.set_auto_page_break(True, bottom)
        self.c_margin = 0  # a text begins and ends at the margin, as it was measured
        self._foot = bottom
        self.latin = latin
        self._widths: dict[tuple[str, float, str], float] = {}
        self.add_page()

    def footer(self) -> None:
        """— 3 — a character from the outer edge: at the right of odd pages, at the left of even ones (GB/T 9704, 7.5)."""
        self.set_y(-self._foot + 7)
        self.set_font(SONG, size=14)
        self.set_text_color(0, 0, 0)
        step = 14 * POINT
        self.set_x(self.l_margin + step)
        self.cell(self.epw - 2 * step, 6, f"— {self.page_no()} —", align="R" if self.page_no() % 2 else "L")

    def legible(self, text: str) -> str:
        """The text with characters that the present font lacks shown as a box; emoji and control marks left out."""
        known = self.current_font.cmap  # type: ignore[union-attr]
        if self.latin:
            text = text.translate(_NARROW_QUOTES)
        shown = []
        for character in text:
            if character == "\n" or ord(character) in known:
                shown.append(character)
            elif character == "\t" or unicodedata.category(character) == "Zs":
                shown.append(" ")
            elif unicodedata.category(character) not in {"So", "Sk", "Cf", "Cc", "Mn", "Cs", "Cn", "Co"}:
                shown.append("□")
        return "".join(shown)

    def broken(self, text: str, width: float, indent: float = 0) -> list[str]:
        """The text in lines of at most `width` millimetres, the first `indent` shorter.

        Words of Latin letters and figures stay whole; no line begins with a closing mark or ends with an opening one.
        """
        lines: list[str] = []
        for paragraph in self.legible(text).split("\n"):
            line, used, room = "", 0.0, width - indent * (not lines)
            for piece in _pieces(paragraph):
                used += self._breadth(piece)
                if line and used > room:
                    carried = _carried(line, piece)
                    lines.append(line[: len(line) - len(carried)].rstrip())
                    line, room = carried + piece.lstrip(), width
                    used = self._breadth(line)
                else:
                    line += piece
                while used > room and len(line) > 1:
                    cut = self._fits(line, room)
                    lines.append(line[:cut])
                    line, room = line[cut:], width
                    used = self._breadth(line)
            lines.append(line)
        return lines

    def _breadth(self, text: str) -> float:
        """Millimetres in the present font; each character is measured once."""
        total = 0.0
        for character in text:
            key = (self.font_family, self.font_size_pt, character)
            if key not in self._widths:
                self._widths[key] = self.get_string_width(character)
            total += self._widths[key]
        return total

    def _fits(self, line: str, room: float) -> int:
        """How many characters of a word longer than a line fit on it."""
        cut = len(line) - 1
        while cut > 1 and self._breadth(line[:cut]) > room:
            cut -= 1
        return cut

    def paragraph(
        self,
        text: str,
        font: str,
        size: float,
        line: float,
        *,
        align: str = "L",
        indent: float = 0,
        colour: tuple[int, int, int] = (0, 0, 0),
        right: float = 0,
        keep: float = 0,
        whole: bool = False,
    ) -> None:
        """A text in points; `line` its height, `indent` and `right` in characters.

        `keep` millimetres stay with its first two lines; with all of it where it is to stay `whole` and a page has room.
        """
        self.set_font(font, size=size)
        self.set_text_color(*colour)
        height, step = line * POINT, size * POINT
        width = self.epw - right * step
        lines = self.broken(text, width, indent * step)
        least = min(len(lines), 2) * height + keep
        if whole and len(lines) * height + keep < self.page_break_trigger - self.t_margin:
            least = len(lines) * height + keep
        if self.will_page_break(least) and self.get_y() > self.t_margin + 1:
            self.add_page()
            self.set_font(font, size=size)
            self.set_text_color(*colour)
        for number, each in enumerate(lines):
            first = indent * step if number == 0 else 0
            self.set_x(self.l_margin + first)
            self.cell(width - first, height, each, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def gap(self, points: float) -> None:
        self.ln(points * POINT)

    def grid(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], left: set[int], size: float
    ) -> None:
        """A bordered table; its head is repeated on each page and never alone at the foot of one.

        A row stays whole unless it is taller than half a page: such a row flows on to the next page.
        """
        if self.will_page_break(self.least_of(head, rows, shares, size)) and self.get_y() > self.t_margin + 1:
            self.add_page()
        widths = self._widths_of(shares)
        top = self._row(head, widths, HEI, size, set())
        made = [self._row(row, widths, SONG, size, left) for row in rows]
        self._draw(top)
        for row in made:
            self._flow(row, top)

    def least_of(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], size: float
    ) -> float:
        """Millimetres that must be free for a table to begin: its head and the first row, or what of that comes first."""
        widths = self._widths_of(shares)
        first = self._row(head, widths, HEI, size, set()).height
        return max(24.0, first + sum(self._least(self._row(row, widths, SONG, size, set())) for row in rows[:1]))

    def _widths_of(self, shares: Sequence[float]) -> list[float]:
        return [self.epw * share / sum(shares) for share in shares]

    def _row(self, texts: Sequence[str], widths: Sequence[float], font: str, size: float, left: set[int]) -> _Row:
        self.set_font(font, size=size)
        cells = [self.broken(text, width - 2 * _PAD) for text, width in zip(texts, widths, strict=True)]
        return _Row(cells, widths, font, size, left)

    def _tall(self, row: _Row) -> bool:
        return row.height > (self.page_break_trigger - self.t_margin) / 2

    def _least(self, row: _Row) -> float:
        """Millimetres that must be free for the row to begin on this page."""
        return row.of_lines(min(row.lines, _TORN_LINES)) if self._tall(row) else row.height

    def _flow(self, row: _Row, head: _Row) -> None:
        """Draws a row, on as many pages as it takes; where it doesn't begin on this one, the next begins with the head."""
        if self.will_page_break(self._least(row)):
            self.add_page()
            self._draw(head)
        drawn = 0
        while self.will_page_break(row.of_lines(row.lines - drawn)):
            room = int((self.page_break_trigger - self.get_y() - _SPARE) / row.step)
            self._draw(row, drawn, drawn + max(1, room), torn=True)
            drawn += max(1, room)
            self.add_page()
            self._draw(head)
        self._draw(row, drawn, row.lines, torn=bool(drawn))

    def _draw(self, row: _Row, start: int = 0, stop: int | None = None, torn: bool = False) -> None:
        """The lines of a row from `start` to `stop`; those of a torn row stand at its top, others in the middle."""
        self.set_font(row.font, size=row.size)
        self.set_text_color(0, 0, 0)
        stop = row.lines if stop is None else min(stop, row.lines)
        height = row.of_lines(stop - start)
        top, x = self.get_y(), self.l_margin
        for place, (all_lines, width) in enumerate(zip(row.cells, row.widths, strict=True)):
            lines = all_lines[start:stop]
            self.rect(x, top, width, height)
            y = top + (_SPARE / 2 if torn else (height - len(lines) * row.step) / 2)
            for number, line in enumerate(lines):
                self.set_xy(x + _PAD, y + number * row.step)
                self.cell(width - 2 * _PAD, row.step, line, align="L" if place in row.left else "C")
            x += width
        self.set_xy(self.l_margin, top + height)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table with its texts broken into lines; millimetres, the size in points."""

    cells: Sequence[list[str]]
    widths: Sequence[float]
    font: str
    size: float
    left: set[int]

    @property
    def step(self) -> float:
        return self.size * _GRID_LINE * POINT

    @property
    def lines(self) -> int:
        return max(len(lines) for lines in self.cells)

    @property
    def height(self) -> float:
        return self.of_lines(self.lines)

    def of_lines(self, count: int) -> float:
        return count * self.step + _SPARE


def _pieces(text: str) -> list[str]:
    """Single Chinese characters, whole Latin words with the space behind them."""
    pieces: list[str] = []
    for character in text:
        narrow = unicodedata.east_asian_width(character) not in "WF"
        if pieces and narrow and _narrow(pieces[-1]) and not pieces[-1].endswith(" "):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _narrow(piece: str) -> bool:
    return unicodedata.east_asian_width(piece[-1]) not in "WF"


def _carried(line: str, piece: str) -> str:
    """What of a full line must go down with the next piece: the word before a closing mark, an opening mark."""
    take = 0
    if piece[0] in _NOT_FIRST and len(line) > 1:
        take = 1
        while take < 3 and take + 1 < len(line) and line[-take] in _NOT_FIRST:
            take += 1
        take = _whole_word(line, take)
    while take + 1 < len(line) and line[-take - 1] in _NOT_LAST:
        take += 1
    return line[len(line) - take :] if take else ""


def _whole_word(line: str, take: int) -> int:
    """So many characters of the line's end that no number or Latin word is torn, unless that were most of the line."""
    wider = take
    while wider < len(line) and line[-wider - 1] != " " and _narrow(line[-wider]) and _narrow(line[-wider - 1]):
        wider += 1
    return wider if wider <= len(line) // 2 else take
