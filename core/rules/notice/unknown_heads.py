"""Knows what the cells under a head that nobody knows look like: units, persons, days, words of the task."""

from __future__ import annotations

import re

from core.rules.notice.clauses import is_bare_list
from core.rules.notice.heads import CONTENT, NUMBER, SECTION, is_beside
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.names import looks_like_unit
from core.rules.notice.numerals import numeral
from core.rules.notice.part_signs import TICK, is_sign, sign_in
from core.rules.notice.shadow import shadow, squeeze

_DAY = re.compile(
    r"^(?:\d{4}年|今年|年)?(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|[底末])?|第?[一二三四1-4]季度末?|[上下]半年|年?[底末]|年内)(?:之?前|以前)?(?:全部|全面)?(?:完成|办结|建成|竣工|投用|销号)?$"
    r"|^\d{4}[-./]\d{1,2}([-./]\d{1,2})?(?:之?前|以前)?$"
    r"|^(?:by|end|of|mid|Q[1-4]|[A-Z][a-z]{2,8})*\d{0,2},?20\d\d$"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2,}")
_CODE = re.compile(r"^[(（]?(?:[A-Za-z]{0,4}[-.]?\d{1,4}(?:[-.]\d{1,3})*|[一二三四五六七八九十]{1,3}|[①-⑳])[)）.、]?$")
_NOTHING = re.compile(r"^(?:[/—–√×是否无有\-]+|N/?A)$", re.IGNORECASE)
_OFFICE = re.compile(r"(?:局|委|办|厅|部|站|所|中心|科|处|股|政府|街道|镇|乡|公司|办公室|委员会)$")
_TEXT = 2
"""Words of a cell that may be part of what is to be done."""

_SIGNED = 8
"""Signs of a cell that only says which part a unit has."""

_LONG, _LONG_ENGLISH = 14, 3
"""Words of a cell that says more than a title: signs of Chinese, words of English."""


def unread_columns(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> list[int]:
    """The columns under an unknown head that in half of the rows or more hold what may belong to the task."""
    return [
        place
        for place, (head, kind) in enumerate(zip(heads, columns, strict=False))
        if kind is None
        and (cells := _filled(rows, place))
        and 2 * sum(_is_fact(cell) or (not is_beside(head) and _says_something(cell)) for cell in cells) >= len(cells)
    ]


def signed_columns(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> list[int]:
    """The columns under an unknown head, of a unit or of nobody can tell what, in which signs say who has a part."""
    return [
        place
        for place, (head, kind) in enumerate(zip(heads, columns, strict=False))
        if kind is None
        and head.strip()
        and any(
            (sign := sign_in(row[place])) and (sign != TICK or looks_like_unit(head))
            for row in rows
            if place < len(row) and 0 < len(row[place]) < _SIGNED
        )
        and (looks_like_unit(head) or not is_beside(head))
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
        if kind is None and said and place < (min(said) if is_beside(head) else max(said))
    ]
    return next((place for place in open_heads if _long(_filled(rows, place))), None)


def taken_for_numbers(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> int | None:
    """The column before what is to be done that only counts the rows, whatever its head is (項目), or whether it has one."""
    known = len(columns) - 1 - columns[::-1].index(CONTENT) if CONTENT in columns else 0
    for place in range(known):
        cells = [squeeze(cell) for cell in _filled(rows, place)] if columns[place] in (None, CONTENT) else []
        if cells and all(_CODE.match(cell) for cell in cells) and _in_order(cells) and not is_beside(heads[place]):
            return place
    return None


def _in_order(cells: list[str]) -> bool:
    """Numbers that go on, stay (merged cells) or begin again with 1; codes that differ."""
    numbers = [numeral(cell.strip("()（）.、")) for cell in cells]
    if any(number is None for number in numbers):
        return len(set(cells)) == len(cells)
    steps = zip(numbers, numbers[1:], strict=False)
    return all(two in (1, one, (one or 0) + 1) for one, two in steps)


def taken_for_titles(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> int | None:
    """The column of short names under an unknown head before what is to be done about each."""
    known = columns.index(CONTENT) if CONTENT in columns else 0
    first = next((place for place, kind in enumerate(columns) if kind not in (NUMBER, SECTION)), 0)
    before = next((place for place in (known - 1, first) if 0 <= place < known and columns[place] is None), -1)
    if before < 0 or is_beside(heads[before]):
        return None
    cells = [squeeze(cell) for cell in _filled(rows, before)]
    named = len(set(cells)) == len(cells) >= max(2, len(rows) - 1) and all(
        len(_WORDS.findall(cell)) >= _TEXT for cell in cells
    )
    return before if named and not any(_is_fact(cell) or people(cell) or _long([cell]) for cell in cells) else None


def taken_for_units(columns: list[str | None], rows: list[list[str]]) -> int | None:
    """The first column of offices under an unknown head, for a table in which no head says who does it."""
    for place, kind in enumerate(columns):
        cells = _filled(rows, place) if kind is None else []
        if cells and all(looks_like_units(cell) for cell in cells) and 2 * sum(map(_is_office, cells)) >= len(cells):
            return place
    return None


def unexplained_sign(heads: list[str], columns: list[str | None], rows: list[list[str]]) -> int | None:
    """Of the columns of units under a sign that nobody explains the one with the fewest units a row; None where a sign's role was said."""
    signs = [place for place, head in enumerate(heads) if is_sign(head)]
    if any(columns[place] == LEAD for place in signs):
        return None
    shown = [place for place in signs if columns[place] == RESPONSIBLE]
    return min(
        shown, key=lambda place: max((cell.count("、") for cell in _filled(rows, place)), default=0), default=None
    )


def _is_office(cell: str) -> bool:
    return bool(_OFFICE.search(shadow(squeeze(cell)))) or is_bare_list(cell)


def _filled(rows: list[list[str]], place: int) -> list[str]:
    cells = [row[place] for row in rows if place < len(row)]
    return [cell for cell in cells if cell.strip() and not _NOTHING.match(squeeze(cell))]


def _long(cells: list[str]) -> bool:
    long = sum(len(_WORDS.findall(cell)) >= (_LONG_ENGLISH if cell.isascii() else _LONG) for cell in cells)
    return bool(cells) and 2 * long >= len(cells)


def _is_fact(cell: str) -> bool:
    """Units or a day."""
    if is_bare_list(cell) or (cell.isascii() and looks_like_units(cell)):
        return True
    return bool(_DAY.match(squeeze(shadow(cell))))


def _says_something(cell: str) -> bool:
    return bool(people(cell)) or len(_WORDS.findall(cell)) >= _TEXT or bool(re.search(r"\d[\u4e00-\u9fff%]", cell))
