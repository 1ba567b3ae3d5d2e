"""Knows which texts a spreadsheet program would run, and how they become texts that it only shows."""

from __future__ import annotations

import unicodedata

_RUNS = ("=", "+", "-", "@", "|", "%")
"""How a cell begins that a spreadsheet program would take for a formula or a command."""

_BLANK = " \t\r\n\v\f\u3000\u200b\u200e\u200f\ufeff\xa0"
"""What some programs skip before they look for a formula."""


def runs(text: str) -> bool:
    """Whether some spreadsheet program would run a cell of this text; full-width signs count as their narrow ones."""
    first = unicodedata.normalize("NFKC", text.lstrip(_BLANK)[:1])
    return text[:1] in ("\t", "\r", "\n") or first.startswith(_RUNS)


def harmless(text: str) -> str:
    """The text as a spreadsheet shows but never runs it; control characters are left out."""
    clean = "".join(one for one in text if one in "\t\n\r" or unicodedata.category(one) != "Cc")
    return f"'{clean}" if runs(clean) else clean
