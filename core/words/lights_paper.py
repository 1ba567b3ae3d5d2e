"""Knows how lights stand in a briefing: a paragraph, a table of what is behind its target, and the rows of a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.rules.lights import Light, TargetLight, TaskLight, counted
from core.rules.tasks import Task, short
from core.words.figures import goal_text, number, percent
from core.words.lights import explained, word
from core.words.voice import Voice

Lit = Sequence[tuple[Task, TaskLight]]

SIGNS = {
    Light.DONE: "complete",
    Light.ON_TRACK: "done",
    Light.BEHIND: "behind",
    Light.OVERDUE: "overdue",
}
"""The shape of each light in a picture; the others are an empty circle."""


def blocks(said: Voice, lit: Lit) -> list[list[Any]]:
    """How many tasks have which light, and the targets that are behind."""
    found = counted([light.light for _, light in lit])
    if not set(found) - {Light.NONE}:
        return []
    counts = said.plain("terms.comma").join(
        said.plain("lights.paper_cell", light=word(said, light), n=n) for light, n in found.items() if word(said, light)
    )
    out: list[list[Any]] = [["p", said.plain("lights.paper", cells=counts)]]
    rows = [
        _row(said, task, target)
        for task, light in lit
        if not light.shared
        for _, target in light.targets
        if _late(target)
    ]
    if rows:
        head = [said.plain(f"lights.col_{name}") for name in ("ref", "unit", "target", "done", "expected", "light")]
        table = {"head": head, "rows": rows, "widths": [1.9, 2.8, 3.7, 3.2, 2.4, 2.1], "left": [1, 2], "small": True}
        out += [["p", said.plain("lights.paper_behind", n=len(rows))], ["table", table]]
    return out


def cells(said: Voice, found: Mapping[Light, int]) -> list[list[str]]:
    """[[sign, 正常 12 项], …] of the lights that say something, for pictures: each a shape and a word."""
    return [
        [SIGNS.get(light, "waiting"), said.plain("lights.paper_count", light=word(said, light), n=n)]
        for light, n in found.items()
        if word(said, light)
    ]


def _late(target: TargetLight) -> bool:
    return target.light in (Light.BEHIND, Light.OVERDUE)


def _row(said: Voice, task: Task, t: TargetLight) -> list[str]:
    unit = t.goal.target.unit
    total = said.plain("lights.paper_none")
    if t.total is not None and t.share is not None:
        total = said.plain("lights.paper_total", total=number(t.total), unit=unit, share=percent(t.share))
    expected = "" if t.pace.expected is None else f"{number(t.pace.expected)}{unit}"
    lead = said.plain("terms.comma").join(unit.name for unit in task.leads)
    return [task.ref, lead, f"{t.goal.target.label}，{goal_text(said, t.goal)}", total, expected, word(said, t.light)]


def lit_rows(said: Voice, lit: Lit) -> list[dict[str, Any]]:
    """{name, state, note} of every task for the picture."""
    return [
        {
            "name": f"{task.ref} {short(task.content, 22)}",
            "state": SIGNS.get(light.light, "waiting"),
            "note": _note(said, light),
        }
        for task, light in lit
    ]


def lit_legend(said: Voice, lit: Lit) -> list[list[str]]:
    """[sign, words]: what each sign means and how many tasks have it."""
    found = counted([light.light for _, light in lit])
    return cells(said, {light: n for light, n in found.items() if light in SIGNS})


def _note(said: Voice, light: TaskLight) -> str:
    """滞后 修缮水渠 4公里/目标12公里; ↺ in words where it was made good."""
    parts = [word(said, light.light)]
    if light.made_good:
        parts.append(said.plain("lights.word_made_good"))
    if any(target.total is not None for _, target in light.targets):
        parts.append(explained(said, light))
    return " ".join(part for part in parts if part)
