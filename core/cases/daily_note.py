"""Knows the supervisors' note of a working morning: sent if, and only if, something is worth it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.cases.courtesy import full
from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.cases.unreached import new_gaps, peek_gaps, tell_gaps
from core.rules.people import Person
from core.rules.watch import LOOK_BACK, Doubt
from core.words.voice import voice
from core.words.watch import doubts_message, note_message
from core.work import Work


def daily_note(work: Work, now: datetime) -> int:
    """One note a working day to each supervisor, in office hours. Returns messages put.

    A unit that can't be reached any more is told of on the same day, after the note in a message of its own.
    """
    office = work.office
    if not office.hours.is_open(now, office.calendar):
        return 0
    gaps = new_gaps(work, now)
    people = supervisors(work)
    if _noted_today(work, now):
        return tell_gaps(work, gaps, people, now)
    trouble = work.watch.trouble(_since(work, now), now)
    if not trouble.worth and not gaps:
        return 0
    had = full(work, people, now)
    said = 0
    for person in people:
        if person.id in had:
            said += tell_gaps(work, gaps, [person], now)
            continue
        said += work.outbox.put(
            f"daily:{office.today(now)}:{person.id}",
            person.chat_id,
            note_message(
                voice(person.lang or office.lang), trouble, office, [(gap.unit.name, gap.why) for gap in gaps]
            ),
            kind="digest",
            now=now,
            person_id=person.id,
        )
    if said:
        work.history.add("daily_note", "office", office.id, now, told=said)
    return said


def next_note(work: Work, now: datetime) -> datetime | None:
    """When the note about what is known now goes out; None if there is nothing to tell."""
    office = work.office
    if peek_gaps(work):
        return office.next_open(now)
    if not work.watch.trouble(_since(work, now), now).worth:
        return None
    if not _noted_today(work, now):
        return office.next_open(now)
    return office.next_morning(now)


def ask_about_doubts(work: Work, now: datetime) -> int:
    """Supervisors are asked at once, in office hours, about broadcasts and urgings that may not have arrived."""
    office = work.office
    doubts = work.watch.doubts()
    if not doubts or not office.hours.is_open(now, office.calendar):
        return 0
    newest = max(doubt.id for doubt in doubts)
    return sum(
        work.outbox.put(
            f"doubts:{newest}:{person.id}",
            person.chat_id,
            doubts_message(voice(person.lang or office.lang), doubts, office),
            kind="notice",
            now=now,
            person_id=person.id,
        )
        for person in supervisors(work)
    )


def decide(work: Work, outbox_id: int, again: bool, by: Person, now: datetime) -> list[Doubt]:
    """Says it again (marked as repeated) or leaves it; returns what is still undecided. Raises Problem if settled."""
    if not work.watch.decide(outbox_id, again, now):
        raise Problem("watch.settled")
    work.history.add("doubt_decided", "outbox", outbox_id, now, by.id, again=again)
    return work.watch.doubts()


def _noted_today(work: Work, now: datetime) -> bool:
    last = work.history.last("daily_note")
    return last is not None and last.at >= work.office.midnight(now)


def _since(work: Work, now: datetime) -> datetime:
    """The last note, or the opening of the working day before; never more than a week ago."""
    last = work.history.last("daily_note")
    if last is not None:
        return max(last.at, now - LOOK_BACK)
    office = work.office
    before = office.calendar.working_day_on_or_before(office.today(now) - timedelta(days=1))
    return max(office.hours.opening(before), now - LOOK_BACK)
