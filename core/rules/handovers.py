"""Knows the handover of a whole desk: who passes it on to whom, and whether it has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.rules.absences import Absence


@dataclass(frozen=True, slots=True)
class Handover:
    """state: waiting (for somebody to join by its link) | lapsed (nobody did in time) | done | revoked.

    Until it is done the old person has the desk.
    """

    id: int
    person_id: int
    person: str
    successor_id: int | None
    successor: str
    invite_id: int | None
    made_by: int | None
    state: str
    expires_at: datetime | None = None

    def open(self, now: datetime) -> bool:
        """Whether its link can still be used."""
        return self.state == "waiting" and self.expires_at is not None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Inventory:
    """What passes over: units, open obligations, plans under way, texts that wait for their task.

    `leaves` are the leaves of who hands over, which end with it; in those of `acts` they are the deputy.
    """

    units: tuple[str, ...]
    open: int
    drafts: int
    pending: int
    leaves: tuple[Absence, ...] = ()
    acts: tuple[Absence, ...] = ()
