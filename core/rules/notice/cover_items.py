"""Knows rules of the cover that name units (加强调度……（责任单位：督查室）): no tasks where the list of tasks is annexed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.notice.dates import FULL_DATE
from core.rules.notice.items import Item
from core.rules.notice.marks import ANNEX
from core.rules.notice.shadow import Line, shadow, squeeze

_RULE = re.compile(
    r"领导|调度|考核|督查|督导|督办|责任|认识|报送|上报|宣传|监督|问责|保障|协调|检查|评估|通报|统筹|配合|落实|沟通|反馈|纪律|统一思想|台账|跟踪|氛围|作风"
)
_HEADING = 24
"""Characters in which such a rule says what it is about."""


def of_the_cover(lines: Sequence[Line], items: list[Item]) -> list[Item]:
    """The items that stand above the signature and say how the work is to be run, in a paper whose tasks are annexed."""
    signed = _signed(lines)
    above = [item for item in items if item.last < signed]
    if not above or len(above) == len(items):
        return []
    return above if all(_RULE.search(_opening(item)) for item in above) else []


def _opening(item: Item) -> str:
    return re.split(r"[。;:]", shadow(squeeze(item.content)))[0][:_HEADING]


def _signed(lines: Sequence[Line]) -> int:
    """The number of the line with the date below which the annex begins; 0 where there is none."""
    day = 0
    for line in lines:
        flat = squeeze(line.flat)
        found = FULL_DATE.match(flat)
        if found and len(flat) - found.end() < 3:
            day = line.number
        elif day and (ANNEX.match(line.flat.strip()) or flat.startswith("附件")):
            return day
    return 0
