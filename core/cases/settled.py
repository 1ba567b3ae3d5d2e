"""Knows what a revised edition takes over from the notice in force when its paper is read, or read anew."""

from __future__ import annotations

from typing import Any

from core.cases.problem import Problem
from core.rules.notice.carried import carried
from core.rules.notice.column_roles import ColumnFault
from core.rules.notice.model import Notice
from core.rules.notice.reread import Settle, as_read, under_roles
from core.rules.tasks import NoticeCard
from core.work import Work


def with_settled(base: NoticeCard, reading: dict[str, Any], lang: str) -> dict[str, Any]:
    """A new version's reading with what was settled about the notice in force, wherever the paper says the same."""
    before = Notice.from_json(base.reading)
    return carried(before, under_roles(Notice.from_json(reading), before.roles()), lang).to_json()


def settle_of(work: Work, card: NoticeCard) -> Settle:
    """The same for a draft that is read anew; for one that revises nothing, nothing."""
    base = work.notices.get(card.revises) if card.revises else None
    if base is None:
        return as_read
    before = Notice.from_json(base.reading)

    def settle(now: Notice) -> Notice:
        return carried(before, now, now.source.lang if now.source else "zh", under_roles(now, before.roles()))

    return settle


def fault_of(fault: ColumnFault) -> Problem:
    """Why a column can't hold what a person says."""
    return Problem(f"column.{fault.kind}", name=fault.name, what=fault.what)
