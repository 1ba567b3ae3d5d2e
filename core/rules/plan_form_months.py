"""Knows in how many ways a form names a month: 3月, 三月份, 2023年3月, 2023-03-01, Mar-23, 3, 一季度."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.rules.month_heads import ENGLISH, NAMED, Named, named_months
from core.rules.numerals import chinese_number, narrow

_DATED = re.compile(r"(20\d\d)[-./年]?(0?[1-9]|1[0-2])(?:[-./月](?:0?[1-9]|[12]\d|3[01])日?)?(?:00:00(?::00)?)?")
_SHORT = re.compile(r"(0?[1-9]|1[0-2])/(?:1|01)/(\d\d(?:\d\d)?)")
_ENGLISH = re.compile(rf"(?:\d{{1,2}}[- ])?({'|'.join(ENGLISH)})[a-z]*\.?[- ']?(\d\d(?:\d\d)?)?", re.IGNORECASE)
_BARE = re.compile(r"0?([1-9]|1[0-2])(?:\.0)?|(十[一二]?|[一二三四五六七八九])")
_SERIAL = re.compile(r"4\d{4}")
_FIRST_DAY = date(1899, 12, 30)
"""What Excel counts the days of a date from; a date shows as its number where its format was lost."""

_AFTER = re.compile(r"(?:份|底前?|末前?|前|中|初|[上中下]旬|目标|任务|计划|进度|安排)+$")


def month_cell(text: str, bare: bool = False) -> Named | None:
    """The months that a cell names, or None; `bare` lets 3, 03 and 三 count, as in a column headed 月份."""
    flat = re.sub(r"\s+", "", narrow(text)).strip("()[]【】:：、.,，;；*")
    if not flat or len(flat) > 24:
        return None
    for each in (flat, _AFTER.sub("", flat)):
        if (found := NAMED.fullmatch(each)) and not found["detail"]:
            named = named_months(found)
            return named if named.months else None
        if found := _DATED.fullmatch(each):
            return Named((int(found[2]),), int(found[1]))
    if found := _SHORT.fullmatch(flat):
        return Named((int(found[1]),), _year(found[2]))
    if found := _ENGLISH.fullmatch(flat):
        return Named((ENGLISH.index(found[1].lower()) + 1,), _year(found[2]) if found[2] else None)
    if bare and _SERIAL.fullmatch(flat):
        day = _FIRST_DAY + timedelta(days=int(flat))
        return Named((day.month,), day.year)
    if bare and (found := _BARE.fullmatch(flat)):
        return Named((int(found[1]) if found[1] else int(chinese_number(found[2]) or 0),))
    return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
