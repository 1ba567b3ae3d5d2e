"""Knows how what stands in view is counted by leader, unit and kind, and how the late ones are cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.obligations import Kind, Obligation
from core.rules.obligations import stage as stage_of
from core.rules.overdue import PAGE_LINES, Filters, leader_mark
from core.rules.summary import Figures, Stage, Summary, in_view, leader_order, next_due, stage_order, whole_stages
from core.rules.tasks import Leader, ref_key


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one unit under one leader, of one kind, as a day sees them.

    `first` is the `ref_key` of the first of them by ref, `first_late` that of the first overdue one ("" if none is).
    """

    leader: Leader | None
    unit_id: int
    unit: str
    kind: Kind
    figures: Figures
    first: str
    first_late: str = ""
    extended: int = 0

    @property
    def leader_name(self) -> str:
        return self.leader.name if self.leader else ""


@dataclass(frozen=True, slots=True)
class StageTally:
    """One kind and period with its figures over everything, not only over what is in view; `due` is its first date."""

    kind: Kind
    period: str
    due: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything in a scope as a day sees it, counted: what lists, cards and summaries put on top."""

    day: date
    tallies: list[Tally]
    stages: list[StageTally]
    coming: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class Section:
    """The overdue items of one unit under one leader: `n` of them."""

    leader: Leader | None
    unit_id: int
    unit: str
    n: int

    @property
    def key(self) -> tuple[str, int]:
        return self.leader.name if self.leader else "", self.unit_id


@dataclass(frozen=True, slots=True)
class Cut:
    """A section's part of a page: `n` items from the `start`-th on."""

    section: Section
    start: int
    n: int


def total(figures: Iterable[Figures]) -> Figures:
    """All of them together."""
    found = list(figures)
    return Figures(sum(f.done for f in found), sum(f.waiting for f in found), sum(f.overdue for f in found))


def tallied(obligations: Sequence[Obligation], today: date, stage: date | None = None) -> list[Tally]:
    """What is in view, by leader, unit and kind."""
    rows: dict[tuple[Leader | None, int, str, Kind], list[Obligation]] = {}
    for o in in_view(obligations, today, stage):
        rows.setdefault((o.leader, o.unit_id, o.unit, o.kind), []).append(o)
    return [
        Tally(
            *key,
            _figures(row, today),
            min(ref_key(o.ref) for o in row),
            min((ref_key(o.ref) for o in row if o.overdue(today)), default=""),
            sum(o.extended(today) for o in row),
        )
        for key, row in rows.items()
    ]


def stages_of(obligations: Sequence[Obligation], today: date, stage: date | None = None) -> list[StageTally]:
    """The stages that the view shows something of."""
    rows: dict[tuple[Kind, str], list[Obligation]] = {}
    for o in whole_stages(in_view(obligations, today, stage), obligations):
        rows.setdefault(stage_of(o), []).append(o)
    return [StageTally(*key, min(o.due for o in row), _figures(row, today)) for key, row in rows.items()]


def counted(obligations: Sequence[Obligation], today: date, stage: date | None = None) -> Counted:
    """What storage counts by itself, counted from the obligations: a past day is asked of these."""
    found = tallied(obligations, today, stage), stages_of(obligations, today, stage)
    return Counted(today, *found, next_due(obligations, today))


def summed(title: str, found: Counted) -> Summary:
    """The summary of what was counted."""
    ordered = sorted(found.stages, key=lambda s: stage_order(s.kind, s.due, s.period))
    return Summary(
        title=title,
        day=found.day,
        total=total(t.figures for t in found.tallies),
        leaders=tuple(by_leader(found.tallies)),
        stages=tuple((Stage(s.kind, s.period), s.figures) for s in ordered),
        late_units=len({t.unit_id for t in found.tallies if t.figures.overdue}),
        coming=found.coming,
    )


def under(tallies: Iterable[Tally], filters: Filters) -> list[Tally]:
    """Those that the filters hold."""
    return [t for t in tallies if holds(t, filters)]


def holds(tally: Tally, filters: Filters) -> bool:
    if filters.unit and tally.unit_id != filters.unit:
        return False
    if filters.leader and leader_mark(tally.leader) != filters.leader:
        return False
    return filters.kind is None or tally.kind is filters.kind


def by_leader(tallies: Iterable[Tally]) -> list[tuple[Leader | None, Figures]]:
    """Each leader's figures in the order of the notice; tasks without a leader come last."""
    rows: dict[str, list[Tally]] = {}
    for tally in tallies:
        rows.setdefault(tally.leader_name, []).append(tally)
    named = [(min((t.leader for t in row), key=leader_order), total(t.figures for t in row)) for row in rows.values()]
    return sorted(named, key=lambda row: leader_order(row[0]))


def by_unit(tallies: Iterable[Tally], late: bool = False) -> list[tuple[int, str, Figures]]:
    """(unit id, name, figures) in the order in which the units come up in the notice; `late`: with what is overdue."""
    rows: dict[int, list[Tally]] = {}
    for tally in tallies:
        rows.setdefault(tally.unit_id, []).append(tally)
    ordered = sorted(rows.values(), key=lambda row: (min(t.first_late if late else t.first for t in row), row[0].unit))
    return [(row[0].unit_id, row[0].unit, total(t.figures for t in row)) for row in ordered]


def sections(tallies: Iterable[Tally]) -> list[Section]:
    """What is overdue by leader and unit, as the notice orders them; never by how late it is."""
    rows: dict[tuple[str, int], list[Tally]] = {}
    for tally in tallies:
        if tally.figures.overdue:
            rows.setdefault((tally.leader_name, tally.unit_id), []).append(tally)
    ordered = sorted(
        rows.values(),
        key=lambda row: (leader_order(row[0].leader), min(t.first_late for t in row), row[0].unit, row[0].unit_id),
    )
    return [Section(row[0].leader, row[0].unit_id, row[0].unit, sum(t.figures.overdue for t in row)) for row in ordered]


def pages(ordered: Sequence[Section], lines: int = PAGE_LINES) -> list[list[Cut]]:
    """The sections in pages of at most `lines` lines, counting the headings of leader and unit on each page."""
    out: list[list[Cut]] = []
    used = lines + 1
    for section in ordered:
        start = 0
        while start < section.n:
            new_page = used >= lines or not out
            new_leader = new_page or out[-1][-1].section.leader != section.leader
            heads = 0 if not new_page and out[-1][-1].section is section else 1 + new_leader
            if not new_page and used + heads + 1 > lines:
                used = lines
                continue
            if new_page:
                out.append([])
                used = 0
            n = min(section.n - start, max(1, lines - used - heads))
            out[-1].append(Cut(section, start, n))
            used += heads + n
            start += n
    return out


def _figures(row: Sequence[Obligation], today: date) -> Figures:
    done, late = sum(not o.open for o in row), sum(o.overdue(today) for o in row)
    return Figures(done, len(row) - done - late, late)
