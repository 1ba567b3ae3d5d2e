"""Knows the annexed form (推进计划表): which lines belong to it, its fields and its month rows."""

from __future__ import annotations

import re

from core.rules.notice.columns import both_rows, columns_of, is_heads
from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.lists import looks_like_units
from core.rules.notice.marks import is_furniture
from core.rules.notice.model import Form
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, shadow, squeeze

_START = re.compile(r"^(?:填报单位|填表单位|报送单位|牵头单位\(盖章\)|单位\(盖章\))")
_MONTH = re.compile(r"^(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?$")
_MONTH_HEAD = re.compile(r"^月份?$|^时间$")
_TITLE = re.compile(r"(?:计划表|进度表|推进表|任务表|申报表|报送表|表)(?:\([^()]*\))?$")
_UNITS = (LEAD, RESPONSIBLE, CO)
_NEAR = 8
"""Lines behind 填报单位 in which a table of tasks shows its heads and a row."""

_ANNEX = re.compile(r"^附\s*(?:表|件)?\s*\d{0,2}\s*[::]?$")


def find_form(lines: list[Line]) -> tuple[Form | None, set[int]]:
    """The form and the numbers of its lines; None where the paper has none."""
    begin = _begin(lines)
    if begin is None:
        return None, set()
    title, first = _title(lines, begin)
    fields: list[str] = []
    months: list[int] = []
    last = begin
    counting = True
    for place in range(begin, min(len(lines), begin + 80)):
        cells = [squeeze(c) for c in _cells(lines[place])]
        cells = [c for c in cells if c]
        if not cells or is_furniture(lines[place]):
            continue
        month = _month(cells[0])
        if month:
            months.append(month)
            counting = False
        elif _MONTH_HEAD.match(shadow(cells[0])):
            counting = False
        elif counting and len(fields) < 20 and all(len(c) <= 24 for c in cells):
            fields += [c.rstrip("：:") for c in cells if c.rstrip("：:") not in fields]
        elif len(cells) == 1 and not _field_like(lines[place]):
            break
        last = place
    if len(months) < 2 and len(fields) < 3:
        return None, set()
    numbers = {line.number for line in lines[first : last + 1]}
    return Form(title, tuple(fields), tuple(dict.fromkeys(months))), numbers


def _begin(lines: list[Line]) -> int | None:
    for place, line in enumerate(lines):
        if _START.match(squeeze(line.flat)) and not _lists_tasks(lines[place + 1 : place + _NEAR]):
            return place
    rows = [p for p, line in enumerate(lines) if _month(squeeze(_cells(line)[0]))]
    runs = [p for p in rows if sum(q in rows for q in range(p, p + 6)) >= 2]
    if not runs:
        return None
    place = runs[0]
    while place and (lines[place - 1].cells or "\t" in lines[place - 1].text):
        place -= 1
    return None if _lists_tasks(lines[place : place + _NEAR]) else place


def _lists_tasks(lines: list[Line]) -> bool:
    """填报单位 above a table of tasks whose units stand in it says who made the list; a form is still to be filled in."""
    columns: list[str | None] = []
    above: tuple[str, ...] = ()
    for line in lines:
        cells = _cells(line)
        named = [columns_of(cells), columns_of(both) if (both := both_rows(above, cells)) else []]
        heads = next((kinds for kinds in named if is_heads(kinds)), [])
        if heads:
            columns = heads
        elif any(kind in _UNITS and looks_like_units(cell) for cell, kind in zip(cells, columns, strict=False)):
            return True
        above = cells
    return False


def _title(lines: list[Line], begin: int) -> tuple[str, int]:
    first, title, seen = begin, "", 0
    for place in range(begin - 1, max(-1, begin - 12), -1):
        flat = squeeze(lines[place].flat)
        if not flat:
            continue
        seen += 1
        if _ANNEX.match(flat):
            return title, place
        if not title and _TITLE.search(flat) and len(flat) < 60:
            title, first = squeeze(lines[place].text), place
        elif seen > 3 or title:
            break
    return title, first


def _cells(line: Line) -> tuple[str, ...]:
    return line.cells or tuple(line.text.split("\t"))


def _month(cell: str) -> int | None:
    found = _MONTH.match(shadow(cell))
    value = numeral(found["n"]) if found else None
    return value if value and 1 <= value <= 12 else None


def _field_like(line: Line) -> bool:
    return bool(line.cells) or "\t" in line.text
