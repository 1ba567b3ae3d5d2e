"""Knows what the cells under a head that nobody knows look like: units, persons, days, words of the task."""

from __future__ import annotations

import re

from core.rules.notice.clauses import is_bare_list
from core.rules.notice.heads import CONTENT, is_beside
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.shadow import shadow, squeeze

_DAY = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月|[一二三四]季度|年)(?:\d{1,2}日|底|末)?(?:之?前|以前)?(?:完成|办结)?$|^\d{4}[-./]\d{1,2}([-./]\d{1,2})?$"
    r"|^(?:by|end|of|mid|Q[1-4]|[A-Z][a-z]{2,8})*\d{0,2},?20\d\d$"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2,}")
_NOTHING = re.compile(r"^(?:[/—–√×是否无有\-]+|N/?A)$", re.IGNORECASE)
_OFFICE = re.compile(r"(?:局|委|办|厅|部|站|所|中心|科|处|股|政府|街道|镇|乡|公司|办公室|委员会)$")
_TEXT = 2
"""Words of a cell that may be part of what is to be done."""

_LONG = 14
"""Words of a cell that says more than a title."""


def unread_columns(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> list[int]:
    """The columns under an unknown head that in half of the rows or more hold what may belong to the task."""
    return [
        place
        for place, (head, kind) in enumerate(zip(heads, columns, strict=False))
        if kind is None
        and head.strip()
        and (cells := _filled(rows, place))
        and 2 * sum(_is_fact(cell) or (not is_beside(head) and _says_something(cell)) for cell in cells) >= len(cells)
    ]


def taken_for_content(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> int | None:
    """The column of long texts under an unknown head before the units, where the known one holds only titles."""
    known = [place for place, kind in enumerate(columns) if kind == CONTENT]
    if any(_long(_filled(rows, place)) for place in known):
        return None
    said = [place for place, kind in enumerate(columns) if kind in (LEAD, RESPONSIBLE, CO, LEADER, DUE)]
    open_heads = [
        place
        for place, (head, kind) in enumerate(zip(heads, columns, strict=False))
        if kind is None and head.strip() and not is_beside(head) and said and place < max(said)
    ]
    return next((place for place in open_heads if _long(_filled(rows, place))), None)


def taken_for_units(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> int | None:
    """The first column of offices under an unknown head, for a table in which no head says who does it."""
    for place, (head, kind) in enumerate(zip(heads, columns, strict=False)):
        cells = _filled(rows, place) if kind is None and head.strip() else []
        if cells and all(looks_like_units(cell) for cell in cells) and 2 * sum(map(_is_office, cells)) >= len(cells):
            return place
    return None


def _is_office(cell: str) -> bool:
    return bool(_OFFICE.search(shadow(squeeze(cell)))) or is_bare_list(cell)


def _filled(rows: list[list[str]], place: int) -> list[str]:
    cells = [row[place] for row in rows if place < len(row)]
    return [cell for cell in cells if cell.strip() and not _NOTHING.match(squeeze(cell))]


def _long(cells: list[str]) -> bool:
    return bool(cells) and 2 * sum(len(_WORDS.findall(cell)) >= _LONG for cell in cells) >= len(cells)


def _is_fact(cell: str) -> bool:
    """Units or a day."""
    if is_bare_list(cell) or (cell.isascii() and looks_like_units(cell)):
        return True
    return bool(_DAY.match(squeeze(shadow(cell))))


def _says_something(cell: str) -> bool:
    return bool(people(cell)) or len(_WORDS.findall(cell)) >= _TEXT or bool(re.search(r"\d[\u4e00-\u9fff%]", cell))
