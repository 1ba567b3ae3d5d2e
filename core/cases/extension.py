"""Knows extensions (延期): asked by the unit, advised by its head, decided by the office; the original date stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.cases.desks import desk
from core.cases.gone import why_gone
from core.cases.office_people import supervisors
from core.cases.owing import set_nudges
from core.cases.problem import Problem
from core.ports import Source
from core.rules.dates_in_text import find_date, longer_by
from core.rules.extensions import Extension
from core.rules.obligations import COUNTED_KINDS, Obligation, State
from core.rules.people import Person, Post, Role
from core.words import extension as words
from core.words.message import Message
from core.words.voice import voice
from core.work import Wanted, Work

REASON_MOST = 500
"""Characters of a reason."""

FURTHEST = 366
"""Days from today beyond which a date is taken for a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Asked:
    extension: Extension
    obligation: Obligation
    office: int
    heads: int


def extendable(work: Work, person: Person) -> list[Obligation]:
    """What this person's units owe and haven't handed in, soonest first."""
    return work.obligations.find(Wanted(unit_ids=person.unit_ids, kinds=COUNTED_KINDS, states=[State.OPEN]))


def owed(work: Work, person: Person, obligation_id: int) -> Obligation:
    """The open obligation. Raises Problem where it is handed in, dropped or another unit's."""
    found = work.obligations.get(obligation_id)
    if found is None or found.unit_id not in person.unit_ids or found.kind not in COUNTED_KINDS:
        raise why_gone(work, person, [obligation_id], "extension.not_yours")
    if not found.open:
        if found.state is State.HANDED_IN:
            raise Problem("extension.handed_in")
        raise why_gone(work, person, [obligation_id], "extension.not_yours")
    return found


def ask(work: Work, person: Person, obligation_id: int, text: str, source: Source, now: datetime) -> Asked:
    """Asks for a later date in the person's words: a day in any usual form and a reason.

    An earlier wish for the same thing that is still open is replaced. Raises Problem where the text names no day, a
    day gone by or not later than the one in force, or gives no reason; nothing is changed then.
    """
    obligation = owed(work, person, obligation_id)
    wished, reason = _read(work, obligation, text, now)
    for old in work.extensions.of(obligation.id):
        if work.extensions.decide(old.id, "withdrawn", now):
            _show_outcome(work, old.id, now)
    late = work.office.today(now) > obligation.chase
    extension = work.extensions.ask(obligation.id, person.id, wished, reason, late, now)
    _log(work, "extension_asked", obligation, now, person.id, source, day=wished.isoformat(), reason=reason, late=late)
    heads = [p for p in _heads(work, obligation) if p.id != person.id]
    office = supervisors(work)
    opens = work.office.next_open(now)
    for who in {p.id: p for p in [*heads, *office]}.values():
        work.outbox.put(
            f"extension:{extension.id}:{who.id}",
            who.chat_id,
            _card(work, extension, obligation, who),
            kind="notice",
            now=now,
            person_id=who.id,
            not_before=opens,
        )
    return Asked(extension, obligation, len(office), len(heads))


def withdraw(work: Work, person: Person, extension_id: int, now: datetime) -> Obligation:
    """The unit takes its wish back. Raises Problem where it was decided."""
    extension, obligation = found(work, extension_id)
    if obligation.unit_id not in person.unit_ids:
        raise Problem("extension.not_yours")
    if not work.extensions.decide(extension.id, "withdrawn", now):
        raise decided_already(extension)
    _log(work, "extension_withdrawn", obligation, now, person.id, None)
    _show_outcome(work, extension.id, now)
    return obligation


def found(work: Work, extension_id: int) -> tuple[Extension, Obligation]:
    """Raises Problem where the wish or what it is about is gone."""
    extension = work.extensions.get(extension_id)
    obligation = work.obligations.get(extension.obligation_id) if extension else None
    if extension is None or obligation is None or obligation.state is State.DROPPED:
        raise Problem("extension.gone")
    return extension, obligation


def for_decision(work: Work, by: Person, extension_id: int) -> tuple[Extension, Obligation]:
    """The open wish. Raises Problem for somebody who has no say in it, and where it is decided or handed in."""
    extension, obligation = found(work, extension_id)
    if not by.supervises and Post(Role.HEAD, obligation.unit_id) not in by.posts:
        raise Problem("extension.no_say")
    if extension.state != "asked":
        raise decided_already(extension)
    if not obligation.open:
        raise Problem("extension.handed_in")
    return extension, obligation


def agree(work: Work, by: Person, extension_id: int, day: date | None, now: datetime) -> Extension:
    """Agrees to the wished day or another one; a head's word is advice, the office's decides.

    1. Reminders follow the new date from today on; the original date stays for assessment.
    2. The unit is told, and whoever else had the card sees the outcome on it.
    """
    extension, obligation = for_decision(work, by, extension_id)
    new = day or extension.wished
    _check(work, obligation, new, now)
    if not by.supervises:
        return _advise(work, extension, obligation, by, "agreed", new, now)
    if not work.extensions.decide(extension.id, "agreed", now, person_id=by.id, agreed=new):
        raise Problem("extension.decided")
    work.obligations.agree(obligation.id, new, now)
    fresh = work.obligations.get(obligation.id)
    assert fresh is not None
    set_nudges(work, fresh, now)
    work.outbox.drop_nudges([obligation.id], "extended", now)
    _log(work, "extended", obligation, now, by.id, None, day=new.isoformat())
    return _tell(work, extension.id, fresh, now, by)


def refuse(work: Work, by: Person, extension_id: int, reason: str, now: datetime) -> Extension:
    """Refuses; the date stays as it is. A head's refusal ends the wish: the unit itself doesn't stand behind it."""
    extension, obligation = for_decision(work, by, extension_id)
    answer = reason.strip()[:REASON_MOST]
    if not by.supervises:
        work.extensions.head_says(extension.id, by.id, "refused", extension.wished, now)
    if not work.extensions.decide(extension.id, "refused", now, person_id=by.id, answer=answer):
        raise Problem("extension.decided")
    _log(work, "extension_refused", obligation, now, by.id, None, reason=answer)
    return _tell(work, extension.id, obligation, now, by)


def read_day(work: Work, obligation: Obligation, text: str, now: datetime) -> date:
    """The day that a head or supervisor types instead. Raises Problem."""
    today = work.office.today(now)
    named = find_date(text, today) or longer_by(text, obligation.chase, work.office.calendar)
    if named is None:
        raise Problem("extension.no_date", text=text[:30])
    _check(work, obligation, named[0], now)
    return named[0]


def close(work: Work, obligation: Obligation, now: datetime) -> None:
    """What was handed in needs no later date any more."""
    for extension in work.extensions.of(obligation.id):
        if extension.state == "asked" and work.extensions.decide(extension.id, "withdrawn", now):
            _show_outcome(work, extension.id, now)


def waiting(work: Work) -> list[tuple[Extension, Obligation]]:
    """The wishes that wait for the office, oldest first."""
    asked = work.extensions.asked()
    owed_by_id = {o.id: o for o in work.obligations.find(Wanted(ids=[e.obligation_id for e in asked]))} if asked else {}
    return [(e, owed_by_id[e.obligation_id]) for e in asked if e.obligation_id in owed_by_id]


def decided_already(extension: Extension) -> Problem:
    if extension.state == "withdrawn":
        return Problem("extension.was_withdrawn")
    return Problem(f"extension.was_{extension.state}", who=extension.decided_by)


def _read(work: Work, obligation: Obligation, text: str, now: datetime) -> tuple[date, str]:
    today = work.office.today(now)
    named = find_date(text, today) or longer_by(text, obligation.chase, work.office.calendar)
    if named is None:
        raise Problem("extension.no_date", text=text[:30])
    _check(work, obligation, named[0], now)
    if len(named[1]) < 2:
        raise Problem("extension.no_reason")
    return named[0], named[1][:REASON_MOST]


def _check(work: Work, obligation: Obligation, day: date, now: datetime) -> None:
    said = voice(work.office.lang)
    today = work.office.today(now)
    if day <= today:
        raise Problem("extension.past", day=words.full_day(said, day))
    if day <= obligation.chase:
        raise Problem("extension.not_later", day=words.full_day(said, day), due=words.full_day(said, obligation.chase))
    if (day - today).days > FURTHEST:
        raise Problem("extension.too_far", day=words.full_day(said, day))


def _advise(
    work: Work, extension: Extension, obligation: Obligation, by: Person, says: str, wished: date, now: datetime
) -> Extension:
    """The head's word goes onto the office's cards, where they stand."""
    if not work.extensions.head_says(extension.id, by.id, says, wished, now):
        raise Problem("extension.decided")
    _log(work, "extension_advised", obligation, now, by.id, None, day=wished.isoformat())
    fresh = work.extensions.get(extension.id)
    assert fresh is not None
    for said in work.outbox.by_key(f"extension:{extension.id}:"):
        number = said.key.rpartition(":")[2]
        person = work.people.get(int(number)) if number.isdigit() else None
        if person and person.supervises:
            work.outbox.put(
                f"{said.key}:advised:{int(now.timestamp())}",
                said.chat_id,
                _card(work, fresh, obligation, person),
                kind="reply",
                now=now,
                person_id=person.id,
                edits_id=said.id,
            )
    return fresh


def _tell(work: Work, extension_id: int, obligation: Obligation, now: datetime, by: Person) -> Extension:
    """The unit hears what was decided; all cards show it."""
    extension = work.extensions.get(extension_id)
    assert extension is not None
    asker = work.people.get(extension.person_id)
    people = {p.id: p for p in desk(work, obligation.unit_id)}
    if asker and obligation.unit_id in asker.unit_ids and asker.reachable:
        people[asker.id] = asker
    opens = work.office.next_open(now)
    for person in people.values():
        if person.id == by.id:
            continue
        said = voice(person.lang or work.office.lang)
        work.outbox.put(
            f"extension:{extension.id}:told:{person.id}",
            person.chat_id,
            words.decided_message(said, extension, obligation),
            kind="notice",
            now=now,
            person_id=person.id,
            about=[obligation.id] if obligation.open else [],
            not_before=opens,
        )
    _show_outcome(work, extension_id, now, by)
    return extension


def _show_outcome(work: Work, extension_id: int, now: datetime, by: Person | None = None) -> None:
    """Every card that still has its buttons shows the outcome instead; the one who pressed sees it at once."""
    extension = work.extensions.get(extension_id)
    obligation = work.obligations.get(extension.obligation_id) if extension else None
    if extension is None or obligation is None:
        return
    for said in work.outbox.by_key(f"extension:{extension_id}:"):
        number = said.key.removeprefix(f"extension:{extension_id}:")
        person = work.people.get(int(number)) if number.isdigit() else None
        if person is None or (by and person.id == by.id):
            continue
        work.outbox.put(
            f"{said.key}:end",
            said.chat_id,
            words.card_message(voice(person.lang or work.office.lang), extension, obligation, person.supervises),
            kind="reply",
            now=now,
            person_id=person.id,
            edits_id=said.id,
        )


def _card(work: Work, extension: Extension, obligation: Obligation, who: Person) -> Message:
    return words.card_message(voice(who.lang or work.office.lang), extension, obligation, who.supervises)


def _heads(work: Work, obligation: Obligation) -> Sequence[Person]:
    return [p for p in work.people.of_units([obligation.unit_id], Role.HEAD) if p.reachable]


def _log(
    work: Work, what: str, obligation: Obligation, now: datetime, by: int, source: Source | None, **data: object
) -> None:
    facts = {"obligation": obligation.id, "period": obligation.period, "unit": obligation.unit, **data}
    work.history.add(what, "task", obligation.task_id, now, by, source, **facts)
