"""Knows whether a figure tells the whole so far or one period's part, and what a person's typed correction means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.rules.figures import Figure, Target, Trust, find_figures, match_target, tells_done
from core.rules.measures import convert
from core.rules.numerals import chinese_number, narrow


class Sense(StrEnum):
    """TOTAL: all that is done so far; STEP: what this period added; UNSAID: the words don't tell."""

    TOTAL = "total"
    STEP = "step"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure of the report, converted to the target's unit, as it stands in the report and as a person may choose it."""

    value: Decimal
    text: str
    sense: Sense


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report says of one target. `value` is None where nothing stands out among `choices`."""

    value: Decimal | None
    text: str
    sense: Sense
    trust: Trust
    choices: tuple[Choice, ...] = ()


_MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"
_CUES = re.compile(
    rf"(?P<total>截[至止][^,。;]{{0,12}}?(?:{_MONTH}(?:底|末|\d+日)?|目前|今)|(?:{_MONTH}?|\d{{1,2}})[-~至到]{_MONTH}"
    r"|累计|总计|合计|共计|总共|至今|目前|年初以来|今年以来|开工以来|total|cumulative|so far|to date|overall)"
    rf"|(?P<step>本月|当月|这个月|本季度?|当季|本半年|上半年|下半年|本周|本期|当期|上月|其中|比上|环比|第[一二三四1-4]季度|[一二三四]季度"
    rf"|{_MONTH}份?(?![底末])|this (?:month|quarter|period)|during the)",
    re.IGNORECASE,
)
_DONE_SO_FAR = re.compile(r"已经?[^\d]{0,12}$|already[^\d]{0,20}$", re.IGNORECASE)
_ADDED = re.compile(r"(?:新增|增加|又|再|added|another)[^\d]{0,8}$", re.IGNORECASE)
_BREAK = "。;!?\n\r"


def sense_of(figure: Figure, text: str, label: str = "") -> Sense:
    """By the last word before the figure in its sentence that tells (截至, 累计, 本月, 4月 …).

    新增 is a step's word only where it isn't the target's own (新增停车位).
    """
    flat = narrow(text)
    start = max((flat.rfind(mark, 0, figure.start) for mark in _BREAK), default=-1) + 1
    cues = list(_CUES.finditer(flat[start : figure.start]))
    if cues:
        return Sense.TOTAL if cues[-1]["total"] else Sense.STEP
    added = _ADDED.search(figure.before)
    if added and added[0][:2] not in label:
        return Sense.STEP
    return Sense.UNSAID


def says_done(figure: Figure) -> bool:
    """已完成…: what is done so far, though the word alone is no proof."""
    return bool(_DONE_SO_FAR.search(figure.before))


def read_target(text: str, target: Target) -> Reading:
    """What a report says of one target; figures are converted, and nothing is chosen where it isn't clear."""
    figures = find_figures(text)
    match = match_target(figures, target)
    choices = tuple(_choice(figure, text, target) for figure in match.candidates)
    if match.figure is None or match.value is None:
        # 1-4月完成3公里，其中4月1公里: one of several tells the whole
        done = [c for c, f in zip(choices, match.candidates, strict=True) if tells_done(f, target)]
        totals = [choice for choice in done if choice.sense is Sense.TOTAL]
        if len(totals) == 1:
            return Reading(totals[0].value, totals[0].text, Sense.TOTAL, Trust.LIKELY, choices)
        return Reading(None, "", Sense.UNSAID, Trust.UNCLEAR, choices or _by_counter(figures, text, target))
    chosen = _choice(match.figure, text, target)
    return Reading(match.value, chosen.text, chosen.sense, match.trust, choices if len(choices) > 1 else ())


def _choice(figure: Figure, text: str, target: Target) -> Choice:
    value = convert(figure.value, figure.unit, target.unit)
    if value is None:  # a share of the target
        return Choice((figure.value * target.value / 100).normalize(), figure.text, Sense.TOTAL)
    return Choice(value, figure.text, sense_of(figure, text, target.label))


def _by_counter(figures: list[Figure], text: str, target: Target) -> tuple[Choice, ...]:
    """建成食堂2个 for a target in 家: 个 counts anything, so it is shown to choose, never chosen."""
    pairs = {target.label[place : place + 2] for place in range(len(target.label) - 1)}
    found = [f for f in figures if f.unit == "个" and any(pair in f.clause for pair in pairs)]
    return tuple(Choice(f.value, f.text, sense_of(f, text, target.label)) for f in found)


# -- what a person types instead ---------------------------------------------------------------------------------------

_NONE = re.compile(
    r"\s*(?:不是(?:这个)?(?:数字?)?|没有(?:数字)?|无|无数字|不算|都不是|none|no figure|not this(?: figure)?|no)[。.!]?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿点]+)")


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed correction: `value` in the target's unit, None for "not this figure"."""

    value: Decimal | None
    sense: Sense


def read_typed(text: str, target: Target) -> Typed | None:
    """`累计 17 公里`, `本月5`, `17000米`, `25%` of the target, `不是`; None where it can't be told."""
    if _NONE.fullmatch(text):
        return Typed(None, Sense.UNSAID)
    found = [f for f in find_figures(text) if convert(f.value, f.unit, target.unit) is not None]
    totals = [f for f in found if sense_of(f, text) is Sense.TOTAL]
    for figures in (found, totals):
        if len(figures) == 1:
            value = convert(figures[0].value, figures[0].unit, target.unit)
            return Typed(value, sense_of(figures[0], text))
    if found:
        return None
    shares = [f for f in find_figures(text) if f.unit == "%"]
    if len(shares) == 1:
        return Typed((shares[0].value * target.value / 100).normalize(), Sense.TOTAL)
    return _bare(narrow(text))


def _bare(text: str) -> Typed | None:
    """A number without unit is of the target's unit; a unit that isn't the target's is no number without unit."""
    cue = _CUES.search(text)
    sense = Sense.UNSAID if not cue else Sense.TOTAL if cue["total"] else Sense.STEP
    rest = text[cue.end() :] if cue else text
    found = re.fullmatch(r"[\s:完成为是约共+]*" + _BARE.pattern + r"[\s。.!]*", rest)
    if not found:
        return None
    value = Decimal(found[1].replace(",", "")) if found[1][0].isascii() else chinese_number(found[1])
    return Typed(value, sense) if value is not None else None
