"""Knows escalation: supervisors hear of what the ladder brings to them; a leader only hears by a supervisor's button."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from core.cases.courtesy import full
from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.rules.obligations import Obligation, State
from core.rules.overdue import grouped
from core.rules.people import Person, Role
from core.rules.reports import Talk
from core.rules.tasks import Leader
from core.words.escalation import leader_message, supervisor_message
from core.words.voice import voice
from core.work import Wanted, Work

TALK = "escalate"
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class ToLeader:
    """What one leader would be told. state: reached | absent | held (had the day's messages)"""

    leader: Leader
    people: tuple[Person, ...]
    obligations: tuple[Obligation, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    mark: str
    rows: tuple[ToLeader, ...]
    before: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Escalated:
    leaders: list[Leader]
    items: int
    at: datetime


def tell_supervisors(work: Work, late: Sequence[Obligation], leaders: Collection[int], now: datetime) -> int:
    """One message to each supervisor with all that reached them today; over the day's budget it comes tomorrow.

    `leaders` are the obligations whose rung adds the leader: they bring the button. Returns messages put.
    """
    office, today = work.office, work.office.today(now)
    people, said = supervisors(work), 0
    had = full(work, people, now)
    for person in people:
        key = f"escalation:{person.id}:{today.isoformat()}:{min(o.id for o in late)}"
        said += work.outbox.put(
            key,
            person.chat_id,
            supervisor_message(voice(person.lang or office.lang), grouped(late), today, bool(leaders)),
            kind="nudge",
            now=now,
            person_id=person.id,
            about=[o.id for o in late],
            not_before=office.next_morning(now) if person.id in had else None,
        )
    return said


def preview(work: Work, by: Person, ids: Collection[int], now: datetime) -> Preview:
    """Which leader would be told of what, kept for the confirmation. Raises Problem where nothing is left to tell."""
    today = work.office.today(now)
    found = work.obligations.find(Wanted(ids=ids, states=[State.OPEN])) if ids else []
    late = [o for o in found if o.overdue(today) and o.leaders]
    told = _told_before(work, late)
    rows = _rows(work, [o for o in late if o.id not in told], now)
    if not rows:
        raise Problem("escalation.nothing")
    mark = str(int(now.timestamp()))
    data = {"mark": mark, "ids": [o.id for row in rows for o in row.obligations if row.state == "reached"]}
    work.talks.put(by.id, Talk(TALK, "preview", data), now, awaits=False)
    return Preview(mark, tuple(rows), len(told), work.office.next_open(now))


def confirm(work: Work, by: Person, mark: str, now: datetime) -> Escalated:
    """Tells the leaders, once: what another supervisor brought up meanwhile is left out. Raises Problem."""
    talk = work.talks.get(by.id, TALK)
    if talk is None or talk.data.get("mark") != mark:
        raise Problem("escalation.gone")
    work.talks.end(by.id, TALK)
    office, today = work.office, work.office.today(now)
    found = work.obligations.find(Wanted(ids=talk.data["ids"], states=[State.OPEN])) if talk.data["ids"] else []
    told = _told_before(work, found)
    rows = [row for row in _rows(work, [o for o in found if o.id not in told], now) if row.state == "reached"]
    if not rows:
        raise Problem("escalation.nobody" if not talk.data["ids"] else "escalation.nothing")
    at = office.next_open(now)
    for row in rows:
        for person in row.people:
            work.outbox.put(
                f"escalated:{mark}:{by.id}:{person.id}",
                person.chat_id,
                leader_message(voice(person.lang or office.lang), office.name, row.obligations, today),
                kind="urge",
                now=now,
                person_id=person.id,
                about=[o.id for o in row.obligations],
                not_before=at,
            )
        for o in row.obligations:
            work.history.add(
                "escalated",
                "task",
                o.task_id,
                now,
                by.id,
                obligation=o.id,
                period=o.period,
                unit=o.unit,
                leader=row.leader.name,
            )
    return Escalated([row.leader for row in rows], sum(len(row.obligations) for row in rows), at)


def cancel(work: Work, by: Person) -> None:
    work.talks.end(by.id, TALK)


def _rows(work: Work, late: Sequence[Obligation], now: datetime) -> list[ToLeader]:
    leaders = {leader.name: leader for o in late for leader in o.leaders}
    people = work.people.with_role(Role.LEADER)
    had = full(work, people, now)
    out = []
    for leader in sorted(leaders.values(), key=lambda each: each.ordinal):
        here = tuple(p for p in people if leader.name in p.leads_as and not p.unreachable)
        free = tuple(p for p in here if p.id not in had)
        mine = tuple(grouped(o for o in late if o.led_by([leader.name])))
        out.append(ToLeader(leader, free, mine, "reached" if free else "held" if here else "absent"))
    return out


def _told_before(work: Work, late: Sequence[Obligation]) -> set[int]:
    out = set()
    for o in late:
        events = work.history.of("task", o.task_id)
        if any(e.what == "escalated" and e.data.get("obligation") == o.id for e in events):
            out.add(o.id)
    return out
