"""Knows how a unit hears of what an inspection found: one message per person for all that is recorded within minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.cases.desks import desk
from core.rules.inspection import Stop
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.words import finding as words
from core.words.voice import voice
from core.work import Said, Wanted, Work

PAUSE = timedelta(minutes=5)
"""What was found waits this long: a slip is corrected before anybody reads it, and what follows is the same message."""

TOGETHER = 8
"""Findings in one message."""


def tell(work: Work, stop: Stop, owed: Obligation, now: datetime) -> list[Person]:
    """The unit's desk hears of it with what else still waits to be told; their reply is the report of mending."""
    told = desk(work, owed.unit_id)
    for person in told:
        waiting = _waiting(work, stop, person)
        if waiting and len(waiting.about) >= TOGETHER:
            waiting = None
        _put(work, stop, person, [*(waiting.about if waiting else ()), owed.id], waiting, now)
    return told


def tell_changed(work: Work, stop: Stop, owed: Obligation, now: datetime) -> list[Person]:
    """Other words or another date: in the message that still waits, else as a message of its own."""
    told = desk(work, owed.unit_id)
    for person in told:
        waiting = _holding(work, stop, person, owed)
        if waiting:
            _put(work, stop, person, list(waiting.about), waiting, now)
            continue
        message = words.changed_message(voice(person.lang or work.office.lang), owed)
        work.outbox.put(
            _key(work, stop, person, f"changed:{owed.id}"),
            person.chat_id,
            message,
            kind="finding",
            now=now,
            person_id=person.id,
            about=[owed.id],
            not_before=work.office.next_open(now),
        )
    return told


def tell_withdrawn(work: Work, stop: Stop, owed: Obligation, now: datetime) -> list[Person]:
    """Who was told hears that nothing is asked any more; who wasn't hears nothing at all. Returns who was told."""
    told = []
    for person in desk(work, owed.unit_id):
        waiting = _holding(work, stop, person, owed)
        if waiting is None:
            told.append(person)
            work.outbox.put(
                _key(work, stop, person, f"withdrawn:{owed.id}"),
                person.chat_id,
                words.withdrawn_message(voice(person.lang or work.office.lang), owed),
                kind="notice",
                now=now,
                person_id=person.id,
                not_before=work.office.next_open(now),
            )
            continue
        left = [number for number in waiting.about if number != owed.id]
        if left:
            _put(work, stop, person, left, waiting, now)
        else:
            work.outbox.take_back(waiting.id, "the finding was withdrawn", now)
    return told


def _put(work: Work, stop: Stop, person: Person, ids: list[int], waiting: Said | None, now: datetime) -> None:
    found = {o.id: o for o in work.obligations.find(Wanted(ids=ids))}
    listed = [found[number] for number in ids if number in found and found[number].open]
    work.outbox.put(
        _key(work, stop, person, str(ids[-1])),
        person.chat_id,
        words.found_message(voice(person.lang or work.office.lang), listed, work.office.today(now)),
        kind="finding",
        now=now,
        person_id=person.id,
        about=[o.id for o in listed],
        not_before=work.office.next_open(now + PAUSE),
        edits_id=waiting.id if waiting else None,
    )


def _key(work: Work, stop: Stop, person: Person, what: str) -> str:
    """A key used once: the messages of this round to this person are numbered."""
    before = work.outbox.by_key(f"finding:{stop.round_id}:{person.id}:")
    return f"finding:{stop.round_id}:{person.id}:{what}:{len(before)}"


def _waiting(work: Work, stop: Stop, person: Person) -> Said | None:
    """The message of this round to this person that is not on its way yet."""
    before = work.outbox.by_key(f"finding:{stop.round_id}:{person.id}:")
    return next((said for said in reversed(before) if said.state == "held" and said.about), None)


def _holding(work: Work, stop: Stop, person: Person, owed: Obligation) -> Said | None:
    before = work.outbox.by_key(f"finding:{stop.round_id}:{person.id}:")
    return next((said for said in reversed(before) if said.state == "held" and owed.id in said.about), None)
