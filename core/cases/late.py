"""Knows what becomes of an answer to a reminder whose notice is closed: it is kept, and filed where it says for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.cases.closing import closed_of, looking_at
from core.cases.report import mine, split_answer, store
from core.ports import Source
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.rules.tasks import NoticeCard
from core.work import Said, Work


@dataclass(frozen=True, slots=True)
class Late:
    """The closed notice, and the items that the answer was filed for; none where it didn't say which."""

    card: NoticeCard
    filed: tuple[Obligation, ...]


def late_answer(
    work: Work, said: Said, person: Person, source: Source, text: str, now: datetime, by_number: bool
) -> Late | None:
    """Files the answer; None where the message was about nothing of a closed notice that this person's units owe."""
    for notice, ids in closed_of(work, said.about).items():
        with looking_at(work, notice) as card:
            listed = mine(work, person, [number for number in said.about if number in ids])
            if not listed:
                continue
            still = [obligation for obligation in listed if obligation.open] or listed
            if len(still) == 1:
                texts = {still[0].id: text}
            else:
                parts = split_answer(text, listed, by_number, said.about)
                texts = parts.texts if parts else {}
            filed = [o for o in listed if o.id in texts]
            for obligation in filed:
                store(work, obligation, person, source, texts[obligation.id], now)
        numbers = [obligation.id for obligation in filed]
        kept = {} if filed else {"text": text, "about": ids}
        work.history.add("late_answer", "notice", notice, now, person.id, source, obligations=numbers, **kept)
        return Late(card, tuple(filed))
    return None
