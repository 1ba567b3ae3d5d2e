"""Knows how an office's reminders are looked over: what should have been said and wasn't is put back in its queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.rules.ladder import next_rung_date
from core.rules.obligations import Obligation
from core.work import Wanted, Work

LATEST = timedelta(days=7)
"""Obligations that were due longer ago are on every list already; no reminder is made up for them."""


def mend_nudges(work: Work, now: datetime) -> int:
    """Puts reminders back that were noted as said today and are in no outbox, and rungs that got lost.

    They go out by the next tick, within hours and budget like any other. Returns how many obligations were mended.
    """
    return _unwritten(work, now) + _without_rung(work, now)


def _unwritten(work: Work, now: datetime) -> int:
    """Noted in the history, but no message about it exists."""
    events = {e.data["obligation"]: e for e in work.history.since("nudged", work.office.midnight(now))}
    missing = set(events) - work.watch.nudged_about(work.office.midnight(now))
    mended = 0
    for obligation in work.obligations.find(Wanted(ids=missing)) if missing else []:
        if not obligation.open or (obligation.next_nudge_on or work.office.today(now)) < work.office.today(now):
            continue
        rung = _index(obligation, events[obligation.id].data.get("rung", ""))
        if obligation.last_rung != rung:
            continue  # mended before, or on its next rung already
        work.obligations.nudged(obligation.id, rung - 1 if rung else None, work.office.today(now))
        _noted(work, "nudge_mended", obligation, now)
        mended += 1
    return mended


def _without_rung(work: Work, now: datetime) -> int:
    """Open, with a rung of its ladder still to come, and no day for it."""
    mended = 0
    ids = work.watch.silent(work.office.today(now) - LATEST)
    for obligation in work.obligations.find(Wanted(ids=ids)) if ids else []:
        day = next_rung_date(obligation.ladder, obligation.chase, obligation.last_rung, work.office.calendar)
        if day is not None and obligation.open:
            work.obligations.nudged(obligation.id, obligation.last_rung, day)
            _noted(work, "rung_mended", obligation, now)
            mended += 1
    return mended


def _noted(work: Work, what: str, obligation: Obligation, now: datetime) -> None:
    work.history.add(what, "task", obligation.task_id, now, obligation=obligation.id, period=obligation.period)


def _index(obligation: Obligation, name: str) -> int:
    return next((i for i, rung in enumerate(obligation.ladder) if rung.name == name), -1)
