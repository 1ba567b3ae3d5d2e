"""Knows how an office's own settings are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from storage.agenda import look_now
from storage.tables.offices import OfficeRow


class SqlOffices:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def set(self, name: str, value: Any) -> None:
        """Sets one of the office's own settings; None takes it back to the deployment's."""
        look_now(self._session, self._office_id)
        row = self._session.get(OfficeRow, self._office_id)
        assert row is not None
        kept = {key: old for key, old in row.settings.items() if key != name}
        row.settings = kept if value is None else {**kept, name: value}
        self._session.flush()
