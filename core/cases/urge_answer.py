"""Knows how the answer to an urging comes back to the supervisor who urged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from core.ports import Source
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.urges import Urge
from core.words.urge import answer_message, reply_message
from core.words.voice import voice
from core.work import Said, Wanted, Work


def urges_of(work: Work, obligations: Sequence[Obligation]) -> list[Urge]:
    """Every urging for these obligations, in order."""
    ids = {o.id for o in obligations}
    events = work.history.those("urged", "task", {o.task_id for o in obligations})
    return [Urge(e.data["obligation"], e.at, e.person_id) for e in events if e.data.get("obligation") in ids]


def tell_urgers(
    work: Work, obligation: Obligation, report: Report, person: Person, now: datetime, told: Collection[int] = ()
) -> None:
    """Whoever urged for this since the version before sees what came in; the parts of one reply are one message."""
    versions = [r for r in work.reports.of(obligation.id) if r.id != report.id and r.withdrawn_at is None]
    since = max((r.at for r in versions), default=None)
    urgers = {u.person_id for u in urges_of(work, [obligation]) if u.person_id and (since is None or u.at > since)}
    for supervisor in _reachable(work, urgers - set(told)):
        key = f"answer:{report.chat_id}:{report.message_id}:{supervisor.id}"
        first = next(iter(work.outbox.by_key(key)), None)
        parts = _parts(work, report, supervisor.id) if report.message_id else []
        said = voice(supervisor.lang or work.office.lang)
        work.outbox.put(
            f"{key}:{report.id}" if first else key,
            supervisor.chat_id,
            answer_message(said, parts or [(obligation, report)], person.name),
            kind="notice",
            now=now,
            person_id=supervisor.id,
            edits_id=first.id if first else None,
        )


def forward(work: Work, said: Said, person: Person, source: Source, text: str, now: datetime) -> None:
    """A reply to an urging that hands nothing in (yet) is passed on as it is."""
    found = work.obligations.find(Wanted(ids=list(said.about))) if said.about else []
    urges = urges_of(work, found)
    if not urges or not (text or source.files):
        return
    latest = max(urges, key=lambda urge: urge.at)
    for supervisor in _reachable(work, {latest.person_id} if latest.person_id else set()):
        voiced = voice(supervisor.lang or work.office.lang)
        work.outbox.put(
            f"answer:{source.chat_id}:{source.message_id}:{supervisor.id}:words",
            supervisor.chat_id,
            reply_message(voiced, person.name, found, text, len(source.files)),
            kind="notice",
            now=now,
            person_id=supervisor.id,
        )


def _parts(work: Work, report: Report, supervisor_id: int) -> list[tuple[Obligation, Report]]:
    """All that the same message answered of what this supervisor urged for."""
    reports = work.reports.by_message(report.chat_id, report.message_id)
    found = {o.id: o for o in work.obligations.find(Wanted(ids=[r.obligation_id for r in reports]))}
    urged = {u.obligation_id for u in urges_of(work, list(found.values())) if u.person_id == supervisor_id}
    return [(found[r.obligation_id], r) for r in reports if r.obligation_id in urged and r.obligation_id in found]


def _reachable(work: Work, ids: Collection[int]) -> list[Person]:
    people = [work.people.get(number) for number in sorted(ids)]
    return [p for p in people if p is not None and p.supervises and not p.unreachable]
