"""Knows why what an old button or message is about is owed no more, so that the answer can say it."""

from __future__ import annotations

from collections.abc import Collection

from core.cases.naming import known_by
from core.cases.problem import Problem
from core.rules.people import Person
from core.work import Work


def why_gone(work: Work, person: Person, obligation_ids: Collection[int], otherwise: str) -> Problem:
    """Its notice is closed, its task done, suspended or dropped, or with another unit by now.

    `otherwise` is the sentence where none of this holds, or it never was this person's.
    """
    return _known(work, person, obligation_ids) or Problem(otherwise)


def check_gone(work: Work, person: Person, obligation_ids: Collection[int]) -> None:
    """Raises Problem where everything that a message was about is over for a reason that can be said."""
    if obligation_ids and (problem := _known(work, person, obligation_ids)):
        raise problem


def check_task(work: Work, person: Person, ref: str) -> None:
    """Raises Problem where the one task of this number that the person's units have is not under way."""
    found = [t for t in work.notices.tasks_named(ref) if t.part_of(person.unit_ids) is not None]
    if len(found) == 1 and not found[0].active:
        raise Problem(f"gone.{found[0].state}", ref=found[0].ref)


def _known(work: Work, person: Person, obligation_ids: Collection[int]) -> Problem | None:
    places = work.obligations.places(obligation_ids)
    mine = {task_id for _, task_id, unit_id in places.values() if unit_id in person.unit_ids or person.supervises}
    for task_id in sorted(mine):
        task = work.notices.task(task_id)
        card = work.notices.get(task.notice_id) if task else None
        if task is None or card is None:
            continue
        if card.state == "closed":
            return Problem("gone.closed", title=known_by(card), ref=task.ref)
        if not task.active:
            return Problem(f"gone.{task.state}", ref=task.ref)
        if not person.supervises and task.part_of(person.unit_ids) is None:
            names = " / ".join(unit.name for unit in task.leads)
            return Problem("gone.moved", ref=task.ref, units=names)
    return None
