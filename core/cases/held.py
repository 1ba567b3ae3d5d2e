"""Knows what was held back from a person: by the day's budget or by their own hours, and when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.rules.obligations import Obligation, State
from core.rules.people import Person
from core.work import Waiting, Wanted, Work

LOOK_BACK = timedelta(days=10)
"""A reminder is put off to the next working day: over the longest holidays no further back than this."""


@dataclass(frozen=True, slots=True)
class Held:
    """A reminder put off to `until`. why: budget | hours"""

    obligation: Obligation
    until: date
    why: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """All that waits for a person, and how much they had today of what they didn't ask for."""

    reminders: tuple[Held, ...]
    messages: tuple[Waiting, ...]
    today: int


def hold_back(work: Work, person: Person, about: Sequence[int], why: str, now: datetime) -> None:
    """Writes down that a reminder was put off, so that it can be shown and said next time."""
    work.history.add("nudge_held", "person", person.id, now, about=list(about), why=why)


def held_before(work: Work, now: datetime) -> dict[int, set[int]]:
    """{person: obligations of which a reminder was put off before today and not given since}."""
    midnight = work.office.midnight(now)
    out: dict[int, set[int]] = {}
    for event in work.history.since("nudge_held", now - LOOK_BACK):
        if event.at < midnight and work.office.today(event.at) >= _before(work, now):
            out.setdefault(event.subject_id, set()).update(event.data.get("about", ()))
    return out


def held_back(work: Work, person: Person, now: datetime) -> HeldBack:
    """What waits for this person now."""
    why: dict[int, str] = {}
    for event in work.history.since("nudge_held", now - LOOK_BACK):
        if event.subject_id == person.id:
            why.update(dict.fromkeys(event.data.get("about", ()), event.data.get("why", "budget")))
    today = work.office.today(now)
    wanted = Wanted(ids=list(why), unit_ids=person.unit_ids, states=[State.OPEN])
    reminders = tuple(
        Held(o, o.next_nudge_on, why[o.id])
        for o in (work.obligations.find(wanted) if why else ())
        if o.next_nudge_on and o.next_nudge_on > today and o.next_nudge_on == _after(work, now)
    )
    spent = work.outbox.unasked_today([person.id], work.office.midnight(now)).get(person.id, 0)
    waiting = tuple(work.outbox.waiting_for(person.id))
    come = sum(
        w.until > now and work.office.today(w.until) == today and w.kind not in ("notice", "finding") for w in waiting
    )
    return HeldBack(reminders, waiting, max(0, spent - come))


def _before(work: Work, now: datetime) -> date:
    """The working day before today: what was put off then comes today."""
    return work.office.calendar.working_day_on_or_before(work.office.today(now) - timedelta(days=1))


def _after(work: Work, now: datetime) -> date:
    return work.office.calendar.working_day_on_or_after(work.office.today(now) + timedelta(days=1))
