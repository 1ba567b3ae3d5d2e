"""Knows how a notice is closed at the year's end: previewed, undone while nothing has gone out, quiet from then on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from core.cases.closing_rounds import end_rounds, not_visited, reopen_rounds, rounds_of
from core.cases.courtesy import within_budget
from core.cases.overdue import obligations_in
from core.cases.owing import set_nudges, silence
from core.cases.problem import Problem
from core.cases.summary import summarise
from core.rules.closing import Closing
from core.rules.obligations import Obligation, State
from core.rules.people import Person, Role
from core.rules.scope import Scope
from core.rules.summary import Summary, by_unit, figures
from core.rules.tasks import NoticeCard
from core.words.closing import group_message, thanks_message
from core.words.voice import voice
from core.work import Group, Wanted, Work
from core.work_history import Event

HOLD = timedelta(minutes=30)
"""Thanks and final summary wait this long, so that a closing can be undone before anybody has read of it."""

_ALL = Scope(everything=True)
_CLOSED = "notice closed"


@contextmanager
def looking_at(work: Work, notice_id: int) -> Iterator[NoticeCard]:
    """Everything asked within is asked of this notice alone, also after it was closed. Raises Problem for an unknown one."""
    card = work.notices.get(notice_id)
    if card is None or card.state not in ("active", "closed"):
        raise Problem("closing.unknown")
    work.notices.look_at(notice_id)
    try:
        yield card
    finally:
        work.notices.look_at(None)


def to_close(work: Work, notice_id: int) -> NoticeCard:
    """The notice, if it is in force. Raises Problem where it was closed meanwhile, or never was."""
    card = work.notices.get(notice_id)
    if card is None or card.state != "active":
        raise Problem("closing.closed_already" if card and card.state == "closed" else "closing.unknown")
    return card


def preview(work: Work, notice_id: int, now: datetime) -> Closing:
    """What would follow. Nothing is changed."""
    card = to_close(work, notice_id)
    others = any(other.id != card.id for other in work.notices.active())
    today = work.office.today(now)
    with looking_at(work, card.id):
        every = _begun(obligations_in(work, _ALL), today)
        tasks = work.notices.tasks(card.id)
        people = _people(work)
        asked = [each for each in work.extensions.asked() if any(o.id == each.obligation_id for o in every)]
    states = {state: sum(task.state == state for task in tasks) for state in ("active", "done", "suspended", "dropped")}
    units = by_unit(every, today)
    return Closing(
        card,
        states,
        figures(every, today),
        tuple(row for row in units if row[2].open),
        sum(o.state is State.HANDED_IN and o.reviewed is None for o in every),
        len(asked),
        tuple(people),
        len(work.groups.all()),
        not others,
        work.office.next_open(now + HOLD),
        rounds_of(work, card.id),
    )


def close(work: Work, notice_id: int, by: Person, now: datetime) -> Closing:
    """Closes it.

    1. Nothing that was not asked for goes out for it any more; what waits is dropped.
    2. Each contact and head gets one word of thanks, each group the final figures; both are held for `HOLD`.
    3. Open rounds of inspection end, or go on with another notice's tasks.
    4. Where no other notice is in force, the groups are unlinked.

    Raises Problem where somebody else closed it meanwhile.
    """
    found = preview(work, notice_id, now)
    dropped = work.outbox.drop_of_notice(notice_id, not found.last, _CLOSED, now)
    prefix = f"closing:{notice_id}:{int(now.timestamp())}:"
    with looking_at(work, notice_id):
        waiting = _open(work)
        summary = summarise(work, now)
        for person in found.people:
            _thank(work, prefix, found, person, now)
    for obligation in waiting:
        silence(work, obligation)
    rounds = end_rounds(work, found.rounds, by, now)
    work.notices.set_state(notice_id, "closed", now)
    groups = work.groups.all()
    for group in groups:
        _tell_group(work, prefix, found, group, summary, now)
        if found.last:
            work.groups.unlink(group.chat_id, now)
    work.history.add(
        "notice_closed",
        "notice",
        notice_id,
        now,
        by.id,
        prefix=prefix,
        groups=[[group.chat_id, group.topic_id, group.title] for group in groups if found.last],
        at=found.at.isoformat(),
        rounds=rounds,
        open=found.total.open,
        done=found.total.done,
        dropped=[[number, until.isoformat() if until else None] for number, until in dropped],
    )
    return found


def undo(work: Work, notice_id: int, by: Person, now: datetime) -> NoticeCard:
    """The notice is in force again as if it had not been closed. Raises Problem once anything of it has gone out."""
    card, event = work.notices.get(notice_id), closed_event(work, notice_id)
    if card is None or card.state != "closed" or event is None:
        raise Problem("closing.not_closed")
    if any(other.mark == card.mark for other in work.notices.active()):
        raise Problem("closing.other_since")
    if now >= datetime.fromisoformat(event.data["at"]) or not work.outbox.take_all_back(
        event.data["prefix"], "closing undone", now
    ):
        raise Problem("closing.too_late")
    work.notices.set_state(notice_id, "active", now)
    for chat_id, topic_id, title in event.data["groups"]:
        work.groups.link(chat_id, topic_id, title, by.id, now)
    with looking_at(work, notice_id):
        for obligation in _open(work):
            set_nudges(work, obligation, now)
    reopen_rounds(work, event.data.get("rounds", ()), by, now)
    opens = work.office.next_open(now)
    dropped = event.data.get("dropped", ())
    waiting = [(number, max(opens, datetime.fromisoformat(until) if until else now)) for number, until in dropped]
    work.outbox.bring_back(waiting, _CLOSED, now)
    work.history.add("notice_reopened", "notice", notice_id, now, by.id)
    return card


def closed_event(work: Work, notice_id: int) -> Event | None:
    """Who closed the notice when; None where it is in force."""
    events = [e for e in work.history.of("notice", notice_id) if e.what in ("notice_closed", "notice_reopened")]
    return events[-1] if events and events[-1].what == "notice_closed" else None


def _open(work: Work) -> list[Obligation]:
    return work.obligations.find(Wanted(states=[State.OPEN]))


def _begun(obligations: Sequence[Obligation], today: date) -> list[Obligation]:
    """Without what is owed for a period that had not begun: nobody failed to hand that in."""
    return [o for o in obligations if not o.open or o.period_from is None or o.period_from <= today]


def _people(work: Work) -> list[Person]:
    """Contacts and heads with a part in the notice in view."""
    people = work.people.with_role(Role.CONTACT, Role.HEAD)
    return [person for person in people if not person.unreachable and work.notices.tasks_of_units(person.unit_ids)]


def _thank(work: Work, prefix: str, found: Closing, person: Person, now: datetime) -> None:
    """One message, held until it can't be undone; who had the day's two gets it on the next working day."""
    office = work.office
    tasks = work.notices.tasks_of_units(person.unit_ids)
    owed = work.obligations.find(Wanted(unit_ids=person.unit_ids, states=[State.OPEN, State.HANDED_IN]))
    today = office.today(now)
    mine = figures(_begun(owed, today), today)
    work.outbox.put(
        f"{prefix}p{person.id}",
        person.chat_id,
        thanks_message(
            voice(person.lang or office.lang),
            found.card,
            len(tasks),
            mine,
            not_visited(work, found.rounds, person, now),
        ),
        kind="assignment",
        now=now,
        person_id=person.id,
        not_before=within_budget(work, person, found.at),
    )


def _tell_group(work: Work, prefix: str, found: Closing, group: Group, summary: Summary, now: datetime) -> None:
    message = group_message(voice(work.office.lang), work.office, found.card, summary, found.last)
    work.outbox.put(
        f"{prefix}g{group.id}",
        group.chat_id,
        message,
        kind="broadcast",
        now=now,
        topic_id=group.topic_id,
        not_before=found.at,
    )


def closed_of(work: Work, obligation_ids: Sequence[int]) -> dict[int, list[int]]:
    """{closed notice: which of these obligations are its}."""
    closed = set(work.notices.closed()) if obligation_ids else set()
    out: dict[int, list[int]] = {}
    for number, (notice, _, _) in work.obligations.places(obligation_ids).items() if closed else ():
        if notice in closed:
            out.setdefault(notice, []).append(number)
    return out
