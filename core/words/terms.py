"""Knows how dates, periods and kinds are said in each language."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from core.rules.inspection import read_key
from core.rules.obligations import Kind, Obligation
from core.rules.periods import Frequency, Period
from core.rules.tasks import short
from core.words.message import fit_label
from core.words.voice import Voice


def day(said: Voice, value: date, weekday: bool = True) -> str:
    """3月16日（周四）/ Thu 16 Mar"""
    name = said.plain(f"terms.weekday_{value.weekday()}")
    key = "terms.day_weekday" if weekday else "terms.day"
    return said.plain(key, month=value.month, day=value.day, weekday=name, month_name=month_name(said, value.month))


def full_day(said: Voice, value: date) -> str:
    """2023年3月16日 / 16 Mar 2023"""
    return said.plain(
        "terms.full_day", year=value.year, month=value.month, day=value.day, month_name=month_name(said, value.month)
    )


def moment(said: Voice, value: datetime) -> str:
    """3月16日 09:05; give it a local time."""
    return f"{day(said, value.date(), weekday=False)} {value:%H:%M}"


def month_name(said: Voice, month: int) -> str:
    return said.plain(f"terms.month_{month}")


def whole_month(said: Voice, month: int) -> str:
    """6月 / June, as a paper says it."""
    return said.plain(f"terms.whole_month_{month}")


@lru_cache(maxsize=1000)
def period(said: Voice, key: str) -> str:
    """4月 / 第二季度 / 上半年 of a period's key; a plan's key is its year, a finding's tells the day it was found."""
    if key.isdigit():
        return said.plain("terms.year", year=key)
    if found := read_key(key):
        name = "terms.finding_more" if found[2] > 1 else "terms.finding_of"
        return said.plain(name, day=day(said, found[0], weekday=False), n=found[2])
    parsed = Period.parse(key)
    if parsed.frequency is Frequency.MONTHLY:
        return month_name(said, parsed.index)
    return said.plain(f"terms.{parsed.frequency.value}_{parsed.index}")


class Named(Protocol):
    """What `what` needs to know: an obligation, or the stage it is counted with."""

    @property
    def kind(self) -> Kind: ...
    @property
    def period(self) -> str: ...
    @property
    def returned(self) -> bool: ...


def what(said: Voice, obligation: Named) -> str:
    """推进计划 / 4月进展: what is owed, in two words; 4月进展（退回待改） for what came back."""
    if obligation.kind is Kind.REPORT:
        name = said.plain("terms.report", period=period(said, obligation.period))
    elif obligation.kind is Kind.FINDING:
        name = period(said, obligation.period)
    else:
        name = said.plain(f"terms.{obligation.kind.value}")
    return said.plain("terms.returned", what=name) if obligation.returned else name


def stage(said: Voice, sample: Named) -> str:
    """What is counted together: 推进计划 / 4月进展 / 督查整改"""
    return said.plain("terms.finding") if sample.kind is Kind.FINDING else what(said, sample)


def frequency(said: Voice, value: str | None) -> str:
    return said.plain(f"terms.{value}") if value else said.plain("terms.unset")


def item(said: Voice, obligation: Obligation, size: int = 16) -> str:
    """2-15 安全隐患排查整治 · 4月进展; of a finding what is to be mended: 2-15 消防通道堵塞 · 3月20日督查整改"""
    content = short(obligation.asks or obligation.content, size)
    return said.plain("terms.item", ref=obligation.ref, content=content, what=what(said, obligation))


def label(said: Voice, obligation: Obligation, today: date | None = None) -> str:
    """The obligation on a button: what tells it from the others first, then as much of the task as a phone shows."""
    parts = [obligation.ref, what(said, obligation)]
    if today is not None:
        days = (obligation.chase - today).days
        key = "terms.label_late" if days < 0 else "terms.label_left" if days else "terms.label_today"
        parts.append(said.plain(key, days=abs(days)))
    parts.append(" ".join((obligation.asks or obligation.content).split()).rstrip("。；;"))
    return fit_label(" ".join(parts))


def due(said: Voice, obligation: Obligation, weekday: bool = False) -> str:
    """The date in force, with the original one where another was agreed: 4月10日（原3月24日）."""
    if obligation.chase == obligation.due:
        return day(said, obligation.due, weekday)
    original = day(said, obligation.due, weekday=False)
    return said.plain("terms.agreed", agreed=day(said, obligation.chase, weekday=False), due=original)


def late(said: Voice, obligation: Obligation, today: date) -> str:
    """How an obligation stands to its date: 今天到期 / 还有2天 / 已逾期3天"""
    days = (obligation.chase - today).days
    if days < 0:
        return said.plain("terms.late", days=-days)
    return said.plain("terms.today") if days == 0 else said.plain("terms.left", days=days)
