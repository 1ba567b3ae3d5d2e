"""Knows the counts and pages of a past moment: of what is loaded of then, by the rules that storage counts by now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from core.rules.obligations import COUNTED_KINDS, Kind, Obligation, State
from core.rules.overdue import grouped
from core.rules.scope import Scope
from core.rules.summary import in_view, next_due, overdue_only
from core.rules.tally import Counted, Cut, Tally, counted, tallied
from core.rules.tasks import Leader, Part, Task, Unit, ref_order
from core.work import Notices, Obligations, Wanted
from core.work_counts import Aim, Standing, TaskPage, UnitParts


class PastTally:
    def __init__(self, obligations: Obligations) -> None:
        self._obligations = obligations

    def view(self, scope: Scope, today: date, stage: date | None = None) -> list[Tally]:
        return tallied(self._in(scope), today, stage)

    def counted(self, scope: Scope, today: date, stage: date | None = None) -> Counted:
        return counted(self._in(scope), today, stage)

    def coming(
        self, scope: Scope, today: date, unit: int = 0, leader: str | None = None, kind: Kind | None = None
    ) -> tuple[date, int] | None:
        found = [o for o in self._in(scope) if (not unit or o.unit_id == unit) and (kind is None or o.kind is kind)]
        return next_due((o for o in found if leader is None or _name(o) == leader), today)

    def standings(self, scope: Scope, today: date) -> dict[int, Standing]:
        out: dict[int, Standing] = {}
        for o in self._in(scope):
            seen = out.get(o.task_id, Standing())
            out[o.task_id] = Standing(seen.late + o.overdue(today), seen.done + (not o.open))
        return out

    def late_ids(self, scope: Scope, today: date, cuts: Sequence[Cut], kind: Kind | None) -> list[int]:
        rows: dict[tuple[str, int], list[int]] = {}
        for o in grouped(overdue_only(in_view(self._in(scope), today), today)):
            if kind is None or o.kind is kind:
                rows.setdefault((_name(o), o.unit_id), []).append(o.id)
        return [number for cut in cuts for number in rows[cut.section.key][cut.start : cut.start + cut.n]]

    def extended_ids(self, scope: Scope, today: date) -> list[int]:
        return [o.id for o in in_view(self._in(scope), today) if o.extended(today)]

    def _in(self, scope: Scope) -> list[Obligation]:
        found = self._obligations.find(Wanted(kinds=COUNTED_KINDS, states=(State.OPEN, State.HANDED_IN)))
        return [o for o in found if scope.holds(o)]


class PastRolls:
    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    def leaders(self) -> list[Leader]:
        found: dict[str, Leader] = {}
        for task in self._notices.tasks():
            for leader in task.leaders:
                found.setdefault(leader.name, leader)
        return list(found.values())

    def units_in_tasks(self, leaders: Collection[str] | None, units: Collection[int] = ()) -> list[Unit]:
        found: dict[int, Unit] = {}
        for task in self._notices.tasks():
            theirs = leaders is None or task.led_by(leaders)
            for a in task.assignments:
                if theirs or a.unit.id in units:
                    found.setdefault(a.unit.id, a.unit)
        return list(found.values())

    def parts(self) -> list[UnitParts]:
        counts: dict[int, tuple[Unit, int, int]] = {}
        for task in self._notices.tasks():
            for a in task.assignments:
                _, lead, other = counts.get(a.unit.id, (a.unit, 0, 0))
                leads = a.part is Part.LEAD
                counts[a.unit.id] = (a.unit, lead + leads, other + (not leads))
        return [UnitParts(*row) for row in counts.values() if not row[0].group]

    def page_of_units(self, unit_ids: Collection[int], page: int, size: int) -> TaskPage:
        ids, parts = tuple(unit_ids), list(Part)
        tasks = self._notices.tasks_of_units(ids)
        tasks = sorted(tasks, key=lambda t: (parts.index(t.part_of(ids) or Part.LEAD), ref_order(t.ref)))
        held = [part for task in tasks if (part := task.part_of(ids)) is not None]
        return _page(tasks, page, size, {part: held.count(part) for part in Part if part in held})

    def page_of(self, leaders: Collection[str] | None, page: int, size: int) -> TaskPage:
        tasks = [t for t in self._notices.tasks() if leaders is None or t.led_by(leaders)]
        return _page(sorted(tasks, key=lambda t: ref_order(t.ref)), page, size, {})

    def aims(self, scope: Scope) -> list[Aim]:
        tasks = [task for task in self._notices.tasks() if scope.holds_task(task)]
        return [Aim(t.id, t.notice_id, t.content, t.due, t.targets, t.state) for t in tasks]

    def years(self) -> dict[int, int]:
        return {card.id: card.year for card in self._notices.active()}

    def has_part(self, task_id: int, unit_ids: Collection[int]) -> bool:
        return any(task.id == task_id for task in self._notices.tasks_of_units(tuple(unit_ids)))


def _name(o: Obligation) -> str:
    return o.leader.name if o.leader else ""


def _page(tasks: Sequence[Task], page: int, size: int, counts: dict[Part, int]) -> TaskPage:
    pages = max(1, -(-len(tasks) // size))
    page = min(max(page, 0), pages - 1)
    ids = tuple(task.id for task in tasks[page * size : (page + 1) * size])
    return TaskPage(ids, len(tasks), page, pages, counts)
