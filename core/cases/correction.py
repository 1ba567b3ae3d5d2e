"""Knows how a supervisor corrects a draft before it is assigned: one thing at a time, kept in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.cases.notice import draft, too_early
from core.cases.problem import Problem
from core.rules.notice.acts import correct_act, done
from core.rules.notice.answering import EarlyDay
from core.rules.notice.left_out import merged_unchanged
from core.rules.notice.model import Notice
from core.rules.people import Person
from core.rules.tasks import NoticeCard
from core.work import Work

OF_TASK = ("lead", "co", "due", "content", "split", "drop")
"""What of a task can be asked for; beside it merging, taking in again, the name of a unit and the date of the plans."""


def correct(
    work: Work, notice_id: int, what: str, about: str, text: str, by: Person, now: datetime, plan: str = ""
) -> NoticeCard:
    """The draft with one thing corrected. `about` is a task's ref or a unit's name, `plan` what a plan is called; `text` the
    new value: of "merge" the ref of the task it goes into, of "take_in" the words of what was left out.

    Raises Problem where the draft or the thing is gone, or the text can't be used; nothing is changed then.
    """
    card = draft(work, notice_id)
    year = work.office.today(now).year
    try:
        corrected = done(Notice.from_json(card.reading), correct_act(what, about, text, year, plan))
        reading = {**corrected.to_json(), "revises": card.revises}
    except KeyError as gone:
        raise Problem("correction.gone") from gone
    except EarlyDay as early:
        raise too_early(early) from early
    except ValueError as error:
        raise Problem(f"correction.wrong_{what}", text=str(error)[:40]) from error
    work.notices.save_reading(notice_id, reading, now)
    work.history.add("notice_corrected", "notice", notice_id, now, by.id, change=what, about=about, value=text[:500])
    return draft(work, notice_id)


def takes_back(card: NoticeCard, entry: dict[str, Any]) -> bool:
    """Whether taking in what was left out also undoes its merging: the task it went into wasn't changed since."""
    notice = Notice.from_json(card.reading)
    found = (
        e for e in notice.left_out if (e.task.ref, e.task.content) == (entry["task"]["ref"], entry["task"]["content"])
    )
    return any(merged_unchanged(notice, each) for each in found)
