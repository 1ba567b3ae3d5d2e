"""Knows what becomes of closed notices by the office's rule: said in chat, warned of, put off, carried out by the tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.cases.office_people import supervisors
from core.cases.problem import Problem
from core.rules.people import Person
from core.rules.retention import (
    ANONYMISE,
    DELETE,
    KEEP,
    LEAST_MONTHS,
    MOST_MONTHS,
    SETTING,
    Plan,
    Rule,
    days_of,
    months_after,
    rule_of,
)
from core.rules.tasks import NoticeCard
from core.words.retention import done_message, warning_message
from core.words.voice import voice
from core.work import Work
from core.work_clearing import Cleared
from core.work_history import Event


@dataclass(frozen=True, slots=True)
class Retention:
    """The office's rule (None: everything is kept) and what becomes of each closed notice."""

    rule: Rule | None
    plans: tuple[Plan, ...]


def retention(work: Work, now: datetime, rule: Rule | None = None) -> Retention:
    """As it stands, or as it would under this rule."""
    held = rule or rule_of(work.office.settings)
    ids = work.notices.closed()
    if not ids:
        return Retention(held, ())
    events = {what: _last(work, what, ids) for what in _EVENTS}
    cards = [card for number in ids if (card := work.notices.get(number))]
    return Retention(held, tuple(_plan(work, card, events, held, now) for card in cards))


def set_rule(work: Work, what: str, months: int, by: Person, now: datetime) -> Retention:
    """From now on this holds, for what is closed already too; a notice put off stays put off. Raises Problem."""
    rule = check(what, months)
    data = rule.to_data() if rule else None
    work.offices.set(SETTING, data)
    work.history.add("retention_set", "office", work.office.id, now, by.id, rule=what, months=months)
    found = retention(work, now, rule)
    return found if rule else Retention(None, tuple(_without_day(plan) for plan in found.plans))


def check(what: str, months: int) -> Rule | None:
    """The rule; None for keeping everything. Raises Problem for months that make no sense."""
    if what == KEEP:
        return None
    if what not in (ANONYMISE, DELETE):
        raise Problem("help.old_button")
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise Problem("retention.months_wrong", least=LEAST_MONTHS, most=MOST_MONTHS)
    return Rule(what, months)


def postpone(work: Work, notice_id: int, shown: date, months: int, by: Person, now: datetime) -> Plan:
    """Puts it off by months from the day that was shown. Raises Problem where somebody did so meanwhile, or it is over."""
    plan = _of(work, notice_id, now)
    if plan.on != shown:
        raise Problem("retention.moved")
    until = months_after(max(shown, work.office.today(now)), months)
    work.history.add("retention_postponed", "notice", notice_id, now, by.id, until=until.isoformat())
    work.clearing.look_again()
    return _of(work, notice_id, now)


def exempt(work: Work, notice_id: int, kept: bool, by: Person, now: datetime) -> Plan:
    """This notice is kept whatever the rule says, or follows it again. Raises Problem where it is so already."""
    plan = _of(work, notice_id, now)
    if plan.kept is kept:
        raise Problem("retention.moved")
    work.history.add("retention_postponed", "notice", notice_id, now, by.id, until=None if kept else "")
    work.clearing.look_again()
    return _of(work, notice_id, now)


def due_retention(work: Work, now: datetime) -> int:
    """Warns the supervisors of what is due in five working days; carries out what they were warned of. Messages put.

    1. In office hours only; nothing goes of which nobody could be warned.
    2. All that is to be warned of goes into one message, with the archive to take out and ways to put it off.
    3. A day later than the warning said, never earlier; one notice in a look, for it may be large.
    """
    office = work.office
    if rule_of(office.settings) is None or not office.hours.is_open(now, office.calendar):
        return 0
    found, today, people = retention(work, now), office.today(now), supervisors(work)
    assert found.rule is not None
    ripe = [plan for plan in found.plans if plan.warned and plan.on is not None and plan.on <= today]
    if ripe:
        return _carry_out(work, found.rule, ripe[0], people, now)
    young = [plan for plan in found.plans if not plan.warned and plan.warn_on is not None and plan.warn_on <= today]
    if not young or not people:
        return 0
    for plan in young:
        assert plan.on is not None
        on = plan.on.isoformat()
        work.history.add("retention_warned", "notice", plan.card.id, now, rule=found.rule.what, on=on, told=len(people))
    key = f"retention:{today:%Y%m%d}:{young[0].card.id}"
    return sum(
        work.outbox.put(
            f"{key}:{person.id}",
            person.chat_id,
            warning_message(voice(person.lang or office.lang), found.rule, young),
            kind="notice",
            now=now,
            person_id=person.id,
        )
        for person in people
    )


def next_retention(work: Work, now: datetime) -> datetime | None:
    """When the next warning or deed is due (UTC); None without rule or closed notice, or with nobody to warn."""
    office = work.office
    if rule_of(office.settings) is None:
        return None
    days = []
    for plan in retention(work, now).plans:
        if plan.on is not None:
            days.append(plan.on if plan.warned else plan.warn_on or plan.on)
    if not days or not supervisors(work):
        return None
    opening = office.hours.opening(office.calendar.working_day_on_or_after(max(min(days), office.today(now))))
    return opening if opening > now else office.next_open(now)


_EVENTS = ("notice_closed", "retention_warned", "retention_postponed", "notice_nameless")


def _last(work: Work, what: str, ids: Sequence[int]) -> dict[int, Event]:
    return {event.subject_id: event for event in work.history.those(what, "notice", ids)}


def _plan(work: Work, card: NoticeCard, events: dict[str, dict[int, Event]], rule: Rule | None, now: datetime) -> Plan:
    closed, warned, put_off, done = (events[what].get(card.id) for what in _EVENTS)
    office, today = work.office, work.office.today(now)
    closed_on = office.today(closed.at) if closed else today
    put_off = put_off if put_off and closed and put_off.at >= closed.at else None
    if put_off and put_off.data["until"] is None:
        return Plan(card, closed_on, None, kept=True, nameless=done is not None)
    if rule is None or closed is None or (done is not None and rule.what == ANONYMISE):
        return Plan(card, closed_on, None, nameless=done is not None)
    base = months_after(closed_on, rule.months)
    if put_off and put_off.data["until"]:
        base = max(base, date.fromisoformat(put_off.data["until"]))
    # A warning from before a supervisor's last word, on this notice or on the rule, warned of something else.
    word = work.history.last("retention_set")
    after = max(event.at for event in (closed, put_off, word) if event)
    if warned and warned.at > after and warned.data["rule"] == rule.what:
        promised = date.fromisoformat(warned.data["on"])
        if promised >= office.calendar.working_day_on_or_after(base):
            return Plan(card, closed_on, promised, warned=True, nameless=done is not None)
    warn_on, on = days_of(base, today, office.calendar)
    return Plan(card, closed_on, on, warn_on=warn_on, nameless=done is not None)


def _without_day(plan: Plan) -> Plan:
    return Plan(plan.card, plan.closed_on, None, kept=plan.kept, nameless=plan.nameless)


def _of(work: Work, notice_id: int, now: datetime) -> Plan:
    found = retention(work, now)
    plan = next((plan for plan in found.plans if plan.card.id == notice_id), None)
    if plan is None or found.rule is None:
        raise Problem("retention.moved")
    return plan


def _carry_out(work: Work, rule: Rule, plan: Plan, people: Sequence[Person], now: datetime) -> int:
    """The line that stays of it is written with the office, not with the notice."""
    office, card = work.office, plan.card
    closed = _last(work, "notice_closed", [card.id])[card.id]
    act = work.clearing.delete if rule.what == DELETE else work.clearing.make_nameless
    done: Cleared = act(card.id, closed.at, now)
    if rule.what == ANONYMISE:
        work.history.add("notice_nameless", "notice", card.id, now)
    work.history.add(
        "notice_cleared",
        "office",
        office.id,
        now,
        notice=card.id,
        title=card.title,
        number=card.number,
        year=card.year,
        closed_on=plan.closed_on.isoformat(),
        rule=rule.what,
        months=rule.months,
        tasks=done.tasks,
        reports=done.reports,
        messages=done.messages,
        people=done.people,
    )
    return sum(
        work.outbox.put(
            f"cleared:{card.id}:{rule.what}:{person.id}",
            person.chat_id,
            done_message(voice(person.lang or office.lang), rule, plan, done),
            kind="notice",
            now=now,
            person_id=person.id,
        )
        for person in people
    )
