"""Knows the review of what came in: one version at a time, accepted, or returned with what to mend and a short date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.cases.desks import desk
from core.cases.office_people import supervisors
from core.cases.owing import set_nudges
from core.cases.problem import Problem
from core.cases.task_state import set_state, to_mend
from core.rules.obligations import Kind, Obligation, State
from core.rules.overdue import Filters, grouped
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.reviews import Review, mend_date
from core.words.review import completion_message, mended_message, returned_message
from core.words.voice import voice
from core.work import Wanted, Work

REASON_MOST = 1_000
"""Characters of a reason: what is longer belongs in a call."""


@dataclass(frozen=True, slots=True)
class Card:
    """One version to be looked at: where it stands in the queue, and the version before it."""

    obligation: Obligation
    report: Report
    before: Report | None
    reviews: tuple[Review, ...]
    position: int
    count: int
    back: int | None
    forth: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """What a return did. `told` are the people who hear of it, at `at`; nobody: the unit can't be reached."""

    review: Review
    obligation: Obligation
    told: list[Person]
    at: datetime


def queue(work: Work, filters: Filters) -> list[Obligation]:
    """Everything handed in that nobody looked at yet, in the order of the notice."""
    found = work.obligations.find(Wanted(states=[State.HANDED_IN]))
    return grouped(o for o in found if o.reviewed is None and filters.holds(o))


def card(work: Work, filters: Filters, obligation_id: int | None = None, forward: bool = False) -> Card | None:
    """The card of this obligation, else the first one; None if nothing waits.

    `forward`: the one that follows it, for it was just decided.
    """
    waiting = queue(work, filters)
    ids = [o.id for o in waiting]
    if obligation_id is not None and obligation_id not in ids:
        gone = work.obligations.get(obligation_id)
        everything = grouped([*waiting, gone]) if gone else waiting
        place = everything.index(gone) if gone else 0
        position = place if place < len(waiting) else 0
    else:
        position = ids.index(obligation_id) if obligation_id is not None else 0
        position = (position + 1) % max(1, len(ids)) if forward else position
    if not waiting:
        return None
    obligation = waiting[position]
    versions = [report for report in work.reports.of(obligation.id) if report.withdrawn_at is None]
    return Card(
        obligation,
        versions[-1],
        versions[-2] if len(versions) > 1 else None,
        tuple(work.reviews.of(obligation.id)),
        position,
        len(waiting),
        ids[position - 1] if len(ids) > 1 else None,
        ids[(position + 1) % len(ids)] if len(ids) > 1 else None,
    )


def reviewable(work: Work, report_id: int) -> tuple[Report, Obligation]:
    """The version and its obligation. Raises Problem where it was decided, replaced, taken back or dropped meanwhile."""
    report = work.reports.get(report_id)
    obligation = work.obligations.get(report.obligation_id) if report else None
    if report is None or obligation is None or obligation.state is State.DROPPED:
        raise Problem("review.gone")
    said = next((review for review in work.reviews.of(obligation.id) if review.report_id == report.id), None)
    if said:
        raise Problem(f"review.already_{said.outcome}", who=said.person)
    if report.withdrawn_at:
        raise Problem("review.withdrawn")
    latest = work.reports.latest([obligation.id]).get(obligation.id)
    if latest is None or latest.id != report.id:
        raise Problem("review.newer")
    return report, obligation


def accept(work: Work, report_id: int, by: Person, now: datetime) -> Obligation:
    """Accepts a version.

    Raises Problem where somebody was faster, there is a newer one, or a task is not done while something that an
    inspection found there is to be mended.
    """
    report, obligation = reviewable(work, report_id)
    if obligation.kind is Kind.COMPLETION and (left := to_mend(work, obligation.task_id)):
        raise Problem("completion.to_mend", ref=obligation.ref, n=left)
    if work.reviews.add(report, "accepted", "", None, by.id, now) is None:
        raise Problem("review.already")
    work.obligations.reviewed(obligation.id, "accepted", now)
    if obligation.kind is Kind.COMPLETION:
        task = work.notices.task(obligation.task_id)
        if task is None:
            raise Problem("review.gone")
        set_state(work, task, "done", "", by, now)
    else:
        _log(work, "accepted", report, obligation, by, now)
    return obligation


def send_back(work: Work, report_id: int, reason: str, by: Person, now: datetime) -> Returned:
    """Returns a version.

    1. The obligation is open again, with a short date for mending; its original date stays for assessment.
    2. The unit's contacts are told at once (in office hours) what to mend; their reply is the mended version.

    Raises Problem where somebody was faster, there is a newer version, or the reason is missing or too long.
    """
    reason = reason.strip()
    if len(reason) < 2:
        raise Problem("review.no_reason")
    if len(reason) > REASON_MOST:
        raise Problem("review.long_reason", most=REASON_MOST)
    report, obligation = reviewable(work, report_id)
    office = work.office
    opens = office.next_open(now)
    completion = obligation.kind is Kind.COMPLETION
    mend_by = None if completion else mend_date(office.settings, office.today(opens), office.calendar)
    review = work.reviews.add(report, "returned", reason, mend_by, by.id, now)
    if review is None:
        raise Problem("review.already")
    # Nobody owes a task's completion: what is returned waits for nothing, the task's own reports go on.
    work.obligations.move(obligation.id, State.DROPPED if completion else State.OPEN, now)
    work.obligations.reviewed(obligation.id, "returned", now)
    if mend_by is not None:
        work.obligations.agree(obligation.id, mend_by, now)
    fresh = work.obligations.get(obligation.id)
    assert fresh is not None
    if mend_by is not None:
        set_nudges(work, fresh, now)
    _log(work, "returned", report, fresh, by, now, reason=reason, mend_by=mend_by.isoformat() if mend_by else "")
    return Returned(review, fresh, _tell(work, review, report, fresh, opens, now), opens)


def tell_office(work: Work, obligation: Obligation, report: Report, now: datetime) -> None:
    """A task reported done waits for no round of review: the supervisors have it at once."""
    if any(review.outcome == "returned" for review in work.reviews.of(obligation.id)):
        return  # whoever returned it before is told by `tell_reviewer`
    for person in supervisors(work):
        work.outbox.put(
            f"completion:{report.id}:{person.id}",
            person.chat_id,
            completion_message(voice(person.lang or work.office.lang), obligation, report),
            kind="notice",
            now=now,
            person_id=person.id,
            not_before=work.office.next_open(now),
        )


def tell_reviewer(work: Work, obligation: Obligation, report: Report, now: datetime) -> list[int]:
    """Whoever returned the version before sees the mended one, with what changed. Returns who was told."""
    returned = [review for review in work.reviews.of(obligation.id) if review.outcome == "returned"]
    if not returned:
        return []
    by = work.people.get(returned[-1].person_id)
    before = work.reports.get(returned[-1].report_id)
    if by is None or before is None or not by.supervises or by.unreachable:
        return []
    said = voice(by.lang or work.office.lang)
    work.outbox.put(
        f"mended:{report.id}:{by.id}",
        by.chat_id,
        mended_message(said, obligation, report, before),
        kind="notice",
        now=now,
        person_id=by.id,
    )
    return [by.id]


def _tell(
    work: Work, review: Review, report: Report, obligation: Obligation, opens: datetime, now: datetime
) -> list[Person]:
    told = desk(work, obligation.unit_id)
    for person in told:
        said = voice(person.lang or work.office.lang)
        work.outbox.put(
            f"returned:{review.id}:{person.id}",
            person.chat_id,
            returned_message(said, obligation, report, review),
            kind="notice",
            now=now,
            person_id=person.id,
            about=[obligation.id],
            not_before=opens,
        )
    return told


def _log(work: Work, what: str, report: Report, obligation: Obligation, by: Person, now: datetime, **more: Any) -> None:
    period = "" if obligation.kind is Kind.COMPLETION else obligation.period
    work.history.add(
        what,
        "task",
        obligation.task_id,
        now,
        by.id,
        obligation=obligation.id,
        report=report.id,
        version=report.version,
        period=period,
        unit=obligation.unit,
        **more,
    )


def waiting_units(waiting: Sequence[Obligation]) -> list[tuple[int, str, int]]:
    """(unit, name, how many) in the order of the queue."""
    out: dict[int, tuple[str, int]] = {}
    for o in waiting:
        out[o.unit_id] = (o.unit, out.get(o.unit_id, ("", 0))[1] + 1)
    return [(unit_id, name, n) for unit_id, (name, n) in out.items()]
