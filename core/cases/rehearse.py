"""Knows the year before it happens: who would get which reminder on which working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.cases.problem import Problem
from core.rules.ladder import covered_at_birth, ladder_of
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.periods import Frequency, Period, due_row, periods_of_year
from core.rules.rehearsal import Day, Duty, Recipient, play
from core.rules.tasks import Task, Unit
from core.words.voice import voice
from core.work import Wanted, Work

ASSUMED = Frequency.MONTHLY
"""The frequency of a task that has none yet: the busiest there is, so that the year can only become quieter."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The days on which something happens, and what was assumed to play them."""

    first: date
    days: tuple[Day, ...]
    assumed: int
    """Tasks without frequency, played as `ASSUMED`."""
    without_lead: tuple[Task, ...]
    nobody: tuple[str, ...]
    """Units without anybody who can be reached; each is played with one contact."""
    unknown_years: tuple[int, ...]

    @property
    def messages(self) -> int:
        return sum(day.messages for day in self.days)

    @property
    def punctual(self) -> int:
        return sum(day.punctual for day in self.days)

    @property
    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every month in which something happens."""
        return sorted({(day.day.year, day.day.month) for day in self.days})

    def of_month(self, year: int, month: int) -> list[Day]:
        return [day for day in self.days if (day.day.year, day.day.month) == (year, month)]


def rehearse(work: Work, now: datetime) -> Rehearsal:
    """Plays the active notices from today on. Nothing is changed. Raises Problem where no notice is active.

    The figures are the most there can be, as if nobody handed anything in; `punctual` counts what remains when
    everything is handed in on its due day.
    """
    tasks = work.notices.tasks()
    if not tasks:
        raise Problem("rehearse.no_tasks")
    office, today = work.office, work.office.today(now)
    able = [task for task in tasks if task.leads and task.active]
    duties = _standing(work, today) + _assumed(work, able, today)
    recipients, nobody = _recipients(work, able)
    days = play(duties, recipients, office.calendar, office.hours, today)
    years = sorted({day.day.year for day in days} or {today.year})
    return Rehearsal(
        today,
        tuple(days),
        sum(not task.frequency for task in able),
        tuple(task for task in tasks if not task.leads),
        tuple(unit.name for unit in nobody),
        tuple(year for year in years if not office.calendar.knows(year)),
    )


def _standing(work: Work, today: date) -> list[Duty]:
    """What is owed already and not handed in."""
    owed = work.obligations.find(Wanted(states=[State.OPEN]))
    return [
        Duty(
            o.ref, o.content, o.unit_id, o.unit, o.kind, o.period, o.chase, o.last_rung, _moved_from(work, o), o.ladder
        )
        for o in owed
    ]


def _moved_from(work: Work, obligation: Obligation) -> date | None:
    if obligation.kind is Kind.PLAN:
        return None
    row = due_row(Period.parse(obligation.period), work.office.calendar, work.office.due_day)
    return row.moved_from if row.due == obligation.due else None


def _assumed(work: Work, tasks: list[Task], today: date) -> list[Duty]:
    """What tasks without frequency would owe if they got the assumed one today."""
    office, calendar = work.office, work.office.calendar
    years = {card.id: card.year for card in work.notices.active()}
    ladder = ladder_of(office.settings, Kind.REPORT)
    rows = {notice: periods_of_year(ASSUMED, year, today, calendar, office.due_day) for notice, year in years.items()}
    return [
        Duty(
            task.ref,
            task.content,
            unit.id,
            unit.name,
            Kind.REPORT,
            row.period.key,
            row.due,
            covered_at_birth(ladder, row.due, today, calendar),
            row.moved_from,
            ladder,
        )
        for task in tasks
        if not task.frequency
        for unit in task.leads
        for row in rows[task.notice_id]
    ]


def _recipients(work: Work, tasks: list[Task]) -> tuple[list[Recipient], list[Unit]]:
    """Everybody who can be reached, and one stand-in for each lead unit that has nobody."""
    units = {unit.id: unit for task in tasks for unit in task.leads}
    people = work.people.of_units(units.keys(), Role.CONTACT, Role.HEAD)
    out = []
    reached: set[int] = set()
    for person in people:
        if person.unreachable:
            continue
        for role in (Role.CONTACT, Role.HEAD):
            mine = _units_as(person, role) & units.keys()
            if mine:
                names = " / ".join(units[unit_id].name for unit_id in sorted(mine))
                out.append(Recipient(person.name, role.value, frozenset(mine), names))
                if role is Role.CONTACT:
                    reached |= mine
    nobody = [unit for unit in units.values() if unit.id not in reached]
    said = voice(work.office.lang)
    for unit in nobody:
        name = said.plain("rehearse.stand_in", unit=unit.name)
        out.append(Recipient(name, Role.CONTACT.value, frozenset({unit.id}), unit.name, joined=False))
    return out, nobody


def _units_as(person: Person, role: Role) -> set[int]:
    return {post.unit_id for post in person.posts if post.role is role and post.unit_id is not None}
