"""Knows when the office finds a finished period's briefing ready: on the first working morning after it, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.cases.briefing import make_briefing
from core.cases.leader_digest import next_digest
from core.cases.office_people import supervisors
from core.rules.briefing import finished, span_of
from core.words.briefing import ready_message
from core.words.voice import voice
from core.work import Work

USEFUL = timedelta(days=10)
"""After downtime a briefing older than this isn't offered any more; `/briefing` still gives it."""


def due_briefings(work: Work, now: datetime) -> int:
    """Tells the office once that the briefing of the period that ended is ready. Returns how many messages.

    One message for month, quarter and half-year together. A period that ended before the notice was confirmed, or in
    which nothing was owed, has none.
    """
    office, today = work.office, work.office.today(now)
    month = finished(today)[-1]
    opening = _opening(work, today)
    last = work.history.last("briefing_ready")
    if now < opening or now - opening > USEFUL or (last is not None and str(last.data["period"]) >= month.key):
        return 0
    confirmed = work.history.last("notice_confirmed")
    if confirmed is None or office.today(confirmed.at) > month.last_day or not work.notices.any():
        return 0
    briefings = [make_briefing(work, span_of(period, today), now) for period in finished(today)]
    owed = any(briefing.total.all for briefing in briefings)
    work.history.add("briefing_ready", "office", office.id, now, period=month.key, said=owed)
    if not owed:
        return 0
    said = 0
    digests = next_digest(work, now)
    digests = digests if digests and office.today(digests) == today else None
    for person in supervisors(work):
        message = ready_message(voice(person.lang or office.lang), office, briefings, digests)
        key = f"briefing:{month.key}:{person.id}"
        said += work.outbox.put(key, person.chat_id, message, kind="digest", now=now, person_id=person.id)
    return said


def next_briefing(work: Work, now: datetime) -> datetime | None:
    """When the next briefing is ready (UTC); None where no notice is active."""
    if not work.notices.any():
        return None
    today = work.office.today(now)
    this = _opening(work, today)
    return this if this > now else _opening(work, (today.replace(day=28) + timedelta(days=7)).replace(day=1))


def _opening(work: Work, day: date) -> datetime:
    """The opening hour of the first working day of this day's month."""
    office = work.office
    return office.hours.opening(office.calendar.working_day_on_or_after(day.replace(day=1)))
