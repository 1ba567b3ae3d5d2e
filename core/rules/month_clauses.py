"""Knows months that open a clause without a colon: `3月选址，4月开工，5-8月施工`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.rules.month_heads import MONTHS, Named, named_months

_DAY = r"\d{1,2}(?:[日号]|[-~至到、,./]\d|[ \t]*$)"
LOOSE = re.compile(rf"(?:{MONTHS})(?![底末初中上下前后起内以之、和及\-~至到.,/])(?!{_DAY})[ \t]*(?=\S)", re.IGNORECASE)
"""A month that goes on at once, also with a figure (`9月4个`); `6月底前`, `4月15日` and the like are dates within a sentence."""

_OPENING = re.compile(r"(?:^|(?<=[。;!?,、\s]))(?=\S)")
_CERTAIN = 3
"""So many months in a row can't be chance; two may be dates in a sentence about something else."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A month that opens a clause: where the clause begins, where its own words do, and which months it names."""

    cut: int
    start: int
    named: Named


def clauses(flat: str) -> list[Clause]:
    """The clauses that open with a month, if there are at least three and their months ascend; else none."""
    found = list(_clauses(flat, 0, len(flat)))
    ordered = all(
        before.named.months[-1] < after.named.months[0] for before, after in zip(found, found[1:], strict=False)
    )
    return found if len(found) >= _CERTAIN and ordered else []


def continuing(flat: str, begin: int, end: int, last: int) -> Iterator[Clause]:
    """The clauses between two heads that take up the month after `last`, one after the other without a gap."""
    for clause in _clauses(flat, begin, end):
        if clause.named.months[0] == last + 1:
            last = clause.named.months[-1]
            yield clause


def _clauses(flat: str, begin: int, end: int) -> Iterator[Clause]:
    read = begin
    for opening in _OPENING.finditer(flat, begin, end):
        found = LOOSE.match(flat, opening.start(), end) if opening.start() >= read else None
        if found and not found["english"] and (named := named_months(found)).months:
            read = found.end()
            yield Clause(found.start(), found.end(), named)
