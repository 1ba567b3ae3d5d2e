"""Knows how a whole desk passes from one person to another: posts, open work, drafts, kept texts, leaves; all told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.cases.absence import open_of, settle_acting, stop
from core.cases.office_people import supervisors
from core.cases.task_state import put_note
from core.rules.absences import Absence
from core.rules.handovers import Handover
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.words import handover as words
from core.words.voice import voice
from core.work import Work


@dataclass(frozen=True, slots=True)
class Passed:
    """What the successor has from now on; in the leaves of `acts` they are the deputy instead."""

    handover_id: int
    old: Person
    new: Person
    units: tuple[str, ...]
    waiting: tuple[Obligation, ...]
    drafts: int
    pending: int
    acts: tuple[Absence, ...] = ()


def pass_on(work: Work, handover: Handover, new: Person, by: int | None, now: datetime) -> Passed | None:
    """Everything of the desk passes to `new` in this transaction; None where it was done or revoked before.

    1. The posts end for the one and begin for the other in the same moment: the unit is never without.
    2. Plans under way and texts that wait for their task go over; receipts stay given; what was held for the old person
       goes to the new one, reminders excepted: the list of all that is open says it.
    3. Leaves of the old person end, and with them what their deputies acted in; where the old person was somebody's
       deputy, the new one is.
    4. The old person, the supervisors and these deputies are told; the new one by `tell_successor`, or by the answer to
       the link.
    """
    old = work.people.get(handover.person_id)
    if old is None or not work.handovers.settle(handover.id, "done", new.id, now):
        return None
    drafts, pending = work.handovers.counts(old.id)
    posts = work.handovers.pass_posts(old.id, new.id, now)
    lost = work.handovers.pass_work(old.id, new.id)
    acts = _pass_leaves(work, handover, old, new, now)
    settle_acting(work, now)
    work.outbox.redirect(old.id, new, None, now)
    fresh = work.people.get(new.id)
    assert fresh is not None
    ids = dict.fromkeys(post.unit_id for post in posts if post.unit_id)
    units = tuple(unit.name for number in ids if (unit := work.notices.unit(number)))
    facts: dict[str, Any] = {"old": old.name, "new": new.name, "units": list(units)}
    work.history.add("handed_over", "person", old.id, now, by, drafts=lost, **facts)
    for number in ids:
        work.history.add("handed_over", "unit", number, now, by, **facts)
    people = {absence.person_id for absence in acts if absence.state == "running"}
    acted = {post.unit_id for post in fresh.posts if post.acting_for in people}
    waiting = tuple(o for o in open_of(work, fresh, now) if o.unit_id in acted | ids.keys())
    done = Passed(handover.id, old, fresh, units, waiting, drafts, pending, acts)
    _tell(work, handover, done, by, now)
    return done


def tell_successor(work: Work, done: Passed, now: datetime, waits: bool = True) -> None:
    """The one message with all that is open, in office hours; at once for who has just opened the link."""
    opens = work.office.next_open(now) if waits else now
    said = voice(done.new.lang or work.office.lang)
    work.outbox.put(
        f"desk:{done.handover_id}:{done.new.id}",
        done.new.chat_id,
        words.successor_message(
            said,
            done.old.name,
            done.units,
            done.waiting,
            (done.drafts, done.pending),
            done.acts,
            work.office.today(opens),
        ),
        kind="handover" if waits else "takeover",
        now=now,
        person_id=done.new.id,
        about=[o.id for o in done.waiting],
        not_before=opens,
    )


def _pass_leaves(work: Work, handover: Handover, old: Person, new: Person, now: datetime) -> tuple[Absence, ...]:
    """Returns the leaves in which the new person is the deputy from now on."""
    for absence in work.absences.of(old.id):
        stop(work, absence, "over", now)
        deputy = work.people.get(absence.deputy_id) if absence.deputy_id else None
        if absence.state == "running" and deputy and deputy.id != new.id and not deputy.unreachable:
            said = voice(deputy.lang or work.office.lang)
            message = words.deputy_relieved_message(said, old.name, new.name, absence)
            put_note(work, f"relieved:{handover.id}", deputy, message, now)
    covered = work.absences.covered_by(old.id)
    for absence in covered:
        work.absences.set_deputy(absence.id, new.id if absence.person_id != new.id else None)
    return tuple(absence for absence in covered if absence.person_id != new.id)


def _tell(work: Work, handover: Handover, done: Passed, by: int | None, now: datetime) -> None:
    if not done.old.unreachable and done.old.id != by:
        said = voice(done.old.lang or work.office.lang)
        put_note(work, f"handed:{handover.id}", done.old, words.old_message(said, done.new.name, done.units), now)
    for person in supervisors(work):
        if person.id in (by, done.new.id, done.old.id):
            continue
        said = voice(person.lang or work.office.lang)
        message = words.office_message(said, done.old.name, done.new.name, done.units, len(done.waiting))
        put_note(work, f"handed:{handover.id}", person, message, now)
