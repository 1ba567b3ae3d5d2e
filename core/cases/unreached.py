"""Knows which units have nobody left who can be reached, and that the office hears of each on the same day, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.rules.people import Person
from core.rules.tasks import Unit
from core.words.voice import voice
from core.words.watch import gaps_message
from core.work import Work


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit without a reachable contact. why: never | left | blocked | away"""

    unit: Unit
    why: str


def peek_gaps(work: Work) -> dict[int, str]:
    """{unit: why} of what the office doesn't know yet; nothing is written down."""
    noted = work.units.noted_unreached()
    return {unit: why for unit, why in work.people.unreached().items() if noted.get(unit) != why}


def new_gaps(work: Work, now: datetime) -> list[Gap]:
    """What the office doesn't know yet, noted as told from here on; units that are reached again are noted too."""
    noted, present = work.units.noted_unreached(), work.people.unreached()
    for unit_id in noted.keys() - present.keys():
        work.units.note_unreached(unit_id, None)
        work.history.add("unit_reached", "unit", unit_id, now)
    gaps = []
    for unit_id, why in present.items():
        unit = work.notices.unit(unit_id)
        if noted.get(unit_id) == why or unit is None:
            continue
        work.units.note_unreached(unit_id, why)
        work.history.add("unit_unreached", "unit", unit_id, now, why=why)
        gaps.append(Gap(unit, why))
    return gaps


def accept_gaps(work: Work) -> None:
    """The office has just been shown who can't be reached: no message repeats it."""
    for unit_id, why in work.people.unreached().items():
        work.units.note_unreached(unit_id, why)


def tell_gaps(work: Work, gaps: Sequence[Gap], people: Sequence[Person], now: datetime) -> int:
    """One message for all that is new to each of these supervisors. Returns messages put."""
    if not gaps:
        return 0
    rows = [(gap.unit.name, gap.why) for gap in gaps]
    key = f"gaps:{int(now.timestamp())}"
    return sum(
        work.outbox.put(
            f"{key}:{person.id}",
            person.chat_id,
            gaps_message(voice(person.lang or work.office.lang), rows),
            kind="notice",
            now=now,
            person_id=person.id,
        )
        for person in people
    )
