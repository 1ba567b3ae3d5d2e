"""Knows what calls for input cause by themselves: asking by the office's setting, one reminder, the text on the last day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from core.cases.collect import log, status, tell
from core.cases.collect_answer import give
from core.cases.desks import desk
from core.rules.calls import SETTING, Asked, Call, asks_on, co_units, reminds_on
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person
from core.rules.tasks import Unit
from core.words import collect as words
from core.words.voice import voice
from core.work import Wanted, Work

_AHEAD = 30
"""Calendar days within which the office's setting can reach: fifteen working days and the longest holiday."""


def due_calls(work: Work, now: datetime) -> int:
    """Everything about calls that is due now, in office hours only. Returns messages put.

    1. By the office's setting, co-units of reports whose day has come are asked, all that one person is asked in one
       message; the lead's desk hears of it in one message too.
    2. Who hasn't answered by the working day before the lead's is reminded, once.
    3. On the lead's own day the text is made of what there is.
    """
    office = work.office
    if not office.hours.is_open(now, office.calendar):
        return 0
    return _ask(work, now) + _remind(work, now) + _give(work, now)


def next_call(work: Work, now: datetime) -> date | None:
    """The next day on which one of these is due."""
    office, today = work.office, work.office.today(now)
    before = _days(work)
    days = [asks_on(o.chase, before, office.calendar) for o, _ in _to_ask(work, today)] if before else []
    waiting = work.calls.unanswered()
    running = work.calls.running()
    owed = _owed(work, [each.obligation_id for each in waiting] + [call.obligation_id for call in running])
    for each in waiting:
        if (o := owed.get(each.obligation_id)) and (day := _reminder_day(work, o, each)) and day >= today:
            days.append(day)
    answered = {each.call_id for each in work.calls.asked([call.id for call in running]) if each.input}
    days += [o.chase for c in running if c.id in answered and (o := owed.get(c.obligation_id)) and o.chase >= today]
    return min((max(day, today) for day in days), default=None)


def _days(work: Work) -> int:
    return int(work.office.settings.get(SETTING) or 0)


def _to_ask(work: Work, today: date) -> list[tuple[Obligation, list[Unit]]]:
    """Open reports, not overdue, for which nobody was asked and there is somebody to ask; with these units."""
    until = today + timedelta(days=_AHEAD)
    found = work.obligations.find(Wanted(kind=Kind.REPORT, states=[State.OPEN], due_until=until))
    known = work.calls.of([o.id for o in found])
    tasks = {task.id: task for task in work.notices.tasks()} if found else {}
    waiting = [(o, co_units(tasks[o.task_id], o.unit_id)) for o in found if o.chase >= today and o.id not in known]
    return [(o, units) for o, units in waiting if units]


def _ask(work: Work, now: datetime) -> int:
    days = _days(work)
    if not days:
        return 0
    office, today = work.office, work.office.today(now)
    people: dict[int, Person] = {}
    calls: defaultdict[int, list[tuple[Obligation, Call]]] = defaultdict(list)
    leads: defaultdict[int, list[Obligation]] = defaultdict(list)
    for o, units in _to_ask(work, today):
        if asks_on(o.chase, days, office.calendar) > today:
            continue
        call = work.calls.open(o.id, words.question(voice(office.lang), o), None, now)
        if call is None:
            continue
        asked = [unit for unit in units if desk(work, unit.id) and work.calls.ask(call.id, unit.id, now)]
        for unit in asked:
            for person in desk(work, unit.id):
                people[person.id] = person
                if (o, call) not in calls[person.id]:
                    calls[person.id].append((o, call))
        if asked:
            log(work, "call_sent", o, now, None, value="、".join(unit.name for unit in asked))
            for person in desk(work, o.unit_id):
                people[person.id] = person
                leads[person.id].append(o)
    said = sum(tell(work, people[number], rows, now) for number, rows in calls.items())
    return said + sum(_tell_lead(work, people[number], rows, now) for number, rows in leads.items())


def _tell_lead(work: Work, person: Person, owed: list[Obligation], now: datetime) -> int:
    """What was asked in the lead's name, in one message."""
    message = words.asked_by_itself(voice(person.lang or work.office.lang), owed)
    key = f"call:auto:{work.office.today(now):%Y%m%d}:{owed[0].id}:{person.id}"
    opens = work.office.next_open(now)
    return work.outbox.put(key, person.chat_id, message, kind="notice", now=now, person_id=person.id, not_before=opens)


def _remind(work: Work, now: datetime) -> int:
    today, said = work.office.today(now), 0
    waiting = work.calls.unanswered()
    owed = _owed(work, [each.obligation_id for each in waiting])
    due = [each for each in waiting if (o := owed.get(each.obligation_id)) and _reminder_day(work, o, each) == today]
    if not due:
        return 0
    calls = work.calls.of(list({each.obligation_id for each in due}))
    people: dict[int, Person] = {}
    rows: defaultdict[int, list[Asked]] = defaultdict(list)
    for each in due:
        for person in desk(work, each.unit_id):
            people[person.id] = person
            rows[person.id].append(each)
    for number, mine in rows.items():
        pairs = {each.obligation_id: (owed[each.obligation_id], calls[each.obligation_id]) for each in mine}
        said += tell(work, people[number], list(pairs.values()), now, again=True)
    # Whoever's day was full is not pursued: it was one gentle reminder, and this was its day.
    work.calls.reminded([each.id for each in due], now)
    return said


def _reminder_day(work: Work, obligation: Obligation, asked: Asked) -> date | None:
    office = work.office
    told = office.today(office.next_open(asked.asked_at))
    return reminds_on(obligation.chase, told, office.calendar)


def _give(work: Work, now: datetime) -> int:
    today, said = work.office.today(now), 0
    running = work.calls.running()
    owed = _owed(work, [call.obligation_id for call in running])
    for call in running:
        o = owed.get(call.obligation_id)
        if o is None or o.chase > today:
            continue
        there = status(work, o, now)
        if there.answered:
            said += give(work, there, now)
        elif o.chase < today:
            # Nothing came and the day is over: what comes later is passed on as it comes.
            work.calls.given(call.id, now)
    return said


def _owed(work: Work, ids: list[int]) -> dict[int, Obligation]:
    return {o.id: o for o in work.obligations.find(Wanted(ids=set(ids)))} if ids else {}
