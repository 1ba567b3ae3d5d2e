"""Knows what becomes of a reminder that missed its day: said the next time in words that are true then, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from core.rules.obligations import Obligation, State
from core.words.nudge import nudge_message
from core.words.voice import voice
from core.work import Waiting, Wanted, Work

_COUNTING = ("nudge", "urge")
"""Kinds, and beginnings of their keys, of messages that count the days to a due date."""


def hold_over(work: Work, ids: Collection[int], now: datetime) -> None:
    """`ids`: messages just held for a later opening.

    1. What was handed in meanwhile is taken out.
    2. So is what that day's own reminder is going to say.
    3. What is left counts its days from the day on which it arrives.
    """
    today = work.office.today(now)
    late = [held for held in work.outbox.held(ids) if _counts_days(held) and work.office.today(held.until) > today]
    about = {number for held in late for number in held.about}
    still_open = {o.id: o for o in work.obligations.find(Wanted(ids=about, states=[State.OPEN]))} if about else {}
    for held in late:
        day = work.office.today(held.until)
        left = [still_open[number] for number in held.about if number in still_open]
        if held.kind == "nudge":
            left = [o for o in left if o.next_nudge_on is None or o.next_nudge_on > day]
        if left:
            _reword(work, held, left, day, now)
        else:
            work.outbox.take_back(held.id, "overtaken before its hour", now)


def _reword(work: Work, held: Waiting, left: list[Obligation], day: date, now: datetime) -> None:
    person = work.people.get(held.person_id) if held.person_id else None
    if person is None:
        return
    said = voice(person.lang or work.office.lang)
    work.outbox.put(
        f"{held.key}:{day}",
        person.chat_id,
        nudge_message(said, left, day, urged=held.kind == "urge"),
        kind=held.kind,
        now=now,
        person_id=person.id,
        about=[o.id for o in left],
        edits_id=held.id,
    )


def _counts_days(held: Waiting) -> bool:
    return held.kind in _COUNTING and held.key.startswith(f"{held.kind}:")
