"""Knows how a rehearsed year becomes calendar pictures: months side by side, each day's messages as figure and shade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.patches import Polygon, Rectangle

from core.papers.board import EDGE, INK, QUIET, WIDTH, Board
from core.papers.lettering import broken, legible
from core.words.voice import Voice, voice

_GAP = 40
_MONTH = (WIDTH - 2 * EDGE - _GAP) / 2
_CELL = _MONTH / 7
_ROW = 62
_HEAD = 92
_BETWEEN = 34
_SHADES = (("#FFFFFF", INK), ("#DCE6F0", INK), ("#9DB8D2", INK), ("#3B6288", "#FFFFFF"))
"""Nothing, and a third each of the year's fullest day: they differ in brightness, and the figure stands on each."""

_OFF = "#F1F3F5"
_FRAME = "#B8C2CC"


def year_picture(data: Mapping[str, Any]) -> bytes:
    """A PNG, 1080 pixels wide, of `{title, subtitle, most, months: [{label, unknown, weekday, days}], notes, lang}`.

    A day is {day, n (messages), off, extra (a worked weekend), due, moved, summary, before}; `most` is the fullest day.
    """
    said = voice(data.get("lang", "zh"))
    months: Sequence[Mapping[str, Any]] = data["months"]
    title = broken(legible(str(data["title"])), (WIDTH - 2 * EDGE) / 46, 2)
    under = legible(str(data.get("subtitle", "")))
    subtitle = broken(under, (WIDTH - 2 * EDGE) / 30, 2) if under else []
    notes = [line for note in data.get("notes", ()) for line in broken(legible(str(note)), (WIDTH - 2 * EDGE) / 26, 2)]
    pairs = [months[place : place + 2] for place in range(0, len(months), 2)]
    heights = [_HEAD + _ROW * max(_weeks(month) for month in pair) + _BETWEEN for pair in pairs]
    top = 36 + 62 * len(title) + 42 * len(subtitle) + 24
    board = Board(int(top + sum(heights) + 120 + 38 * len(notes) + 20))
    y = 36.0
    for line in title:
        board.write(EDGE, y + 31, line, 46)
        y += 62
    for line in subtitle:
        board.write(EDGE, y + 21, line, 30, QUIET)
        y += 42
    y = float(top)
    for pair, height in zip(pairs, heights, strict=True):
        for place, month in enumerate(pair):
            _month(board, said, month, EDGE + place * (_MONTH + _GAP), y, int(data.get("most", 0)))
        y += height
    _legend(board, said, y, int(data.get("most", 0)))
    for place, line in enumerate(notes):
        board.write(EDGE, y + 120 + 38 * place + 19, line, 26, QUIET)
    return board.png()


def _weeks(month: Mapping[str, Any]) -> int:
    return -(-(int(month["weekday"]) + len(month["days"])) // 7)


def _month(board: Board, said: Voice, month: Mapping[str, Any], x: float, y: float, most: int) -> None:
    label = str(month["label"]) + (said.plain("pictures.year_unknown") if month.get("unknown") else "")
    board.write(x, y + 24, legible(label), 34)
    for number in range(7):
        board.write(x + (number + 0.5) * _CELL, y + 70, said.plain(f"pictures.week_{number}"), 22, QUIET, "center")
    for cell in month["days"]:
        place = int(month["weekday"]) + int(cell["day"]) - 1
        _day(board, said, cell, x + place % 7 * _CELL, y + _HEAD + place // 7 * _ROW, most)


def _day(board: Board, said: Voice, cell: Mapping[str, Any], x: float, y: float, most: int) -> None:
    fill, ink = _SHADES[shade(int(cell["n"]), most)]
    if cell["off"] or cell.get("before"):
        fill, ink = _OFF, QUIET
    board.axes.add_patch(Rectangle((x, y), _CELL, _ROW, facecolor=fill, edgecolor=_FRAME, linewidth=1))
    quiet = ink if ink == "#FFFFFF" else QUIET
    board.write(x + 5, y + 13, str(cell["day"]), 18, quiet)
    if cell.get("extra"):
        board.write(x + 34, y + 13, said.plain("pictures.year_extra"), 16, quiet)
    if cell["n"]:
        board.write(x + _CELL / 2, y + 37, str(cell["n"]), 28, ink, "center")
    if cell.get("summary"):
        _dot(board, x + _CELL - 11, y + 11, quiet)
    if cell["due"]:
        _bar(board, x + 2, y + _ROW - 13, _CELL - 4, bool(cell.get("moved")))


def shade(count: int, most: int) -> int:
    """0 for nothing, 1 to 3 for a third each of the fullest day."""
    return 0 if count <= 0 else min(3, 1 + 3 * (count - 1) // max(most, 1))


def _dot(board: Board, x: float, y: float, ink: str) -> None:
    board.axes.add_patch(Rectangle((x - 5, y - 5), 10, 10, facecolor=ink, edgecolor="none"))


def _bar(board: Board, x: float, y: float, width: float, moved: bool) -> None:
    """Something is due; an arrow towards the left where the date came earlier."""
    board.axes.add_patch(Rectangle((x, y), width, 11, facecolor=INK, edgecolor="#FFFFFF"))
    if moved:
        corners = [(x + 5, y + 5.5), (x + 19, y + 1), (x + 19, y + 10)]
        board.axes.add_patch(Polygon(corners, facecolor="#FFFFFF", edgecolor="#FFFFFF", linewidth=1))


def _legend(board: Board, said: Voice, y: float, most: int) -> None:
    """What figure, shade, bar, arrow and dot mean."""
    x = float(EDGE)
    for number, (fill, _) in enumerate(_SHADES[1:], start=1):
        board.axes.add_patch(Rectangle((x, y + 6), 34, 34, facecolor=fill, edgecolor=_FRAME))
        least = next((count for count in range(1, most + 1) if shade(count, most) == number), 0)
        board.write(x + 42, y + 23, f"{least}+" if least else "-", 24, QUIET)
        x += 118
    board.write(x + 8, y + 23, legible(said.plain("pictures.year_messages")), 26, INK)
    y += 62
    _bar(board, EDGE, y + 8, 46, False)
    board.write(EDGE + 58, y + 13, said.plain("pictures.year_due"), 26)
    _bar(board, EDGE + 246, y + 8, 46, True)
    board.write(EDGE + 304, y + 13, said.plain("pictures.year_moved"), 26)
    _dot(board, EDGE + 590, y + 13, QUIET)
    board.write(EDGE + 606, y + 13, said.plain("pictures.year_summary"), 26)
    board.axes.add_patch(Rectangle((EDGE + 790, y - 4), 34, 34, facecolor=_OFF, edgecolor=_FRAME))
    board.write(EDGE + 834, y + 13, said.plain("pictures.year_off"), 26)
