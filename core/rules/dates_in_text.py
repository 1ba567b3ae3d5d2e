"""Knows how to find the day that a sentence names: `因招标推迟，希望延到4月10日`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.dates import DateUnclear, read_date
from core.rules.numerals import chinese_number, narrow

LOOKED_AT = 200
"""Characters in which the day is looked for."""

_LONGEST = 18
_BEFORE = re.compile(
    r"(?:延期到|延期至|延长到|延长至|推迟到|推迟至|延后到|延后至|延到|延至|改到|改为|改至|截至|到|至|于|before|until|till|by|to)\s*$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"[月日号周底末年天]|\d{4}|[a-z]{3}", re.IGNORECASE)
_EDGE = re.compile(r"[0-9A-Za-z一二三四五六七八九十]")
_LONGER = re.compile(
    r"(?:延期|延长|延后|推迟|宽限|再给|顺延|延|extend(?:ed)? by|another)\s*(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)\s*(?:个)?"
    r"(?P<unit>工作日|天|日|周|星期|礼拜|月|working days?|days?|weeks?|months?)",
    re.IGNORECASE,
)
_WORKING_DAYS = re.compile(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?\s*(?:工作日|working days?)", re.IGNORECASE
)
_LEFT_OVER = re.compile(
    r"^(?:我们|我单位|本单位|现)?(?:请求|申请|希望|想|拟|请|恳请)*(?:予以|能)?(?:延期|延长|延后|推迟|延|改)?(?:到|至|为|于)?"
    r"[\s，,。;；:：、.!！]*|[\s，,;；:：、]+(?:希望|申请|请求|拟|想|请)*(?:延期|延长|延后|推迟|延|改)?(?:到|至|为|于)?[\s，,;；:：、]*$"
)
_NUMBERED_THING = re.compile(r"\s*(?:文|楼|线|令|公告|地块|标段|会议)")
"""What a number with 号 names when it is no day: 24号文, 3号线."""

_REASON = re.compile(r"^[\s，,。;；:：、.!！]*(?:理由|原因|reason)\s*[:：是为]?\s*", re.IGNORECASE)


def find_date(text: str, today: date) -> tuple[date, str] | None:
    """(day, the rest of the text); None if it names none. What follows 延到, 至 or 到 goes before any other day."""
    said = narrow(text)[:LOOKED_AT]
    best: tuple[int, int, int, date] | None = None
    for start in range(len(said)):
        if start and _EDGE.match(said[start]) and _EDGE.match(said[start - 1]) and not _cut_here(said, start):
            continue
        found = _longest(said, start, today)
        if found is None:
            continue
        end, day = found
        if said[:start].endswith("第") or _NUMBERED_THING.match(said[end:]):
            continue
        words = said[start:end]
        weight = 2 * bool(_BEFORE.search(said[:start])) + bool(_CALENDAR.search(words))
        if not weight and start > 0:
            continue  # a bare 3.5 inside a sentence is a figure, not the fifth of March
        if best is None or weight > best[0]:
            best = (weight, start, end, day)
    if best is None:
        return None
    _, start, end, day = best
    return day, _without(text, start, end)


def longer_by(text: str, due: date, calendar: WorkCalendar) -> tuple[date, str] | None:
    """(day, the rest) of `延期一周`, `延长5个工作日`, counted from the date in force; None if it says no such thing."""
    found = _LONGER.search(narrow(text)[:LOOKED_AT])
    if found is None:
        return None
    unit = found["unit"].lower()
    half = found["n"] == "半"
    number = 0 if half else int(found["n"]) if found["n"].isdigit() else int(chinese_number(found["n"]) or 0)
    rest = _without(text, found.start(), found.end())
    if unit == "工作日" or unit.startswith("working"):
        return calendar.add_working_days(due, number), rest
    if unit == "月" or unit.startswith("month"):
        return (due + timedelta(days=15) if half else _months_on(due, number)), rest
    weeks = unit in ("周", "星期", "礼拜") or unit.startswith("week")
    return due + timedelta(days=number * (7 if weeks else 1)), rest


def in_working_days(text: str, today: date, calendar: WorkCalendar) -> date | None:
    """The day of `15个工作日`, `十个工作日内`, `5 working days`, counted from today; None if it says no such thing."""
    found = _WORKING_DAYS.search(narrow(text)[:LOOKED_AT])
    if found is None:
        return None
    number = int(found["n"]) if found["n"].isdigit() else int(chinese_number(found["n"]) or 0)
    return calendar.add_working_days(today, number)


def _cut_here(said: str, start: int) -> bool:
    """A word's end is no number's middle: 延到4月 may be cut before the 4, 24月 not before its 4."""
    return not (said[start].isdigit() and said[start - 1].isdigit()) and not said[start - 1].isdigit()


def _longest(said: str, start: int, today: date) -> tuple[int, date] | None:
    for end in range(min(len(said), start + _LONGEST), start + 1, -1):
        if end < len(said) and said[end].isdigit() and said[end - 1].isdigit():
            continue
        words = said[start:end]
        if words != words.strip(" 。.,、;!?:，；：！？\n"):
            continue
        try:
            return end, read_date(words, today)
        except DateUnclear:
            continue
    return None


def _without(text: str, start: int, end: int) -> str:
    """The text without the day and the words that led to it: the reason."""
    before = _LEFT_OVER.sub("", text[:start].strip())
    after = re.sub(r"^(?:之?前|以前)?(?:报送|上报|提交|完成|报)?[\s，,。;；:：、.!！]*", "", text[end:].strip())
    joined = "，".join(part for part in (before.strip(" ，,。;；:："), after) if part)
    return _REASON.sub("", joined).strip()


def _months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day = day - timedelta(days=1)
