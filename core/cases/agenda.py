"""Knows when a tick has something to do next. Whatever a tick does for an office has its next moment here."""

from __future__ import annotations

from datetime import datetime

from core.cases.absence import next_absence
from core.cases.briefing_due import next_briefing
from core.cases.collect_due import next_call
from core.cases.handover import next_lapse
from core.cases.instruction import next_instruction_reminder
from core.cases.leader_digest import next_digest
from core.cases.receipts import next_receipt_reminder
from core.cases.retention import next_retention
from core.cases.summary import next_summary
from core.work import Work


def next_look(work: Work, now: datetime) -> datetime | None:
    """When a tick has to look at the office again, if nothing changes before; None: not until something does.

    Earlier than `next_moments` only where a summary has no group to go to: that it was due is noted all the same.
    """
    return min([*_summary(work, now, heard=False), *_others(work, now)], default=None)


def next_moments(work: Work, now: datetime) -> list[datetime]:
    """The next reminder's opening hour, the next summary, the next briefing, the next leave's day, the end of a handover's link, as moments (UTC)."""
    return [*_summary(work, now, heard=True), *_others(work, now)]


def _summary(work: Work, now: datetime, heard: bool) -> list[datetime]:
    found = next_summary(work, now, heard)
    return [found] if found else []


def _others(work: Work, now: datetime) -> list[datetime]:
    """Of everything but the summaries."""
    office = work.office
    out = []
    if briefing := next_briefing(work, now):
        out.append(briefing)
    if digest := next_digest(work, now):
        out.append(digest)
    if absence := next_absence(work, now):
        out.append(absence)
    if lapse := next_lapse(work):
        out.append(lapse)
    if clearing := next_retention(work, now):
        out.append(clearing)
    receipts = (next_receipt_reminder(work, now), next_instruction_reminder(work))
    days = (work.obligations.next_nudge_day(), *receipts, next_call(work, now))
    if day := min((day for day in days if day), default=None):
        opening = office.hours.opening(office.calendar.working_day_on_or_after(max(day, office.today(now))))
        out.append(opening if opening > now else office.next_open(now))
    return out
