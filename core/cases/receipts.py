"""Knows receipts (签收): who confirmed, who is reminded once after two working days, who stands on the office's list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.cases.courtesy import full
from core.rules.courtesy import RECEIPT_DAYS
from core.rules.people import Person, Role
from core.rules.receipts import Receipts, UnitReceipt
from core.rules.tasks import NoticeCard, Unit
from core.words.receipts import reminder_message
from core.words.voice import voice
from core.work import Work

_MIDNIGHT = time(0)


def receipt(work: Work, notice_id: int, person: Person, now: datetime, implied: bool = False) -> bool:
    """Confirms receipt; False if it was confirmed before. `implied`: the person handed something in instead."""
    new = work.notices.add_receipt(notice_id, person.id, now)
    for absent in {post.acting_for for post in person.posts if post.acting_for is not None}:
        # A deputy has received it for who is on leave: they are not asked again when they are back.
        work.notices.add_receipt(notice_id, absent, now)
    if new:
        work.history.add("receipt", "notice", notice_id, now, person.id, implied=implied)
    return new


def receipts_of(work: Work, card: NoticeCard) -> Receipts:
    """Who has confirmed receipt and who hasn't. One person's confirmation is the unit's."""
    units: dict[int, Unit] = {}
    for task in work.notices.tasks(card.id):
        for assignment in task.assignments:
            if not assignment.unit.group:
                units.setdefault(assignment.unit.id, assignment.unit)
    people = work.people.of_units(units.keys(), Role.CONTACT, Role.HEAD)
    confirmed, reminded = work.notices.receipts(card.id), work.notices.receipt_reminders(card.id)
    rows = []
    for unit in units.values():
        here = [person for person in people if unit.id in person.unit_ids]
        first = min((p for p in here if p.id in confirmed), key=lambda p: confirmed[p.id], default=None)
        told = [reminded[p.id] for p in here if p.id in reminded]
        if first:
            rows.append(UnitReceipt(unit, first.name, confirmed[first.id]))
        else:
            rows.append(UnitReceipt(unit, reminded_at=min(told, default=None), joined=bool(here)))
    return Receipts(card, tuple(rows))


def remind_receipts(work: Work, now: datetime) -> int:
    """Reminds everybody whose two working days are over, once for each notice. Returns messages put.

    1. Outside office hours nothing happens.
    2. Whose colleague confirmed for the unit is left alone, and so is who had two messages today.
    """
    office = work.office
    if not office.hours.is_open(now, office.calendar):
        return 0
    today = office.today(now)
    waiting = [(notice, person) for notice, person, day in awaited(work) if day <= today]
    if not waiting:
        return 0
    had, said = full(work, [person for _, person in waiting], now), 0
    for notice_id, person in waiting:
        if not person.reachable or person.id in had:
            continue
        tasks = [task for task in work.notices.tasks_of_units(person.unit_ids) if task.notice_id == notice_id]
        work.notices.remind_receipt(notice_id, person.id, now)
        if not tasks:
            continue
        message = reminder_message(voice(person.lang or office.lang), notice_id, len(tasks))
        # Counted against the day's budget like the assignment that it repeats.
        said += work.outbox.put(
            f"receipt:{notice_id}:{person.id}",
            person.chat_id,
            message,
            kind="assignment",
            now=now,
            person_id=person.id,
        )
        work.history.add("receipt_reminded", "notice", notice_id, now, person=person.name)
    return said


def next_receipt_reminder(work: Work, now: datetime) -> date | None:
    """The earliest day on which somebody is to be reminded; whose messages of today are spent, not before tomorrow."""
    today = work.office.today(now)
    waiting = [(person, day) for _, person, day in awaited(work) if person.reachable]
    had = full(work, [person for person, day in waiting if day <= today], now)
    tomorrow = today + timedelta(days=1)
    return min((max(day, tomorrow) if person.id in had else day for person, day in waiting), default=None)


def awaited(work: Work) -> list[tuple[int, Person, date]]:
    """(notice, person, day of the reminder) of everybody whose unit has not confirmed and who was not reminded."""
    found = work.notices.awaiting_receipt()
    if not found:
        return []
    people = {person.id: person for person in work.people.with_role(Role.CONTACT, Role.HEAD)}
    notices = {row.notice_id for row in found}
    done = {notice: _confirmed_units(work, notice, people) for notice in notices}
    concerned = {notice: _units_of(work, notice) for notice in notices}
    office, out = work.office, []
    for row in found:
        person = people.get(row.person_id)
        mine = set(person.unit_ids) & concerned[row.notice_id] if person else set()
        if person is None or mine <= done[row.notice_id]:
            continue
        told_on = office.today(office.next_open(row.since))
        out.append((row.notice_id, person, office.calendar.add_working_days(told_on, RECEIPT_DAYS)))
    return out


def _units_of(work: Work, notice_id: int) -> set[int]:
    """The units with a part in it, also through a group term: nobody else is asked to confirm it."""
    parts = [a for task in work.notices.tasks(notice_id) for a in task.assignments]
    return {unit.id for part in parts for unit in (part.unit, *part.members)}


def _confirmed_units(work: Work, notice_id: int, people: dict[int, Person]) -> set[int]:
    confirmed = work.notices.receipts(notice_id)
    return {unit_id for person_id in confirmed if person_id in people for unit_id in people[person_id].unit_ids}
