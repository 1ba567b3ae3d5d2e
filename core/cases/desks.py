"""Knows who is told of a unit's matters."""

from __future__ import annotations

from core.rules.people import Person, Role
from core.work import Work


def desk(work: Work, unit_id: int) -> list[Person]:
    """The unit's contacts, else its heads; only who can be reached."""
    people = [p for p in work.people.of_units([unit_id], Role.CONTACT, Role.HEAD) if not p.unreachable]
    contacts = [p for p in people if any(q.role is Role.CONTACT and q.unit_id == unit_id for q in p.posts)]
    return contacts or people
