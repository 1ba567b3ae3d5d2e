"""Knows how figures are found in a report and which of them answers a task's numeric target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.rules.measures import NOT_COUNTED, SCALES, UNITS, convert
from core.rules.numerals import chinese_number, narrow


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as written (25.3 亿元); `start` is its place, `clause` the words around it."""

    value: Decimal
    unit: str
    text: str
    start: int
    clause: str = ""
    before: str = ""


class Trust(StrEnum):
    """How far a match may be believed. Only SURE stands without a person's word; UNCLEAR chooses nothing."""

    SURE = "sure"
    LIKELY = "likely"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Target:
    """What a task's numeric target says: 新增建设用地指标, 220, 亩."""

    label: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Match:
    """A figure for a target, `value` in the target's unit; `candidates` are the figures a person may choose from."""

    trust: Trust
    value: Decimal | None
    figure: Figure | None
    candidates: tuple[Figure, ...]


_CN = "[零〇一二两三四五六七八九十百千]{1,16}(?:点[零〇一二三四五六七八九]{1,8})?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in UNITS)
_SKIP = "|".join(NOT_COUNTED)
_FIGURE = re.compile(
    r"(?:(?P<percent>百分之)(?P<pvalue>\d+(?:\.\d+)?|" + _CN + r")"
    r"|(?<![\d.第〔\[])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + _CN + r")"
    rf"(?P<more>余|多)?[ ]?(?P<scale>{_SCALE})?(?:余|多)?[ ]?(?!{_SKIP})(?P<unit>{_UNIT}))",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\d[ ]?(?:%|[万亿])?[-~至到]$")
_CLAUSE_END = "。;!?\n\r,、"


def find_figures(text: str) -> list[Figure]:
    """The figures of a text in order: a number with a unit that is counted in.

    Dates, ordinals, document numbers and ranges (3-5个) are no figures. 百分之六十三 is 63 %. The value goes with the
    unit as written: 25.3亿元 is 25.3 of 亿元, 一百二十户 is 120 of 户.
    """
    flat = narrow(text)
    figures = []
    for found in _FIGURE.finditer(flat):
        start = found.start()
        if _SPAN.search(flat[max(0, start - 4) : start]) or flat[max(0, start - 1) : start] == "第":
            continue
        value, unit = _value(found)
        if value is None or _is_word(flat, found):
            continue
        left, right = _clause(flat, start, found.end())
        figures.append(
            Figure(value, unit, text[start : found.end()], start, text[left:right].strip(), text[left:start])
        )
    return figures


def _value(found: re.Match[str]) -> tuple[Decimal | None, str]:
    if found["percent"]:
        return _number(found["pvalue"]), "%"
    return _number(found["number"]), (found["scale"] or "") + found["unit"]


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text[0].isascii() else chinese_number(text)


_WORD = re.compile(r"一[批次期组方面道类本起块例家种对样张场条件度成部门片位]|[二三]期|两面")
"""Chinese numerals that mostly count nothing; who means the number writes a digit."""


def _is_word(flat: str, found: re.Match[str]) -> bool:
    """一批, 一期, 统一 …: Chinese numerals that count nothing."""
    if found["percent"] or found["number"][0].isascii():
        return False
    before = flat[max(0, found.start() - 1) : found.start()]
    return bool(_WORD.fullmatch(found[0])) or before in {
        "统",
        "唯",
        "逐",
        "同",
        "另",
        "每",
        "任",
        "某",
        "这",
        "那",
        "其",
        "之",
        "万",
    }


def _clause(flat: str, start: int, end: int) -> tuple[int, int]:
    left = max((flat.rfind(mark, 0, start) for mark in _CLAUSE_END), default=-1) + 1
    ends = [place for mark in _CLAUSE_END if (place := flat.find(mark, end)) >= 0]
    return left, min(ends, default=len(flat))


# -- which figure answers a target -----------------------------------------------------------------------------------

_PLANNED = re.compile(
    r"(?:目标|计划|力争|预计|拟|任务(?:数|量)?|确保|争取|将|总投资|target|plan|expect)[^\d]{0,8}$", re.IGNORECASE
)
_LEFT = re.compile(
    r"(?:剩余|剩下|还剩|尚剩|尚余|尚有|尚需|尚未|还差|还需|还有|未完成|没有完成|没完成|未能完成|仍有|仍需|缺口|在建|正在[^\d]{0,6}"
    r"|remaining|left|outstanding|short of)[^\d]{0,8}$",
    re.IGNORECASE,
)
_LEFT_AFTER = re.compile(r"^[^\d]{0,4}?(?:尚?未|没有|待|正在|在建|还没|left|remaining|to go)", re.IGNORECASE)
"""What is still to be done stands in reports as well; it is never taken for what is done."""
_TOTAL = re.compile(r"(?:累计|总计|合计|共计|已?达到?|total|cumulative|so far)[^\d]{0,10}$", re.IGNORECASE)
_DONE = re.compile(r"(?:已|完成|实现|建成|新增|到位|达|完工|竣工|done|completed|finished)", re.IGNORECASE)
_STEP = re.compile(
    r"(?:本月|当月|本季|本周|本期|上月|其中|新增|比上|环比|同比|剩余|尚余|还差|未完成|仍有|this month|remaining)"
    r"[^\d]{0,10}$",
    re.IGNORECASE,
)
_OF_TARGET = re.compile(
    r"(?:占|完成).{0,12}(?:目标|任务|计划)|(?:完成|进度)率?.{0,4}$|of (?:the )?(?:target|plan)", re.IGNORECASE
)
_RATE = re.compile(r"增长|增幅|增速|下降|降幅|占比|占|率|比重|rate|share|growth", re.IGNORECASE)


def match_target(figures: Sequence[Figure], target: Target) -> Match:
    """The figure that answers a target, converted to its unit.

    SURE only where one figure alone fits and speaks of something done; LIKELY where one of several stands out (the
    cumulative one, or the one whose words are the target's); otherwise UNCLEAR, with nothing chosen. A share of the
    target ("完成年度目标的63%") is turned into the target's unit and never more than LIKELY.
    """
    fitting = [figure for figure in figures if convert(figure.value, figure.unit, target.unit) is not None]
    if not fitting or _only_the_target(figures, fitting, target):
        return _by_share(figures, target)
    scored = sorted(((_score(figure, target), -figure.start, figure) for figure in fitting), key=lambda row: row[:2])
    best, _, figure = scored[-1]
    second = scored[-2][0] if len(scored) > 1 else None
    candidates = tuple(fitting)
    if best < 0 or (second is not None and best - second < 2):
        return Match(Trust.UNCLEAR, None, None, candidates)
    sure = second is None and best > 0 and not _STEP.search(figure.before) and _speaks_of(figure, target)
    return Match(
        Trust.SURE if sure else Trust.LIKELY, convert(figure.value, figure.unit, target.unit), figure, candidates
    )


def _only_the_target(figures: Sequence[Figure], fitting: Sequence[Figure], target: Target) -> bool:
    """30公里管网改造已完成40%: the one figure in the target's unit is the target itself, the share says what is done."""
    same = all(convert(figure.value, figure.unit, target.unit) == target.value for figure in fitting)
    return same and target.unit != "%" and any(f.unit == "%" and f.value < 100 and _is_share(f) for f in figures)


def _is_share(figure: Figure) -> bool:
    return bool(_OF_TARGET.search(figure.before) or re.search(r"完成[^\d]{0,4}$", figure.before))


def _score(figure: Figure, target: Target) -> int:
    """Points for words of the target, of something done, of a running total; against plans and single steps."""
    score = min(4, _shared(figure.clause, target.label))
    score += 3 if _TOTAL.search(figure.before) else 0
    score += 1 if _DONE.search(figure.before) else 0
    score -= 0 if tells_done(figure, target) else 6
    rate = target.unit.strip() in {"%", "％"}
    if rate and not _same_rate(figure.clause, target.label):
        return score - 5
    # "同比增长9%" is how growth is told, no step of a larger figure
    return score if rate or not _STEP.search(figure.before) else score - 3


def tells_done(figure: Figure, target: Target) -> bool:
    """Whether the words around don't call it planned, under way or still to be done."""
    return not _PLANNED.search(figure.before) and not _is_left(figure, target)


def _is_left(figure: Figure, target: Target) -> bool:
    after = figure.clause.partition(figure.text)[2]
    found = _LEFT.search(figure.before) or _LEFT_AFTER.search(after)
    return found is not None and found[0].strip() not in target.label


def _speaks_of(figure: Figure, target: Target) -> bool:
    return bool(_DONE.search(figure.before) or _TOTAL.search(figure.before) or _shared(figure.clause, target.label) > 1)


def _shared(clause: str, label: str) -> int:
    """Pairs of neighbouring characters of the label that the clause has too; 完成 and the like count for nothing."""
    bare = re.sub(r"完成|推进|实施|建设|项目|以上|其中", " ", label)
    pairs = {bare[place : place + 2] for place in range(len(bare) - 1)}
    return sum(pair in clause for pair in pairs if not re.search(r"\s", pair))


def _same_rate(clause: str, label: str) -> bool:
    """A percentage answers a target of growth only with growth, one of share only with a share."""
    wanted = set(_RATE.findall(label))
    return not wanted or bool(wanted & set(_RATE.findall(clause)))


def _by_share(figures: Sequence[Figure], target: Target) -> Match:
    shares = [figure for figure in figures if figure.unit == "%" and _is_share(figure)]
    if len(shares) != 1:
        return Match(Trust.UNCLEAR, None, None, tuple(shares))
    value = (shares[0].value * target.value / 100).normalize()
    return Match(Trust.LIKELY, value, shares[0], tuple(shares))
