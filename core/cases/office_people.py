"""Knows who in the office hears what units and leaders do."""

from __future__ import annotations

from core.rules.people import OFFICE, Person
from core.work import Work


def supervisors(work: Work) -> list[Person]:
    """Owner and supervisors whom a message can reach."""
    return [person for person in work.people.with_role(*OFFICE) if not person.unreachable]
