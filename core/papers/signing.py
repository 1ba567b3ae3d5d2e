"""Knows where issuer and date of a paper that is to be stamped stand (GB/T 9704, 7.3.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

_DATE, _LEAST = 4.0, 2.0
"""Characters that the date, and whatever is longer, keep from the right edge."""


def sign_indents(lines: Sequence[str]) -> list[float]:
    """Each line's distance from the right edge in characters: the last is the date, the others stand centred above it."""
    if not lines:
        return []
    date = _breadth(lines[-1])
    indents = [_DATE + (date - _breadth(line)) / 2 for line in lines]
    return [indent + max(0.0, _LEAST - min(indents)) for indent in indents]


def _breadth(text: str) -> float:
    """Characters wide; figures and Latin letters are half of one."""
    return sum(1 if ord(character) > 0x2E7F else 0.5 for character in text)
