"""Knows how figures read: what was understood below a report, the question, the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.rules.figures_said import Sense
from core.rules.lights import CONFIRMED, FIRST, REFUSED, TargetFigure, Understood
from core.rules.obligations import Obligation
from core.rules.targets_pace import Goal
from core.rules.tasks import Task, short
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.voice import Voice

CHOICES = 3
"""Figures of one report offered for one target; what is more is typed."""

ASKED = 2
"""Targets whose questions stand below one confirmation; the others come behind "correct"."""


def number(value: Decimal) -> str:
    """Without trailing zeros, at most four places behind the point."""
    text = f"{value.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """63% or 0.4%: what is less than one isn't nothing."""
    return f"{number(share.quantize(Decimal('0.1') if share < 10 else Decimal(1)))}%"


def goal_text(said: Voice, goal: Goal) -> str:
    """目标 12公里 / 不超过 20件 / 约 300亩（力争）"""
    text = said.plain(f"figures.goal_{goal.bound}", value=number(goal.target.value), unit=goal.target.unit)
    return said.plain("figures.aspired", goal=text) if goal.aspired else text


def amount(said: Voice, u: Understood, value: Decimal, sense: Sense) -> str:
    """累计 3公里 / 本期 2公里，累计 5公里; a rate stands alone."""
    unit = u.goal.target.unit
    if u.goal.level:
        return f"{number(value)}{unit}"
    if sense is Sense.STEP:
        return said.plain("figures.step", value=number(value), unit=unit, total=number(u.total(value, sense)))
    return said.plain("figures.total", value=number(value), unit=unit)


def rows(said: Voice, seen: Sequence[Understood]) -> list[Html]:
    """One line a target: what was understood and whether somebody stands behind it."""
    named = [u for u in seen if u.figure.waits or u.figure.by_id]
    none = [u for u in seen if not u.figure.waits and not u.figure.by_id]
    out = [_row(said, u) for u in named]
    if none:
        names = said.plain("terms.comma").join(short(u.goal.target.label, 14) for u in none)
        out.append(said("figures.none", names=names))
    return out


def _row(said: Voice, u: Understood) -> Html:
    f, label = u.figure, short(u.goal.target.label, 16)
    if f.state == REFUSED:
        return said("figures.row_refused", label=label, who=f.by)
    if f.value is None:
        return said("figures.row_choose", label=label, n=len(f.choices))
    sense = Sense.TOTAL if f.sense is Sense.UNSAID else f.sense
    values = {
        "label": label,
        "amount": amount(said, u, f.value, sense),
        "goal": goal_text(said, u.goal),
        "share": percent(100 * u.total(f.value, sense) / u.goal.target.value),
    }
    if u.asks_sense:
        return said("figures.row_sense", label=label, value=number(f.value), unit=u.goal.target.unit)
    if f.by_id:
        return said("figures.row_confirmed" if f.state == CONFIRMED else "figures.row_corrected", who=f.by, **values)
    return said("figures.row_unconfirmed", **values)


def buttons(said: Voice, seen: Sequence[Understood], report_id: int) -> list[tuple[Button, ...]]:
    """Yes to all that is clear, the questions about the rest, and the way to correct."""
    if not seen:
        return []
    out: list[tuple[Button, ...]] = []
    for u in [u for u in seen if u.figure.waits and not u.clear][:ASKED]:
        out += asking(said, u)
    last = [Button(said.plain("figures.ok"), f"fg:ok:{report_id}")] if any(u.clear for u in seen) else []
    known = any(u.figure.waits or u.figure.by_id for u in seen)
    last.append(Button(said.plain("figures.fix" if known else "figures.add"), f"fg:fix:{report_id}"))
    return [*out, tuple(last)]


def asking(said: Voice, u: Understood) -> list[tuple[Button, ...]]:
    """Total or this period's part, of each figure that may be meant."""
    f = u.figure
    if f.read is not None:
        return [_pair(said, u, FIRST, f.read, f.read_sense)]
    return [_pair(said, u, place, c.value, c.sense) for place, c in enumerate(f.choices[:CHOICES])]


def _pair(said: Voice, u: Understood, place: int, value: Decimal, sense: Sense) -> tuple[Button, ...]:
    senses = [sense] if sense is not Sense.UNSAID else [Sense.TOTAL, Sense.STEP]
    if u.goal.level or u.before is None:
        senses = [Sense.TOTAL]
    label = short(u.goal.target.label, 4) if len(senses) == 1 else ""
    return tuple(
        Button(fit_label(f"{label} {amount(said, u, value, each)}".strip()), f"fg:v:{u.figure.id}:{place}:{each[0]}")
        for each in senses
    )


def ask_message(said: Voice, u: Understood) -> Message:
    """Asks for the right figure; the answer is typed or pressed."""
    f, unit = u.figure, u.goal.target.unit
    rows_: list[object] = [
        bold(said("figures.ask", label=u.goal.target.label, goal=goal_text(said, u.goal))),
        _row(said, u) if f.waits or f.by_id else None,
    ]
    if u.before is not None and not u.goal.level:
        rows_.append(said("figures.before", value=number(u.before), unit=unit))
    rows_.append(said("figures.how_level" if u.goal.level else "figures.how", unit=unit))
    cells = asking(said, u) if f.waits else []
    return Message(lines(*rows_), (*cells, (Button(said.plain("figures.not_this"), f"fg:no:{f.id}"),)))


def which_message(said: Voice, seen: Sequence[Understood]) -> Message:
    """Which target's figure is wrong?"""
    several = len({u.figure.unit_id for u in seen}) > 1
    cells = [
        Button(
            fit_label(f"{short(u.goal.target.label, 14)} {u.figure.unit if several else ''}".strip()),
            f"fg:one:{u.figure.id}",
        )
        for u in seen[:12]
    ]
    return Message(lines(bold(said("figures.which")), *rows(said, seen)), tuple((cell,) for cell in cells))


def done_message(said: Voice, u: Understood) -> Message:
    return Message(
        lines(bold(said("figures.noted")), _row(said, u)),
        ((Button(said.plain("figures.fix"), f"fg:one:{u.figure.id}"),),),
    )


def changed_message(said: Voice, figure: TargetFigure, goal: Goal, o: Obligation, who: str) -> Message:
    """What the unit hears of a figure that the office changed."""
    return Message(
        lines(
            bold(said("figures.changed", item=terms.item(said, o, 14))),
            said("figures.changed_to", value=history(said, figure, goal), who=who),
        ),
        ((Button(said.plain("figures.fix"), f"fg:one:{figure.id}"),),),
    )


def history(said: Voice, figure: TargetFigure, goal: Goal) -> str:
    """修缮灌溉水渠 累计3公里, as it stands in the history."""
    label = short(goal.target.label, 16)
    if figure.value is None:
        return said.plain("figures.history_none", label=label)
    key = "figures.history_step" if figure.sense is Sense.STEP else "figures.history_total"
    return said.plain(key, label=label, value=number(figure.value), unit=goal.target.unit)


def task_message(said: Voice, task: Task, seen: Sequence[Understood]) -> Message:
    """The newest figures of a task, to be looked at and corrected."""
    if not seen:
        return Message(said("figures.task_none", ref=task.ref))
    return which_message(said, seen)
