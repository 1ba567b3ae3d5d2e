"""Knows which notices lists are asked of: those in force, or one that was chosen, also after it was closed."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from storage.tables.notices import NoticeRow


def chosen(session: Session) -> int | None:
    """The notice that `SqlNotices.look_at` chose."""
    number: int | None = session.info.get("notice")
    return number


def in_view(session: Session) -> ColumnElement[bool]:
    """The condition on notices."""
    number = chosen(session)
    return NoticeRow.state == "active" if number is None else NoticeRow.id == number
