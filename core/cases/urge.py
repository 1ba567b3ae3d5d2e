"""Knows urging by hand (催办): who would get what, and that exactly this is sent once it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from core.cases.naming import legend
from core.cases.overdue import list_overdue
from core.cases.problem import Problem
from core.cases.urge_answer import urges_of
from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.obligations import Obligation, State
from core.rules.overdue import Filters, grouped
from core.rules.own_hours import arrival
from core.rules.people import Person, Role
from core.rules.reports import Talk
from core.rules.scope import Scope
from core.words.naming import below
from core.words.nudge import nudge_message
from core.words.voice import voice
from core.work import Wanted, Work

TALK = "urge"


@dataclass(frozen=True, slots=True)
class Send:
    """One person and all that one message asks them for."""

    person: Person
    obligations: list[Obligation]

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(o.unit for o in self.obligations))


@dataclass(frozen=True, slots=True)
class UrgePreview:
    """What a confirmation would do. `mark` names the preview in its button; `at` is when the messages go out."""

    mark: str
    filters: Filters
    sends: list[Send]
    held: list[Send]
    nobody: list[tuple[str, int]]
    at: datetime
    now: datetime


@dataclass(slots=True)
class Urged:
    """What a confirmation did: messages put, people left out for the budget, items handed in since the preview."""

    at: datetime
    sends: list[Send] = field(default_factory=list)
    held: list[Send] = field(default_factory=list)
    handed_in: int = 0
    meanwhile: int = 0
    """Items that another supervisor urged since the preview: nobody is urged twice for one thing in one hour."""
    gone: int = 0


def preview(work: Work, by: Person, now: datetime, filters: Filters) -> UrgePreview:
    """Who would get what, kept for the confirmation. Raises Problem where nothing is overdue (any more)."""
    late = list_overdue(work, Scope(everything=True), now, Filters(filters.leader, filters.unit, filters.kind)).late
    if not late:
        raise Problem("urge.nothing")
    sends, nobody = _desks(work, late)
    free, held = _within_budget(work, sends, now)
    mark = str(int(now.timestamp()))
    data = {"mark": mark, "sends": [[send.person.id, [o.id for o in send.obligations]] for send in free]}
    work.talks.put(by.id, Talk(TALK, "preview", data), now, awaits=False)
    return UrgePreview(mark, filters, free, held, nobody, _opening(work, now), now)


def confirm(work: Work, by: Person, mark: str, now: datetime) -> Urged:
    """Sends what the preview showed, to exactly these people; what was handed in or urged by another supervisor
    meanwhile is left out.

    Raises Problem where the preview was used, cancelled or overtaken by a newer one.
    """
    talk = work.talks.get(by.id, TALK)
    if talk is None or talk.data.get("mark") != mark:
        raise Problem("urge.gone")
    work.talks.end(by.id, TALK)
    out = Urged(at=_opening(work, now))
    sends = _still_due(work, talk.data["sends"], datetime.fromtimestamp(int(mark), UTC), out)
    free, out.held = _within_budget(work, sends, now)
    notices = legend(work)
    for send in free:
        about = [o.id for o in send.obligations]
        said = voice(send.person.lang or work.office.lang)
        # Pressed in the evening it arrives in the morning: its days are counted from then.
        day = work.office.today(arrival(send.person.hours, work.office, out.at))
        message = below(said, nudge_message(said, send.obligations, day, urged=True), notices)
        if work.outbox.put(
            f"urge:{send.person.id}:{mark}",
            send.person.chat_id,
            message,
            kind="urge",
            now=now,
            person_id=send.person.id,
            about=about,
            not_before=out.at,
        ):
            out.sends.append(send)
    _log(work, by, out.sends, now)
    return out


def cancel(work: Work, by: Person) -> None:
    work.talks.end(by.id, TALK)


def _log(work: Work, by: Person, sends: Sequence[Send], now: datetime) -> None:
    told: dict[int, tuple[Obligation, list[str]]] = {}
    for send in sends:
        for obligation in send.obligations:
            told.setdefault(obligation.id, (obligation, []))[1].append(send.person.name)
    for obligation, names in told.values():
        work.history.add(
            "urged",
            "task",
            obligation.task_id,
            now,
            by.id,
            obligation=obligation.id,
            period=obligation.period,
            unit=obligation.unit,
            people=names,
        )


def _desks(work: Work, late: Sequence[Obligation]) -> tuple[list[Send], list[tuple[str, int]]]:
    """One message per person with all their items; the unit's head where no contact can be reached."""
    people = [p for p in work.people.of_units({o.unit_id for o in late}, Role.CONTACT, Role.HEAD) if p.reachable]
    sends: dict[int, Send] = {}
    nobody: dict[str, int] = {}
    for obligation in late:
        holders = _holding(people, obligation.unit_id, Role.CONTACT) or _holding(people, obligation.unit_id, Role.HEAD)
        for person in holders:
            sends.setdefault(person.id, Send(person, [])).obligations.append(obligation)
        if not holders:
            nobody[obligation.unit] = nobody.get(obligation.unit, 0) + 1
    return list(sends.values()), list(nobody.items())


def _holding(people: Iterable[Person], unit_id: int, role: Role) -> list[Person]:
    return [p for p in people if any(post.role is role and post.unit_id == unit_id for post in p.posts)]


def _still_due(work: Work, kept: Sequence[tuple[int, list[int]]], since: datetime, out: Urged) -> list[Send]:
    """What of the preview is still open and may still be said to these people; the rest is counted in `out`."""
    ids = {i for _, items in kept for i in items}
    found = {o.id: o for o in work.obligations.find(Wanted(ids=ids, states=[State.OPEN]))}
    out.handed_in = len(ids - found.keys())
    for urged in {urge.obligation_id for urge in urges_of(work, list(found.values())) if urge.at >= since}:
        out.meanwhile += 1
        del found[urged]
    sends = []
    for person_id, items in kept:
        person = work.people.get(person_id)
        due = grouped(found[i] for i in items if i in found)
        if person is None or not person.reachable or not {o.unit_id for o in due} <= set(person.unit_ids):
            out.gone += 1
        elif due:
            sends.append(Send(person, due))
    return sends


def _within_budget(work: Work, sends: Sequence[Send], now: datetime) -> tuple[list[Send], list[Send]]:
    """Those who may be addressed, and those who had their messages for the day on which it would arrive."""
    office, ordinary = work.office, _day_begins(work, now)
    day = office.today(_opening(work, now))
    begins: dict[datetime, list[int]] = {}
    for send in sends:
        arrives = office.today(arrival(send.person.hours, office, now))
        since = ordinary if arrives == day else office.hours.at(arrives, time(0))
        begins.setdefault(since, []).append(send.person.id)
    spent: dict[int, int] = {}
    for since, ids in begins.items():
        spent |= work.outbox.unasked_today(ids, since)
    free = [send for send in sends if spent.get(send.person.id, 0) < UNASKED_PER_DAY]
    return free, [send for send in sends if spent.get(send.person.id, 0) >= UNASKED_PER_DAY]


def _opening(work: Work, now: datetime) -> datetime:
    return work.office.next_open(now)


def _day_begins(work: Work, now: datetime) -> datetime:
    """Since when messages count for the day on which an urge sent now arrives.

    During the day since midnight. After hours it arrives on the next working day, for which only what was put since
    closing time waits too.
    """
    office = work.office
    today = office.today(now)
    if office.today(_opening(work, now)) == today:
        return office.hours.at(today, time(0)).astimezone(UTC)
    last = office.calendar.working_day_on_or_before(today)
    closing = office.hours.closing(last)
    return (
        closing
        if closing <= now
        else office.hours.closing(office.calendar.working_day_on_or_before(last - timedelta(days=1)))
    )
