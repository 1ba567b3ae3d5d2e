"""Knows tables whose cells run together in one line (序号项目名称牵头单位1修路。区交通局2架桥。区住建局)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from core.rules.notice.columns import CONTENT, NUMBER, column_of, is_beside, is_heads
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import person
from core.rules.notice.lists import entries_of, names_in
from core.rules.notice.names import is_odd, looks_like_unit
from core.rules.notice.shadow import Line, shadow

_HEADS = re.compile(r"(?:序号|编号)(?=[\u4e00-\u9fff()/]{6,80}?1[.、]?[\u4e00-\u9fff“《])")
_LONGEST_HEAD = 12
_USUAL_HEAD = 4
_UNITS = (LEAD, RESPONSIBLE, CO)
_DUE_END = re.compile(
    r"(?:(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前)?|20\d\d年(?:底|末)?(?:前)?|(?:年底|全年|长期|上半年|下半年|第?[一二三四]季度)(?:前|坚持)?)(?:完成)?$"
)
_SEAM = re.compile(r"(?<=[局委办厅部会院府心司团道镇乡处所队校联社区县])(?=[省市区县州旗各镇])")
_ENDED = re.compile(r"[。;!?]")
_MOST = 20_000
"""Characters of such a line."""


def cells_apart(lines: list[Line]) -> tuple[list[Line], frozenset[int]]:
    """The lines with such tables as rows of cells, and the numbers of lines whose name and content ran together.

    A table is left as it is unless every row comes apart in exactly one way.
    """
    out: list[Line] = []
    joined: set[int] = set()
    for line in lines:
        rows, name_too = _rows(line)
        if not rows:
            out.append(line)
            continue
        start = line.flat.index(_HEADS.search(line.flat)[0])  # type: ignore[index]
        if line.text[:start].strip():
            out.append(replace(line, text=line.text[:start]))
        out += [replace(line, text="\t".join(cells), cells=tuple(cells), table=1) for cells in rows]
        if name_too:
            joined.add(line.number)
    return out, frozenset(joined)


def _rows(line: Line) -> tuple[list[list[str]], bool]:
    """Heads and rows; and whether two columns of words stand as one, since nothing tells them apart."""
    found = _HEADS.search(line.flat) if line.cells is None and len(line.flat) <= _MOST else None
    if not found:
        return [], False
    begin = re.search(r"1[.、]?(?=[\u4e00-\u9fff“《])", line.flat[found.end() :])
    head = line.text[found.end() : found.end() + begin.start()] if begin else ""
    heads = _divided(head)
    kinds = [column_of(each) for each in heads]
    if not heads or not is_heads(kinds):
        return [], False
    words = [n for n, kind in enumerate(kinds) if kind == CONTENT]
    kept = [each for n, each in enumerate(heads) if n not in words[:-1]]
    body = line.text[found.end() + len(head) :]
    rows = _records(body, [kind for n, kind in enumerate(kinds) if n not in words[:-1]])
    return ([[found[0], *kept], *rows], len(words) > 1) if rows else ([], False)


def _divided(text: str) -> list[str]:
    """Heads that run together, each one known and about four signs long; empty where they don't come apart so."""

    @cache
    def way(place: int) -> tuple[str, ...] | None:
        if place == len(text):
            return ()
        best: tuple[str, ...] | None = None
        for end in range(min(len(text), place + _LONGEST_HEAD), place + 1, -1):
            piece = text[place:end]
            if column_of(piece) in (None, NUMBER) and not (is_beside(piece) and len(piece) <= 4):
                continue
            rest = way(end)
            if rest is not None and (best is None or _oddness((piece, *rest)) < _oddness(best)):
                best = (piece, *rest)
        return best

    return list(way(0) or ())


def _oddness(pieces: tuple[str, ...]) -> int:
    return sum(abs(len(piece) - _USUAL_HEAD) for piece in pieces)


def _records(body: str, kinds: list[str | None]) -> list[list[str]]:
    """The rows: cut before 1, 2, 3 … where what lies between two figures comes apart into cells."""
    flat = shadow(body)
    out: list[list[str]] = []
    number, start = 1, 0
    while True:
        opened = re.compile(rf"{number}[.、]?").match(flat, start)
        if not opened:
            return []
        ends = [
            found.start()
            for found in re.finditer(rf"(?<!\d){number + 1}[.、]?(?=[\u4e00-\u9fff“《])", flat[opened.end() :])
        ]
        cells, end = None, len(body)
        for place in (opened.end() + each for each in ends):
            cells = _cells(body[opened.end() : place], kinds)
            if cells:
                end = place
                break
        if cells is None:
            cells = _cells(body[opened.end() :].rstrip(), kinds)
        if cells is None:
            return []
        out.append([str(number), *cells])
        if end == len(body):
            return out if len(out) > 1 else []
        number, start = number + 1, end


def _cells(text: str, kinds: list[str | None]) -> list[str] | None:
    """One row; None unless its words end with a full stop and what follows comes apart in one way."""
    held: dict[int, str] = {}
    ends = list(_ENDED.finditer(shadow(text)))
    if not ends or kinds.count(CONTENT) != 1:
        return None
    content, tail = text[: ends[-1].end()], text[ends[-1].end() :].strip()
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] != DUE:
            break
        due = _DUE_END.search(shadow(tail))
        if due:
            held[place], tail = tail[due.start() :], tail[: due.start()].strip()
    if LEADER in kinds:
        named = [size for size in (2, 3) if person(tail[:size]) and _SEAMED.match(shadow(tail[size:]))]
        if len(named) != 1:
            return None
        held[kinds.index(LEADER)], tail = tail[: named[0]], tail[named[0] :]
    columns = [place for place, kind in enumerate(kinds) if kind in _UNITS]
    pieces = [tail[a:b] for a, b in _seams(tail)]
    if not tail or len(pieces) > len(columns) or not all(_are_units(piece) for piece in pieces):
        return None
    held |= dict(zip(columns, pieces, strict=False))
    held[kinds.index(CONTENT)] = content
    return [held.get(place, "") for place in range(len(kinds))]


_SEAMED = re.compile(r"[省市区县州旗各镇]")


def _seams(text: str) -> list[tuple[int, int]]:
    """Where one list of units ends and the next begins: two names without a sign between them."""
    cuts = [found.start() for found in _SEAM.finditer(shadow(text)) if _apart(text, found.start())]
    edges = [0, *cuts, len(text)]
    return list(zip(edges, edges[1:], strict=False))


def _apart(text: str, place: int) -> bool:
    left = re.split(r"[、,，;；]", text[:place])[-1]
    right = re.split(r"[、,，;；]", text[place:])[0]
    return looks_like_unit(left) and looks_like_unit(right) and len(left) > 2 and len(right) > 2


def _are_units(text: str) -> bool:
    names = [name for piece in names_in(text) for name in entries_of(piece)[0]]
    return bool(names) and all(looks_like_unit(name) and not is_odd(name) for name in names)
