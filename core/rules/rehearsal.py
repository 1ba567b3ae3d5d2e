"""Knows how a year of reminders would run: the ladder played day by day before anybody gets a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.ladder import LADDERS, Ladder, audience, current_rung, next_rung_date
from core.rules.obligations import Kind
from core.rules.periods import Period
from core.rules.summary_times import period_slot, weekly_slot

TOLD_OFFICE = frozenset({"supervisor", "leader"})
"""Rungs that address one of these come to the supervisors; a leader only hears by their button."""


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
    not_before: date | None = None
    """No reminder before this day, where one was put off."""
    silent: bool = False
    """No reminder any more, though it is still owed."""

    @property
    def rungs(self) -> Ladder:
        return self.ladder or LADDERS[self.kind]

    def begun(self, day: date) -> bool:
        """Whether its period has begun; a plan's begins with the notice."""
        return self.kind is not Kind.REPORT or Period.parse(self.period).first_day <= day


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who would be told. role: contact | head | supervisor. `joined` False stands for the contact a unit hasn't yet.

    `key` names them in buttons: p<person>, or u<unit> for a unit's contact to be.
    """

    name: str
    role: str
    unit_ids: frozenset[int]
    units: str
    joined: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One message to one person on one day. `punctual`: it goes out even if everything is handed in on its due day.

    kind: nudge | escalation (to the supervisors) | assignment (the tasks) | receipt (reminder to confirm) | briefing
    """

    day: date
    to: Recipient
    duties: tuple[Duty, ...]
    punctual: bool
    late: int
    """How many of the duties would be overdue; all of them only where nobody handed in."""
    kind: str = "nudge"


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
    def people(self) -> int:
        return len({note.to.key or note.to for note in self.notes})

    @property
    def items(self) -> int:
        """Different things that are reminded of."""
        return len({(duty.ref, duty.unit_id, duty.kind, duty.period) for note in self.notes for duty in note.duties})

    @property
    def busiest(self) -> Note | None:
        """The message with most items."""
        return max(self.notes, key=lambda note: len(note.duties), default=None)


@dataclass(frozen=True, slots=True)
class Opening:
    """How the year begins: the first working day, who is given their tasks on it, who is asked to confirm them when."""

    first: date
    told: tuple[Recipient, ...] = ()
    receipts: tuple[tuple[date, Recipient], ...] = ()
    at: datetime | None = None
    """The moment from which groups get their summaries; None: from the first day's beginning."""
    groups: bool = True


def play(
    duties: Iterable[Duty],
    recipients: Sequence[Recipient],
    calendar: WorkCalendar,
    hours: OfficeHours,
    opening: Opening,
) -> list[Day]:
    """Every day from the first on which somebody gets a message, something falls due or the groups get a summary."""
    duties, first = list(duties), opening.first
    notes = _notes(duties, recipients, calendar, first)
    for who in opening.told:
        notes[first].append(Note(first, who, (), True, 0, "assignment"))
    for day, who in opening.receipts:
        # Handing in confirms receipt too, but at the beginning of the year nobody has anything to hand in yet.
        notes[max(day, first)].append(Note(max(day, first), who, (), True, 0, "receipt"))
    due: dict[date, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.due >= first:
            due[duty.due].append(duty)
    last = max([*notes, *due], default=first)
    for day in _briefing_days(duties, calendar, first, last):
        office = [who for who in recipients if who.role == "supervisor"]
        notes[day] += [Note(day, who, (), True, 0, "briefing") for who in office]
    summaries = _summary_days(duties, due, calendar, hours, opening, last)
    days = []
    for day in sorted({*notes, *due, *summaries}):
        moved = {duty.moved_from for duty in due[day] if duty.moved_from} if day in due else set()
        mine = tuple(notes.get(day, ()))
        days.append(Day(day, mine, len(due.get(day, ())), tuple(sorted(moved)), day in summaries))
    return days


def _notes(
    duties: Sequence[Duty], recipients: Sequence[Recipient], calendar: WorkCalendar, first: date
) -> defaultdict[date, list[Note]]:
    """The reminders by day: one message for all that one person is told of."""
    told: dict[date, dict[Recipient, list[Duty]]] = defaultdict(dict)
    office = [who for who in recipients if who.role == "supervisor"]
    by_unit: dict[int, list[Recipient]] = defaultdict(list)
    for who in recipients:
        for unit_id in who.unit_ids:
            by_unit[unit_id].append(who)
    for duty in duties:
        for day, index in rung_days(duty, calendar, first):
            roles = audience(duty.rungs, index)
            raised = duty.due < day and bool(roles & TOLD_OFFICE)
            for who in [who for who in by_unit[duty.unit_id] if who.role in roles] + (office if raised else []):
                told[day].setdefault(who, []).append(duty)
    out: defaultdict[date, list[Note]] = defaultdict(list)
    for day, people in told.items():
        for who, mine in _one_message(people):
            punctual = any(_before_or_on(duty, day, calendar) for duty in mine)
            kind = "escalation" if who.role == "supervisor" else "nudge"
            out[day].append(Note(day, who, tuple(mine), punctual, sum(duty.due < day for duty in mine), kind))
    return out


def _one_message(people: dict[Recipient, list[Duty]]) -> list[tuple[Recipient, list[Duty]]]:
    """Who is contact of one unit and head of another gets one message all the same."""
    out: dict[str, tuple[Recipient, list[Duty]]] = {}
    for number, (who, mine) in enumerate(people.items()):
        kind = "office" if who.role == "supervisor" else "desk"
        out.setdefault(f"{who.key or number}:{kind}", (who, []))[1].extend(mine)
    return list(out.values())


def rung_days(duty: Duty, calendar: WorkCalendar, first: date) -> list[tuple[date, int]]:
    """(day, rung) of every reminder if nobody hands in, the way a tick on every working day would act."""
    if duty.silent:
        return []
    ladder, last, out = duty.rungs, duty.last_rung, []
    day = calendar.working_day_on_or_after(max(first, duty.not_before or first))
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


def _briefing_days(duties: Sequence[Duty], calendar: WorkCalendar, first: date, last: date) -> list[date]:
    """The first working day of each month that follows one in which something was owed."""
    out = []
    ended = first.replace(day=1)
    while (next_month := (ended + timedelta(days=31)).replace(day=1)) <= last:
        day = calendar.working_day_on_or_after(next_month)
        if day <= last and any(duty.begun(next_month - timedelta(days=1)) for duty in duties):
            out.append(day)
        ended = next_month
    return out


def _summary_days(
    duties: Sequence[Duty],
    due: Iterable[date],
    calendar: WorkCalendar,
    hours: OfficeHours,
    opening: Opening,
    last: date,
) -> set[date]:
    """Every Friday, and the morning after something was due; once a day, and only while something is owed."""
    if not opening.groups or not duties:
        return set()
    slots = [period_slot(day, calendar, hours) for day in due]
    day = opening.first - timedelta(days=7)
    while day <= last:
        if slot := weekly_slot(day, calendar, hours):
            slots.append(slot)
        day += timedelta(days=7)
    since = opening.at or hours.at(opening.first, hours.opens)
    out = {hours.local_date(slot.at) for slot in slots if slot.at >= since}
    return {day for day in out if day <= last and any(duty.begun(day) for duty in duties)}
