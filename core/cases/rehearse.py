"""Knows the year before it happens: who would get which reminder on which working day, also for a notice not yet confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.cases.notice import draft
from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.cases.receipts import awaited
from core.rules.courtesy import RECEIPT_DAYS
from core.rules.ladder import covered_at_birth, ladder_of
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.periods import Frequency, Period, due_row, periods_of_year
from core.rules.rehearsal import Duty, Opening, Recipient, play
from core.rules.rehearsed import Rehearsal
from core.rules.tasks import NoticeCard, Unit
from core.words.voice import voice
from core.work import Wanted, Work

ASSUMED = Frequency.MONTHLY
"""The frequency of a task that has none yet: the busiest there is, so that the year can only become quieter."""


def rehearse(work: Work, now: datetime, draft_id: int = 0) -> Rehearsal:
    """Plays the active notices from now on, and a draft as if it were confirmed now. Nothing is changed.

    The figures are the most there can be, as if nobody handed anything in; `punctual` counts what remains when
    everything is handed in on its due day. Raises Problem where no notice is active and no draft was named.
    """
    office, today = work.office, work.office.today(now)
    card = draft(work, draft_id) if draft_id else None
    tasks = work.notices.tasks()
    if not tasks and card is None:
        raise Problem("rehearse.no_tasks")
    first = office.today(office.next_open(now))
    able = [task for task in tasks if task.leads and task.active]
    unset = [task for task in able if not task.frequency]
    years = {active.id: active.year for active in work.notices.active()}
    duties = _standing(work)
    for task in unset:
        duties += _assumed(work, task.ref, task.content, task.leads, years[task.notice_id], today)
    units = {unit.id: unit for task in able for unit in task.leads}
    without = [task.ref for task in tasks if not task.leads]
    named = _units_of(work, card) if card else {}
    if card:
        duties += _of_draft(work, card, named, today)
        units |= {unit.id: unit for read in card.reading["tasks"] for name in read["lead"] if (unit := named[name])}
        without += [read["ref"] for read in card.reading["tasks"] if not read["lead"]]
    recipients, nobody = _recipients(work, units)
    told, receipts = _beginning(work, card, named, first)
    groups = len(work.groups.all())
    opening = Opening(first, told, receipts, now, bool(groups))
    days = play(duties, recipients, office.calendar, office.hours, opening)
    seen = sorted({day.day.year for day in days} | ({card.year} if card else set()) or {today.year})
    return Rehearsal(
        first,
        tuple(days),
        len(unset) + (sum(bool(read["lead"]) for read in card.reading["tasks"]) if card else 0),
        tuple(without),
        tuple(unit.name for unit in nobody),
        tuple(year for year in seen if not office.calendar.knows(year)),
        office.calendar,
        card.title if card else "",
        draft_id,
        groups,
    )


def _standing(work: Work) -> list[Duty]:
    """What is owed already and not handed in, with the reminders that it still has before it."""
    return [
        Duty(
            o.ref,
            o.content,
            o.unit_id,
            o.unit,
            o.kind,
            o.period,
            o.chase,
            o.last_rung,
            _moved_from(work, o),
            o.ladder,
            o.next_nudge_on,
            o.next_nudge_on is None,
        )
        for o in work.obligations.find(Wanted(states=[State.OPEN]))
        if o.kind in (Kind.PLAN, Kind.REPORT)
    ]


def _moved_from(work: Work, obligation: Obligation) -> date | None:
    if obligation.kind is not Kind.REPORT:
        return None
    row = due_row(Period.parse(obligation.period), work.office.calendar, work.office.due_day)
    return row.moved_from if row.due == obligation.due else None


def _assumed(work: Work, ref: str, content: str, units: Sequence[Unit], year: int, today: date) -> list[Duty]:
    """What a task without frequency would owe if it got the assumed one today."""
    office, calendar = work.office, work.office.calendar
    ladder = ladder_of(office.settings, Kind.REPORT)
    return [
        Duty(
            ref,
            content,
            unit.id,
            unit.name,
            Kind.REPORT,
            row.period.key,
            row.due,
            covered_at_birth(ladder, row.due, today, calendar),
            row.moved_from,
            ladder,
        )
        for unit in units
        for row in periods_of_year(ASSUMED, year, today, calendar, office.due_day)
    ]


def _units_of(work: Work, card: NoticeCard) -> dict[str, Unit]:
    """The units that a draft names: those the office knows, and the new ones under numbers below zero."""
    known = {unit.name: unit for unit in work.notices.units()}
    names = [unit["name"] for unit in card.reading["units"]]
    names += [name for read in card.reading["tasks"] for name in (*read["lead"], *read["co"], *read["responsible"])]
    return {name: known.get(name) or Unit(-number, name) for number, name in enumerate(dict.fromkeys(names), start=1)}


def _of_draft(work: Work, card: NoticeCard, named: Mapping[str, Unit], today: date) -> list[Duty]:
    """What the tasks of a draft would owe if it were confirmed today: the plans, and reports in the assumed frequency."""
    calendar, out = work.office.calendar, []
    ladder = ladder_of(work.office.settings, Kind.PLAN)
    for read in card.reading["tasks"]:
        units = [named[name] for name in read["lead"]]
        if card.plan_due:
            covered = covered_at_birth(ladder, card.plan_due, today, calendar)
            plan = (Kind.PLAN, str(card.year), card.plan_due, covered, None, ladder)
            out += [Duty(read["ref"], read["content"], unit.id, unit.name, *plan) for unit in units]
        out += _assumed(work, read["ref"], read["content"], units, card.year, today)
    return out


def _beginning(
    work: Work, card: NoticeCard | None, units: Mapping[str, Unit], first: date
) -> tuple[tuple[Recipient, ...], tuple[tuple[date, Recipient], ...]]:
    """Who is given the draft's tasks on the first day, and who is asked when to confirm the receipt of what they have."""
    people = {person.id: person for person in work.people.with_role(Role.CONTACT, Role.HEAD) if not person.unreachable}
    receipts = [
        (max(day, first), _as_recipient(work, people[person.id]))
        for _, person, day in awaited(work)
        if person.id in people
    ]
    if card is None:
        return (), tuple(receipts)
    given = _given(card, units)
    told = [_as_recipient(work, person) for person in people.values() if given.keys() & set(person.unit_ids)]
    reached = {unit_id for who in told for unit_id in who.unit_ids}
    told += [_stand_in(work, unit) for unit in given.values() if unit.id not in reached]
    confirm_by = work.office.calendar.add_working_days(first, RECEIPT_DAYS)
    return tuple(told), (*receipts, *((confirm_by, who) for who in told))


def _given(card: NoticeCard, units: Mapping[str, Unit]) -> dict[int, Unit]:
    """The units that get a part in a draft's tasks, directly or through a group term."""
    names = [name for read in card.reading["tasks"] for part in ("lead", "co", "responsible") for name in read[part]]
    groups = {unit["name"]: unit.get("members") or () for unit in card.reading["units"] if unit["kind"] == "group"}
    names += [member for name in set(names) & set(groups) for member in groups[name]]
    return {units[name].id: units[name] for name in names if name not in groups and name in units}


def _as_recipient(work: Work, person: Person) -> Recipient:
    units = [unit for unit_id in person.unit_ids if (unit := work.notices.unit(unit_id))]
    role = Role.CONTACT if person.has(Role.CONTACT) else Role.HEAD
    names = " / ".join(unit.name for unit in units)
    return Recipient(person.name, role.value, frozenset(unit.id for unit in units), names, key=f"p{person.id}")


def _recipients(work: Work, units: Mapping[int, Unit]) -> tuple[list[Recipient], list[Unit]]:
    """Everybody who can be reached, the supervisors, and one stand-in for each lead unit that has nobody."""
    out = []
    reached: set[int] = set()
    for person in work.people.of_units(units.keys(), Role.CONTACT, Role.HEAD):
        if person.unreachable:
            continue
        for role in (Role.CONTACT, Role.HEAD):
            mine = _units_as(person, role) & units.keys()
            if mine:
                names = " / ".join(units[unit_id].name for unit_id in sorted(mine))
                out.append(Recipient(person.name, role.value, frozenset(mine), names, key=f"p{person.id}"))
                if role is Role.CONTACT:
                    reached |= mine
    for person in supervisors(work):
        out.append(Recipient(person.name, "supervisor", frozenset(), work.office.name, key=f"p{person.id}"))
    nobody = [unit for unit in units.values() if unit.id not in reached]
    return [*out, *(_stand_in(work, unit) for unit in nobody)], nobody


def _stand_in(work: Work, unit: Unit) -> Recipient:
    """The contact that a unit hasn't yet."""
    name = voice(work.office.lang).plain("rehearse.stand_in", unit=unit.name)
    return Recipient(name, Role.CONTACT.value, frozenset({unit.id}), unit.name, joined=False, key=f"u{unit.id}")


def _units_as(person: Person, role: Role) -> set[int]:
    return {post.unit_id for post in person.posts if post.role is role and post.unit_id is not None}
