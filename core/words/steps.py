"""Knows how long work reads while it lasts: what is being done, how far it has come, that it is over."""

from __future__ import annotations

from core.papers.steps import Step
from core.rules.tasks import short
from core.words.message import Message
from core.words.voice import Voice

_NAME = 40


def how_far(said: Voice, step: Step | None, seconds: float) -> str:
    """第 3/12 份（25%）; where nothing is known but the time: 已用 8 秒."""
    if step is None:
        return said.plain("steps.seconds", seconds=round(seconds))
    if not step.count:
        return said.plain(f"steps.{step.what}_only")
    return said.plain(f"steps.{step.what}", number=step.number, count=step.count, percent=step.percent)


def under_way(said: Voice, doing: str, name: str, step: Step | None, seconds: float, **values: object) -> Message:
    """doing: drawing | reading. It makes no sound: what is waited for does."""
    text = said(f"steps.{doing}", name=short(name, _NAME), step=how_far(said, step, seconds), **values)
    return Message(text, silent=True)


def over(said: Voice, doing: str, name: str) -> Message:
    """What stands in its place afterwards."""
    return Message(said(f"steps.{doing}_over", name=short(name, _NAME)), silent=True)
