"""Knows how people write the head of a month's paragraph: `3月：`, `三月份:`, `3-4月：`, `【5月】`, `Mar - `."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.numerals import chinese_number

ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEAR = r"(?:(?:20\d\d|今)\s?[年./-]\s?)?"
_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_MONTH = r"[ \t]?月(?:[ \t]?份)?"
_JOIN = r"[ \t]?(?:[-~至到]+|[、,和及与/&])[ \t]?"
_DETAIL = r"(?:上旬|中旬|下旬|底前|底|末前|末|初|中|前|\d{1,2}[日号](?:之?前)?)"
_ENGLISH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTHS = (
    rf"(?<!\d)(?P<months>{_YEAR}(?:{_NUMBER}(?:{_MONTH})?{_JOIN}{_YEAR}){{0,11}}{_NUMBER}{_MONTH})"
    rf"|\b(?P<english>{_ENGLISH}(?:[ \t]?(?:[-~/&,]|to|and)[ \t]?{_ENGLISH}){{0,11}}(?:[ ]20\d\d)?)"
    r"|(?P<span>第?[一二三四1-4]季度|\bQ[1-4]\b|[上下]半年)"
)
NAMED = re.compile(rf"(?:{MONTHS})(?P<detail>{_DETAIL})?", re.IGNORECASE)
REST = re.compile(r"每个?月份?|各月份?|其[余他]各?月份?|\b(?:every|each|other) months?|\bmonthly", re.IGNORECASE)
GOAL = re.compile(
    r"(?P<long>(?:20\d\d年|本年度?|今年|年度|全年|总体|年)(?:工作)?(?:总)?目标(?:任务)?"
    r"|\b(?:annual|yearly) (?:goal|target)s?)"
    r"|(?P<short>(?:工作|总)?目标(?:任务)?|\b(?:goal|target)s?\b)",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"(?P<join>{_JOIN})?(?P<year>20\d\d|今)?[ \t]?[年./-]?[ \t]?(?P<number>{_NUMBER})(?:{_MONTH})?")
_WORD = re.compile(rf"(?P<join>[-~/&,]|to|and)?[ \t]*(?P<word>{_ENGLISH})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The months a head names, in order (empty where a range runs backwards), and the year it states, if any."""

    months: tuple[int, ...]
    year: int | None = None


def named_months(found: re.Match[str]) -> Named:
    """The months of a match of `NAMED`, ranges unfolded."""
    if found["span"]:
        return Named(_span(found["span"]))
    if found["english"]:
        year = re.search(r"20\d\d", found["english"])
        words = [(one["join"], ENGLISH.index(one["word"][:3].lower()) + 1) for one in _WORD.finditer(found["english"])]
        return Named(_unfold(words), int(year[0]) if year else None)
    tokens = list(_TOKEN.finditer(found["months"]))
    years = [int(one["year"]) for one in tokens if one["year"] and one["year"].isdigit()]
    return Named(_unfold([(one["join"], _number(one["number"])) for one in tokens]), years[0] if years else None)


def _number(text: str) -> int:
    if text == "元":
        return 1
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


def _unfold(tokens: list[tuple[str | None, int]]) -> tuple[int, ...]:
    months: list[int] = []
    for join, month in tokens:
        if join and months and re.search(r"[-~至到]|to", join):
            if month <= months[-1]:
                return ()
            months.extend(range(months[-1] + 1, month + 1))
        else:
            months.append(month)
    return tuple(dict.fromkeys(months))


def _span(text: str) -> tuple[int, ...]:
    if "半年" in text:
        return tuple(range(1, 7)) if text[0] == "上" else tuple(range(7, 13))
    character = next(one for one in text if one in "一二三四1234")
    quarter = "一二三四".find(character) + 1 or int(character)
    return tuple(range(quarter * 3 - 2, quarter * 3 + 1))
