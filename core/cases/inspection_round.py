"""Knows a round of inspection under way: how it stands, how it is moved, cancelled and ended, and who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.cases.desks import desk
from core.cases.inspection import check_day
from core.cases.problem import Problem
from core.ports import Source
from core.rules.inspection import Finding, Round, Stop, Tally, tally
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import OFFICE, Person
from core.rules.tasks import Task
from core.words import inspection as words
from core.words.message import Message
from core.words.voice import voice
from core.work import Said, Wanted, Work


@dataclass(frozen=True, slots=True)
class Sight:
    """A round as it stands: `findings` by stop, `owed` by the finding's key, `calls` {who was told: when confirmed}."""

    round: Round
    stops: list[Stop]
    findings: dict[int, list[Finding]]
    owed: dict[str, Obligation]
    calls: dict[int, datetime | None]
    today: date

    @property
    def total(self) -> Tally:
        return self.tally(self.stops)

    def tally(self, stops: Sequence[Stop]) -> Tally:
        return tally(stops, self.findings, self.owed, self.today)

    @property
    def next_unseen(self) -> Stop | None:
        """Where the walk goes on."""
        return next((stop for stop in self.stops if not self.findings.get(stop.id)), None)


def round_of(work: Work, round_id: int) -> Round:
    found = work.inspections.get(round_id)
    if found is None:
        raise Problem("inspect.gone")
    return found


def open_one(work: Work, round_id: int) -> Round:
    """The round, still open. Raises Problem where it was ended or cancelled."""
    found = round_of(work, round_id)
    if not found.open:
        raise Problem(f"inspect.is_{found.state}")
    return found


def sight(work: Work, round_id: int, now: datetime) -> Sight:
    """Raises Problem where there is no such round."""
    found = round_of(work, round_id)
    stops = work.inspections.stops(round_id)
    findings = work.inspections.findings(round_id)
    return Sight(
        found,
        stops,
        findings,
        owed_for(work, [f for each in findings.values() for f in each], stops),
        work.inspections.calls(round_id),
        work.office.today(now),
    )


def owed_for(work: Work, findings: Sequence[Finding], stops: Sequence[Stop]) -> dict[str, Obligation]:
    """{key: what is owed for the finding}, also where another unit has taken the task over since."""
    keys = {finding.key for finding in findings if finding.mend_by}
    if not keys:
        return {}
    unit_of = {stop.id: stop.unit_id for stop in stops}
    first = {finding.key: unit_of.get(finding.stop_id) for finding in findings}
    out: dict[str, Obligation] = {}
    for o in work.obligations.find(Wanted(kind=Kind.FINDING, periods=keys)):
        known = out.get(o.period)
        if known is None or known.state is State.DROPPED or (o.open and o.unit_id == first[o.period]):
            out[o.period] = o
    return out


def move(work: Work, round_id: int, day: date, by: Person, now: datetime) -> Round:
    """Another day; everybody who was told of the first hears of it once. Raises Problem where nothing would change."""
    found = open_one(work, round_id)
    check_day(work, day, now)
    if day == found.day:
        raise Problem("inspect.same_day")
    if not work.inspections.move(round_id, found.day, day, now):
        raise Problem("inspect.changed_meanwhile")
    fresh = round_of(work, round_id)
    old = found.day.isoformat()
    work.history.add("inspection_moved", "inspection", round_id, now, by.id, day=day.isoformat(), old=old)
    for task_id in {stop.task_id for stop in work.inspections.stops(round_id)}:
        work.history.add("inspection_moved", "task", task_id, now, by.id, inspection=round_id, day=day.isoformat())
    _tell_again(work, fresh, "moved", found.day, now)
    return fresh


def cancel(work: Work, round_id: int, by: Person, now: datetime) -> Round:
    """Calls the round off; whoever was told hears it once. Raises Problem where something was recorded already."""
    found = open_one(work, round_id)
    if work.inspections.findings(round_id):
        raise Problem("inspect.has_findings")
    if not work.inspections.end(round_id, "cancelled", now):
        raise Problem("inspect.changed_meanwhile")
    work.history.add("inspection_cancelled", "inspection", round_id, now, by.id)
    for task_id in {stop.task_id for stop in work.inspections.stops(round_id)}:
        work.history.add("inspection_cancelled", "task", task_id, now, by.id, inspection=round_id)
    _tell_again(work, found, "cancelled", found.day, now)
    return round_of(work, round_id)


def close(work: Work, round_id: int, by: Person, now: datetime) -> Sight:
    """Ends the walk; what is to be mended goes on being owed. Raises Problem where nothing was recorded at all."""
    open_one(work, round_id)
    seen = sight(work, round_id, now)
    if not seen.total.seen:
        raise Problem("inspect.nothing_seen")
    if not work.inspections.end(round_id, "closed", now):
        raise Problem("inspect.changed_meanwhile")
    f = seen.total
    work.history.add(
        "inspection_closed", "inspection", round_id, now, by.id, seen=f.seen, stops=f.stops, to_mend=f.to_mend
    )
    return sight(work, round_id, now)


def confirm(work: Work, round_id: int, person: Person, now: datetime) -> tuple[Round, list[Task], bool]:
    """Somebody has taken note of the round: (round, their tasks in it, whether that is new). Raises Problem."""
    found = round_of(work, round_id)
    if found.state == "cancelled":
        raise Problem("inspect.is_cancelled")
    mine = _tasks_of(work, found, person)
    if not mine:
        raise Problem("inspect.not_yours")
    work.inspections.call(round_id, person.id)
    new = work.inspections.confirm(round_id, person.id, now)
    if new:
        work.history.add("inspection_confirmed", "inspection", round_id, now, person.id)
    return found, mine, new


def answer(work: Work, said: Said, person: Person, source: Source, text: str, now: datetime) -> Round:
    """A reply to the call goes to who opened the round, else to the whole office. Raises Problem for an empty one."""
    found = round_of(work, int(said.key.split(":")[1]))
    if not text.strip() and not source.files:
        raise Problem("report.no_voice")
    units = [unit.name for unit_id in person.unit_ids if (unit := work.notices.unit(unit_id))]
    opener = work.people.get(found.opened_by)
    able = opener is not None and opener.supervises and opener.reachable
    told = [opener] if able and opener else work.people.with_role(*OFFICE)
    for who in told:
        work.outbox.put(
            f"inspection-answer:{source.chat_id}:{source.message_id}:{who.id}",
            who.chat_id,
            words.answered_message(voice(who.lang or work.office.lang), found, units, person.name, text, source.files),
            kind="notice",
            now=now,
            person_id=who.id,
        )
    work.history.add("inspection_answered", "inspection", found.id, now, person.id, source, text=text[:500])
    return found


def unconfirmed(work: Work, seen: Sight) -> list[str]:
    """The units of the round from which nobody has confirmed the call."""
    confirmed: set[int] = set()
    for person_id, at in seen.calls.items():
        person = work.people.get(person_id) if at else None
        confirmed |= set(person.unit_ids) if person else set()
    return list(dict.fromkeys(stop.unit for stop in seen.stops if stop.unit_id not in confirmed))


def _tasks_of(work: Work, found: Round, person: Person) -> list[Task]:
    ids = dict.fromkeys(s.task_id for s in work.inspections.stops(found.id) if s.unit_id in person.unit_ids)
    return [task for task_id in ids if (task := work.notices.task(task_id))]


def _tell_again(work: Work, found: Round, what: str, old: date, now: datetime) -> None:
    """Everybody at the desks of the round, once: what still waits is reworded or taken back instead."""
    opens = work.office.next_open(now)
    people = {p.id: p for unit_id in {s.unit_id for s in work.inspections.stops(found.id)} for p in desk(work, unit_id)}
    for person in people.values():
        before = work.outbox.by_key(f"inspection:{found.id}:{person.id}:")
        waiting = [said for said in before if said.state == "held"]
        never_told = not any(said.state in ("sent", "waiting", "claimed", "uncertain") for said in before)
        if what == "cancelled" and never_told:
            for said in waiting:
                work.outbox.take_back(said.id, "the inspection was cancelled", now)
            continue
        work.inspections.call(found.id, person.id)
        work.outbox.put(
            f"inspection:{found.id}:{person.id}:{what}:{len(before)}",
            person.chat_id,
            _again(work, found, what, old, person, never_told),
            kind="inspection",
            now=now,
            person_id=person.id,
            not_before=opens,
            edits_id=waiting[-1].id if waiting else None,
        )


def _again(work: Work, found: Round, what: str, old: date, person: Person, never_told: bool) -> Message:
    said = voice(person.lang or work.office.lang)
    if what == "cancelled":
        return words.cancelled_message(said, found)
    if never_told:
        return words.called_message(said, found, _tasks_of(work, found, person))
    return words.moved_message(said, found, old)
