"""Knows how a list says which notice its numbers belong to, where several are in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.words.html import Html, lines
from core.words.message import Message
from core.words.voice import Voice

Legend = Sequence[tuple[str, str]]
"""(mark or "", title) of each notice in force; empty where there is one only."""


def legend_row(said: Voice, legend: Legend) -> Html | None:
    """编号带“24·”的属《…》，不带的属《…》"""
    if not legend:
        return None
    rows = [said("naming.marked" if mark else "naming.plain", mark=mark, title=title) for mark, title in legend]
    return said("naming.legend", rows=Html(said.plain("terms.clause").join(rows)))


def below(said: Voice, message: Message, legend: Legend) -> Message:
    """The message with the legend as its last line."""
    row = legend_row(said, legend)
    return replace(message, text=lines(message.text, row)) if row else message
