"""Knows columns whose head names two things (责任领导及责任单位, 责任单位和完成时限): each cell says who does it, and who heads it or by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.rules.notice.dates import deadline
from core.rules.notice.heads import bare_head, column_of
from core.rules.notice.labels import CO, DUE, LABEL, LEAD, LEADER, RESPONSIBLE, label_kind
from core.rules.notice.leaders import people
from core.rules.notice.names import looks_like_unit
from core.rules.notice.shadow import Line, shadow
from core.rules.notice.task import is_settled

_HEAD = re.compile(r"^(?P<one>[\u4e00-\u9fff]{2,8}?)(?:及|和|与|、|/|&|\+)(?P<two>[\u4e00-\u9fff]{2,8})$")
_JOINED = re.compile("[及和与、/／&+]")
_UNITS = (LEAD, CO, RESPONSIBLE)
_TOP = 4
"""Rows among which the heads stand."""

_LONGEST = 20
"""Signs of such a head, and of a piece of a cell that is a time."""

_ANY_YEAR = 2000
_PIECES = {LEADER: re.compile(r"[\n;；]"), DUE: re.compile(r"[\n;；，,。]")}
_NAMES = re.compile(r"[/，,、]|\s+")


def twofold_apart(rows: Sequence[Line]) -> list[Line]:
    """The rows of a table with such a column as two; any other table as it was."""
    for at, line in enumerate(rows[:_TOP]):
        found = {place: heads for place, cell in enumerate(line.cells or ()) if (heads := _two(cell))}
        if found:
            return [*rows[:at], *(_widened(each, found, n == 0) for n, each in enumerate(rows[at:]))]
    return list(rows)


def _two(cell: str) -> tuple[str, str] | None:
    """The two heads; None for a head that is known as one, or whose parts are not units and something else."""
    joined = 4 < len(cell) <= _LONGEST and _JOINED.search(cell)
    found = _HEAD.match(bare_head(cell)) if joined and not column_of(cell) else None
    if not found:
        return None
    kinds = {column_of(found["one"]), column_of(found["two"])}
    return (found["one"], found["two"]) if len(kinds & set(_UNITS)) == 1 and kinds & set(_PIECES) else None


def _widened(line: Line, found: dict[int, tuple[str, str]], is_heads: bool) -> Line:
    cells: list[str] = []
    for place, cell in enumerate(line.cells or ()):
        heads = found.get(place)
        cells += [cell] if heads is None else heads if is_heads else _parted(cell, heads)
    return replace(line, text="\t".join(cells).replace("\n", " "), cells=tuple(cells))


def _parted(cell: str, heads: tuple[str, str]) -> tuple[str, str]:
    """The units of a cell under the head of units, the persons or times in it under the other one."""
    first = column_of(heads[0])
    kind = str(first) if first in _PIECES else str(column_of(heads[1]))
    units: list[str] = []
    others: list[str] = []
    for piece in _pieces(cell, kind):
        label = LABEL.match(shadow(piece))
        said = piece[label.end() :] if label else piece
        is_other = label_kind(label) == kind if label else _is(kind, said)
        (others if is_other else units).append(said.strip())
    apart = ("、".join(each for each in others if each), "\n".join(each for each in units if each))
    return apart if first == kind else apart[::-1]


def _pieces(cell: str, kind: str) -> list[str]:
    """The parts of a cell that are one or the other; 副区长 丁一 is one person."""
    out: list[str] = []
    for piece in _PIECES[kind].split(cell):
        if kind != LEADER or LABEL.match(shadow(piece)) or _is(kind, piece):
            out.append(piece)
            continue
        names = _NAMES.split(piece)
        while names:
            pair = " ".join(names[:2])
            whole = len(names) > 1 and _is(kind, pair) and not all(_is(kind, name) for name in names[:2])
            out.append(pair if whole else names[0])
            names = names[2 if whole else 1 :]
    return out


def _is(kind: str, piece: str) -> bool:
    if kind == LEADER:
        return not looks_like_unit(piece) and bool(people(piece))
    return 0 < len(piece.strip()) <= _LONGEST and (deadline(piece, _ANY_YEAR) is not None or is_settled(piece))
