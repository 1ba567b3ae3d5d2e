"""Knows the light (亮灯) of a target and of a task: confirmed figures against the pace, reports against their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.rules.figures_said import Choice, Sense
from core.rules.targets_pace import NO_PACE, Bound, Goal, Pace, pace


class Light(StrEnum):
    """OPEN: there is a figure, but nothing tells how far it should be; NONE: nothing to go by yet."""

    DONE = "done"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    NONE = "none"


UNCONFIRMED, CONFIRMED, CORRECTED, REFUSED = "unconfirmed", "confirmed", "corrected", "refused"


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """What one version of a report says of one target, and what people said of that.

    `read` is what was read, `value` what stands: None where nothing does. `due` is the day on which the report of that
    period is owed and puts the figures in their order.
    """

    id: int
    report_id: int
    obligation_id: int
    task_id: int
    unit_id: int
    target: str
    due: date
    period: str
    read: Decimal | None
    text: str
    read_sense: Sense
    sure: bool
    choices: tuple[Choice, ...]
    at: datetime
    state: str = UNCONFIRMED
    value: Decimal | None = None
    sense: Sense = Sense.UNSAID
    by: str = ""
    by_id: int = 0
    said_at: datetime | None = None
    unit: str = ""

    @property
    def stands(self) -> bool:
        """A person's word is behind it."""
        return self.state in (CONFIRMED, CORRECTED)

    @property
    def waits(self) -> bool:
        """Somebody could still say whether it is right."""
        return self.state == UNCONFIRMED and (self.value is not None or bool(self.choices))


FIRST = -1
"""Stands for the figure that was read, where a number stands for one of its choices."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one target. `before` is the total of the periods before, None where there is no figure."""

    figure: TargetFigure
    goal: Goal
    before: Decimal | None = None

    @property
    def asks_sense(self) -> bool:
        """Whether somebody has to say if it is the total or this period's part."""
        open_sense = self.figure.sense is Sense.UNSAID and not self.goal.level
        return self.figure.waits and open_sense and self.before is not None

    @property
    def clear(self) -> bool:
        """One "yes" is enough."""
        return self.figure.waits and self.figure.value is not None and not self.asks_sense

    def total(self, value: Decimal, sense: Sense) -> Decimal:
        return (self.before or Decimal(0)) + value if sense is Sense.STEP and not self.goal.level else value


@dataclass(frozen=True, slots=True)
class Point:
    """The total after one period."""

    due: date
    total: Decimal
    figure: TargetFigure


def totals(figures: Sequence[TargetFigure], goal: Goal, trusting: bool = False) -> list[Point]:
    """The figures of one target as totals, in the order of the periods; a step adds to what was before.

    Only confirmed ones count, and a step behind an unconfirmed figure has no total. `trusting` takes the unconfirmed
    for granted: what a person would say yes to.
    """
    out: list[Point] = []
    so_far, gap = Decimal(0), False
    for figure in sorted(figures, key=lambda f: (f.due, f.id)):
        if not figure.stands and not (trusting and figure.waits):
            gap = gap or figure.waits
            continue
        if figure.value is None:
            continue
        step = figure.sense is Sense.STEP and not goal.level
        if step and gap:
            continue
        so_far, gap = (so_far + figure.value, gap) if step else (figure.value, False)
        out.append(Point(figure.due, so_far, figure))
    return out


@dataclass(frozen=True, slots=True)
class TargetLight:
    """How one target of one unit stands. `newest` is the unconfirmed figure behind which no light stands."""

    goal: Goal
    light: Light
    total: Decimal | None = None
    pace: Pace = NO_PACE
    point: Point | None = None
    newest: TargetFigure | None = None
    made_good: bool = False

    @property
    def share(self) -> Decimal | None:
        """Percent of the target."""
        return None if self.total is None else 100 * self.total / self.goal.target.value


@dataclass(frozen=True, slots=True)
class Times:
    """The days a pace is reckoned between, and today. `last` is the task's own date, else the year's end."""

    first: date
    last: date
    today: date


def target_light(
    goal: Goal, figures: Sequence[TargetFigure], months: Mapping[int, str], times: Times, closed: bool = False
) -> TargetLight:
    """The light of one target by the confirmed figures of one unit; nothing unconfirmed sets it."""
    points = totals(figures, goal)
    last_due = points[-1].due if points else date.min
    waits = [f for f in figures if f.waits and f.due >= last_due]
    waiting = max(waits, key=lambda f: (f.due, f.id), default=None)
    if not points:
        light = Light.UNCONFIRMED if waiting else Light.NONE
        open_still = not closed and not goal.aspired and goal.bound is not Bound.AT_MOST
        if times.today > times.last and open_still and waiting is None:
            light = Light.OVERDUE
        return TargetLight(goal, light, newest=waiting)
    lights = [(_at(goal, p, months, times), p) for p in points]
    (light, expected), point = lights[-1]
    if times.today > times.last and not goal.reached(point.total) and not goal.aspired and not closed:
        light = Light.OVERDUE
    if light is Light.ON_TRACK and goal.reached(point.total) and times.today > times.last:
        light = Light.DONE
    late = any(before is Light.BEHIND for (before, _), _ in lights[:-1])
    return TargetLight(
        goal, light, point.total, expected, point, waiting, late and light in (Light.ON_TRACK, Light.DONE)
    )


def _at(goal: Goal, point: Point, months: Mapping[int, str], times: Times) -> tuple[Light, Pace]:
    """The light that a total gives at the end of its period."""
    expected = pace(goal, months, point.due, times.first, times.last)
    if goal.reached(point.total):
        # A ceiling and a rate of growth are kept to only when the time is over.
        return (Light.ON_TRACK if goal.bound is Bound.AT_MOST or goal.growth else Light.DONE), expected
    if goal.aspired:
        return Light.OPEN, expected
    if goal.bound is Bound.AT_MOST:
        return Light.BEHIND, expected
    if expected.expected is None:
        return Light.OPEN, expected
    return (Light.ON_TRACK if point.total >= expected.expected else Light.BEHIND), expected


@dataclass(frozen=True, slots=True)
class TaskLight:
    """How a task stands. `late` counts what is overdue of its reports, `shared` marks targets that several units report."""

    light: Light
    targets: tuple[tuple[int, TargetLight], ...] = ()
    late: int = 0
    made_good: bool = False
    shared: bool = False

    @property
    def waiting(self) -> bool:
        """Figures wait for somebody's word."""
        return any(target.newest is not None for _, target in self.targets)


def task_light(
    state: str,
    targets: Sequence[tuple[int, TargetLight]],
    late: int,
    handed_in: int,
    handed_in_late: bool,
    shared: bool = False,
) -> TaskLight:
    """The light of a task: what is late first, then the worst target that is no mere aspiration.

    Done means completed by the office, or every such target reached. Where several units report on one target their
    figures are not added up, so that they set no light.
    """
    committed = [t.light for _, t in targets if not t.goal.aspired]
    lights = [] if shared else committed
    if state == "done":
        light = Light.DONE
    elif state != "active":
        light = Light.NONE
    elif late or Light.OVERDUE in lights:
        light = Light.OVERDUE
    elif Light.BEHIND in lights:
        light = Light.BEHIND
    elif lights and all(each is Light.DONE for each in lights):
        light = Light.DONE
    elif any(each in (Light.ON_TRACK, Light.DONE) for each in lights):
        light = Light.ON_TRACK
    elif Light.UNCONFIRMED in committed:
        light = Light.UNCONFIRMED
    elif Light.OPEN in lights or (targets and handed_in):
        light = Light.OPEN
    else:
        light = Light.ON_TRACK if handed_in else Light.NONE
    good = light in (Light.ON_TRACK, Light.DONE, Light.OPEN)
    made_good = good and (handed_in_late or any(t.made_good for _, t in targets))
    return TaskLight(light, tuple(targets), late, made_good, shared)


ORDER = (Light.ON_TRACK, Light.BEHIND, Light.OVERDUE, Light.DONE, Light.UNCONFIRMED, Light.OPEN, Light.NONE)


def counted(lights: Sequence[Light]) -> dict[Light, int]:
    """How many tasks have each light, in the order in which they are told; lights that nobody has are left out."""
    return {light: lights.count(light) for light in ORDER if light in lights}
