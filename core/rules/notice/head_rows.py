"""Knows heads over two rows: what 单位, 姓名, 市级, 主要 mean under a head that reaches over several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.rules.notice.heads import bare_head, column_of, is_beside
from core.rules.notice.labels import CO, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.shadow import Line, squeeze

_UNITS = (LEAD, CO, RESPONSIBLE)
_TOP = 6
"""Rows among which the heads stand."""

_PLAIN = frozenset(("单位", "部门", "名称", "单位名称", "部门名称", "科室", "处室", "姓名", "领导", "领导姓名"))
"""Lower heads that say nothing without the one over them."""


def under_groups(rows: Sequence[Line]) -> list[Line]:
    """The rows of a table with the lower heads as what they mean under the upper ones: 单位 under 牵头单位 is 牵头单位（单位）."""
    for at in range(1, min(_TOP, len(rows))):
        high, low = rows[at - 1].cells or (), rows[at].cells or ()
        if len(high) == len(low) and "" in high and (over := _groups(high, low)):
            cells = tuple(_named(cell, over.get(place, "")) for place, cell in enumerate(low))
            changed = replace(rows[at], text="\t".join(cells).replace("\n", " "), cells=cells)
            return [*rows[:at], changed, *rows[at + 1 :]] if cells != low else list(rows)
    return list(rows)


def _groups(high: Sequence[str], low: Sequence[str]) -> dict[int, str]:
    """What stands over each column that shares its upper head with others; nothing where the lower row is no row of heads."""
    out: dict[int, str] = {}
    alone = 0
    over = ""
    for place, (above, below) in enumerate(zip(high, low, strict=True)):
        if above.strip():
            wide = place + 1 < len(high) and not high[place + 1].strip() and bool(low[place + 1].strip())
            over = above if wide and below.strip() and squeeze(below) != squeeze(above) else ""
        if over and below.strip():
            out[place] = over
        elif squeeze(below) in ("", squeeze(above)):
            alone += 1
        else:
            return {}
    return out if alone else {}


def _named(low: str, high: str) -> str:
    kind, own = column_of(high) if high else None, column_of(low)
    plain = bare_head(low) in _PLAIN
    if kind not in (*_UNITS, LEADER) or (not plain and (kind == LEADER or own or is_beside(low))):
        return low
    if kind in _UNITS and bare_head(low) in ("姓名", "领导", "领导姓名"):
        return low
    if not plain and column_of(low + high) in _UNITS:
        return low + high
    return f"{high}（{re.sub('[()（）]', '', low)}）"
