"""Knows a co-unit's side of a call for input: the answer by reply, mended by editing, and that the lead sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.cases.collect import log, status, text_of
from core.cases.desks import desk
from core.cases.problem import Problem
from core.cases.report import split_answer
from core.ports import Source
from core.rules.calls import Asked, Status
from core.rules.obligations import Obligation, State
from core.rules.people import Person
from core.words import collect as words
from core.words.voice import voice
from core.work import Said, Wanted, Work

PREFIX = "call:"
"""How the keys of messages begin that are about a call."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was taken. `late`: the lead had handed in before."""

    obligation: Obligation
    asked: list[Asked]
    late: bool


def asked_by(work: Work, said: Said, person: Person) -> list[Asked]:
    """What a message asked of this person's units, in the order of the message; nothing where it was no call."""
    if not said.key.startswith((f"{PREFIX}ask:", f"{PREFIX}again:")):
        return []
    calls = work.calls.of(said.about)
    found = work.calls.asked([call.id for call in calls.values()])
    mine = [each for each in found if each.unit_id in person.unit_ids]
    order = list(said.about)
    return sorted(mine, key=lambda each: (order.index(each.obligation_id), each.id))


def waiting(work: Work, person: Person) -> list[Asked]:
    """What this person's units were asked for and haven't answered, towards reports that are still open."""
    return work.calls.asked_of(person.unit_ids)


def take(
    work: Work, asked: Sequence[Asked], person: Person, source: Source, text: str, now: datetime, album: str = ""
) -> list[Answered]:
    """Keeps an answer: one text for one report, or parts by number or ref for several.

    Raises Problem where several were asked for and the text doesn't say which is for which, or a report is gone.
    """
    ids = list(dict.fromkeys(each.obligation_id for each in asked))
    found = {o.id: o for o in work.obligations.find(Wanted(ids=ids))}
    owed = [found[number] for number in ids if number in found and found[number].state is not State.DROPPED]
    if not owed:
        raise Problem("collect.gone")
    if len(owed) == 1:
        texts = {owed[0].id: text}
    else:
        parts = split_answer(text, owed, listed=ids)
        if parts is None:
            raise Problem("collect.which")
        if not parts.texts:
            raise Problem("collect.gone")
        texts = parts.texts
    out = []
    for number, part in texts.items():
        mine = [each for each in asked if each.obligation_id == number]
        for each in mine:
            work.calls.answer(each.id, person.id, part, source, now, album)
            log(work, "call_answered", found[number], now, person.id, value=each.unit)
        tell_lead(work, found[number], mine, now)
        out.append(Answered(found[number], mine, not found[number].open))
    return out


def change(work: Work, person: Person, source: Source, text: str, now: datetime) -> list[Answered]:
    """An edited message: the next version of the answer that came from it; nothing where it was none."""
    asked = [
        each for each in work.calls.by_message(source.chat_id, source.message_id) if each.unit_id in person.unit_ids
    ]
    if not asked or (len({each.input.text for each in asked if each.input}) == 1 and _same(asked, text)):
        return []
    return take(work, asked, person, source, text, now)


def attach(work: Work, person: Person, source: Source, album: str) -> bool:
    """Further pictures of an album go with the answer that its first one made."""
    found = [each for each in work.calls.by_album(source.chat_id, album) if each.person_id == person.id]
    for each in found:
        work.calls.attach(each.id, source)
    return bool(found)


def _same(asked: Sequence[Asked], text: str) -> bool:
    return bool(asked[0].input and asked[0].input.text == text)


def tell_lead(work: Work, obligation: Obligation, new: Sequence[Asked], now: datetime) -> None:
    """The lead's card grows in silence; a message comes when all have answered, and for what comes after that."""
    there = status(work, obligation, now)
    for said in work.outbox.by_key(f"{PREFIX}card:{there.call.id}:"):
        number = said.key.rpartition(":")[2]
        person = work.people.get(int(number)) if said.key.count(":") == 3 and number.isdigit() else None
        if person:
            work.outbox.put(
                f"{said.key}:{_versions(there)}",
                said.chat_id,
                words.status_message(voice(person.lang or work.office.lang), work.office, there),
                kind="reply",
                now=now,
                person_id=person.id,
                edits_id=said.id,
            )
    if there.call.given_at is not None or not obligation.open:
        fresh = [each for each in there.asked if each.id in {one.id for one in new}]
        _notify(work, there, now, after=fresh)
    elif there.complete:
        give(work, there, now)


def give(work: Work, there: Status, now: datetime) -> int:
    """The lead gets the one text made of what was answered. Returns messages put."""
    work.calls.given(there.call.id, now)
    return _notify(work, there, now)


def _notify(work: Work, there: Status, now: datetime, after: Sequence[Asked] = ()) -> int:
    """To the lead's desk: the whole text, or (`after`) what came when it had that already."""
    office, count = work.office, 0
    for person in desk(work, there.obligation.unit_id):
        said = voice(person.lang or office.lang)
        if after:
            message = words.late_message(said, office, there, after)
        else:
            message = words.ready_message(said, office, there, text_of(work, there.answered))
        count += work.outbox.put(
            f"{PREFIX}text:{there.call.id}:{_versions(there)}:{person.id}",
            person.chat_id,
            message,
            kind="notice",
            now=now,
            person_id=person.id,
            about=[there.obligation.id],
            not_before=office.next_open(now),
        )
    return count


def _versions(there: Status) -> int:
    """A number that grows with every answer and every version of one."""
    return sum(each.input.version for each in there.asked if each.input)
