"""Knows how a supervisor says what a column of a draft's table holds, and says it anew as long as it isn't assigned."""

from __future__ import annotations

from datetime import datetime

from core.cases.notice import draft
from core.cases.problem import Problem
from core.cases.settled import fault_of, settle_of
from core.rules.notice.column_roles import ColumnFault
from core.rules.notice.model import Notice
from core.rules.notice.reread import in_role
from core.rules.people import Person
from core.rules.tasks import NoticeCard
from core.work import Work


def set_role(work: Work, notice_id: int, name: str, role: str, by: Person, now: datetime) -> NoticeCard:
    """The draft read anew. Raises Problem where the draft or the column is gone, or can't hold that; nothing is changed then."""
    card = draft(work, notice_id)
    try:
        found = in_role(Notice.from_json(card.reading), name, role, settle_of(work, card))
    except KeyError as gone:
        raise Problem("column.gone") from gone
    except ColumnFault as fault:
        raise fault_of(fault) from fault
    work.notices.save_reading(notice_id, {**found.to_json(), "revises": card.revises}, now)
    work.history.add("notice_corrected", "notice", notice_id, now, by.id, change="column", about=name, value=role)
    return draft(work, notice_id)
