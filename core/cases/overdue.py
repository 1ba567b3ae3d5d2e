"""Knows who is late with what, as far as the person who asks may see it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.rules.obligations import COUNTED_KINDS, Obligation, State
from core.rules.overdue import Filters, grouped, leader_mark
from core.rules.scope import Scope
from core.rules.summary import Figures, figures, in_view, leader_order, overdue_only
from core.rules.tally import Cut, Section, by_leader, by_unit, pages, sections, total, under
from core.rules.tasks import Leader
from core.work import Wanted, Work

_COUNTED = (State.OPEN, State.HANDED_IN)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The whole list: `late` in reading order, and the figures of everything in view under the same filters.

    `day` counts as today.
    """

    filters: Filters
    day: date
    late: list[Obligation]
    total: Figures


@dataclass(frozen=True, slots=True)
class OverduePage:
    """One page of the list (`page` of `pages`, from 0), and the figures of all of it under the same filters.

    `sections` is the whole list by leader and unit, `cuts` what this page shows of it, `items` the obligations of
    these. `leaders` and `units` are what can be chosen as filters, with their overdue counts.
    `extended` is past its original date, but within the one that was agreed; it is asked for on the last page only.
    """

    filters: Filters
    day: date
    page: int
    pages: int
    sections: list[Section]
    cuts: list[Cut]
    items: list[Obligation]
    total: Figures
    leaders: list[tuple[Leader | None, int]]
    units: list[tuple[int, str, int]]
    coming: tuple[date, int] | None = None
    extended: list[Obligation] = field(default_factory=list)


def obligations_in(work: Work, scope: Scope, unit: int = 0, leader: str | None = None) -> list[Obligation]:
    """All that stands in the scope (of one unit, of one leader): what every list and figure is made of."""
    narrow = scope.units if not scope.everything and not scope.leaders else None
    if unit:
        narrow = (unit,) if narrow is None or unit in narrow else ()
    found = work.obligations.find(Wanted(unit_ids=narrow, leader=leader, kinds=COUNTED_KINDS, states=_COUNTED))
    return [obligation for obligation in found if scope.holds(obligation)]


def list_overdue(work: Work, scope: Scope, now: datetime, filters: Filters) -> Overdue:
    """The whole overdue list under these filters; of a past moment, where `work` and `now` are of then."""
    here = work.office.today(now)
    view = in_view(obligations_in(work, scope), here)
    return Overdue(
        filters=filters,
        day=here,
        late=grouped(o for o in overdue_only(view, here) if filters.holds(o)),
        total=figures((o for o in view if filters.holds(o)), here),
    )


def overdue_page(work: Work, scope: Scope, now: datetime, filters: Filters) -> OverduePage:
    """One page of that list, counted and cut by storage."""
    here, asked = work.office.today(now), filters
    scope, filters = _of_leader(work, scope, filters)
    tallies = work.tally.view(scope, here)
    late = [tally for tally in tallies if tally.figures.overdue]
    shown = sections(under(late, filters))
    cut = pages(shown)
    page = min(max(filters.page, 0), max(0, len(cut) - 1))
    cuts = cut[page] if cut else []
    held = under(tallies, filters)
    out = OverduePage(
        filters=asked.on(page),
        day=here,
        page=page,
        pages=max(1, len(cut)),
        sections=shown,
        cuts=cuts,
        items=_by_ids(work, work.tally.late_ids(scope, here, cuts, filters.kind) if cuts else []),
        total=total(tally.figures for tally in held),
        leaders=[(leader, f.overdue) for leader, f in by_leader(late)],
        units=[(unit_id, name, f.overdue) for unit_id, name, f in by_unit(late, late=True)],
    )
    if page < out.pages - 1:
        return out
    some = any(tally.extended for tally in held)
    extended = grouped(_by_ids(work, work.tally.extended_ids(scope, here))) if some else []
    coming = None if shown else _coming(work, scope, here, filters)
    return replace(out, coming=coming, extended=[o for o in extended if filters.holds(o)])


def late_of_leaders(work: Work, scope: Scope, now: datetime) -> list[tuple[Leader | None, int]]:
    """The leaders with something overdue to choose from, each with all that they head, first or not."""
    here = work.office.today(now)
    first = by_leader(work.tally.view(scope, here))
    names = {leader.name for leader, _ in first if leader}
    every = [*(leader for leader, _ in first), *(each for each in work.rolls.leaders() if each.name not in names)]
    out = []
    for leader in every:
        within, _ = _of_leader(work, scope, Filters(leader=leader_mark(leader)))
        f = total(t.figures for t in work.tally.view(within, here)) if within != scope else dict(first).get(leader)
        if f and f.overdue:
            out.append((leader, f.overdue))
    return sorted(out, key=lambda row: leader_order(row[0]))


def _of_leader(work: Work, scope: Scope, filters: Filters) -> tuple[Scope, Filters]:
    """A filter for a leader as the scope of all that they head: lists are counted under a task's first leader only."""
    known = (each for each in work.rolls.leaders() if leader_mark(each) == filters.leader) if filters.leader else ()
    leader = next(iter(known), None)
    return (replace(scope, within=leader.name), replace(filters, leader="")) if leader else (scope, filters)


def _by_ids(work: Work, ids: list[int]) -> list[Obligation]:
    """In the order of the ids."""
    found = {o.id: o for o in work.obligations.find(Wanted(ids=ids))} if ids else {}
    return [found[number] for number in ids]


def _coming(work: Work, scope: Scope, here: date, filters: Filters) -> tuple[date, int] | None:
    leader = None
    if filters.leader:
        names = ["", *(each.name for each in work.rolls.leaders())]
        leader = next((name for name in names if leader_mark(Leader(0, name)) == filters.leader), "?")
    return work.tally.coming(scope, here, filters.unit, leader, filters.kind)
