"""Knows who had the day's messages that nobody asked for, so that what is left waits for the next working day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.people import Person
from core.work import Work


def full(work: Work, people: Iterable[Person], moment: datetime) -> set[int]:
    """Which of these had, on the office's day of that moment, as many as one day may bring: their ids."""
    spent = work.outbox.unasked_today([person.id for person in people], work.office.midnight(moment))
    return {number for number, n in spent.items() if n >= UNASKED_PER_DAY}


def within_budget(work: Work, person: Person, moment: datetime) -> datetime:
    """That moment (UTC), or the next working day's morning for whom the day is full."""
    return work.office.next_morning(moment) if full(work, [person], moment) else moment
