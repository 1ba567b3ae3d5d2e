"""Knows who is told of a unit's matters."""

from __future__ import annotations

from core.rules.people import Person, Role
from core.work import Work


def desk(work: Work, unit_id: int) -> list[Person]:
    """The unit's contacts, else its heads; only who can be reached: for who is on leave, the deputy."""
    people = [p for p in work.people.of_units([unit_id], Role.CONTACT, Role.HEAD) if p.reachable]
    contacts = [p for p in people if any(q.role is Role.CONTACT and q.unit_id == unit_id for q in p.posts)]
    return contacts or people
