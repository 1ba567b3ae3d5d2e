"""Knows tables in which every unit has a column, or a row, of its own and a sign says which part it has in which task."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from core.rules.notice.heads import column_of, is_beside
from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.lists import looks_like_units
from core.rules.notice.names import looks_like_unit
from core.rules.notice.part_signs import (
    TICK,
    has_signs,
    head_of,
    is_legend,
    legend_of,
    may_hold_signs,
    note_in,
    sign_in,
    spoken,
)
from core.rules.notice.shadow import Line, join, squeeze

_HEADS = {
    LEAD: ("牵头单位", "牵头部门", "主办单位"),
    CO: ("配合单位", "配合部门", "协办单位"),
    RESPONSIBLE: ("责任单位", "责任部门", "承办单位"),
}
"""Heads that such columns get; another one where the table has that head already."""

_CONTENT = "工作任务"
_LEAST = 2
"""Units of such a table."""

_TOP = 10
"""Rows among which the first one with signs stands."""

_NOBODY = "—"
"""What stands for no unit: an empty cell might be merged with the one above it."""

_SUM = re.compile("合计|总计|小计|共计")
"""How a row begins that only counts signs."""

_WORDS = 4
"""Signs of a cell that may say what is to be done."""


@dataclass
class _Heads:
    """Rows from `top` to `at` are heads; `names` per column, `groups` what stands over several; `places` of the units."""

    top: int
    at: int
    names: list[str]
    groups: list[str]
    places: list[int]


def matrices_apart(lines: list[Line]) -> list[Line]:
    """The lines with such tables as tables of tasks: units with their names under a head for each part, or under the sign
    where nobody says what it means. The line that explains the signs is left out where a table was read by it.
    """
    if not may_hold_signs(line.text for line in lines if line.cells is not None):
        return lines
    legend = legend_of(lines)
    out: list[Line] = []
    before: _Heads | None = None
    found = False
    for table, group in groupby(lines, key=lambda line: line.table if line.cells is not None else 0):
        rows = list(group)
        summed = [line for line in rows if not _SUM.match(squeeze("".join(line.cells or ())))] if table else []
        made, heads = _read(summed, legend, before) if summed else (None, before)
        out += made or [_spoken(line, legend) for line in rows]
        before = heads if made else before
        found = found or bool(made)
    if not found:
        return out
    return [line for line in out if line.cells is not None or not is_legend(line.text)]


def _spoken(line: Line, legend: Mapping[str, str]) -> Line:
    """A row whose units have signs beside their names, with words instead."""
    if line.cells is None or not legend or not has_signs(line.text):
        return line
    cells = tuple(said if looks_like_units(said := spoken(cell, legend)) else cell for cell in line.cells)
    return line if cells == line.cells else replace(line, text="\t".join(cells).replace("\n", " "), cells=cells)


def _read(rows: list[Line], legend: dict[str, str], before: _Heads | None) -> tuple[list[Line] | None, _Heads | None]:
    """A table's rows as a table of tasks with the heads it has; None for any other table."""
    wide = max(len(line.cells or ()) for line in rows)
    cells = [[*(line.cells or ()), *[""] * (wide - len(line.cells or ()))] for line in rows]
    heads = _heads(cells, legend)
    if heads is None and before and len(before.names) == wide and _signed(cells, set(before.places)):
        return _rows(rows, cells, replace(before, top=0, at=-1), legend), before
    if heads is None and (lying := _turned(cells, legend)):
        at, turned = lying
        line = rows[at]
        heads = _heads(turned, legend)
        if heads:
            return [*rows[:at], *_rows([line] * len(turned), turned, heads, legend)], None
    return (_rows(rows, cells, heads, legend), heads) if heads else (None, None)


def _heads(cells: list[list[str]], legend: dict[str, str]) -> _Heads | None:
    """The heads of a table with a column for each unit; None for any other table."""
    first, places = _signs_begin(cells)
    if not places:
        return None
    at = next(
        (n for n in range(first - 1, -1, -1) if 2 * sum(bool(cells[n][p].strip()) for p in places) >= len(places)), -1
    )
    if at < 0:
        return None
    names, groups, top = _named(cells, at)
    blank = [p for p in range(len(names)) if not any(row[p].strip() for row in cells[first:])]
    wanted = {groups[p] for p in places if groups[p]}
    units = [p for p in places if _may_be_unit(names[p], groups[p])]
    units += [
        p
        for p in blank
        if p not in units
        and names[p]
        and not column_of(names[p])
        and (looks_like_unit(names[p]) or groups[p] in wanted)
    ]
    sure = sum(looks_like_unit(names[p]) for p in units)
    explained = any(sign_in(row[p]) in {*legend, LEAD, CO} for row in cells[first:] for p in units)
    told = any(column_of(groups[p]) in _HEADS for p in units)
    if not units or (2 * sure < len(units) and (len(units) < _LEAST or not (explained or told))):
        return None
    return _Heads(top, at, names, groups, sorted(units)) if _says_what(cells[first:], units) else None


def _signs_begin(cells: list[list[str]]) -> tuple[int, list[int]]:
    """The first row with signs, and the columns that hold nothing else from there on; (0, []) for a table without such."""
    for first, row in enumerate(cells[:_TOP]):
        if first and any(sign_in(cell) for cell in row) and (places := _marked(cells, first)):
            return first, places
    return 0, []


def _marked(cells: list[list[str]], first: int) -> list[int]:
    """The columns that from a row on hold nothing but signs."""
    body = cells[first:]
    return [
        p
        for p in range(len(cells[0]))
        if any(sign_in(row[p]) for row in body) and all(sign_in(row[p]) is not None for row in body)
    ]


def _named(cells: list[list[str]], at: int) -> tuple[list[str], list[str], int]:
    """The names of the columns, what stands over several of them, and the first row of heads."""
    low = [_one_line(cell) for cell in cells[at]]
    high = [_one_line(cell) for cell in cells[at - 1]] if at else [""] * len(low)
    shown = {cell for cell in high if cell}
    if len(shown) < 2 and not any(column_of(cell) in _HEADS for cell in shown):
        return low, [""] * len(low), at
    groups: list[str] = []
    over = ""
    for below, above in zip(low, high, strict=True):
        over = (above if below and above != below else "") if above else over if below else ""
        groups.append(over)
    return [below or above for below, above in zip(low, high, strict=True)], groups, at - 1


def _one_line(cell: str) -> str:
    return join(cell.split("\n"))


def _may_be_unit(name: str, group: str) -> bool:
    if not name or column_of(name):
        return False
    return looks_like_unit(name) or not is_beside(name) or column_of(group) in _HEADS


def _says_what(body: list[list[str]], units: list[int]) -> bool:
    others = [p for p in range(len(body[0])) if p not in units]
    return any(sum(len(squeeze(row[p])) >= _WORDS for row in body) * 2 >= len(body) for p in others)


def _signed(cells: list[list[str]], places: set[int]) -> bool:
    """Rows that go on with a table whose heads stand on the page before."""
    return all(sign_in(row[p]) is not None for row in cells for p in places) and any(
        row[p].strip() for row in cells for p in places
    )


def _turned(cells: list[list[str]], legend: dict[str, str]) -> tuple[int, list[list[str]]] | None:
    """A table with a row for each unit with the tasks in rows; the row in which their heads stood."""
    for labels in range(min(_LEAST, len(cells[0]))):
        units = [
            n
            for n, row in enumerate(cells)
            if n and looks_like_unit(_one_line(row[labels])) and _only_signs(row[labels + 1 :])
        ]
        places = [p for p in range(labels + 1, len(cells[0])) if any(sign_in(cells[n][p]) for n in units)]
        signs = {sign_in(cells[n][p]) for n in units for p in places} - {"", None}
        if len(units) < _LEAST or not places or signs == {TICK} - set(legend):
            continue
        at = next((n for n in range(units[0]) if all(cells[n][p].strip() for p in places)), -1)
        below = [row for row in cells[at + 1 :] if row[labels].strip() and any(row[p].strip() for p in places)]
        if at >= 0 and all(len(squeeze(cells[at][p])) >= _WORDS and not is_beside(cells[at][p]) for p in places):
            heads = [_CONTENT, *(row[labels] for row in below)]
            return at, [heads, *([cells[at][p], *(row[p] for row in below)] for p in places)]
    return None


def _only_signs(cells: Sequence[str]) -> bool:
    return all(sign_in(cell) is not None for cell in cells)


def _rows(rows: list[Line], cells: list[list[str]], heads: _Heads, legend: dict[str, str]) -> list[Line]:
    """The rows with one column for each part instead of one for each unit."""
    body = cells[heads.at + 1 :]
    roles = _roles(heads, body, legend)
    own = [p for p, name in enumerate(heads.names) if p not in heads.places and column_of(name) == LEAD]
    parts = {
        p: [
            "" if heads.names[p] in [row[n].strip() for n in own] else _part(row[p], heads.groups[p], roles)
            for row in body
        ]
        for p in heads.places
    }
    shown = _in_order([part for found in parts.values() for part in found if part])
    left = heads.places[0]
    others = [p for p in range(len(heads.names)) if p not in heads.places]
    before, behind = [p for p in others if p < left], [p for p in others if p > left]
    names = _with_content(heads.names, others, body)
    titles = _titles(shown, [names[p] for p in others])
    made = [[*(names[p] for p in before), *titles, *(names[p] for p in behind)]]
    for n, row in enumerate(body):
        named = [[_noted(heads.names[p], row[p]) for p in heads.places if parts[p][n] == part] for part in shown]
        held = ["、".join(names) or _NOBODY * any(named) for names in named]
        made.append([*(row[p] for p in before), *held, *(row[p] for p in behind)])
    shown_rows = rows[heads.at + 1 :]
    # a piece that goes on behind a page break has no row for its heads: they stand in its first row's line
    lines = [rows[max(heads.at, 0)], *shown_rows]
    out = [
        replace(line, text="\t".join(row).replace("\n", " "), cells=tuple(row))
        for line, row in zip(lines, made, strict=True)
    ]
    return [*rows[: heads.top], *out]


def _noted(name: str, cell: str) -> str:
    note = note_in(cell)
    return f"{name}（{note}）" if note else name


def _roles(heads: _Heads, body: list[list[str]], legend: dict[str, str]) -> dict[tuple[str, str], str]:
    """What each sign means under each head over several units: by the legend, else by that head where it has no other sign."""
    out: dict[tuple[str, str], str] = {}
    for group in dict.fromkeys(heads.groups[p] for p in heads.places):
        signs = {sign_in(row[p]) or "" for row in body for p in heads.places if heads.groups[p] == group} - {
            "",
            *_HEADS,
        }
        role = column_of(group)
        open_ones = [sign for sign in signs if sign not in legend]
        for sign in signs:
            alone = role in _HEADS and len(open_ones) == 1
            out[group, sign] = legend.get(sign) or (str(role) if alone else head_of(sign))
    return out


def _part(cell: str, group: str, roles: dict[tuple[str, str], str]) -> str:
    """The role that a unit has in a row, or the sign that nobody explains; empty for none."""
    sign = sign_in(cell) or ""
    return roles.get((group, sign), sign)


def _in_order(parts: Sequence[str]) -> list[str]:
    """The roles, then the signs that nobody explains: who leads has the sign that stands in the fewest cells."""
    return [role for role in _HEADS if role in parts] + sorted(
        set(parts) - set(_HEADS), key=lambda sign: (parts.count(sign), sign)
    )


def _titles(parts: list[str], taken: list[str]) -> list[str]:
    return [
        next((head for head in _HEADS[part] if head not in taken), part) if part in _HEADS else part for part in parts
    ]


def _with_content(names: list[str], others: list[int], body: list[list[str]]) -> list[str]:
    """The heads; the column of the longest texts says what is to be done where no head does."""
    if any(column_of(names[p]) == "content" for p in others):
        return names
    longest = max(others, key=lambda p: sum(len(squeeze(row[p])) for row in body))
    return [_CONTENT if p == longest else name for p, name in enumerate(names)]
