"""Knows the digests (专报) of leaders: one at the end of each period, by a supervisor's standing word, held by another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.cases.briefing import asked_for_time, why_behind
from core.cases.courtesy import within_budget
from core.cases.lights import lights_of
from core.cases.problem import Problem
from core.rules.briefing import finished, next_dues
from core.rules.leader_digest import HELD, SETTING, USEFUL, DigestTask, LeaderDigest, digest_moment
from core.rules.obligations import COUNTED_KINDS, Kind, Obligation, State
from core.rules.overdue import leader_mark
from core.rules.people import Person, Role
from core.rules.periods import Period
from core.rules.summary import figures
from core.rules.tasks import Leader, Part, Task, ref_order
from core.words import leader_digest as words
from core.words.voice import voice
from core.work import Wanted, Work

EVENT = "leader_digests"


@dataclass(frozen=True, slots=True)
class Standing:
    """What `/digest` shows: on since when, what goes out next, whether that is held, who would get it."""

    on: bool
    next_at: datetime
    month: str
    held: bool
    rows: tuple[tuple[Leader, tuple[Person, ...]], ...]


def standing(work: Work, now: datetime) -> Standing:
    """Raises Problem where no task has a leader."""
    leaders = sorted(work.rolls.leaders(), key=lambda leader: leader.ordinal)
    if not leaders:
        raise Problem("progress.no_leaders")
    at = _next(work, now)
    month = finished(work.office.today(at))[-1].key
    people = work.people.with_role(Role.LEADER)
    rows = tuple((leader, tuple(p for p in people if leader.name in p.leads_as)) for leader in leaders)
    return Standing(_since(work) is not None, at, month, work.office.settings.get(HELD) == month, rows)


def switch(work: Work, by: Person, on: bool, now: datetime) -> Standing:
    """A supervisor's standing word: from now on digests go out by themselves, or don't. Raises Problem if it is so."""
    if (_since(work) is not None) is on:
        raise Problem("leader_digest.already_on" if on else "leader_digest.already_off")
    work.offices.set(SETTING, now.isoformat() if on else None)
    work.history.add("leader_digest_on" if on else "leader_digest_off", "office", work.office.id, now, by.id)
    return replace(standing(work, now), on=on)


def hold(work: Work, by: Person, month: str, on: bool, now: datetime) -> Standing:
    """Keeps back the digests of this month alone, or lets them go again. Raises Problem once they are out."""
    shown = standing(work, now)
    if shown.month != month:
        raise Problem("leader_digest.gone")
    if shown.held is on:
        raise Problem("leader_digest.already_held" if on else "leader_digest.already_free")
    work.offices.set(HELD, month if on else None)
    what = "leader_digest_held" if on else "leader_digest_freed"
    work.history.add(what, "office", work.office.id, now, by.id, period=month)
    return replace(shown, held=on)


def make_digest(
    work: Work, leader: Leader, periods: list[Period], now: datetime, since: datetime | None
) -> LeaderDigest:
    """What this leader would be told now. `since`: answers to instructions count from there (None: all)."""
    today = work.office.today(now)
    tasks = sorted((t for t in work.notices.tasks() if t.led_by([leader.name])), key=lambda t: ref_order(t.ref))
    ids = {task.id for task in tasks}
    owed = work.obligations.find(Wanted(task_ids=ids, kinds=COUNTED_KINDS, states=[State.OPEN, State.HANDED_IN]))
    keys = {period.key for period in periods}
    given = [each for each in work.instructions.by_leaders([leader.name]) if not each.withdrawn_at]
    return LeaderDigest(
        leader=leader,
        periods=tuple(period for period in periods if any(_reports(o, {period.key}) for o in owed)),
        at=now,
        figures=figures((o for o in owed if _reports(o, keys)), today),
        tasks=tuple(_tasks(work, tasks, owed, now)),
        coming=tuple(next_dues(owed, today, most=3)),
        rounds=tuple(_rounds(work, ids, today)),
        unconfirmed=sum(bool(each.waiting) for each in given),
        answered=sum(any(since is None or answer.at > since for answer in each.answers) for each in given),
    )


def seen(work: Work, leader: Leader, now: datetime) -> LeaderDigest:
    """What would go to this leader at the next moment, as things stand now: a supervisor's preview."""
    month = _month(work, now)
    last = work.history.last(EVENT)
    return make_digest(work, leader, month, now, last.at if last else None)


def due_digests(work: Work, now: datetime) -> int:
    """Tells each leader of the periods that ended, once. Returns how many messages were put.

    1. Only where a supervisor switched it on before the moment came, and nobody holds this month's.
    2. Only who heads a task with a report of these periods; one message for month, quarter and half-year together.
    3. The history remembers the month, the key holds the person; more than ten days late it is skipped.
    4. Whose day is full gets it on the next working day.
    """
    office, today = work.office, work.office.today(now)
    since = _since(work)
    at = digest_moment(today, office.calendar, office.hours)
    periods = finished(today)
    month = periods[-1].key
    if since is None or not since <= at <= now or not work.notices.any():
        return 0
    last = work.history.last(EVENT)
    if last is not None and str(last.data["period"]) >= month:
        return 0
    late, held = now - at > USEFUL, office.settings.get(HELD) == month
    said = 0 if late or held else _tell_all(work, periods, now, last.at if last else None)
    outcome = "too_late" if late else "held" if held else "sent" if said else "nothing"
    work.history.add(EVENT, "office", office.id, now, period=month, outcome=outcome, said=said)
    return said


def next_digest(work: Work, now: datetime) -> datetime | None:
    """When the next digests go out (UTC); None where they are off or no notice is active."""
    return _next(work, now) if _since(work) is not None and work.notices.any() else None


def _since(work: Work) -> datetime | None:
    kept = work.office.settings.get(SETTING)
    return datetime.fromisoformat(kept) if kept else None


def _next(work: Work, now: datetime) -> datetime:
    office, today = work.office, work.office.today(now)
    this = digest_moment(today, office.calendar, office.hours)
    if this > now:
        return this
    return digest_moment(_following(today), office.calendar, office.hours)


def _following(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month(work: Work, now: datetime) -> list[Period]:
    return finished(work.office.today(_next(work, now)))


def _reports(o: Obligation, keys: Collection[str]) -> bool:
    return o.kind is Kind.REPORT and o.period in keys


def _tell_all(work: Work, periods: list[Period], now: datetime, since: datetime | None) -> int:
    said = 0
    people = [person for person in work.people.with_role(Role.LEADER) if person.reachable]
    for leader in work.rolls.leaders():
        theirs = [person for person in people if leader.name in person.leads_as]
        if not theirs:
            continue
        digest = make_digest(work, leader, periods, now, since)
        if digest.periods:
            said += sum(_tell(work, person, digest, periods[-1].key, now) for person in theirs)
    return said


def _tell(work: Work, person: Person, digest: LeaderDigest, month: str, now: datetime) -> int:
    office = work.office
    return work.outbox.put(
        f"leader_digest:{month}:{person.id}:{leader_mark(digest.leader)}",
        person.chat_id,
        words.digest_message(voice(person.lang or office.lang), office, digest),
        kind="digest",
        now=now,
        person_id=person.id,
        not_before=within_budget(work, person, office.next_open(now)),
    )


def _tasks(work: Work, tasks: list[Task], owed: list[Obligation], now: datetime) -> list[DigestTask]:
    lights = lights_of(work, tasks, owed, now)
    own: defaultdict[tuple[int, int], list[Obligation]] = defaultdict(list)
    for o in owed:
        own[o.task_id, o.unit_id].append(o)
    found = [DigestTask(task, lights[task.id]) for task in tasks]
    bad = {each.task.id for each in found if each.bad}
    reports = work.reports.latest([o.id for o in owed if o.task_id in bad])
    requests = asked_for_time(work) if bad else {}
    out = []
    for each in found:
        units = [unit for unit in (*each.task.leads, *each.task.units(Part.RESPONSIBLE)) if each.bad]
        stated = [(unit, *why_behind(work, own[each.task.id, unit.id], reports, requests)) for unit in units]
        unit, why, on = next((row for row in stated if row[1]), (None, "", None))
        out.append(DigestTask(each.task, each.light, why, unit.name if unit else "", on))
    return out


def _rounds(work: Work, ids: set[int], today: date) -> list[tuple[date, int]]:
    """The inspections to come with some of these tasks, as the units were told."""
    days: Counter[date] = Counter()
    for each in work.inspections.listed("open"):
        if each.day >= today:
            days[each.day] += len({stop.task_id for stop in work.inspections.stops(each.id)} & ids)
    return sorted((day, n) for day, n in days.items() if n)
