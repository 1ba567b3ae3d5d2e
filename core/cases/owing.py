"""Knows how an obligation arises with its ladder, and how its reminders are set when its date or state changes."""

from __future__ import annotations

from datetime import date, datetime

from core.rules.ladder import covered_at_birth, ladder_of, next_rung_date
from core.rules.obligations import Kind, Obligation
from core.work import Work


def owe(
    work: Work,
    task_id: int,
    unit_id: int,
    kind: Kind,
    period: str,
    due: date,
    now: datetime,
    period_from: date | None = None,
    asks: str = "",
) -> int | None:
    """The new obligation's id; None if it was owed already.

    1. The office's ladder of today is frozen with it: editing the ladder later changes no running promise.
    2. Rungs whose day has come are covered by the message that tells of it.
    """
    calendar = work.office.calendar
    ladder = ladder_of(work.office.settings, kind)
    covered = covered_at_birth(ladder, due, work.office.today(now), calendar)
    return work.obligations.owe(
        task_id,
        unit_id,
        kind,
        period,
        due,
        now,
        period_from=period_from,
        last_rung=covered,
        next_nudge_on=next_rung_date(ladder, due, covered, calendar),
        ladder=ladder,
        asks=asks,
    )


def set_nudges(work: Work, obligation: Obligation, now: datetime) -> None:
    """The ladder goes on behind today: who was just told, or just wrote to us, needs no reminder today."""
    calendar = work.office.calendar
    covered = covered_at_birth(obligation.ladder, obligation.chase, work.office.today(now), calendar)
    work.obligations.nudged(
        obligation.id, covered, next_rung_date(obligation.ladder, obligation.chase, covered, calendar)
    )


def silence(work: Work, obligation: Obligation) -> None:
    """No reminder goes out by itself any more."""
    work.obligations.nudged(obligation.id, obligation.last_rung, None)
