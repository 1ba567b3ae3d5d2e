"""Knows which open obligations a text that nobody asked for may be about, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from core.rules.numerals import chinese_number
from core.rules.obligations import Kind, Obligation
from core.rules.periods import Frequency, Period

_PLAN = re.compile(r"年度目标|推进计划|annual goal|\bplan\b", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d.\-])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?!\s*\d{1,2}\s*[日号])(?:份)?")
_QUARTER = re.compile(r"第?\s*([1-4一二三四])\s*季度|\bQ([1-4])\b", re.IGNORECASE)
_HALF = re.compile(r"(上|下)半年")


def likely(text: str, choices: Sequence[Obligation], today: date) -> list[Obligation]:
    """The choices that the text may mean: of the period it names, if it names one; the period now running first.

    A plan comes last unless the text speaks of one. Nothing is decided here: a person chooses among what is left.
    """
    if _PLAN.search(text) and (plans := [o for o in choices if o.kind is Kind.PLAN]):
        return _ordered(plans, today)
    named = _periods(text)
    meant = [o for o in choices if o.kind is Kind.REPORT and _of(o) in named]
    return _ordered(meant or choices, today)


def _ordered(choices: Sequence[Obligation], today: date) -> list[Obligation]:
    def rank(o: Obligation) -> tuple[bool, bool, int]:
        return o.kind is not Kind.REPORT, o.overdue(today), abs((o.chase - today).days)

    return sorted(choices, key=rank)


def _periods(text: str) -> set[tuple[Frequency, int]]:
    out = {(Frequency.MONTHLY, _number(found[1])) for found in _MONTH.finditer(text)}
    out |= {(Frequency.QUARTERLY, _number(found[1] or found[2])) for found in _QUARTER.finditer(text)}
    return out | {(Frequency.HALF_YEARLY, 1 if found[1] == "上" else 2) for found in _HALF.finditer(text)}


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else int(chinese_number(said) or 0)


def _of(obligation: Obligation) -> tuple[Frequency, int]:
    period = Period.parse(obligation.period)
    return period.frequency, period.index
