"""Knows which reminders a tick causes: one message per person and day, in office hours, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from core.cases.escalation import tell_supervisors
from core.cases.held import held_before, hold_back
from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.ladder import audience, current_rung, next_rung_date
from core.rules.obligations import Obligation
from core.rules.own_hours import arrival
from core.rules.people import Person, Role
from core.words.nudge import nudge_message
from core.words.voice import voice
from core.work import Work

_MIDNIGHT = time(0)
_ROLES = {"contact": Role.CONTACT, "head": Role.HEAD}


@dataclass(slots=True)
class Nudges:
    """What one tick did: messages put, obligations put off for the day's budget, obligations nobody can be told of."""

    said: int = 0
    held: list[int] = field(default_factory=list)
    nobody: list[int] = field(default_factory=list)
    more: bool = False


def nudge(work: Work, now: datetime, limit: int = 500) -> Nudges:
    """Everything that is due today and wasn't said yet.

    1. Outside office hours nothing happens; what is due waits in its row for the next opening.
    2. Each due obligation takes the latest rung whose day has come; earlier ones fold into it and are logged.
    3. All that one person owes goes into one message, whose key holds person, day and number.
    4. What a person was told of today as part of a desk that they took over is not said again.
    5. Who had two messages today that they didn't ask for, or whose own hours are over for today, gets the rest on the next
       working day, with the day's others; until then /hours shows it.
    """
    office, out = work.office, Nudges()
    if not office.hours.is_open(now, office.calendar):
        return out
    today = office.today(now)
    due = work.obligations.due_for_nudge(today, limit)
    if not due:
        return out
    out.more = len(due) == limit
    desks = _desks(work, due, now)
    spent = work.outbox.unasked_today([person.id for person, _ in desks.values()], office.hours.at(today, _MIDNIGHT))
    briefed = work.outbox.told_of_desk([person.id for person, _ in desks.values()], office.hours.at(today, _MIDNIGHT))
    earlier = held_before(work, now)
    told: set[int] = set()
    with_desk: set[int] = set()
    for person, every in desks.values():
        # Who took a desk over this morning, or is back at it, has just been told of all that is open there.
        known = briefed.get(person.id, set())
        with_desk.update(known & {obligation.id for obligation in every})
        obligations = [obligation for obligation in every if obligation.id not in known]
        if not obligations:
            continue
        number = spent.get(person.id, 0) + 1
        about = [obligation.id for obligation in obligations]
        full = number > UNASKED_PER_DAY
        if full or office.today(arrival(person.hours, office, now)) > today:
            out.held += about
            hold_back(work, person, about, "budget" if full else "hours", now)
            continue
        said = voice(person.lang or office.lang)
        key = f"nudge:{person.id}:{today.isoformat()}:{number}"
        before = earlier.get(person.id, set()) & set(about)
        if work.outbox.put(
            key,
            person.chat_id,
            nudge_message(said, obligations, today, put_off=len(before)),
            kind="nudge",
            now=now,
            person_id=person.id,
            about=about,
        ):
            out.said += 1
        told.update(about)
    put_off = set(out.held) - told - with_desk
    raised = _raised(work, [o for o in due if o.id not in put_off], now)
    if raised:
        ids = [i for i, names in raised.items() if "leader" in names]
        out.said += tell_supervisors(work, [o for o in due if o.id in raised], ids, now)
    _advance(work, due, (told, with_desk), set(out.held), out, now)
    return out


def _raised(work: Work, due: Sequence[Obligation], now: datetime) -> dict[int, frozenset[str]]:
    """The obligations whose rung of today addresses the supervisor, and everybody whom it addresses."""
    today, out = work.office.today(now), {}
    for obligation in due:
        step = current_rung(obligation.ladder, obligation.chase, today, work.office.calendar, obligation.last_rung)
        names = audience(obligation.ladder, step.index) if step else frozenset()
        if step and obligation.overdue(today) and names & {"supervisor", "leader"}:
            out[obligation.id] = names
    return out


def _desks(work: Work, due: Sequence[Obligation], now: datetime) -> dict[int, tuple[Person, list[Obligation]]]:
    """Who is told what: contacts always, heads from the rung that adds them."""
    office = work.office
    today = office.today(now)
    people = work.people.of_units({o.unit_id for o in due}, Role.CONTACT, Role.HEAD)
    desks: dict[int, tuple[Person, list[Obligation]]] = {}
    for obligation in due:
        ladder = obligation.ladder
        step = current_rung(ladder, obligation.chase, today, office.calendar, obligation.last_rung)
        if step is None:
            continue
        roles = {_ROLES[name] for name in audience(ladder, step.index) if name in _ROLES}
        for person in people:
            if not person.reachable or not any(
                post.role in roles and post.unit_id == obligation.unit_id for post in person.posts
            ):
                continue
            desks.setdefault(person.id, (person, []))[1].append(obligation)
    return desks


def _advance(
    work: Work,
    due: Sequence[Obligation],
    how: tuple[set[int], set[int]],
    held: set[int],
    out: Nudges,
    now: datetime,
) -> None:
    """Moves every obligation to its next rung, and logs what was folded, put off or could reach nobody.

    `how`: what a reminder told of, and what somebody had just been told of with a whole desk.
    """
    told = how[0] | how[1]
    office, today = work.office, work.office.today(now)
    tomorrow = office.calendar.working_day_on_or_after(today + timedelta(days=1))
    for obligation in due:
        ladder = obligation.ladder
        step = current_rung(ladder, obligation.chase, today, office.calendar, obligation.last_rung)
        if step is None:
            work.obligations.nudged(
                obligation.id,
                obligation.last_rung,
                next_rung_date(ladder, obligation.chase, obligation.last_rung, office.calendar),
            )
            continue
        if obligation.id in held and obligation.id not in told:
            work.obligations.nudged(obligation.id, obligation.last_rung, tomorrow)
            continue
        next_on = next_rung_date(ladder, obligation.chase, step.index, office.calendar)
        work.obligations.nudged(obligation.id, step.index, next_on)
        if obligation.id not in told:
            out.nobody.append(obligation.id)
        by_nudge = obligation.id in how[0]
        what = "nudged" if by_nudge else "nudged_with_desk" if obligation.id in told else "nudge_reached_nobody"
        work.history.add(
            what,
            "task",
            obligation.task_id,
            now,
            obligation=obligation.id,
            period=obligation.period,
            rung=ladder[step.index].name,
            folded=[ladder[i].name for i in step.folded],
        )
