"""Knows how the lights of tasks are put together out of figures, plans, dates and what was handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from core.rules.lights import Light, TargetFigure, TargetLight, TaskLight, Times, counted, target_light, task_light
from core.rules.obligations import COUNTED_KINDS, Kind, Obligation, State
from core.rules.scope import Scope
from core.rules.targets_pace import goals_of
from core.rules.tasks import Task
from core.work import Wanted, Work
from core.work_counts import Aim, Standing

Lit = Task | Aim
"""A task whose light is asked for."""

_MANY = 100
"""Of more tasks than that the figures of the whole office are asked for."""


def light_of(work: Work, task: Task, now: datetime) -> TaskLight:
    """The light of one task."""
    wanted = Wanted(task_id=task.id, kinds=COUNTED_KINDS, states=[State.OPEN, State.HANDED_IN])
    return lights_of(work, [task], work.obligations.find(wanted), now)[task.id]


def lights_of(work: Work, tasks: Collection[Task], owed: Iterable[Obligation], now: datetime) -> dict[int, TaskLight]:
    """{task: its light} of what these tasks owe; of a past moment, where `work` and `now` are of then.

    1. Only confirmed figures set a light; a plan's months are those of the version that stood then.
    2. What is overdue of the reports outweighs every figure.
    """
    today = work.office.today(now)
    own: defaultdict[int, list[Obligation]] = defaultdict(list)
    for o in owed:
        own[o.task_id].append(o)
    figures = _figures(work, tasks)
    plans = _plans(work, [o for task in tasks if task.id in figures for o in own[task.id]])
    years = work.rolls.years()
    out = {}
    for task in tasks:
        times = _times(task, years.get(task.notice_id, today.year), today)
        targets, shared = _targets(task, figures.get(task.id, ()), plans, times)
        out[task.id] = _light(work, task, own[task.id], targets, shared, today)
    return out


def counted_lights(work: Work, scope: Scope, now: datetime) -> dict[Light, int]:
    """How many of the tasks in the scope have which light: those of `lights_of`, from no more than a count takes.

    Storage counts what is owed; plans are read of those tasks alone that have figures.
    """
    today = work.office.today(now)
    tasks, years, owed = work.rolls.aims(scope), work.rolls.years(), work.tally.standings(scope, today)
    figures = _figures(work, tasks)
    narrow = scope.units if not scope.everything and not scope.leaders else None
    filed = Wanted(kind=Kind.PLAN, task_ids=list(figures), unit_ids=narrow, states=[State.OPEN, State.HANDED_IN])
    plans = _plans(work, [o for o in (work.obligations.find(filed) if figures else ()) if scope.holds(o)])
    lights = []
    for task in tasks:
        times = _times(task, years.get(task.notice_id, today.year), today)
        targets, shared = _targets(task, figures.get(task.id, ()), plans, times)
        o = owed.get(task.id, Standing())
        lights.append(task_light(task.state, targets, o.late, o.done, False, shared).light)
    return counted(lights)


def worst(lights: Iterable[Light]) -> Light:
    """The light of several tasks together."""
    order = (Light.OVERDUE, Light.BEHIND, Light.UNCONFIRMED, Light.ON_TRACK, Light.OPEN, Light.DONE)
    here = set(lights)
    return next((light for light in order if light in here), Light.NONE)


def _figures(work: Work, tasks: Collection[Lit]) -> dict[int, list[TargetFigure]]:
    """{task: the figures for its targets}, of tasks that have any."""
    targeted = {task.id for task in tasks if task.targets}
    figures: dict[int, list[TargetFigure]] = {}
    for figure in work.figures.of_tasks(None if len(targeted) > _MANY else targeted) if targeted else ():
        if figure.task_id in targeted:
            figures.setdefault(figure.task_id, []).append(figure)
    return figures


def _plans(work: Work, owed: Sequence[Obligation]) -> dict[tuple[int, int], dict[int, str]]:
    """{(task, unit): the months of its plan}."""
    plans = {o.id: (o.task_id, o.unit_id) for o in owed if o.kind is Kind.PLAN}
    return {plans[number]: report.months for number, report in work.reports.latest(plans).items()}


def _times(task: Lit, year: int, today: date) -> Times:
    last = task.due or date(year, 12, 31)
    return Times(date(min(year, last.year), 1, 1), last, today)


def _targets(
    task: Lit, figures: Sequence[TargetFigure], plans: Mapping[tuple[int, int], dict[int, str]], times: Times
) -> tuple[list[tuple[int, TargetLight]], bool]:
    """The targets by unit, and whether several units gave figures for one."""
    goals = goals_of(task.targets, task.content)
    out: list[tuple[int, TargetLight]] = []
    shared = False
    for goal in goals:
        mine = [f for f in figures if f.target == goal.key]
        units = list(dict.fromkeys(f.unit_id for f in mine if f.value is not None))
        shared = shared or len(units) > 1
        for unit_id in units or [0]:
            series = [f for f in mine if f.unit_id == unit_id or not units]
            months = plans.get((task.id, unit_id), {})
            out.append((unit_id, target_light(goal, series, months, times, closed=not task.active)))
    return out, shared


def _light(
    work: Work,
    task: Task,
    owed: Sequence[Obligation],
    targets: Sequence[tuple[int, TargetLight]],
    shared: bool,
    today: date,
) -> TaskLight:
    done = [o for o in owed if o.state is State.HANDED_IN]
    late = any(o.done_at and work.office.local(o.done_at).date() > o.chase for o in done)
    return task_light(task.state, targets, sum(o.overdue(today) for o in owed), len(done), late, shared)
