"""Knows how the summary becomes a picture that is read on a phone, in colour or not, and ranks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.papers.board import EDGE, LOOKS, QUIET, WIDTH, Board, Look
from core.papers.lettering import breadth, broken, legible
from core.words.voice import Voice, voice

MOST_ROWS = 40
"""More leaders than that would break Telegram's limits for a photo (width and height together at most 10000)."""

_BAR_LEFT = 336
_BAR_RIGHT = WIDTH - EDGE
_BAR_HEIGHT = 54

_LIGHTS = 3
"""Lights side by side: the longest name needs a third of the width."""

_LIGHT = 62


def summary_picture(data: Mapping[str, Any]) -> bytes:
    """A PNG, 1080 pixels wide, of `{title, subtitle, rows: [{name, done, waiting, overdue}], totals, lights, as_of, lang}`.

    One bar per row in the order given, its length the number of items owed. `lights` are [sign, words] of tasks, each sign
    a shape of its own; `as_of` is the whole phrase.
    """
    said = voice(data.get("lang", "zh"))
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    shown = rows[:MOST_ROWS]
    names = [broken(legible(str(row["name"])), (_BAR_LEFT - EDGE - 20) / 32, 3) for row in shown]
    heights = [max(84, 30 + 40 * len(lines)) for lines in names]
    title = broken(legible(str(data.get("title", ""))), (WIDTH - 2 * EDGE) / 46, 3)
    subtitle = broken(legible(str(data.get("subtitle", ""))), (WIDTH - 2 * EDGE) / 32, 2)
    feet = _feet(said, data, len(rows) - len(shown))
    top = 40 + 62 * len(title) + 46 * len(subtitle) + 20
    lights = data.get("lights") or ()
    lit = top + 138
    body = lit + _lights_height(lights) + 30
    height = body + (sum(heights) or 90) + 30 + 42 * len(feet) + 24
    board = Board(height)
    _heading(board, title, subtitle)
    _totals(board, said, data["totals"], top)
    _lights(board, said, lights, lit)
    _rows(board, shown, names, heights, body)
    if not shown:
        board.write(WIDTH / 2, body + 40, legible(said.plain("pictures.nothing")), 36, QUIET, "center")
    for place, line in enumerate(feet):
        board.write(EDGE, height - 24 - 42 * (len(feet) - place) + 21, legible(line), 28, QUIET)
    return board.png()


def _feet(said: Voice, data: Mapping[str, Any], left_out: int) -> list[str]:
    feet = [said.plain("pictures.more", n=left_out)] if left_out > 0 else []
    as_of = [str(data["as_of"])] if data.get("as_of") else []
    return [*feet, *as_of, said.plain("pictures.order")]


def _heading(board: Board, title: list[str], subtitle: list[str]) -> None:
    y = 40.0
    for line in title:
        board.write(EDGE, y + 31, line, 46)
        y += 62
    for line in subtitle:
        board.write(EDGE, y + 23, line, 32, QUIET)
        y += 46


def _totals(board: Board, said: Voice, totals: Mapping[str, Any], top: float) -> None:
    """The three totals side by side; they are the legend too."""
    room = (WIDTH - 2 * EDGE) / 3
    for place, look in enumerate(LOOKS):
        x = EDGE + place * room
        board.box(x, top + 20, 50, 84, look)
        board.write(x + 68, top + 36, legible(said.plain(f"pictures.{look.key}")), 34, QUIET)
        board.write(x + 68, top + 88, str(int(totals.get(look.key, 0))), 60)
    board.axes.plot([EDGE, WIDTH - EDGE], [top + 138, top + 138], color="#CBD2D9", linewidth=2)


def _lights_height(lights: Sequence[Sequence[str]]) -> int:
    return 84 + _LIGHT * -(-len(lights) // _LIGHTS) if lights else 0


def _lights(board: Board, said: Voice, lights: Sequence[Sequence[str]], top: float) -> None:
    """How many tasks have which light: a shape and a word, in rows below their heading."""
    if not lights:
        return
    board.write(EDGE, top + 40, legible(said.plain("pictures.lights")), 30, QUIET)
    room = (WIDTH - 2 * EDGE) / _LIGHTS
    for place, (sign, label) in enumerate(lights):
        x, y = EDGE + place % _LIGHTS * room, top + 92 + place // _LIGHTS * _LIGHT
        board.sign(x + 24, y, sign)
        board.write(x + 62, y, legible(label), 32)
    board.rule(top + _lights_height(lights))


def _rows(
    board: Board, rows: Sequence[Mapping[str, Any]], names: list[list[str]], heights: list[int], top: float
) -> None:
    most = max((sum(_count(row, look) for look in LOOKS) for row in rows), default=0) or 1
    scale = (_BAR_RIGHT - _BAR_LEFT) / most
    for row, lines, height in zip(rows, names, heights, strict=True):
        middle = top + height / 2
        for place, line in enumerate(lines):
            board.write(EDGE, middle + 40 * (place - (len(lines) - 1) / 2), line, 32)
        _bar(board, row, middle, scale)
        top += height


def _bar(board: Board, row: Mapping[str, Any], middle: float, scale: float) -> None:
    counts = [(look, _count(row, look)) for look in LOOKS]
    widths = _widths([count for _, count in counts], scale)
    x = float(_BAR_LEFT)
    if not any(count for _, count in counts):
        board.write(x, middle, "0", 32, QUIET)
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


def _count(row: Mapping[str, Any], look: Look) -> int:
    return max(0, int(row.get(look.key, 0)))
