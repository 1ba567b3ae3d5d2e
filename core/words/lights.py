"""Knows how lights read: a sign and a word, the figures behind it, how many tasks have which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.rules.lights import Light, TargetLight, TaskLight, counted
from core.rules.tasks import short
from core.words import terms
from core.words.figures import goal_text, number, percent
from core.words.html import Html, bold
from core.words.voice import Voice


def mark(said: Voice, light: TaskLight) -> str:
    """🟢 正常, with ↺ where it was made good after being late."""
    text = said.plain(f"lights.{light.light}")
    return said.plain("lights.made_good", light=text) if light.made_good else text


def word(said: Voice, light: Light) -> str:
    """正常: without the sign, for pictures and sheets."""
    return said.plain(f"lights.word_{light}")


def counts(said: Voice, lights: Iterable[TaskLight]) -> Html | None:
    """亮灯：🟢 正常 12 · 🟡 滞后 3 …; None where nothing has a light yet."""
    return counts_of(said, counted([light.light for light in lights]))


def counts_of(said: Voice, found: Mapping[Light, int]) -> Html | None:
    """The same of lights that were counted before."""
    if not set(found) - {Light.NONE}:
        return None
    cells = [said.plain("lights.count", light=said.plain(f"lights.{light}"), n=n) for light, n in found.items()]
    return said("lights.counts", cells=" · ".join(cells))


def task_rows(said: Voice, light: TaskLight, units: Mapping[int, str]) -> list[Html]:
    """The task's light, then each target with what stands behind it."""
    if light.light is Light.NONE and not light.targets:
        return []
    head = mark(said, light)
    if light.late:
        head = said.plain("lights.with_late", light=head, n=light.late)
    rows = [bold(head)]
    for unit_id, target in light.targets:
        row = target_row(said, target)
        rows.append(said("lights.of_unit", unit=units.get(unit_id, ""), row=row) if light.shared else row)
    if light.shared:
        rows.append(said("lights.shared"))
    return rows


def target_row(said: Voice, t: TargetLight) -> Html:
    """🟡 修缮灌溉水渠：累计3公里，目标12公里，25%；按计划应达5公里"""
    unit = t.goal.target.unit
    values = {"light": said.plain(f"lights.{t.light}"), "label": short(t.goal.target.label, 16)}
    goal = goal_text(said, t.goal)
    if t.total is None or t.point is None or t.share is None:
        row = said("lights.target_none", goal=goal, **values)
    else:
        key = "lights.target_level" if t.goal.level else "lights.target"
        row = said(key, goal=goal, total=number(t.total), unit=unit, share=percent(t.share), **values)
        row = row + said("lights.by", who=t.point.figure.by, period=terms.period(said, t.point.figure.period))
        if t.light in (Light.ON_TRACK, Light.BEHIND, Light.OVERDUE) and t.pace.expected is not None:
            row = row + said(f"lights.pace_{t.pace.source}", value=number(t.pace.expected), unit=unit)
        elif t.light is Light.OPEN and not t.goal.aspired:
            row = row + said("lights.no_pace")
    if t.made_good:
        row = row + said("lights.was_behind")
    if t.newest is not None and t.newest.value is not None:
        period = terms.period(said, t.newest.period)
        row = row + said("lights.newest", value=number(t.newest.value), unit=unit, period=period)
    elif t.newest is not None:
        row = row + said("lights.newest_open", period=terms.period(said, t.newest.period))
    return row


def explained(said: Voice, light: TaskLight) -> str:
    """The targets in one line of bare text, for sheets."""
    cells = []
    for _, t in light.targets:
        values = {"label": t.goal.target.label, "goal": goal_text(said, t.goal), "unit": t.goal.target.unit}
        if t.total is None or t.share is None:
            cells.append(said.plain("lights.cell_none", **values))
        else:
            cells.append(said.plain("lights.cell", total=number(t.total), share=percent(t.share), **values))
    return said.plain("lights.between").join(cells)
