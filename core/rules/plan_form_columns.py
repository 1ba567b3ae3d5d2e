"""Knows tables that hold several plans: a task a row with the months as columns, or a month a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.rules.month_heads import Named
from core.rules.plan_form import Means, bare_label, means
from core.rules.plan_form_months import month_cell

MONTH_HEAD = re.compile(r"(?:月份?|时间(?:节点|安排)?|months?)", re.IGNORECASE)
BRIEF_HEAD = re.compile(
    r".*(?:简述|进度|目标任务|任务安排|工作安排|计划|内容|措施|brief|progress|plan).*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table with a head: which column holds which field, which month, or (a row a month) the month's name."""

    fields: dict[int, Means]
    months: dict[int, Named]
    month: int | None = None
    briefs: tuple[int, ...] = ()

    def read(self, cells: Sequence[str]) -> tuple[dict[Means, str], list[tuple[Named, str]]] | None:
        """The fields and months of a row; None for a row that says nothing."""
        if not any(cells):
            return None
        at = dict(enumerate(cells))
        values = {meaning: at.get(place, "") for place, meaning in self.fields.items()}
        months = [(named, at.get(place, "")) for place, named in self.months.items()]
        if self.month is not None:
            named = month_cell(at.get(self.month, ""), bare=True)
            text = "；".join(at[place] for place in self.briefs if at.get(place))
            months = [(named, text)] if named else []
        if not any(values.values()) and not any(text for _, text in months):
            return None
        return values, months


def columns_of(cells: tuple[str, ...], above: tuple[str, ...]) -> Columns | None:
    """The columns of a head row: at least the task's words (or number) and its months; labels may stand a row higher."""
    fields: dict[int, Means] = {}
    months: dict[int, Named] = {}
    month, briefs = None, []
    for place, cell in enumerate(cells):
        upper = above[place] if place < len(above) else ""
        label = cell or upper
        meaning = means(label) if label else None
        named = month_cell(cell)
        if named is not None:
            months[place] = named
        elif label and MONTH_HEAD.fullmatch(bare_label(label)):
            month = place
        elif meaning is not None and meaning not in fields.values():
            fields[place] = meaning
        elif label and month is not None and BRIEF_HEAD.fullmatch(label):
            briefs.append(place)
    if not {Means.CONTENT, Means.REF} & set(fields.values()):
        return None
    if len(months) >= 2:
        return Columns(fields, months)
    if month is not None and briefs and len(fields) >= 2:
        return Columns(fields, {}, month, tuple(briefs))
    return None
