"""Knows rules of the cover that name units (加强调度……（责任单位：督查室）): no tasks where the list of tasks is annexed."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.notice.dates import FULL_DATE
from core.rules.notice.items import Item
from core.rules.notice.marks import ANNEX
from core.rules.notice.running import says_how_it_is_run
from core.rules.notice.shadow import Line, squeeze


def of_the_cover(lines: Sequence[Line], items: list[Item]) -> list[Item]:
    """The items that stand above the signature and say how the work is to be run, in a paper whose tasks are annexed."""
    signed = _signed(lines)
    above = [item for item in items if item.last < signed]
    if not above or len(above) == len(items):
        return []
    return above if all(says_how_it_is_run(item.content) for item in above) else []


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
