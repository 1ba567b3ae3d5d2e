"""Knows how a notice writes dates and deadlines; a year that isn't written is the year of the notice's own date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from core.rules.notice.numerals import NUMERAL, numeral
from core.rules.notice.shadow import shadow

_NUM = rf"(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})"
_YEAR = rf"(?:(?P<year>\d{{4}}|[{NUMERAL}]{{4}})\s*年)"
FULL_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{NUMERAL}]{{4}})\s*年\s*(?P<month>{_NUM})\s*月\s*(?P<day>{_NUM})\s*日"
    r"|(?P<y2>\d{4})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
)
_WHOLE = re.compile(rf"\s*{_YEAR}?\s*(?P<month>{_NUM})\s*月\s*(?P<day>{_NUM})\s*[日号]?\s*(?P<week>\([^)]*\))?")
_MONTH = re.compile(rf"\s*{_YEAR}?\s*(?P<month>{_NUM})\s*月\s*(?P<part>底|末|份|上旬|中旬|下旬|初)?")
_YEAR_END = re.compile(rf"(?P<year>\d{{4}}|[{NUMERAL}]{{4}})?\s*年(?:底|末|终)|全年")
_HALF = re.compile(rf"{_YEAR}?\s*(?P<half>上半年|下半年)")
_QUARTER = re.compile(rf"{_YEAR}?\s*(?:第)?(?P<quarter>[一二三四1-4])\s*季度")
_MONTH_NAME = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = re.compile(
    rf"(?P<month>{_MONTH_NAME})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})|"
    rf"(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH_NAME})\s+(?P<year2>\d{{4}})",
    re.IGNORECASE,
)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august"]
_MONTHS += ["september", "october", "november", "december"]
_WEEKDAYS = "一二三四五六日"


def full_date(text: str) -> date | None:
    """The first complete date in the text, None where there is none or the calendar doesn't have it."""
    found = FULL_DATE.search(shadow(text))
    if not found:
        return None
    parts = [found["year"] or found["y2"], found["month"] or found["m2"], found["day"] or found["d2"]]
    return _day(*[numeral(part) for part in parts])


def deadline(text: str, year: int | None) -> date | None:
    """The last day that a wording such as 3月16日前, 12月底前, 三季度末, 年底前 allows; None where it names no day."""
    flat = shadow(text)
    english = _ENGLISH.search(flat)
    if english:
        month, day = english["month"] or english["month2"], english["day"] or english["day2"]
        year = int(english["year"] or english["year2"])
        return _day(year, _MONTHS.index(month.lower()) + 1, int(day))
    quarter = re.search(r"\bQ([1-4])\s+(\d{4})", flat)
    if quarter:
        return date(int(quarter[2]), int(quarter[1]) * 3, monthrange(int(quarter[2]), int(quarter[1]) * 3)[1])
    complete = full_date(flat)
    if complete or FULL_DATE.search(flat):
        return complete
    for pattern, last in ((_WHOLE, _of_day), (_MONTH, _of_month), (_QUARTER, _of_quarter), (_HALF, _of_half)):
        found = pattern.search(flat)
        if found:
            return last(found, numeral(found["year"]) if found["year"] else year)
    found = _YEAR_END.search(flat)
    if found:
        named = numeral(found["year"] or "") or year
        return date(named, 12, 31) if named else None
    return None


def weekday_differs(text: str, day: date) -> bool:
    """True where the wording names a weekday (星期五) that the date is not."""
    found = re.search(rf"(?:星期|周)([{_WEEKDAYS}天])", shadow(text))
    return bool(found) and _WEEKDAYS.index(found[1].replace("天", "日")) != day.weekday()  # type: ignore[index]


def _of_day(found: re.Match[str], year: int | None) -> date | None:
    return _day(year, numeral(found["month"]), numeral(found["day"]))


def _of_month(found: re.Match[str], year: int | None) -> date | None:
    month = numeral(found["month"])
    if not year or not month or not 1 <= month <= 12:
        return None
    part = found["part"]
    return date(year, month, {"上旬": 10, "初": 10, "中旬": 20}.get(part) or monthrange(year, month)[1])


def _of_quarter(found: re.Match[str], year: int | None) -> date | None:
    quarter = numeral(found["quarter"])
    return date(year, quarter * 3, monthrange(year, quarter * 3)[1]) if year and quarter else None


def _of_half(found: re.Match[str], year: int | None) -> date | None:
    if not year:
        return None
    return date(year, 6, 30) if found["half"] == "上半年" else date(year, 12, 31)


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if not (year and month and day):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
