"""Knows the summary for the groups: previewed and sent by hand, by itself on its days, corrected where it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.cases.lights import counted_lights
from core.cases.naming import known_by
from core.cases.problem import Problem
from core.rules.people import Person
from core.rules.scope import Scope
from core.rules.summary import Summary
from core.rules.summary_times import LOOK_BACK, USEFUL, Slot, next_slot, past_slots
from core.rules.tally import summed
from core.words.message import Message
from core.words.summary import broadcast
from core.words.voice import voice
from core.work import Group, Work
from core.work_history import Event

_ALL = Scope(everything=True)
_GONE = ("failed", "dropped")
_AHEAD = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Last:
    """The last broadcast and, where its figures no longer hold, the summary that corrects it."""

    event: Event
    corrected: Summary | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What `/summary` shows before anything is sent. `mark` names the preview in its buttons."""

    summary: Summary
    groups: list[Group]
    mark: str
    at: datetime
    last: Last | None


def summarise(work: Work, now: datetime, stage: date | None = None, day: date | None = None) -> Summary:
    """The figures of the active notices. `day` (today if None) counts as today, with the facts as they are now.

    Raises Problem where no notice is active.
    """
    notices = work.notices.active()
    if not notices:
        raise Problem("summary.no_notice")
    title = notices[0].title if len(notices) == 1 else " ".join(known_by(card) for card in notices)
    counts = tuple(counted_lights(work, _ALL, now).items())
    return replace(summed(title, work.tally.counted(_ALL, day or work.office.today(now), stage)), lights=counts)


def preview(work: Work, now: datetime) -> Preview:
    """Raises Problem where no notice is active."""
    summary = summarise(work, now)
    mark = str(int(now.timestamp()))
    return Preview(summary, work.groups.all(), mark, _opening(work, now), last_broadcast(work, now))


def send(work: Work, by: Person, mark: str, digest: str, now: datetime) -> list[Group] | None:
    """Sends the previewed summary to every linked group, once; None where the figures changed since the preview.

    Raises Problem where no group is linked or the preview was sent already.
    """
    summary = summarise(work, now)
    if summary.digest != digest:
        return None
    groups = work.groups.all()
    if not groups:
        raise Problem("summary.no_group")
    prefix = f"summary:{_notice_id(work)}:manual:{mark}"
    if not _put(work, prefix, summary, groups, now):
        raise Problem("summary.sent_already")
    _log_sent(work, prefix, summary, None, now, by.id)
    return groups


def correct(work: Work, by: Person, mark: str, now: datetime) -> int:
    """Edits the last broadcast where it stands, in every group it went to. Returns how many.

    Raises Problem where there is nothing to correct (any more).
    """
    last = last_broadcast(work, now)
    if last is None or last.corrected is None:
        raise Problem("summary.nothing_to_correct")
    prefix = str(last.event.data["prefix"])
    count = 0
    for said in work.outbox.by_key(f"{prefix}:"):
        group = said.key.removeprefix(f"{prefix}:")
        if not group.isdigit() or said.state in _GONE:
            continue
        seen = said.state != "held"  # nobody saw a held one, so there is nothing to own up to
        message = _message(work, last.corrected, now if seen else None)
        key = f"{prefix}:{group}:fix:{mark}"
        # The courier edits what the row said, or says it anew where it never was said.
        count += work.outbox.put(key, said.chat_id, message, kind="broadcast", now=now, edits_id=said.id)
    if not count:
        raise Problem("summary.nothing_to_correct")
    stage = last.event.data.get("stage")
    _log_sent(work, prefix, last.corrected, date.fromisoformat(stage) if stage else None, now, by.id, last.event)
    return count


def last_broadcast(work: Work, now: datetime) -> Last | None:
    """The last broadcast if it is of the last 24 hours (or still waits for the office to open)."""
    event = work.history.last("summary_sent")
    if event is None or not event.data.get("prefix"):
        return None
    began = datetime.fromisoformat(event.data.get("began") or event.at.isoformat())
    if now - _opening(work, began) > USEFUL:
        return None
    stage = event.data.get("stage")
    there = summarise(work, now, date.fromisoformat(stage) if stage else None, date.fromisoformat(event.data["day"]))
    return Last(event, there if there.digest != event.data["digest"] else None)


def due_summaries(work: Work, now: datetime) -> int:
    """Puts what is due by itself at `now`. Returns how many messages; called again it puts nothing twice.

    1. The latest slot of each kind counts, once: the history remembers the slot, the key holds the group.
    2. A slot from before the notice was confirmed is nobody's.
    3. A slot missed for more than 24 hours is skipped and logged.
    4. Where nothing is owed, or nothing happened since a summary of the same day, nothing is said.
    """
    office, today = work.office, work.office.today(now)
    dues = work.obligations.due_dates(today - LOOK_BACK, today)
    out = 0
    for slot in past_slots(now, dues, office.calendar, office.hours):
        last = work.history.last(f"summary_{slot.kind}")
        if last is not None and str(last.data["slot"]) >= slot.key:
            continue
        confirmed = work.history.last("notice_confirmed")
        if confirmed is None or confirmed.at > slot.at or not work.notices.any():
            continue
        out += _say(work, slot, now)
    return out


def next_summary(work: Work, now: datetime, heard: bool = True) -> datetime | None:
    """When the next summary goes out by itself (UTC); None without notice, or without a group that would hear it."""
    office, today = work.office, work.office.today(now)
    if not work.notices.any() or (heard and not work.groups.all()):
        return None
    dues = work.obligations.due_dates(today - LOOK_BACK, today + _AHEAD)
    slot = next_slot(now, dues, office.calendar, office.hours)
    return slot.at if slot else None


def _say(work: Work, slot: Slot, now: datetime) -> int:
    groups, late = work.groups.all(), now - slot.at > USEFUL
    # To count a whole office for nobody would be the dearest part of a look.
    summary = summarise(work, now, slot.stage) if groups and not late else None
    if summary is None:
        what = "too_late" if late else "no_groups"
    elif not summary.total.all:
        what = "nothing_owed"
    else:
        what = "nothing_new" if _said_already(work, summary, now) else "sent"
    work.history.add(f"summary_{slot.kind}", "office", work.office.id, now, slot=slot.key, outcome=what)
    if summary is None or what != "sent":
        return 0
    prefix = f"summary:{_notice_id(work)}:{slot.kind}:{slot.key}"
    count = _put(work, prefix, summary, groups, now)
    _log_sent(work, prefix, summary, slot.stage, now)
    return count


def _said_already(work: Work, summary: Summary, now: datetime) -> bool:
    """The same figures went out today, or everything was done then and still is."""
    last = work.history.last("summary_sent")
    if last is None or last.data.get("figures") != summary.figures_digest:
        return False
    return not summary.total.open or work.office.today(last.at) == work.office.today(now)


def _put(work: Work, prefix: str, summary: Summary, groups: list[Group], now: datetime) -> int:
    message = _message(work, summary, None)
    return sum(
        work.outbox.put(
            f"{prefix}:{group.id}",
            group.chat_id,
            message,
            kind="broadcast",
            now=now,
            topic_id=group.topic_id,
            not_before=_opening(work, now),
        )
        for group in groups
    )


def _message(work: Work, summary: Summary, corrected_at: datetime | None) -> Message:
    office = work.office
    return broadcast(voice(office.lang), office, summary, office.local(corrected_at) if corrected_at else None)


def _log_sent(
    work: Work,
    prefix: str,
    summary: Summary,
    stage: date | None,
    now: datetime,
    by: int | None = None,
    first: Event | None = None,
) -> None:
    began = first.data.get("began") if first else now.isoformat()
    work.history.add(
        "summary_sent",
        "office",
        work.office.id,
        now,
        by,
        prefix=prefix,
        day=summary.day.isoformat(),
        digest=summary.digest,
        figures=summary.figures_digest,
        stage=stage.isoformat() if stage else None,
        began=began,
        corrected=first is not None,
    )


def _notice_id(work: Work) -> int:
    return max(card.id for card in work.notices.active())


def _opening(work: Work, now: datetime) -> datetime:
    return work.office.next_open(now)
