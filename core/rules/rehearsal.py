"""Knows how a year of reminders would run: the ladder played day by day before anybody gets a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.ladder import LADDERS, Ladder, audience, current_rung, next_rung_date
from core.rules.obligations import Kind
from core.rules.summary_times import period_slot, weekly_slot


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that will be owed. `last_rung` is what the message of its birth covers; None: nothing yet."""

    ref: str
    content: str
    unit_id: int
    unit: str
    kind: Kind
    period: str
    due: date
    last_rung: int | None = None
    moved_from: date | None = None
    ladder: Ladder = ()
    """The ladder it follows; empty: the built-in one of its kind."""

    @property
    def rungs(self) -> Ladder:
        return self.ladder or LADDERS[self.kind]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who would be told. `role`: contact | head. `joined` False stands for the contact that a unit hasn't yet."""

    name: str
    role: str
    unit_ids: frozenset[int]
    units: str
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """One message to one person on one day. `punctual`: it goes out even if everything is handed in on its due day."""

    day: date
    to: Recipient
    duties: tuple[Duty, ...]
    punctual: bool
    late: int
    """How many of the duties would be overdue; all of them only where nobody handed in."""


@dataclass(frozen=True, slots=True)
class Day:
    """All of one day: its messages, what falls due, whether the groups get a summary."""

    day: date
    notes: tuple[Note, ...] = ()
    due: int = 0
    moved: tuple[date, ...] = ()
    """Nominal due dates that a day off moved to this day."""
    summary: bool = False

    @property
    def messages(self) -> int:
        return len(self.notes)

    @property
    def punctual(self) -> int:
        """Messages that remain if everything is handed in on its due day."""
        return sum(note.punctual for note in self.notes)

    @property
    def items(self) -> int:
        """Different things that are reminded of."""
        return len({(duty.ref, duty.unit_id, duty.kind, duty.period) for note in self.notes for duty in note.duties})

    @property
    def busiest(self) -> Note | None:
        """The message with most items."""
        return max(self.notes, key=lambda note: len(note.duties), default=None)


def play(
    duties: Iterable[Duty], recipients: Sequence[Recipient], calendar: WorkCalendar, hours: OfficeHours, first: date
) -> list[Day]:
    """Every day from `first` on which somebody gets a message, something falls due or the groups get a summary."""
    duties = list(duties)
    told = _told(duties, recipients, calendar, first)
    due: dict[date, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.due >= first:
            due[duty.due].append(duty)
    summaries = _summary_days(due, calendar, hours, first)
    days = []
    for day in sorted({*told, *due, *summaries}):
        notes = tuple(
            Note(
                day,
                who,
                tuple(mine),
                any(_before_or_on(duty, day, calendar) for duty in mine),
                sum(duty.due < day for duty in mine),
            )
            for who, mine in told.get(day, {}).items()
        )
        moved = {duty.moved_from for duty in due[day] if duty.moved_from} if day in due else set()
        days.append(Day(day, notes, len(due.get(day, ())), tuple(sorted(moved)), day in summaries))
    return days


def _told(
    duties: Sequence[Duty], recipients: Sequence[Recipient], calendar: WorkCalendar, first: date
) -> Mapping[date, dict[Recipient, list[Duty]]]:
    told: dict[date, dict[Recipient, list[Duty]]] = defaultdict(dict)
    for duty in duties:
        ladder = duty.rungs
        for day, index in rung_days(duty, calendar, first):
            roles = audience(ladder, index)
            for who in recipients:
                if duty.unit_id in who.unit_ids and who.role in roles:
                    told[day].setdefault(who, []).append(duty)
    return told


def rung_days(duty: Duty, calendar: WorkCalendar, first: date) -> list[tuple[date, int]]:
    """(day, rung) of every reminder if nobody hands in, the way a tick on every working day would act."""
    ladder, last, out = duty.rungs, duty.last_rung, []
    day = calendar.working_day_on_or_after(first)
    while (stands := next_rung_date(ladder, duty.due, last, calendar)) is not None:
        day = max(day, stands)
        step = current_rung(ladder, duty.due, day, calendar, last)
        if step is None:
            break
        out.append((day, step.index))
        last = step.index
        day = calendar.add_working_days(day, 1)
    return out


def _before_or_on(duty: Duty, day: date, calendar: WorkCalendar) -> bool:
    """Whether the reminder of that day comes before the report of somebody who hands in on the due day."""
    return day <= calendar.working_day_on_or_before(duty.due)


def _summary_days(due: Iterable[date], calendar: WorkCalendar, hours: OfficeHours, first: date) -> set[date]:
    dates = sorted(due)
    if not dates:
        return set()
    out = {hours.local_date(period_slot(day, calendar, hours).at) for day in dates}
    day = first
    while day <= dates[-1]:
        if slot := weekly_slot(day, calendar, hours):
            out.add(hours.local_date(slot.at))
        day += timedelta(days=7)
    return {day for day in out if day >= first}
