"""Knows tasks in running text that begin with a label and no number: 项目名称：…, 任务编号：114-03-01."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.rules.notice.marks import mark_of
from core.rules.notice.shadow import Line, shadow

_NAME = re.compile(
    r"^\s*[(\[]?(?:重点|实事|任务|督办|交办)?(?:项目|任务|事项|工程|实事|工作|行动|活动|课题|问题|议题|建议|提案)(?:名称|标题|题目)[)\]]?\s*:\s*(?=\S)"
)
_CODE = re.compile(
    r"^\s*[(\[]?(?:任务|事项|项目|督办|交办|列管|管制|管考|指标|案件|问题)?(?:编号|案号|序号|代码|案由编号)[)\]]?\s*:\s*(?P<code>[A-Za-z0-9\u4e00-\u9fff]{0,6}[-–—]?\d[\d.\-–—]*号?)\s*$"
)
_LEAST = 2


def titled(lines: list[Line]) -> list[Line]:
    """The lines with a mark where such a label begins a task, in a paper in which two at least do and no marks stand before them."""
    for pattern in (_CODE, _NAME):
        found = [
            (place, match)
            for place, line in enumerate(lines)
            if line.cells is None and (match := pattern.match(line.flat))
        ]
        if len(found) < _LEAST or _below_marks(lines, [place for place, _ in found]):
            continue
        out = list(lines)
        for number, (place, match) in enumerate(found, 1):
            out[place] = replace(lines[place], text=f"事项{number}：{lines[place].text[match.end() :]}")
        return out
    return lines


def without_name_label(text: str) -> str:
    """1.项目名称：修路 is 修路."""
    found = _NAME.match(shadow(text)) if "名" in text[:8] else None
    return text[found.end() :] if found else text


def _below_marks(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """True where a number of its own stands above each label: the label is a field of that item."""
    above = [mark_of(lines[place - 1].flat) for place in places if place]
    return bool(above) and all(mark is not None and mark.style not in ("cn", "chapter") for mark in above)
