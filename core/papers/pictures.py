"""Knows how the summary becomes a picture that is read on a phone, in colour or not, and ranks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from core.papers.lettering import breadth, broken, legible, lettering
from core.words.voice import Voice, voice

WIDTH = 1080
"""Pixels: a phone shows it without shrinking; Telegram keeps photos up to 1280."""

MOST_ROWS = 40
"""More leaders than that would break Telegram's limits for a photo (width and height together at most 10000)."""

_EDGE = 48
_BAR_LEFT = 336
_BAR_RIGHT = WIDTH - _EDGE
_BAR_HEIGHT = 54
_INK, _QUIET = "#1F2933", "#52606D"


@dataclass(frozen=True, slots=True)
class _Look:
    """A state's colour and hatching: they differ in brightness and pattern, so that grey paper tells them apart."""

    key: str
    fill: str
    hatch: str
    line: str
    ink: str


_LOOKS = (
    _Look("done", "#86B4DB", "", "#2F6391", _INK),
    _Look("waiting", "#FFFFFF", "//", "#8896A5", _INK),
    _Look("overdue", "#7A1420", "xx", "#C9737D", "#FFFFFF"),
)


class _Board:
    """A picture under way: text and boxes at pixels counted from the upper left corner."""

    def __init__(self, height: int) -> None:
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)

    def write(self, x: float, y: float, text: str, size: float, ink: str = _INK, align: str = "left") -> None:
        # parse_math=False: a dollar sign in a name is a dollar sign
        self.axes.text(x, y, text, fontproperties=lettering(size), color=ink, ha=align, va="center", parse_math=False)

    def box(self, x: float, y: float, width: float, height: float, look: _Look) -> None:
        patch = Rectangle(
            (x, y), width, height, facecolor=look.fill, edgecolor=look.line, hatch=look.hatch, linewidth=2
        )
        patch.set_hatch_linewidth(2)
        self.axes.add_patch(patch)

    def number(self, x: float, y: float, number: int, look: _Look) -> None:
        """A number in the middle of a box, on a plain patch where the box is hatched."""
        width = breadth(str(number)) * 32 + 12
        if look.hatch:
            patch = Rectangle((x - width / 2, y - 19), width, 38, facecolor=look.fill, edgecolor="none")
            self.axes.add_patch(patch)
        self.write(x, y + 1, str(number), 32, look.ink, "center")

    def png(self) -> bytes:
        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=72)
        return out.getvalue()


def summary_picture(data: Mapping[str, Any]) -> bytes:
    """A PNG, 1080 pixels wide, of `{title, subtitle, rows: [{name, done, waiting, overdue}], totals, as_of, lang}`.

    One bar per row in the order given, its length the number of items owed. `as_of` is the whole phrase.
    """
    said = voice(data.get("lang", "zh"))
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    shown = rows[:MOST_ROWS]
    names = [broken(legible(str(row["name"])), (_BAR_LEFT - _EDGE - 20) / 32, 3) for row in shown]
    heights = [max(84, 30 + 40 * len(lines)) for lines in names]
    title = broken(legible(str(data.get("title", ""))), (WIDTH - 2 * _EDGE) / 46, 3)
    subtitle = broken(legible(str(data.get("subtitle", ""))), (WIDTH - 2 * _EDGE) / 32, 2)
    feet = _feet(said, data, len(rows) - len(shown))
    top = 40 + 62 * len(title) + 46 * len(subtitle) + 20
    body = top + 168
    height = body + (sum(heights) or 90) + 30 + 42 * len(feet) + 24
    board = _Board(height)
    _heading(board, title, subtitle)
    _totals(board, said, data["totals"], top)
    _rows(board, shown, names, heights, body)
    if not shown:
        board.write(WIDTH / 2, body + 40, legible(said.plain("pictures.nothing")), 36, _QUIET, "center")
    for place, line in enumerate(feet):
        board.write(_EDGE, height - 24 - 42 * (len(feet) - place) + 21, legible(line), 28, _QUIET)
    return board.png()


def _feet(said: Voice, data: Mapping[str, Any], left_out: int) -> list[str]:
    feet = [said.plain("pictures.more", n=left_out)] if left_out > 0 else []
    as_of = [str(data["as_of"])] if data.get("as_of") else []
    return [*feet, *as_of, said.plain("pictures.order")]


def _heading(board: _Board, title: list[str], subtitle: list[str]) -> None:
    y = 40.0
    for line in title:
        board.write(_EDGE, y + 31, line, 46)
        y += 62
    for line in subtitle:
        board.write(_EDGE, y + 23, line, 32, _QUIET)
        y += 46


def _totals(board: _Board, said: Voice, totals: Mapping[str, Any], top: float) -> None:
    """The three totals side by side; they are the legend too."""
    room = (WIDTH - 2 * _EDGE) / 3
    for place, look in enumerate(_LOOKS):
        x = _EDGE + place * room
        board.box(x, top + 20, 50, 84, look)
        board.write(x + 68, top + 36, legible(said.plain(f"pictures.{look.key}")), 34, _QUIET)
        board.write(x + 68, top + 88, str(int(totals.get(look.key, 0))), 60)
    board.axes.plot([_EDGE, WIDTH - _EDGE], [top + 138, top + 138], color="#CBD2D9", linewidth=2)


def _rows(
    board: _Board, rows: Sequence[Mapping[str, Any]], names: list[list[str]], heights: list[int], top: float
) -> None:
    most = max((sum(_count(row, look) for look in _LOOKS) for row in rows), default=0) or 1
    scale = (_BAR_RIGHT - _BAR_LEFT) / most
    for row, lines, height in zip(rows, names, heights, strict=True):
        middle = top + height / 2
        for place, line in enumerate(lines):
            board.write(_EDGE, middle + 40 * (place - (len(lines) - 1) / 2), line, 32)
        _bar(board, row, middle, scale)
        top += height


def _bar(board: _Board, row: Mapping[str, Any], middle: float, scale: float) -> None:
    counts = [(look, _count(row, look)) for look in _LOOKS]
    widths = _widths([count for _, count in counts], scale)
    x = float(_BAR_LEFT)
    if not any(count for _, count in counts):
        board.write(x, middle, "0", 32, _QUIET)
    for (look, count), width in zip(counts, widths, strict=True):
        if count:
            board.box(x, middle - _BAR_HEIGHT / 2, width, _BAR_HEIGHT, look)
            board.number(x + width / 2, middle, count, look)
        x += width


def _widths(counts: Sequence[int], scale: float) -> list[float]:
    """Widths by number, yet wide enough for the number itself; what that takes, the widest part gives."""
    least = [breadth(str(count)) * 32 + 26 if count else 0.0 for count in counts]
    widths = [max(count * scale, room) for count, room in zip(counts, least, strict=True)]
    over = _BAR_LEFT + sum(widths) - _BAR_RIGHT
    if over > 0:
        widest = widths.index(max(widths))
        widths[widest] = max(least[widest], widths[widest] - over)
    return widths


def _count(row: Mapping[str, Any], look: _Look) -> int:
    return max(0, int(row.get(look.key, 0)))
