"""Knows how people write a day: `2023-04-10`, `4月10日`, `4.10`, `明天`, `下周五`, `5月底`, `April 10`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from core.rules.month_heads import ENGLISH
from core.rules.numerals import chinese_number, narrow


class DateUnclear(ValueError):
    """The text names no single day. `reason` says why, for the words to explain.

    empty: nothing there; unreadable: no date in a known form; impossible: a day that doesn't exist (2月30日);
    vague: a time without a day (月初, 近期); ambiguous: two days fit (3/4/2023, "next Friday" on a Monday).
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.reason = reason
        self.text = text


def read_date(text: str, today: date) -> date:
    """The day a person means, told on `today`. Raises DateUnclear.

    Without a year it is this year, but for a day that would lie more than half a year back: `1月10日` said in November
    is next January; with a day gone by in spring the caller sees a day in the past and can say so. `4/10` is read
    month first, as offices here write it. A weekday without more is the coming one, today included.
    """
    said = re.sub(r"\s+", " ", narrow(text)).strip(" 。.,、;!?:")
    said = re.sub(r"\s*(?:之?前|以前|为止|止)$", "", said)
    if not said:
        raise DateUnclear("empty", text)
    said, weekday = _without_weekday(said)
    for pattern, reading in _FORMS:
        found = pattern.fullmatch(said)
        if found:
            day = _checked(reading, found, today, text)
            if weekday is not None and day.weekday() != weekday:
                raise DateUnclear("ambiguous", text)
            return day
    raise DateUnclear("vague" if _VAGUE.search(said) else "unreadable", text)


_Reading = Callable[[re.Match[str], date], date]
_VAGUE = re.compile(r"[初中]$|[上中下]旬|近期|尽快|最近|左右|月$|\bsoon\b|asap|季度|半年", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_NAME = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"


class _Unclear(Exception):
    """A reading found why it can't tell; `read_date` adds the text."""


def _checked(reading: _Reading, found: re.Match[str], today: date, text: str) -> date:
    try:
        return reading(found, today)
    except _Unclear as unclear:
        raise DateUnclear(str(unclear), text) from None
    except (ValueError, OverflowError):
        raise DateUnclear("impossible", text) from None


def _without_weekday(said: str) -> tuple[str, int | None]:
    """`4月10日(周一)` without its weekday, and the weekday to check it by."""
    found = re.fullmatch(r"(.*\d[日号]?) ?\(?(?:周|星期|礼拜)([一二三四五六日天])\)?", said)
    if not found:
        return said, None
    return found[1], _WEEKDAYS.index(found[2].replace("天", "日"))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


def _full(found: re.Match[str], today: date) -> date:
    return date(int(found["y"]), _number(found["m"]), _number(found["d"]))


def _short(found: re.Match[str], today: date) -> date:
    return _this_year(_number(found["m"]), _number(found["d"]), today)


def _this_year(month: int, day: int, today: date) -> date:
    if (month, day) == (2, 29):
        return date(next(y for y in range(today.year, today.year + 9) if monthrange(y, 2)[1] == 29), 2, 29)
    this = date(today.year, month, day)
    return this if (today - this).days <= 183 else date(today.year + 1, month, day)


def _slashes(found: re.Match[str], today: date) -> date:
    """`4/10`, month first; `25/4` can only be meant the other way."""
    first, second = int(found["m"]), int(found["d"])
    if first > 12 >= second:
        first, second = second, first
    return _this_year(first, second, today)


def _year_last(found: re.Match[str], today: date) -> date:
    """`10/4/2023`: only where the two numbers leave one reading."""
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if first <= 12 and second <= 12 and first != second:
        raise _Unclear("ambiguous")
    return date(year, min(first, second), max(first, second))


def _day_only(found: re.Match[str], today: date) -> date:
    """`25日`, `本月25日`, `下个月10号`: this month unless another is named."""
    ahead = 1 if found["next"] else 0
    month = today.month + ahead
    return date(today.year + (month > 12), (month - 1) % 12 + 1, _number(found["d"]))


def _relative(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NEAR[found[0].lower()])


def _in_days(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_number(found["n"]) * (7 if found["week"] else 1))


def _weekday(found: re.Match[str], today: date) -> date:
    """下周五 is the Friday of the next calendar week, 本周五 of this one; a bare 周五 the coming one."""
    wanted = _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    return _in_week(found["which"] or "", wanted, today)


def _in_week(which: str, wanted: int, today: date) -> date:
    if not which:
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    weeks = which.count("下") - which.count("上")
    return today + timedelta(days=wanted - today.weekday() + 7 * weeks)


def _english_weekday(found: re.Match[str], today: date) -> date:
    """ "next Friday" on a Monday means this Friday to some and the one after to others."""
    wanted = _ENGLISH_DAYS.index(found["weekday"].lower())
    which = (found["which"] or "").lower()
    if which == "next" and wanted > today.weekday():
        raise _Unclear("ambiguous")
    return _in_week("下" if which == "next" else "本" if which == "this" else "", wanted, today)


def _month_end(found: re.Match[str], today: date) -> date:
    """`月底`, `本月底`, `下月底`, `5月底`, `2023年5月底`."""
    if not found["m"]:
        month = today.month + (1 if found["next"] else 0)
        return _last(today.year + (month > 12), (month - 1) % 12 + 1)
    month = _number(found["m"])
    if found["y"]:
        return _last(int(found["y"]), month)
    this = _last(today.year, month)
    return this if (today - this).days <= 183 else _last(today.year + 1, month)


def _year_end(found: re.Match[str], today: date) -> date:
    return date(int(found["y"]) if found["y"] else today.year + (1 if found["next"] else 0), 12, 31)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _english(found: re.Match[str], today: date) -> date:
    month, day = _month(found), int(found["d"])
    return date(int(found["y"]), month, day) if found["y"] else _this_year(month, day, today)


def _english_end(found: re.Match[str], today: date) -> date:
    this = _last(int(found["y"]) if found["y"] else today.year, _month(found))
    return this if found["y"] or (today - this).days <= 183 else _last(today.year + 1, this.month)


def _month(found: re.Match[str]) -> int:
    return ENGLISH.index(found["name"].lower()) + 1


_NEAR = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "the day after tomorrow": 2,
}
_ANY_MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
_ANY_DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})"
_BY = r"(?:(?:by|until|till|before|on) )?"

_FORMS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), reading)
    for pattern, reading in (
        (r"(?P<y>\d{4})(?P<s>[-/.]) ?(?P<m>\d{1,2})(?P=s) ?(?P<d>\d{1,2})", _full),
        (r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)", _full),
        (rf"(?P<y>20\d\d) ?年 ?{_ANY_MONTH} ?月 ?{_ANY_DAY} ?[日号]?", _full),
        (rf"(?:今年|本年)? ?{_ANY_MONTH} ?月 ?{_ANY_DAY} ?[日号]?", _short),
        (r"(?P<m>\d{1,2}) ?[-/.] ?(?P<d>\d{1,2})[日号]?", _slashes),
        (r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>20\d\d)", _year_last),
        (rf"(?:(?P<next>下个?月)|本月|这个月)? ?{_ANY_DAY} ?[日号]", _day_only),
        ("|".join(sorted(map(re.escape, _NEAR), key=len, reverse=True)), _relative),
        (rf"(?P<n>{_NUMBER}) ?(?:天|日|个?(?P<week>星期|周|礼拜))(?:之|以)?后", _in_days),
        (r"in (?P<n>\d{1,3}) (?:days?|(?P<week>weeks?))", _in_days),
        (r"(?P<which>下{1,2}个?|上个?|本|这个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])", _weekday),
        (rf"{_BY}(?:(?P<which>next|this) )?{_DAY_NAME}", _english_weekday),
        (rf"(?:(?P<next>下个?)|本|这个|(?:(?P<y>20\d\d)年)?{_ANY_MONTH})?月(?:份)?[底末]", _month_end),
        (r"(?:(?P<next>明)|今|本|(?P<y>20\d\d))?年[底末]", _year_end),
        (rf"{_BY}{_MONTH_NAME} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>20\d\d))?", _english),
        (rf"{_BY}(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH_NAME}(?:,? (?P<y>20\d\d))?", _english),
        (rf"{_BY}(?:the )?end of {_MONTH_NAME}(?: (?P<y>20\d\d))?", _english_end),
    )
)
