"""Knows which reminders a tick causes: one message per person and day, in office hours, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from core.cases.escalation import tell_supervisors
from core.cases.held import held_before, hold_back
from core.cases.naming import legend
from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.ladder import Step, audience, current_rung, next_rung_date
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.own_hours import arrival
from core.rules.people import Person, Role
from core.words.naming import below
from core.words.nudge import nudge_message
from core.words.voice import voice
from core.work import Letter, Work

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
    rungs = _Rungs(office, today)
    desks = _desks(work, due, rungs)
    ids, midnight = [person.id for person, _ in desks.values()], office.midnight(now)
    spent, briefed = work.outbox.unasked_today(ids, midnight), work.outbox.told_of_desk(ids, midnight)
    earlier = held_before(work, now)
    letters: list[Letter] = []
    told: set[int] = set()
    with_desk: set[int] = set()
    known_notices = legend(work) if desks else []
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
        message = below(said, nudge_message(said, obligations, today, put_off=len(before)), known_notices)
        letters.append(Letter(key, person.chat_id, message, person.id, tuple(about)))
        told.update(about)
    out.said += work.outbox.put_all(letters, kind="nudge", now=now)
    put_off = set(out.held) - told - with_desk
    raised = _raised([o for o in due if o.id not in put_off], rungs)
    if raised:
        ids = [i for i, names in raised.items() if "leader" in names]
        out.said += tell_supervisors(work, [o for o in due if o.id in raised], ids, now)
    _advance(work, due, rungs, (told, with_desk), out, now)
    return out


class _Rungs:
    """The rungs of today. Most obligations share ladder and date, so each question is worked out once for all of them."""

    def __init__(self, office: Office, today: date) -> None:
        self.today, self._calendar = today, office.calendar
        self._steps: dict[tuple[int, date, int | None], Step | None] = {}
        self._next: dict[tuple[int, date, int | None], date | None] = {}
        self._heard: dict[tuple[int, int], frozenset[str]] = {}

    def step(self, o: Obligation) -> Step | None:
        """What is to be done for it today."""
        key = (id(o.ladder), o.chase, o.last_rung)
        if key not in self._steps:
            self._steps[key] = current_rung(o.ladder, o.chase, self.today, self._calendar, o.last_rung)
        return self._steps[key]

    def next_on(self, o: Obligation, index: int | None) -> date | None:
        """The day of the rung after `index`."""
        key = (id(o.ladder), o.chase, index)
        if key not in self._next:
            self._next[key] = next_rung_date(o.ladder, o.chase, index, self._calendar)
        return self._next[key]

    def audience(self, o: Obligation, step: Step) -> frozenset[str]:
        """Everybody whom the rung addresses."""
        key = (id(o.ladder), step.index)
        if key not in self._heard:
            self._heard[key] = audience(o.ladder, step.index)
        return self._heard[key]


def _raised(due: Sequence[Obligation], rungs: _Rungs) -> dict[int, frozenset[str]]:
    """The obligations whose rung of today addresses the supervisor, and everybody whom it addresses."""
    out = {}
    for obligation in due:
        step = rungs.step(obligation)
        names = rungs.audience(obligation, step) if step else frozenset()
        if step and obligation.overdue(rungs.today) and names & {"supervisor", "leader"}:
            out[obligation.id] = names
    return out


def _desks(work: Work, due: Sequence[Obligation], rungs: _Rungs) -> dict[int, tuple[Person, list[Obligation]]]:
    """Who is told what: contacts always, heads from the rung that adds them."""
    posts: dict[int, list[tuple[Person, Role]]] = {}
    for person in work.people.of_units({o.unit_id for o in due}, Role.CONTACT, Role.HEAD):
        for unit_id, role in {(post.unit_id, post.role) for post in person.posts if post.unit_id is not None}:
            if person.reachable:
                posts.setdefault(unit_id, []).append((person, role))
    desks: dict[int, tuple[Person, list[Obligation]]] = {}
    heard: dict[tuple[int, frozenset[str]], list[Person]] = {}
    for obligation in due:
        step = rungs.step(obligation)
        if step is None:
            continue
        key = (obligation.unit_id, rungs.audience(obligation, step))
        if key not in heard:
            roles = {_ROLES[name] for name in key[1] if name in _ROLES}
            told = {person.id: person for person, role in posts.get(obligation.unit_id, ()) if role in roles}
            heard[key] = list(told.values())
        for person in heard[key]:
            desks.setdefault(person.id, (person, []))[1].append(obligation)
    return desks


def _advance(
    work: Work,
    due: Sequence[Obligation],
    rungs: _Rungs,
    how: tuple[set[int], set[int]],
    out: Nudges,
    now: datetime,
) -> None:
    """Moves every obligation to its next rung, and logs what was folded, put off or could reach nobody.

    `how`: what a reminder told of, and what somebody had just been told of with a whole desk.
    """
    told, held = how[0] | how[1], set(out.held)
    tomorrow = work.office.calendar.working_day_on_or_after(rungs.today + timedelta(days=1))
    moved: list[tuple[int, int | None, date | None]] = []
    events: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for o in due:
        step = rungs.step(o)
        if step is None:
            moved.append((o.id, o.last_rung, rungs.next_on(o, o.last_rung)))
        elif o.id in held and o.id not in told:
            moved.append((o.id, o.last_rung, tomorrow))
        else:
            moved.append((o.id, step.index, rungs.next_on(o, step.index)))
            if o.id not in told:
                out.nobody.append(o.id)
            by_nudge = o.id in how[0]
            what = "nudged" if by_nudge else "nudged_with_desk" if o.id in told else "nudge_reached_nobody"
            facts = {"obligation": o.id, "period": o.period, "rung": o.ladder[step.index].name}
            facts["folded"] = [o.ladder[index].name for index in step.folded]
            events.setdefault(what, []).append((o.task_id, facts))
    work.obligations.nudged_all(moved)
    for what, rows in events.items():
        work.history.add_all(what, "task", rows, now)
