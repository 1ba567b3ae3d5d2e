"""Knows how the lights of all units become one picture: a sign and a word a unit, in the order of the notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.papers.board import EDGE, INK, QUIET, WIDTH, Board
from core.papers.lettering import broken, legible
from core.words.voice import Voice, voice

MOST_UNITS = 60
"""More would break Telegram's limits for a photo (width and height together at most 10000)."""

STATES = ("done", "waiting", "overdue")
_COLUMN = (WIDTH - 2 * EDGE) / 2
_NAME = 30
_LINE = 38
_NOTE, _NOTE_LINE = 26, 32


def units_picture(data: Mapping[str, Any]) -> bytes:
    """A PNG, 1080 pixels wide, of `{title, subtitle, rows: [{name, state, note}], as_of, lang}`, two columns.

    `state` is a sign of the board: each has a shape of its own, and `note` says it in words. `legend` names the signs as
    [state, words]; left out, it is the three states of what is owed, counted.
    """
    said = voice(data.get("lang", "zh"))
    rows: Sequence[Mapping[str, Any]] = data["rows"][:MOST_UNITS]
    left_out = len(data["rows"]) - len(rows)
    half = -(-len(rows) // 2)
    names = [broken(legible(str(row["name"])), (_COLUMN - 76) / _NAME, 3) for row in rows]
    notes = [broken(legible(str(row.get("note", ""))), (_COLUMN - 76) / _NOTE, 2) for row in rows]
    rooms = [_LINE * len(name) + _NOTE_LINE * len(note) for name, note in zip(names, notes, strict=True)]
    heights = [36 + max(rooms[place : len(rooms) : half]) for place in range(half)]
    title = broken(legible(str(data["title"])), (WIDTH - 2 * EDGE) / 46, 2)
    subtitle = broken(legible(str(data.get("subtitle", ""))), (WIDTH - 2 * EDGE) / 32, 2)
    feet = _feet(said, data, left_out)
    top = 40 + 62 * len(title) + 46 * len(subtitle) + 124
    board = Board(int(top + (sum(heights) or 90) + 40 + 42 * len(feet) + 24))
    _heading(board, title, subtitle)
    _legend(board, data["legend"] if "legend" in data else _counted(said, rows), top - 70)
    board.rule(top - 20)
    for column in range(2):
        y = float(top)
        for place, height in enumerate(heights):
            number = column * half + place
            if number < len(rows):
                state = str(rows[number]["state"])
                _unit(board, state, names[number], notes[number], EDGE + column * _COLUMN, y)
            y += height
    if not rows:
        board.write(WIDTH / 2, top + 40, legible(said.plain("pictures.nothing")), 36, QUIET, "center")
    for place, line in enumerate(feet):
        board.write(EDGE, board.height - 24 - 42 * (len(feet) - place) + 21, legible(line), 28, QUIET)
    return board.png()


def _feet(said: Voice, data: Mapping[str, Any], left_out: int) -> list[str]:
    feet = [said.plain("pictures.more", n=left_out)] if left_out > 0 else []
    as_of = [str(data["as_of"])] if data.get("as_of") else []
    return [*feet, *as_of, said.plain("pictures.order")]


def _heading(board: Board, title: Sequence[str], subtitle: Sequence[str]) -> None:
    y = 40.0
    for line in title:
        board.write(EDGE, y + 31, line, 46)
        y += 62
    for line in subtitle:
        board.write(EDGE, y + 23, line, 32, QUIET)
        y += 46


def _counted(said: Voice, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    counts = [(state, sum(row["state"] == state for row in rows)) for state in STATES]
    return [(state, said.plain(f"pictures.units_{state}", n=n)) for state, n in counts]


def _legend(board: Board, legend: Sequence[Sequence[str]], y: float) -> None:
    """The signs with their names and how many have each."""
    room = (WIDTH - 2 * EDGE) / max(3, len(legend))
    for place, (state, label) in enumerate(legend):
        board.sign(EDGE + 24 + place * room, y, state)
        board.write(EDGE + 62 + place * room, y, legible(label), 30, INK)


def _unit(board: Board, state: str, name: Sequence[str], notes: Sequence[str], x: float, y: float) -> None:
    """The sign stands beside the first line: in the middle of the row it would be nearer to the unit below."""
    board.sign(x + 24, y + 32, state)
    line = y + 30
    for part in name:
        board.write(x + 62, line, part, _NAME, INK)
        line += _LINE
    for part in notes:
        board.write(x + 62, line - 2, part, _NOTE, QUIET)
        line += _NOTE_LINE
