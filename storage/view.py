"""Knows which notices lists are asked of: those in force, or one that was chosen, also after it was closed.

A statement that is built once is one of two, as a notice is chosen or not: `shown` is its condition, `view` its values.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from storage.tables.notices import NoticeRow, TaskRow


def chosen(session: Session) -> int | None:
    """The notice that `SqlNotices.look_at` chose."""
    number: int | None = session.info.get("notice")
    return number


def in_view(session: Session) -> ColumnElement[bool]:
    """The condition on notices."""
    number = chosen(session)
    return NoticeRow.state == "active" if number is None else NoticeRow.id == number


def tasks_in_view(session: Session, office_id: int) -> ColumnElement[bool]:
    """The condition on an office's tasks."""
    return _of_notices(in_view(session), office_id)


def shown(one: bool) -> ColumnElement[bool]:
    """The condition on notices; `one`: on the one that was chosen."""
    return NoticeRow.id == bindparam("notice") if one else NoticeRow.state == "active"


def tasks_shown(one: bool) -> ColumnElement[bool]:
    """The condition on the tasks of the office."""
    return _of_notices(shown(one), bindparam("office"))


def view(session: Session, office_id: int) -> dict[str, Any]:
    notice = chosen(session)
    return {"office": office_id} | ({} if notice is None else {"notice": notice})


def _of_notices(which: ColumnElement[bool], office: Any) -> ColumnElement[bool]:
    notices = select(NoticeRow.id).where(which, NoticeRow.office_id == office)
    return and_(TaskRow.office_id == office, TaskRow.notice_id.in_(notices))
