"""Knows who is late with what, now or as of a past day, as far as the person who asks may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core.cases.problem import Problem
from core.rules.dates import DateUnclear, read_date
from core.rules.obligations import COUNTED_KINDS, Obligation, State
from core.rules.overdue import Filters, grouped
from core.rules.scope import Scope
from core.rules.summary import Figures, by_leader, by_unit, figures, in_view, next_due, overdue_only
from core.rules.tasks import Leader
from core.work import Wanted, Work

_COUNTED = (State.OPEN, State.HANDED_IN)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The list: `late` in reading order, and the figures of everything in view under the same filters.

    `day` counts as today; `leaders` and `units` are what can be chosen as filters, with their overdue counts.
    """

    filters: Filters
    day: date
    late: list[Obligation]
    total: Figures
    leaders: list[tuple[Leader | None, int]]
    units: list[tuple[int, str, int]]
    coming: tuple[date, int] | None
    extended: list[Obligation] = field(default_factory=list)
    """Past the original date, but within the one that was agreed."""


def obligations_in(work: Work, scope: Scope, now: datetime, day: date | None = None) -> list[Obligation]:
    """All that stands in the scope, now or at the end of a past day: what every list and figure is made of."""
    narrow = scope.units if not scope.everything and not scope.leaders else None
    wanted = Wanted(unit_ids=narrow, kinds=COUNTED_KINDS, states=_COUNTED)
    if day is None:
        found = work.obligations.find(wanted)
    else:
        midnight = work.office.hours.at(day + timedelta(days=1), time(0))
        found = work.obligations.as_of(midnight - timedelta(microseconds=1), wanted)
    return [obligation for obligation in found if scope.holds(obligation)]


def list_overdue(work: Work, scope: Scope, now: datetime, filters: Filters) -> Overdue:
    """The overdue list under these filters. Raises Problem for a day that hasn't come."""
    today = work.office.today(now)
    day = filters.day if filters.day != today else None
    if day is not None and day > today:
        raise Problem("overdue.future")
    everything = obligations_in(work, scope, now, day)
    here = day or today
    view = in_view(everything, here)
    late = overdue_only(view, here)
    return Overdue(
        filters=filters,
        day=here,
        late=grouped(o for o in late if filters.holds(o)),
        total=figures((o for o in view if filters.holds(o)), here),
        leaders=[(leader, f.overdue) for leader, f in by_leader(late, here)],
        units=[(unit_id, name, f.overdue) for unit_id, name, f in by_unit(late, here)],
        coming=next_due((o for o in everything if filters.holds(o)), here),
        extended=grouped(o for o in view if o.extended(here) and filters.holds(o)),
    )


def split_question(text: str, today: date) -> tuple[date | None, str]:
    """(day, name) of what stands behind /overdue: `2023-04-10`, `区发改局`, `4月10日 周砚秋`, `周砚秋 4.10`.

    A day without year is the last one of that name, since the list looks back. Raises Problem for a text with
    figures that is no date, and for a day that hasn't come.
    """
    words = text.split()
    for size in range(min(len(words), 4), 0, -1):
        for dated, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            day = _past(" ".join(dated), today)
            if day is not None:
                return day, " ".join(rest)
    if any(character.isdigit() for character in text):
        raise Problem("overdue.bad_date", text=text[:30])
    return None, " ".join(words)


def _past(text: str, today: date) -> date | None:
    try:
        day = read_date(text, today)
    except DateUnclear:
        return None
    if day > today and str(day.year) not in text and any(c.isdigit() for c in text):
        last = _year_before(day)
        # 11月20日 said in March is last November; 3月20日 said a week before is a day that hasn't come.
        day = last if (today - last).days <= 183 else day
    if day > today:
        raise Problem("overdue.future")
    return day


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
