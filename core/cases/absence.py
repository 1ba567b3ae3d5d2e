"""Knows leave (请假) and deputies (代理): taken and ended, by itself too; who acts meanwhile, and who is told of what."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.cases.courtesy import full
from core.cases.problem import Problem
from core.rules.absences import Absence, Leave, LeaveUnclear, acting, read_leave
from core.rules.names import begins_with, expected_name, same_name
from core.rules.obligations import Obligation, State
from core.rules.people import Person, Role
from core.words import absence as words
from core.words.voice import voice
from core.work import Wanted, Work


def colleagues(work: Work, person: Person) -> list[Person]:
    """Who could be the deputy: everybody else with a post of their own in one of the person's own units."""
    units = _own_units(person)
    return [
        other
        for other in work.people.of_units(units, Role.CONTACT, Role.HEAD)
        if other.id != person.id and _own_units(other) & set(units)
    ]


def for_whom(work: Work, by: Person, text: str) -> tuple[list[Person], str]:
    """(whose leave it is, the rest of the text): a supervisor names somebody first, everybody else means themselves.

    Several where a supervisor names one of namesakes. Raises Problem where they name nobody who has a desk.
    """
    if by.has(Role.CONTACT, Role.HEAD) and not by.supervises:
        return [by], text
    found, rest = begins_with(text, work.people.with_role(Role.CONTACT, Role.HEAD))
    if found:
        return found, rest
    if by.has(Role.CONTACT, Role.HEAD):
        return [by], text
    raise Problem("absence.whose", text=expected_name(text))


def understand(work: Work, person: Person, text: str, now: datetime) -> Leave:
    """The leave that the text announces. Raises Problem that says what is missing."""
    names = [other.name for other in colleagues(work, person)]
    said = voice(work.office.lang)
    try:
        return read_leave(text, work.office.today(now), work.office.calendar, names)
    except LeaveUnclear as unclear:
        day = words.day(said, unclear.day) if unclear.day else ""
        raise Problem(f"absence.{unclear.reason}", day=day, text=text.strip()[:30]) from None


def deputy_of(work: Work, person: Person, leave: Leave) -> Person | None:
    """The colleague whom the text names; None where it says that there is none. Raises Problem, see `check_deputy`."""
    if not leave.deputy:
        return None
    found = [other for other in colleagues(work, person) if same_name(other.name, leave.deputy)]
    if not found and same_name(leave.deputy, person.name):
        raise Problem("absence.deputy_self")
    if len(found) > 1:
        raise Problem("absence.several", name=leave.deputy)
    if not found:
        elsewhere = any(same_name(leave.deputy, other.name) for other in work.people.all() if other.posts)
        raise Problem("absence.deputy_elsewhere" if elsewhere else "absence.deputy_unknown", name=leave.deputy[:20])
    check_deputy(work, found[0], leave)
    return found[0]


def check_deputy(work: Work, deputy: Person, leave: Leave) -> None:
    """Raises Problem where nothing reaches the deputy, or they are away themselves in that time."""
    said = voice(work.office.lang)
    if deputy.unreachable:
        raise Problem("absence.deputy_blocked", name=deputy.name)
    for absence in work.absences.of(deputy.id):
        if absence.covers(leave.first, leave.last):
            days = words.days(said, absence)
            raise Problem("absence.deputy_away", name=deputy.name, days=days)


def left_alone(work: Work, person: Person, leave: Absence) -> list[str]:
    """The colleagues for whom this person was to act in that time, and for whom now nobody does."""
    if leave.deputy_id is not None:
        return []
    return [a.person for a in work.absences.covered_by(person.id) if a.covers(leave.first, leave.last)]


def take(work: Work, person: Person, leave: Leave, deputy: Person | None, by: Person, now: datetime) -> Absence:
    """Writes the leave down; one that covers the same days is replaced. It begins at once if it is time."""
    for old in work.absences.of(person.id):
        if old.covers(leave.first, leave.last):
            stop(work, old, "over", now)
    made = work.absences.plan(person.id, leave.first, leave.last, deputy.id if deputy else None, by.id, now)
    _log(work, "away_planned", made, now, by.id)
    if made.first <= work.office.today(now):
        _begin(work, made, now)
    fresh = work.absences.get(made.id)
    assert fresh is not None
    return fresh


def end(work: Work, absence_id: int, by: Person, now: datetime) -> tuple[Absence, list[Obligation]]:
    """Ends a leave early, or calls it off. Returns it and what is open. Raises Problem where it is over, or another's."""
    absence = work.absences.get(absence_id)
    if absence is None or (absence.person_id != by.id and not by.supervises):
        raise Problem("absence.not_yours")
    if absence.state not in ("planned", "running"):
        raise Problem("absence.over")
    stop(work, absence, "over", now)
    _log(work, "away_ended", absence, now, by.id)
    person = work.people.get(absence.person_id)
    return absence, open_of(work, person, now) if person else []


def change_deputy(work: Work, absence_id: int, deputy: Person | None, by: Person, now: datetime) -> Absence:
    """Another deputy, or none, for the rest of the leave. Raises Problem."""
    absence = work.absences.get(absence_id)
    if absence is None or (absence.person_id != by.id and not by.supervises):
        raise Problem("absence.not_yours")
    if absence.state not in ("planned", "running"):
        raise Problem("absence.over")
    if deputy is not None:
        check_deputy(work, deputy, Leave(absence.first, absence.last, deputy.name))
    work.absences.set_deputy(absence.id, deputy.id if deputy else None)
    fresh = work.absences.get(absence.id)
    assert fresh is not None
    _log(work, "away_deputy", fresh, now, by.id)
    if fresh.state == "running":
        settle_acting(work, now)
        _brief_deputy(work, fresh, now)
    return fresh


def keep_absences(work: Work, now: datetime) -> int:
    """What a tick does: leaves begin and end with their days; who is back hears once what is open. Returns messages put."""
    absences = work.absences.open()
    today = work.office.today(now)
    for absence in absences:
        if absence.state == "running" and absence.last < today:
            stop(work, absence, "back", now)
            _log(work, "away_ended", absence, now, None)
    said = sum(_begin(work, a, now) for a in absences if a.state == "planned" and a.first <= today)
    if absences and work.office.hours.is_open(now, work.office.calendar):
        said += sum(_welcome(work, a, now) for a in work.absences.open() if a.state == "back")
    return said


def next_absence(work: Work, now: datetime) -> datetime | None:
    """When the next leave begins or ends, or when somebody who is back is told."""
    hours, out = work.office.hours, []
    for absence in work.absences.open():
        if absence.state == "back":
            out.append(hours.next_open(now, work.office.calendar))
        else:
            day = absence.first if absence.state == "planned" else absence.last + timedelta(days=1)
            out.append(hours.at(day, time(0)))
    return min(out, default=None)


def settle_acting(work: Work, now: datetime) -> None:
    """Deputies act in exactly what follows from the leaves under way and from who holds which post now."""
    running = [a for a in work.absences.open() if a.state == "running"]
    people = {a.person_id for a in running} | {a.deputy_id for a in running if a.deputy_id}
    work.absences.set_acting(acting(work.absences.own_posts(people), running), now)


def open_of(work: Work, person: Person, now: datetime) -> list[Obligation]:
    """What this person's units owe now, soonest due first."""
    units = [post.unit_id for post in person.posts if post.unit_id]
    return _current(work, units, now)


def _begin(work: Work, absence: Absence, now: datetime) -> int:
    if not work.absences.move(absence.id, "planned", "running", now):
        return 0
    work.absences.set_away(absence.person_id, absence.last)
    settle_acting(work, now)
    deputy = work.people.get(absence.deputy_id) if absence.deputy_id else None
    hours, calendar = work.office.hours, work.office.calendar
    back = hours.opening(calendar.working_day_on_or_after(absence.last + timedelta(days=1)))
    work.outbox.redirect(absence.person_id, deputy if deputy and deputy.reachable else None, back, now)
    _log(work, "away_began", absence, now, None)
    return _brief_deputy(work, absence, now)


def _brief_deputy(work: Work, absence: Absence, now: datetime) -> int:
    """The deputy hears once what waits."""
    deputy = work.people.get(absence.deputy_id) if absence.deputy_id else None
    person = work.people.get(absence.person_id)
    if deputy is None or person is None or not deputy.reachable:
        return 0
    units = sorted(_own_units(person))
    waiting = _current(work, units, now)
    names = [unit.name for number in units if (unit := work.notices.unit(number))]
    opens = _brief_at(work, deputy, absence, now)
    said = voice(deputy.lang or work.office.lang)
    message = words.deputy_message(said, absence, names, waiting, work.office.today(opens))
    return int(
        work.outbox.put(
            f"deputy:{absence.id}:{deputy.id}",
            deputy.chat_id,
            message,
            kind="handover",
            now=now,
            person_id=deputy.id,
            about=[o.id for o in waiting],
            not_before=opens,
        )
    )


def _brief_at(work: Work, deputy: Person, absence: Absence, now: datetime) -> datetime:
    """The first opening of the leave on which the deputy has room for a desk.

    One desk a day, and within the two messages that nobody asked for: so there is room for the day's own reminder too,
    which names what falls due at a desk that is told of tomorrow. A leave that is over by then is told of at once.
    """
    office = work.office
    first = opens = office.next_open(now)
    while office.today(opens) <= absence.last or opens == first:
        told = work.outbox.told_of_desk([deputy.id], office.midnight(opens))
        if deputy.id not in told and not full(work, [deputy], opens):
            return opens
        opens = office.next_morning(opens)
    return first


def stop(work: Work, absence: Absence, state: str, now: datetime) -> None:
    """The leave is `back` or `over`; whoever acted does so no more."""
    if not work.absences.move(absence.id, absence.state, state, now) or absence.state != "running":
        return
    work.absences.set_away(absence.person_id, None)
    settle_acting(work, now)
    if absence.deputy_id is None:
        return
    # What the deputy has not been told yet, they need not hear any more.
    if first := next((s for s in work.outbox.by_key(f"deputy:{absence.id}:") if s.state == "held"), None):
        work.outbox.take_back(first.id, "the leave is over", now)


def _welcome(work: Work, absence: Absence, now: datetime) -> int:
    """The one message of what is open, on the first working day back."""
    if not work.absences.move(absence.id, "back", "over", now):
        return 0
    person = work.people.get(absence.person_id)
    if person is None or not person.reachable or not person.posts:
        return 0
    waiting = open_of(work, person, now)
    said = voice(person.lang or work.office.lang)
    return int(
        work.outbox.put(
            f"back:{absence.id}",
            person.chat_id,
            words.back_message(said, absence, waiting, work.office.today(now)),
            kind="handover",
            now=now,
            person_id=person.id,
            about=[o.id for o in waiting],
        )
    )


def _current(work: Work, unit_ids: list[int], now: datetime) -> list[Obligation]:
    today = work.office.today(now)
    owed = work.obligations.find(Wanted(unit_ids=unit_ids, states=[State.OPEN])) if unit_ids else []
    return [obligation for obligation in owed if obligation.current(today)]


def _own_units(person: Person) -> set[int]:
    return {post.unit_id for post in person.posts if post.unit_id and post.acting_for is None}


def _log(work: Work, what: str, absence: Absence, now: datetime, by: int | None) -> None:
    first, last = absence.first.isoformat(), absence.last.isoformat()
    work.history.add(
        what, "person", absence.person_id, now, by, deputy=absence.deputy, first=first, last=last, person=absence.person
    )
