"""Knows the marks that stand before headings and items: 一、（一）1. (1) ①, and lines that are only page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.rules.notice.numerals import NUMERAL, numeral
from core.rules.notice.shadow import Line

_STYLES = (
    ("cn", re.compile(rf"^(?P<n>[{NUMERAL}]{{1,3}})\s*[、.:](?!\s*[{NUMERAL}]\s*、)")),
    ("chapter", re.compile(rf"^第\s*(?P<n>[{NUMERAL}]{{1,3}}|\d{{1,2}})\s*(?:部分|章|节|类|项)[::、]?\s*")),
    ("cnp", re.compile(rf"^\(\s*(?P<n>[{NUMERAL}]{{1,3}})\s*\)\s*[、.]?")),
    ("pnum", re.compile(r"^[(\[]\s*(?P<n>\d{1,3})\s*[)\]]\s*[、.]?")),
    ("num", re.compile(r"^(?P<n>\d{1,5})\s*(?:[.、]|\.\s*、)")),
    ("nump", re.compile(r"^(?P<n>\d{1,3})\s*\)\s*、?")),
    (
        "task",
        re.compile(
            rf"^(?:议定|议决|决定|交办|督办|重点|整改|主要|具体|民生|待办|部署)?(?:任务|事项|项目|实事|行动|举措|措施|工作|问题|工程|决议|清单)\s*(?:(?P<n>[{NUMERAL}]{{1,3}}|\d{{1,3}})|\((?P<held>[{NUMERAL}]{{1,3}}|\d{{1,3}})\)(?=\s*[、.:|]))\s*(?:[、.:|丨]|\s(?=[\u4e00-\u9fff“《])(?![个项家年月日万亿次名人座所条处]))"
            r"|^(?:Action|Task|Measure|Milestone|Recommendation|Commitment|Program|Programme|Initiative|Project)\s+(?P<e>\d{1,3})\s*[.:](?!\d)"
            rf"|^\[\s*[\u4e00-\u9fff]{{0,4}}(?:任务|事项|项目|实事|行动|举措|措施|工作|问题|议题|工程)\s*(?P<boxed>[{NUMERAL}]{{1,3}}|\d{{1,3}})\s*\]"
            r"|^[A-Z](?P<behind>\d{1,2})\s*[.:]\s+(?=[A-Z])"
        ),
    ),
    (
        "padded",
        re.compile(
            r"^(?P<n>0[1-9](?:(?=\s)|(?=[“《\u4e00-\u9fff]))|[1-9]\d(?=\s))\s*(?=[“《\u4e00-\u9fff])(?!年|月|日|时|点|个|项|家)"
        ),
    ),
    ("bullet", re.compile(r"^(?P<n>[●○■□◆◇▲△☆•·►▶➢➤✓√]|—{1,2}(?=[\u4e00-\u9fff“《]))\s*(?=\S)")),
    ("ring", re.compile(r"^(?P<n>[①-⑳])\s*[、.]?")),
)
_FORMAL = str.maketrans("壹贰貳叁叄参參肆伍陆陸柒捌玖拾", "一二二三三三三四五六六七八九十")
_SELDOM = (
    ("chapter", re.compile(r"^(?P<n>[壹贰貳叁叄参參肆伍陆陸柒捌玖拾]{1,3})\s*[、.]\s*")),
    (
        "topic",
        re.compile(
            rf"^\[?(?:议题|议程|议项)\s*\(?(?P<n>[{NUMERAL}]{{1,3}}|\d{{1,3}})\)?\s*[\]、.:]"
            rf"|^第(?P<nth>[{NUMERAL}]{{1,3}}|\d{{1,2}})个?(?:议题|议程|议项)\s*[、.:]?"
        ),
    ),
    (
        "code",
        re.compile(
            r"^第\s*(?P<n>\d{1,5})\s*号(?:代表|政协|重点)?(?:建议|提案|议案|事项|任务|督办件|交办件|件|案)?\s*[、.:]"
            r"|^(?:代表)?(?:建议|提案|议案|督办|交办)第?\s*(?P<of>\d{1,5})\s*号\s*[、.:]"
        ),
    ),
)
_OPENS = frozenset("壹贰貳叁叄参參肆伍陆陸柒捌玖拾议第建提督交代[")
"""The signs with which the marks begin that are seldom there."""

_LETTERED = (
    ("upper", re.compile(r"^(?P<n>[A-Z])(?:\s*[.、)](?![A-Za-z.]|\s*[A-Z]\.)|\s*:(?=[\s\u4e00-\u9fff]))\s*(?=\S)")),
    ("lower", re.compile(r"^(?:\(\s*(?P<n>[a-z])\s*\)|(?P<e>[a-z])\s*[.、)](?![A-Za-z.]))\s*(?=\S)")),
)
LETTERS = ("upper", "lower")
"""Marks that are letters (A. and (a)); they count from 1 as well."""

_DOTTED = re.compile(
    r"^\s*(?:(?:Action|Task|Measure|Objective|Milestone|Recommendation|Commitment|Step|Program|Programme|Initiative|任务|事项|项目|措施|行动)\s*)?"
    r"(?P<path>\d{1,2}(?:(?:\.\d{1,2}){1,3}|(?:-\d{1,2}){1,2}(?=[\s、.:])))\s*[.、:]?\s*(?=[A-Za-z\u4e00-\u9fff“《])"
    r"(?!(?:万|亿|元|余|多|个|公里|千米|平方|立方|米|吨|倍|版|公顷|亩|千瓦|兆|小时|分钟|万元)|[GMKT]\b|GW|MW|km)"
)
_FURNITURE = re.compile(
    r"^(?:[-—－–·•\s]*第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?\s*[-—－–·•]+|[-—－–·•]+\s*\d{1,4}\s*[-—－–·•]*|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?"
    r"|Page\s+\d+(?:\s+of\s+\d+)?|分享到.*|SOURCE:.*|来源:.*|浏览次数.*|点击数.*|\|+)$",
    re.IGNORECASE,
)
ANNEX = re.compile(r"^附\s*(?:表|件)?\s*\d{0,2}\s*[::]?$")
ANNEX_LIST = re.compile(r"^附\s*(?:表|件)\s*\d{0,2}\s*[::]\s*\S")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line. `end` is where the text begins; `tight` means a digit follows at once (1.5)."""

    style: str
    number: int
    end: int
    tight: bool


@lru_cache(maxsize=4096)
def mark_of(flat: str) -> Mark | None:
    """The mark at the start of a shadowed line; None where there is none."""
    lead = len(flat) - len(flat.lstrip())
    text = flat[lead:]
    lettered = text[:1] == "(" or (text[:1].isascii() and text[:1].isalpha())
    styles = (*_STYLES, *_LETTERED) if lettered else (*_STYLES, *_SELDOM) if text[:1] in _OPENS else _STYLES
    for style, pattern in styles:
        found = pattern.match(text)
        value = _value(style, found) if found else None
        if found and value is not None:
            return Mark(style, value, lead + found.end(), text[found.end() : found.end() + 1].isdigit())
    return None


def _value(style: str, found: re.Match[str]) -> int | None:
    sign = next((each for each in found.groups() if each), "")
    if style in LETTERS:
        return ord(sign.lower()) - ord("a") + 1
    return 0 if style == "bullet" else numeral(sign.translate(_FORMAL) if style == "chapter" else sign)


def letters_of(lines: Iterable[Line]) -> frozenset[str]:
    """The styles of letters with which a paper really counts: A is followed by a B."""
    marks = [mark for line in lines if (mark := mark_of(line.flat)) and mark.style in LETTERS]
    seen = {(mark.style, mark.number) for mark in marks}
    return frozenset(style for style in LETTERS if (style, 1) in seen and (style, 2) in seen)


def dotted_mark(flat: str) -> tuple[Mark, tuple[int, ...]] | None:
    """The mark of 1.1 or 2.3.4 at the start of a line with its whole path; a figure with a measure behind it is none."""
    found = _DOTTED.match(flat)
    if not found:
        return None
    path = tuple(int(part) for part in re.split(r"[.-]", found["path"]))
    return Mark(f"dot{len(path)}", path[-1], found.end(), False), path


def follows(path: tuple[int, ...], before: tuple[int, ...] | None) -> bool:
    """Whether 1.2 can stand after 1.1: later in the same order; the first one of all ends in 1."""
    return path[-1] == 1 if before is None else path > before


def next_to(path: tuple[int, ...], before: tuple[int, ...] | None) -> bool:
    """Whether 1.2 or 2.1 stands at once behind 1.1."""
    return before is not None and path in ((*before[:-1], before[-1] + 1), (before[0] + 1, *([1] * (len(before) - 1))))


def is_furniture(line: Line) -> bool:
    """True for page numbers and the trimmings of a web page."""
    return bool(_FURNITURE.match(line.flat.strip()))
