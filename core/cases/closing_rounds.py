"""Knows what becomes of open rounds of inspection when a notice is closed, and how that is undone.

1. A round in which nothing was found yet is called off; one with findings ends, and what is to be mended stays in the lists.
2. A round that also visits tasks of another notice in force goes on with these; what it had still to see of the closed one
   is taken out of it.
3. Who was told of a visit that will not take place reads so in the word of thanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.cases.problem import Problem
from core.rules.closing import RoundAtClose
from core.rules.inspection import Round
from core.rules.people import Person
from core.work import Work


def rounds_of(work: Work, notice_id: int) -> tuple[RoundAtClose, ...]:
    """The open rounds that visit tasks of this notice, with what closing it does to each."""
    in_force = {card.id for card in work.notices.active()} - {notice_id}
    out = []
    for found in work.inspections.listed("open"):
        stops = work.inspections.stops(found.id)
        notice_of = {task.id: task.notice_id for task in work.notices.tasks_by_id({s.task_id for s in stops})}
        mine = [stop for stop in stops if notice_of.get(stop.task_id) == notice_id]
        if not mine:
            continue
        findings = work.inspections.findings(found.id)
        unseen = tuple(stop for stop in mine if not findings.get(stop.id))
        carried = any(notice_of.get(stop.task_id) in in_force for stop in stops)
        fate = "carried" if carried else "closed" if findings else "cancelled"
        out.append(RoundAtClose(found, fate, len(mine), unseen))
    return tuple(out)


def end_rounds(work: Work, rounds: Sequence[RoundAtClose], by: Person, now: datetime) -> list[dict[str, Any]]:
    """Ends or carries them. Returns what `reopen_rounds` needs. Raises Problem where somebody else ended one meanwhile."""
    facts = []
    for each in rounds:
        number = each.round.id
        if each.fate == "carried":
            work.inspections.leave_out([stop.id for stop in each.unseen])
        elif not work.inspections.end(number, each.fate, now):
            raise Problem("inspect.changed_meanwhile")
        left = [[s.task_id, s.unit_id, s.position] for s in each.unseen] if each.fate == "carried" else []
        work.history.add(_EVENTS[each.fate], "inspection", number, now, by.id, notice_closed=True, left=len(left))
        facts.append({"round": number, "fate": each.fate, "left": left})
    return facts


def reopen_rounds(work: Work, facts: Sequence[dict[str, Any]], by: Person, now: datetime) -> None:
    """They are as they were before `end_rounds`."""
    for each in facts:
        if each["fate"] == "carried":
            work.inspections.put_back(each["round"], [tuple(stop) for stop in each["left"]])
        else:
            work.inspections.reopen(each["round"], each["fate"])
        work.history.add("inspection_reopened", "inspection", each["round"], now, by.id)


def not_visited(work: Work, rounds: Sequence[RoundAtClose], person: Person, now: datetime) -> list[Round]:
    """The rounds still to come of which this person was told, and which will not visit their units any more."""
    today = work.office.today(now)
    return [
        each.round
        for each in rounds
        if each.round.day >= today
        and any(stop.unit_id in person.unit_ids for stop in each.unseen)
        and any(
            said.state in ("sent", "waiting", "claimed", "uncertain")
            for said in work.outbox.by_key(f"inspection:{each.round.id}:{person.id}:")
        )
        and not (each.fate == "carried" and _still_visited(work, each, person))
    ]


_EVENTS = {
    "cancelled": "inspection_cancelled",
    "closed": "inspection_closed",
    "carried": "inspection_carried",
}


def _still_visited(work: Work, each: RoundAtClose, person: Person) -> bool:
    gone = {stop.id for stop in each.unseen}
    return any(s.unit_id in person.unit_ids and s.id not in gone for s in work.inspections.stops(each.round.id))
