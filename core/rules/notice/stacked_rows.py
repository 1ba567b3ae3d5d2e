"""Knows rows that are about one task: its steps below each other, or one unit a row with the part that it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from core.rules.notice.heads import BESIDE, CONTENT, NUMBER, is_step
from core.rules.notice.labels import CO, DUE, LEAD, RESPONSIBLE
from core.rules.notice.row_shapes import Rows
from core.rules.notice.shadow import shadow, squeeze

STEPS = "steps"
_UNITS = (LEAD, RESPONSIBLE, CO)
_LEADS = re.compile(r"^(?:总?牵头|主办|主责|主导|主要责任|第一责任)(?:单位|部门|方)?$|^lead$", re.IGNORECASE)
_HELPS = re.compile(
    r"^(?:配合|协办|协同|协助|参与|参加|会办|支持)(?:单位|部门|方)?$|^(?:support(?:ing)?|partner)$", re.IGNORECASE
)
_LEAST = 6
"""Signs of a content that two rows don't share by chance."""


@dataclass
class Stacked:
    """The rows, a task each, and what their columns mean now."""

    columns: list[str | None]
    rows: Rows


def stacked(columns: list[str | None], rows: Rows, heads: Sequence[str] = ()) -> Stacked:
    """One row per task out of rows that say again what is to be done; a column of parts (牵头, 配合) sorts the units.

    A column of steps behind the one of tasks (分步任务) tells no rows apart.
    """
    columns, rows = _steps_apart(columns, rows, heads)
    made = _parts_apart(columns, rows)
    told = made.columns is not columns
    out: Rows = []
    for _, group in groupby(made.rows, key=lambda row: _same(made.columns, row[1])):
        held = list(group)
        alike = len({_said(made.columns, cells) for _, cells in held}) == 1
        whole = len({tuple(cells) for _, cells in held}) == 1
        joins = len(held) > 1 and not whole and _same(made.columns, held[0][1])[0] and (alike or told)
        out += [(held[0][0], _joined(made.columns, [cells for _, cells in held]))] if joins else held
    return Stacked([CONTENT if kind == STEPS else kind for kind in made.columns], out)


def _steps_apart(columns: list[str | None], rows: Rows, heads: Sequence[str]) -> tuple[list[str | None], Rows]:
    """The columns with the one of steps as such; in rows of a number each, steps are what is to be done as before."""
    content = [place for place, kind in enumerate(columns) if kind == CONTENT]
    steps = [place for place in content if place < len(heads) and is_step(heads[place])]
    if len(content) < 2 or len(steps) != 1 or NUMBER not in columns:
        return columns, rows
    numbers = [squeeze(cells[columns.index(NUMBER)]) for _, cells in rows if columns.index(NUMBER) < len(cells)]
    if len(set(numbers)) == len(numbers):
        return columns, rows
    return [STEPS if place == steps[0] else kind for place, kind in enumerate(columns)], rows


def _parts_apart(columns: list[str | None], rows: Rows) -> Stacked:
    """责任单位 beside a column of 牵头 and 配合 is a column of those that lead and one of those that help."""
    units = [place for place, kind in enumerate(columns) if kind == RESPONSIBLE]
    if len(units) != 1 or LEAD in columns or CO in columns:
        return Stacked(columns, rows)
    part = next((place for place, kind in enumerate(columns) if kind in (None, BESIDE) and _tells(rows, place)), None)
    if part is None:
        return Stacked(columns, rows)
    kinds = [BESIDE if place in (units[0], part) else kind for place, kind in enumerate(columns)]
    out: Rows = []
    for line, cells in rows:
        wide = [*cells, *[""] * (len(columns) - len(cells))][: len(columns)]
        leads = bool(_LEADS.match(squeeze(wide[part])))
        out.append((line, [*wide, wide[units[0]] if leads else "", "" if leads else wide[units[0]]]))
    return Stacked([*kinds, LEAD, CO], out)


def _tells(rows: Rows, place: int) -> bool:
    cells = [squeeze(shadow(cells[place])) for _, cells in rows if place < len(cells) and cells[place].strip()]
    known = all(_LEADS.match(cell) or _HELPS.match(cell) for cell in cells)
    return len(cells) > 1 and known and any(_LEADS.match(cell) for cell in cells)


def _same(columns: list[str | None], cells: list[str]) -> tuple[str, ...]:
    """The number and what is to be done; ("",) for a row that shares nothing with others."""
    held = [squeeze(cell) for cell, kind in zip(cells, columns, strict=False) if kind in (NUMBER, CONTENT)]
    words = [squeeze(cell) for cell, kind in zip(cells, columns, strict=False) if kind == CONTENT]
    return tuple(held) if len("".join(words)) >= _LEAST and all(words) and held[0] else ("",)


def _said(columns: list[str | None], cells: list[str]) -> tuple[str, ...]:
    return tuple(squeeze(cell) for cell, kind in zip(cells, columns, strict=False) if kind in _UNITS)


def _joined(columns: list[str | None], rows: list[list[str]]) -> list[str]:
    out = []
    for place, kind in enumerate(columns):
        cells = list(dict.fromkeys(row[place] for row in rows if place < len(row) and row[place].strip()))
        out.append("；".join(cells) if kind in (*_UNITS, DUE, STEPS) else cells[0] if cells else "")
    return out
