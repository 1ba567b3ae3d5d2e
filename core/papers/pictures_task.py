"""Knows how a task against its plan becomes a picture: month by month what was planned, and what was handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.papers.board import EDGE, INK, QUIET, WIDTH, Board
from core.papers.lettering import broken, legible
from core.words.voice import Voice, voice

_MONTH, _PLAN, _DONE = EDGE + 62, EDGE + 160, EDGE + 590
_SIZE, _LINE, _LINES = 27, 37, 4


def task_picture(data: Mapping[str, Any]) -> bytes:
    """A PNG, 1080 pixels wide, of `{title, unit, goal, targets, rows: [{month, plan, state, note, said}], as_of, lang}`.

    `state` is done, waiting, overdue or "" (nothing is due); `said` are the unit's words, `note` the date or the lack.
    """
    said = voice(data.get("lang", "zh"))
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    cells = [_cells(row) for row in rows]
    heights = [34 + _LINE * max(1, len(plan), len(done)) for plan, done in cells]
    title = broken(legible(str(data["title"])), (WIDTH - 2 * EDGE) / 42, 3)
    under = broken(legible(str(data.get("unit", ""))), (WIDTH - 2 * EDGE) / 30, 2)
    under += broken(legible(str(data.get("goal", ""))), (WIDTH - 2 * EDGE) / 30, 3) if data.get("goal") else []
    under += broken(legible(str(data.get("targets", ""))), (WIDTH - 2 * EDGE) / 30, 4) if data.get("targets") else []
    top = 40 + 58 * len(title) + 44 * len(under) + 90
    board = Board(int(top + sum(heights) + 40 + (104 if data.get("as_of") else 62)))
    y = 40.0
    for line in title:
        board.write(EDGE, y + 29, line, 42)
        y += 58
    for line in under:
        board.write(EDGE, y + 22, line, 30, QUIET)
        y += 44
    board.write(_PLAN, top - 40, legible(said.plain("pictures.planned")), 28, QUIET)
    board.write(_DONE, top - 40, legible(said.plain("pictures.handed_in")), 28, QUIET)
    _rows(board, rows, cells, heights, float(top))
    _foot(board, said, str(data.get("as_of", "")))
    return board.png()


def _cells(row: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The plan's and the report's lines; what is too long ends in "…"."""
    plan = broken(legible(str(row.get("plan", ""))), (_DONE - _PLAN - 24) / _SIZE, _LINES)
    note = broken(legible(str(row.get("note", ""))), (WIDTH - EDGE - _DONE) / _SIZE, 1)
    words = broken(legible(str(row.get("said", ""))), (WIDTH - EDGE - _DONE) / _SIZE, _LINES - 1)
    return [line for line in plan if line], [line for line in (*note, *words) if line]


def _rows(
    board: Board,
    rows: Sequence[Mapping[str, Any]],
    cells: Sequence[tuple[list[str], list[str]]],
    heights: Sequence[float],
    top: float,
) -> None:
    y = top
    for row, (plan, done), height in zip(rows, cells, heights, strict=True):
        board.rule(y)
        if row.get("state"):
            board.sign(EDGE + 24, y + 36, str(row["state"]), 19)
        board.write(_MONTH, y + 36, legible(str(row["month"])), 30)
        for place, line in enumerate(plan):
            board.write(_PLAN, y + 36 + _LINE * place, line, _SIZE)
        for place, line in enumerate(done):
            board.write(_DONE, y + 36 + _LINE * place, line, _SIZE, QUIET if place == 0 else INK)
        y += height
    board.rule(y)


def _foot(board: Board, said: Voice, as_of: str) -> None:
    y = board.height - (104 if as_of else 62)
    x = float(EDGE)
    for state in ("done", "waiting", "overdue"):
        board.sign(x + 18, y + 21, state, 15)
        board.write(x + 46, y + 21, legible(said.plain(f"pictures.{state}")), 28, QUIET)
        x += 210
    if as_of:
        board.write(EDGE, y + 63, legible(as_of), 28, QUIET)
