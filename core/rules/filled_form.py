"""Knows a plan form that came back filled in: its fields, its month rows, and what they say of a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.rules.plan_form import FormCode, Means


@dataclass(frozen=True, slots=True)
class Row:
    """What one month row says; `year` only where the row names one."""

    months: tuple[int, ...]
    year: int | None
    text: str


@dataclass(slots=True)
class FilledForm:
    """One task's form as it came back. `others` are fields of the unit's own; `heads` counts month rows, empty or not."""

    title: str = ""
    code: FormCode | None = None
    values: dict[Means, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    heads: int = 0
    line: int = 0

    def get(self, meaning: Means) -> str:
        return self.values.get(meaning, "")

    @property
    def years(self) -> set[int]:
        """The years that its title names."""
        return {int(year) for year in re.findall(r"20\d\d(?=年)", self.title)}

    @property
    def empty(self) -> bool:
        """Nothing of the plan was filled in, whatever stands in the fields that came prefilled."""
        return not self.get(Means.GOAL) and not any(row.text for row in self.rows)

    @property
    def is_form(self) -> bool:
        """Whether it is a plan form at all, and no other table that happens to name a month."""
        named = any(meaning in self.values for meaning in (Means.CONTENT, Means.GOAL, Means.UNIT, Means.LEAD))
        return self.code is not None or (self.heads > 1 and (named or "计划" in self.title))

    def briefs(self, year: int) -> tuple[dict[int, str], list[str]]:
        """({month: brief}, rows of other years). Several rows of one month are joined in their order."""
        found: dict[int, list[str]] = {}
        strange = []
        for row in self.rows:
            if not row.text:
                continue
            if row.year not in (None, year):
                strange.append(f"{row.year}年{row.months[0]}月：{row.text}")
                continue
            for month in row.months:
                if row.text not in found.setdefault(month, []):
                    found[month].append(row.text)
        return {month: "\n".join(texts) for month, texts in sorted(found.items())}, strange

    def to_json(self) -> dict[str, Any]:
        code = self.code
        return {
            "title": self.title,
            "code": [code.notice_id, code.ref, code.unit_id, code.check] if code else None,
            "values": {str(meaning): value for meaning, value in self.values.items()},
            "others": self.others,
            "rows": [[list(row.months), row.year, row.text] for row in self.rows],
            "heads": self.heads,
            "line": self.line,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> FilledForm:
        return FilledForm(
            data["title"],
            FormCode(*data["code"]) if data["code"] else None,
            {Means(name): value for name, value in data["values"].items()},
            dict(data["others"]),
            [Row(tuple(months), year, text) for months, year, text in data["rows"]],
            data["heads"],
            data["line"],
        )
