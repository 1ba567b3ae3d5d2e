"""Knows how a doubt becomes a question: its sentence, its stable key, the choices that settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.rules.notice.model import Question
from core.words.voice import voice

OF_COLUMNS = ("column", "column_text", "column_units", "column_long")
"""Questions about a column of a table, one for all its rows."""

_SHOWN = 12


def listed(refs: Sequence[str]) -> str:
    """The refs that a question is about, as far as a phone shows them."""
    return "、".join(refs[:_SHOWN]) + ("…" if len(refs) > _SHOWN else "")


class Questions:
    """Makes questions in one language and keeps their keys apart."""

    def __init__(self, lang: str) -> None:
        self.voice = voice(lang)
        self.used: Counter[str] = Counter()

    def ask(
        self, kind: str, line: int, ref: str | None = None, options: tuple[str, ...] = (), **values: Any
    ) -> Question:
        base = f"{ref or 'notice'}:{kind}"
        if kind in OF_COLUMNS:  # answered in any order, by two people at once: the key says which column it is
            base = f"notice:column:{values['what']}"
        self.used[base] += 1
        key = base if self.used[base] == 1 else f"{base}:{self.used[base]}"
        text = self.voice.plain(f"notice.q_{kind}", ref=ref or "", line=line, **values)
        return Question(line, kind, text, key, ref, options, values)
