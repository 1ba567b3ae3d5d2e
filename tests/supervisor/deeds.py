"""Knows what can happen in the hall's office: deeds of everybody's, drawn at random, each refused or carried out."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from core.cases import extension, finding, finding_note, inspection, inspection_round, leader_digest, units
from core.cases.adjust import change
from core.cases.classify import classify
from core.cases.people import undo_join
from core.cases.problem import Problem
from core.cases.receipts import receipt
from core.cases.report import store, store_plan, withdraw
from core.cases.review import accept, send_back
from core.cases.task_state import set_state
from core.ports import Source
from core.rules.obligations import Kind, State
from core.rules.people import Person, Post, Role
from core.rules.periods import Frequency
from core.work import Wanted, Work

from .hall import PEOPLE, Hall

Deed = Callable[[Work, random.Random, Hall], None]


def _person(work: Work, name: str) -> Person:
    person = work.people.by_telegram(PEOPLE[name][0])
    assert person is not None
    return person


def hand_in(work: Work, chance: random.Random, hall: Hall) -> None:
    person = _person(work, chance.choice(["wang", "li", "sun"]))
    owed = work.obligations.find(Wanted(unit_ids=person.unit_ids, states=[State.OPEN, State.HANDED_IN]))
    if not owed:
        return
    o, now, text = chance.choice(owed), hall.clock.now(), f"进展{chance.randrange(999)}，完成{chance.randrange(99)}%"
    source = Source(person.chat_id, 5000 + hall.updates)
    if o.kind is Kind.PLAN:
        store_plan(work, o, person, source, text, {3: text}, now)
    else:
        store(work, o, person, source, text, now)


def take_back(work: Work, chance: random.Random, hall: Hall) -> None:
    if reports := [r for r in work.reports.every() if r.withdrawn_at is None]:
        report = chance.choice(reports)
        person = work.people.get(report.person_id)
        assert person is not None
        withdraw(work, report.id, person, hall.clock.now())


def review(work: Work, chance: random.Random, hall: Hall) -> None:
    if reports := [r for r in work.reports.every() if r.withdrawn_at is None]:
        report = chance.choice(reports)
        if chance.random() < 0.5:
            accept(work, report.id, _person(work, "wen"), hall.clock.now())
        else:
            send_back(work, report.id, "请补充数字", _person(work, "wen"), hall.clock.now())


def extend(work: Work, chance: random.Random, hall: Hall) -> None:
    now = hall.clock.now()
    for asked, _ in extension.waiting(work):
        if chance.random() < 0.5:
            extension.agree(work, _person(work, chance.choice(["wen", "zhao"])), asked.id, None, now)
        else:
            extension.refuse(work, _person(work, "wen"), asked.id, "按期", now)
    person = _person(work, chance.choice(["wang", "li", "sun"]))
    if owed := extension.extendable(work, person):
        o = chance.choice(owed)
        day = max(o.chase, work.office.today(now)) + timedelta(days=chance.randrange(1, 20))
        extension.ask(work, person, o.id, f"{day.isoformat()} 等批复", Source(person.chat_id, 1), now)


def change_task(work: Work, chance: random.Random, hall: Hall) -> None:
    task = chance.choice(work.notices.tasks())
    what, value = chance.choice(
        [
            ("content", f"{task.content[:20]}（第{chance.randrange(999)}稿）"),
            ("lead", chance.choice(["区财政局", "区发改局", "区经信局"])),
            ("co", chance.choice(["区审计局", "蓝汀镇", "区经信局"])),
            ("unco", chance.choice(["区审计局", "蓝汀镇", "区发改局"])),
        ]
    )
    change(work, task, what, value, "分工调整", _person(work, "wen"), hall.clock.now())


def change_state(work: Work, chance: random.Random, hall: Hall) -> None:
    task = chance.choice(work.notices.tasks())
    new = chance.choice(["suspended", "active", "active", "done", "dropped"])
    set_state(work, task, new, "区里决定", _person(work, "wen"), hall.clock.now())


def renumber(work: Work, chance: random.Random, hall: Hall) -> None:
    """As a revised notice does: two tasks change places, and one is written anew for another leader."""
    one, other = chance.sample(work.notices.tasks(), 2)
    now = hall.clock.now()
    work.notices.renumber(one.notice_id, {one.id: other.ref, other.id: one.ref}, now)
    reading = {"number": "7", "content": f"修订{chance.randrange(999)}", "due": date(2023, 11, 30).isoformat()}
    leaders = [{"ordinal": 3, "name": "夏泉", "title": "副区长"}, {"ordinal": 2, "name": "周砚秋", "title": "副区长"}]
    position = chance.randrange(9)
    work.notices.revise_task(one.id, reading, leaders[: 1 + position % 2], position, True, now)


def set_frequency(work: Work, chance: random.Random, hall: Hall) -> None:
    ids = [task.id for task in work.notices.tasks() if chance.random() < 0.5]
    if ids:
        classify(work, ids, chance.choice(list(Frequency)), _person(work, "wen"), hall.clock.now())


def confirm(work: Work, chance: random.Random, hall: Hall) -> None:
    receipt(work, work.notices.active()[0].id, _person(work, chance.choice(["wang", "li", "sun"])), hall.clock.now())


def come_and_go(work: Work, chance: random.Random, hall: Hall) -> None:
    """A contact blocks the bot, comes back, leaves, or comes under a new name."""
    now, name = hall.clock.now(), chance.choice(["wang", "li", "sun"])
    person, number = _person(work, name), PEOPLE[name][0]
    match chance.randrange(4):
        case 0:
            work.people.mark_unreachable(number, "blocked", now)
        case 1:
            work.people.mark_reachable(person.id, now)
        case 2:
            if person.posts:
                undo_join(work, person.id, person.posts[0], _person(work, "wen"), now)
        case _:
            unit = chance.choice(work.notices.units()).id
            called = f"{name}{chance.randrange(99)}"
            work.people.join(number, number, called, Post(Role.CONTACT, unit), None, now)


def change_units(work: Work, chance: random.Random, hall: Hall) -> None:
    """A unit gets another name, goes into another, or gives some of its tasks to a new one."""
    now, by = hall.clock.now(), _person(work, "wen")
    here = [unit for unit in work.notices.units() if not unit.group]
    unit = chance.choice(here)
    match chance.randrange(4):
        case 0:
            units.merge(work, unit.id, chance.choice(here).id, by, now)
        case 1:
            mine = [task.id for task in work.notices.tasks_of_units([unit.id])]
            units.split(work, unit.id, f"新设{chance.randrange(999)}局", mine[:1], True, by, now)
        case _:
            units.rename(work, unit.id, f"{unit.name[:4]}{chance.randrange(99)}局", by, now)


def open_round(work: Work, chance: random.Random, hall: Hall) -> None:
    now, by = hall.clock.now(), _person(work, "wen")
    draft, found = inspection.start(work, by, "a", "", f"m{hall.updates}{chance.randrange(9999)}", now)
    able = [c.task.id for c in found if c.units]
    if not able:
        return
    draft = inspection.pick(work, by, draft.mark, chance.sample(able, min(3, len(able))), True, now)
    day = work.office.today(now) + timedelta(days=chance.randrange(3, 12))
    draft = inspection.set_ready(work, by, inspection.set_day(work, by, draft, day, now), "台账", now)
    inspection.open_round(work, by, draft.mark, inspection.preview(work, draft, now).digest, now)


def inspect(work: Work, chance: random.Random, hall: Hall) -> None:
    """Something is found, worded anew, marked otherwise, dated anew or taken back; a round is moved, called off or ended."""
    now, by = hall.clock.now(), _person(work, "wen")
    rounds = work.inspections.listed("open")
    if not rounds:
        open_round(work, chance, hall)
        return
    each = chance.choice(rounds)
    stops = work.inspections.stops(each.id)
    found = [f for here in work.inspections.findings(each.id).values() for f in here]
    match chance.randrange(9):
        case 0 | 1 | 2 | 3:
            stop, source = chance.choice(stops), Source(by.chat_id, 7000 + chance.randrange(9999))
            finding_note.forget(work, by)
            finding_note.look_at(work, by, stop.id, now)
            finding_note.take(work, by, source, f"台账缺失{chance.randrange(99)}", "", now)
            finding.record(work, by, stop.id, chance.choice(["mend", "note"]), None, source, now)
        case 4 if found:
            finding.reword(work, chance.choice(found).id, f"改了措辞{chance.randrange(99)}", by, now)
        case 5 if found:
            number, day = chance.choice(found).id, work.office.today(now) + timedelta(days=chance.randrange(9, 30))
            finding.redate(work, number, day, by, now)
        case 6 if found:
            one = chance.choice(found)
            finding.remark(work, one.id, "note" if one.mark == "mend" else "mend", by, now)
        case 7 if found:
            finding.withdraw(work, chance.choice(found).id, by, now)
        case 8:
            chance.choice([inspection_round.close, inspection_round.cancel])(work, each.id, by, now)
        case _:
            day = work.office.today(now) + timedelta(days=chance.randrange(1, 20))
            inspection_round.move(work, each.id, day, by, now)


def allow_digests(work: Work, chance: random.Random, hall: Hall) -> None:
    leader_digest.switch(work, _person(work, "wen"), chance.random() < 0.5, hall.clock.now())


DEEDS: tuple[Deed, ...] = (
    hand_in, hand_in, hand_in, take_back, review, review, extend, extend, change_task, change_state, renumber,
    set_frequency, confirm, come_and_go, change_units, change_units, open_round, inspect, inspect, inspect, inspect,
    allow_digests,
)  # fmt: skip


def something(hall: Hall, chance: random.Random) -> str:
    """One deed, in a transaction of its own. Returns what it was, and whether it was refused."""
    deed = chance.choice(DEEDS)
    try:
        hall.do(lambda work: deed(work, chance, hall))
    except Problem as problem:
        return f"{deed.__name__} refused: {problem.key}"
    return deed.__name__
