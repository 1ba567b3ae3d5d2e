"""Knows who is late with what, as far as the person who asks may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

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


def obligations_in(work: Work, scope: Scope) -> list[Obligation]:
    """All that stands in the scope: what every list and figure is made of."""
    narrow = scope.units if not scope.everything and not scope.leaders else None
    found = work.obligations.find(Wanted(unit_ids=narrow, kinds=COUNTED_KINDS, states=_COUNTED))
    return [obligation for obligation in found if scope.holds(obligation)]


def list_overdue(work: Work, scope: Scope, now: datetime, filters: Filters) -> Overdue:
    """The overdue list under these filters; of a past moment, where `work` and `now` are of then."""
    here = work.office.today(now)
    everything = obligations_in(work, scope)
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
