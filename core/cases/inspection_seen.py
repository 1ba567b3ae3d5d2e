"""Knows rounds of inspection as those see them who don't hold them: a leader their tasks, a desk its units, a group all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.cases.inspection_round import Sight, sight
from core.cases.problem import Problem
from core.rules.inspection import digest, mending
from core.rules.people import Person
from core.rules.scope import Scope
from core.words.inspection_paper import briefing_text
from core.words.message import Message
from core.words.voice import voice
from core.work import Group, Work


def rounds_seen(work: Work, scope: Scope, now: datetime, limit: int = 200) -> list[Sight]:
    """The rounds that were not called off, the newest first, each with the stops in this scope only."""
    found = [within(work, scope, each.id, now) for each in work.inspections.listed(limit=limit) if not _off(each.state)]
    return [seen for seen in found if seen.stops]


def within(work: Work, scope: Scope, round_id: int, now: datetime) -> Sight:
    """One round with the stops in this scope; none where it doesn't reach there. Raises Problem for no round."""
    seen = sight(work, round_id, now)
    if scope.everything:
        return seen
    tasks = {task.id: task for task in work.notices.tasks_by_id({stop.task_id for stop in seen.stops})}
    mine = [
        stop
        for stop in seen.stops
        if stop.unit_id in scope.units or (stop.task_id in tasks and tasks[stop.task_id].led_by(scope.leaders))
    ]
    return replace(seen, stops=mine, calls={})


def one_seen(work: Work, scope: Scope, round_id: int, now: datetime) -> Sight:
    """Raises Problem where nothing of the round is in this scope, or it was called off."""
    seen = within(work, scope, round_id, now)
    if not seen.stops or _off(seen.round.state):
        raise Problem("inspect.gone")
    return seen


def _off(state: str) -> bool:
    return state == "cancelled"


def group_preview(work: Work, round_id: int, now: datetime) -> tuple[Message, Sequence[Group], str]:
    """(exactly what the linked groups would read, the groups, the mark of these facts). Raises Problem."""
    seen = sight(work, round_id, now)
    if not seen.total.seen:
        raise Problem("inspect.nothing_seen")
    text = briefing_text(voice(work.office.lang), work.office, seen, now)
    return Message(text), work.groups.all(), _mark(seen)


def tell_groups(work: Work, round_id: int, by: Person, mark: str, now: datetime) -> Sequence[Group] | None:
    """Sends the briefing to every linked group in office hours, once; None where the facts changed since the preview.

    Raises Problem where no group is linked or these facts were sent already.
    """
    message, groups, fresh = group_preview(work, round_id, now)
    if fresh != mark:
        return None
    if not groups:
        raise Problem("summary.no_group")
    opens = work.office.next_open(now)
    told = [
        work.outbox.put(
            f"inspection_briefing:{round_id}:{mark}:{group.id}",
            group.chat_id,
            message,
            kind="broadcast",
            now=now,
            topic_id=group.topic_id,
            not_before=opens,
        )
        for group in groups
    ]
    if not any(told):
        raise Problem("summary.sent_already")
    work.history.add("inspection_told_groups", "inspection", round_id, now, by.id, groups=len(groups))
    return groups


def _mark(seen: Sight) -> str:
    found = [f for stop in seen.stops for f in seen.findings.get(stop.id, ())]
    return digest([(f.id, f.mark, f.text, mending(seen.owed.get(f.key), seen.today)) for f in found], seen.round.day)
