"""Knows how a notice writes dates and deadlines; a year that isn't written is the year of the notice's own date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from core.rules.notice.numerals import NUMERAL, numeral
from core.rules.notice.shadow import shadow

_NUM = rf"(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})"
_SHORT = r"(?<!\d)(?:1\d\d|[23]\d)"
"""A year of 民国 (112年) or one without its century (24年)."""

_YEAR = rf"(?:(?P<year>\d{{4}}|[{NUMERAL}]{{4}}|{_SHORT})\s*年)"
FULL_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{NUMERAL}]{{4}})\s*年\s*(?P<month>{_NUM})\s*月\s*(?P<day>{_NUM})\s*日"
    r"|(?P<y2>\d{4})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
    r"|(?:中华)?民国\s*(?P<y3>\d{2,3})\s*年\s*(?P<m3>\d{1,2})\s*月\s*(?P<d3>\d{1,2})\s*日"
)
_REPUBLIC = 1911
"""Years of 民国 begin after this one."""

_THEN = r"(?P<then>明年|次年|翌年|今年|本年|当年)"
_TOKEN = re.compile(
    rf"(?:{_YEAR}|{_THEN})?\s*(?P<month>{_NUM})\s*月\s*(?P<day>{_NUM})\s*[日号]?"
    r"|(?P<y2>\d{4})[-/.](?P<m2>\d{1,2})(?:[-/.](?P<d2>\d{1,2}))?(?![\d.])"
    rf"|(?:(?P<my>\d{{4}}|[{NUMERAL}]{{4}}|{_SHORT})\s*年|(?P<mthen>明年|次年|翌年|今年|本年|当年))?\s*(?:\d{{1,2}}\s*[-—–~至到]\s*)?(?P<m>{_NUM})\s*月\s*(?P<part>底|末|份|上旬|中旬|下旬|初)?"
    rf"|(?:(?P<qy>\d{{4}}|[{NUMERAL}]{{4}}|{_SHORT}(?=\s*年))\s*年?|(?P<qthen>明年|次年|翌年|今年|本年|当年))?\s*(?:第)?(?:[一二三1-3]\s*[-—–~至到、]\s*)?(?:(?P<quarter>[一二三四1-4])\s*季(?:度|(?![度节]))|Q(?P<q>[1-4]))(?!\d)"
    rf"|(?:(?P<hy>\d{{4}}|[{NUMERAL}]{{4}}|{_SHORT})\s*年|(?P<hthen>明年|次年|翌年|今年|本年|当年))?\s*(?P<half>上半年|下半年)"
    rf"|(?:\d{{4}}\s*年?\s*[-—–~至到]\s*)?(?P<ey>\d{{4}}|[{NUMERAL}]{{4}}|{_SHORT}(?=\s*年[底末]))\s*年(?:\s*(?:底|末|终|度内|内|度))?|(?P<ethen>明年|次年|今年|本年|当年)?(?:(?<![\d{NUMERAL}几])年(?:底|末|终|度内|内)|全年|(?<!月)底(?=前))"
)
_ALL_YEAR = re.compile(
    rf"(?:(?:\d{{4}}|[{NUMERAL}]{{4}})年|今年|本年|当年)?(?:贯穿全年|全年(?:(?:持续|长期|常态化?|不间断|有序)*(?:推进|坚持|开展|实施|进行|抓好|落实)|持续|长期|常态化?))"
)
"""Work that goes on through the year (贯穿全年, 全年推进) has no last day; 全年 as a deadline's whole wording is its end."""

_NAMED_YEAR = re.compile(r"[(\[](?P<y>20\d\d)[)\]]|(?<!\d)(?P<y2>20\d\d)年?度?(?![-—–~至到\d/])")

_EDGE = re.compile(
    rf"(?:{_NUM}\s*月份?|(?:第?\s*[一二三四1-4]\s*)季度?|[上下]半年|\d{{4}}\s*年)(?=\s*(?:之前|以前|前)|(?!底|末|初|[上中下]旬)[\u4e00-\u9fff]{{2,6}}前)"
)
"""A month, a quarter or a year with 前 at once behind it: nobody can tell whether it is still part of the time (6月前)."""

_LATER = frozenset(("明年", "次年", "翌年"))
_MONTH_NAME = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_ENGLISH = re.compile(
    rf"(?P<month>{_MONTH_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})|"
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH_NAME})\.?,?\s+(?P<year2>\d{{4}})|"
    rf"(?P<month3>{_MONTH_NAME})\.?,?\s+(?P<year3>\d{{4}})|\bQ(?P<quarter>[1-4])[,\s]+(?P<year4>\d{{4}})"
    r"|(?P<year5>\b20\d{2})[\s-]*Q(?P<quarter5>[1-4])|\b(?:end of|by|during|in)?\s*(?P<year6>20\d{2})\s*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:(?:Published|Approved|Adopted|Issued|Dated?|Agreed|Endorsed|Signed)(?: by [\w ]{3,40})?(?: on)?:?\s+)?(?P<day>[A-Za-z0-9, .]{8,30}?)\.?$"
)
_VAGUE = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|early|mid|late|christmas|easter|thanksgiving)\b", re.IGNORECASE
)
"""Times of which nobody can say the last day."""

_NO_END = re.compile(
    r"[春夏秋冬](?:季|天|学期)|[日月年]\s*起(?![至到])|[日月底末旬年]\s*公布|年[中初](?=$|[前后,。;、)])"
)
"""A season, the middle of a year, or a day on which something begins or is made known: none by which the task must be done."""

_FISCAL = re.compile(r"\bQ(?:uarter )?[1-4],? (?:of )?(?:FY ?)?20\d\d[/-]\d\d\b|\b20\d\d[/-]\d\d,? Q[1-4]\b")
"""A quarter of a year that begins on another day than the calendar's; nobody can tell which."""

_STROKES = re.compile(r"(?<!\d)(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>20\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = "一二三四五六日"


def full_date(text: str) -> date | None:
    """The first complete date in the text, None where there is none or the calendar doesn't have it."""
    found = FULL_DATE.search(shadow(text))
    if not found:
        return None
    if found["y3"]:
        return _day(int(found["y3"]) + _REPUBLIC, int(found["m3"]), int(found["d3"]))
    parts = [found["year"] or found["y2"], found["month"] or found["m2"], found["day"] or found["d2"]]
    return _day(*[numeral(part) for part in parts])


def english_day(text: str) -> date | None:
    """The day that an English line says the paper is of (Approved on 20 January 2025, 12 May 2025); None for any other line."""
    found = _SIGNED.match(text.strip())
    day = _ENGLISH.fullmatch(found["day"].strip()) if found else None
    return _of_english(day) if day and (day["day"] or day["day2"]) else None


def deadline(text: str, year: int | None) -> date | None:
    """The last day that a wording such as 3月16日前, 12月底前, 三季度末, 年底前 allows; None where it names no day.

    Of several dates the latest counts (6月底前开工，12月底前建成); one that the calendar doesn't have spoils them all,
    and so does a season or a day from which on something holds (秋季学期, 7月1日起执行).
    """
    if _NO_END.search(shadow(text)):
        return None
    found = dates_in(text, year)
    known = [day for day in found if day]
    return max(known) if known and len(known) == len(found) else None


def year_named(*texts: str) -> int | None:
    """The year that a paper's number (〔2026〕3号) or title names, for one without a date."""
    found = next((match for text in texts if (match := _NAMED_YEAR.search(shadow(text)))), None)
    return int(found["y"] or found["y2"]) if found else None


def edge_before(text: str, year: int | None) -> date | None:
    """The last day before the period that a wording such as 6月前, 三季度前, 2025年前 names; None for any other wording."""
    found = _EDGE.search(shadow(text))
    due = deadline(text, year) if found else None
    if not found or due is None:
        return None
    months = (
        12
        if found[0].endswith("年") and "半" not in found[0]
        else 6
        if "半" in found[0]
        else 3
        if "季" in found[0]
        else 1
    )
    begins = due.year * 12 + due.month - months
    return _month_end(begins // 12 if begins % 12 else begins // 12 - 1, begins % 12 or 12)


def dates_in(text: str, year: int | None) -> list[date | None]:
    """The days of every date in a wording, None for one that names no day; a date without a year has that of the one before."""
    flat = _ALL_YEAR.sub("", shadow(text))
    if _FISCAL.search(flat):
        return [None]
    if re.search(rf"(?:{_MONTH_NAME})|Q[1-4][\s,]+20|^[\sA-Za-z]*20\d\d\s*$", flat, re.IGNORECASE) and "月" not in flat:
        return [None if _VAGUE.search(flat) else _of_english(found) for found in _ENGLISH.finditer(flat)]
    if _STROKES.search(flat):
        return [_of_strokes(found) for found in _STROKES.finditer(flat)]
    out: list[date | None] = []
    for found in _TOKEN.finditer(flat):
        named = next((found[key] for key in ("year", "y2", "my", "qy", "hy", "ey") if found[key]), None)
        then = next((found[key] for key in ("then", "mthen", "qthen", "hthen", "ethen") if found[key]), None)
        own = _century(numeral(named)) if named else (year + (then in _LATER) if year else None)
        out.append(_of_token(found, own))
        year = own if named else year
    return out


def _century(year: int | None) -> int | None:
    if year is None or year > 199:
        return year
    return year + (_REPUBLIC if year > 99 else 2000)


def _of_token(found: re.Match[str], year: int | None) -> date | None:
    if found["day"]:
        return _day(year, numeral(found["month"]), numeral(found["day"]))
    if found["y2"]:
        month = int(found["m2"])
        return _day(year, month, int(found["d2"])) if found["d2"] else _month_end(year, month)
    if found["m"]:
        month = numeral(found["m"]) or 0
        early = {"上旬": 10, "初": 10, "中旬": 20}.get(found["part"])
        return _day(year, month, early) if early else _month_end(year, month)
    quarter = numeral(found["quarter"] or found["q"] or "")
    if quarter:
        return _month_end(year, quarter * 3)
    if found["half"]:
        return _month_end(year, 6 if found["half"] == "上半年" else 12)
    return _month_end(year, 12)


def _of_english(found: re.Match[str]) -> date | None:
    name = found["month"] or found["month2"] or found["month3"]
    year = next((int(found[f"year{n}"]) for n in ("", 2, 3, 4, 5, 6) if found[f"year{n}"]), None)
    month = _MONTHS.index(name[:3].lower()) + 1 if name else 0
    day = found["day"] or found["day2"]
    if day:
        return _day(year, month, int(day))
    quarter = found["quarter"] or found["quarter5"]
    return _month_end(year, month or (int(quarter) * 3 if quarter else 12))


def _of_strokes(found: re.Match[str]) -> date | None:
    """31/10/2025 or 10/31/2025; None where both figures may be the month, for nobody can tell then."""
    one, two, year = int(found["a"]), int(found["b"]), int(found["year"])
    if one == two or one > 12:
        return _day(year, two, one)
    return _day(year, one, two) if two > 12 else None


def _month_end(year: int | None, month: int) -> date | None:
    return date(year, month, monthrange(year, month)[1]) if year and 1 <= month <= 12 else None


def weekday_differs(text: str, day: date) -> bool:
    """True where the wording names a weekday (星期五) that the date is not."""
    found = re.search(rf"(?:星期|周)([{_WEEKDAYS}天])", shadow(text))
    return bool(found) and _WEEKDAYS.index(found[1].replace("天", "日")) != day.weekday()  # type: ignore[index]


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if not (year and month and day):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
