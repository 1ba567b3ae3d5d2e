"""Knows which of an office's settings held at a moment: those whose every change stands in the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.rules import calls, leader_digest
from storage.tables.offices import EventRow

_CHANGES: dict[str, tuple[str, Callable[[EventRow], Any]]] = {
    "leader_digest_on": (leader_digest.SETTING, lambda row: row.at.isoformat()),
    "leader_digest_off": (leader_digest.SETTING, lambda row: None),
    "leader_digest_held": (leader_digest.HELD, lambda row: row.data["period"]),
    "leader_digest_freed": (leader_digest.HELD, lambda row: None),
    "collect_days": (calls.SETTING, lambda row: row.data["days"]),
}
"""{what happened: (the setting, what it was from then on)}"""


def settings_then(session: Session, office_id: int, settings: Mapping[str, Any], moment: datetime) -> dict[str, Any]:
    """The office's settings with these as they were then; what nobody had set by then is not set."""
    known = {name for name, _ in _CHANGES.values()}
    then = {name: value for name, value in settings.items() if name not in known}
    query = select(EventRow).where(EventRow.office_id == office_id, EventRow.what.in_(_CHANGES), EventRow.at <= moment)
    for row in session.scalars(query.order_by(EventRow.id)):
        name, value_of = _CHANGES[row.what]
        then[name] = value_of(row)
    return then
