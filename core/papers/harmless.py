"""Knows which texts would do something in the program that opens them, and how they become texts that it only shows."""

from __future__ import annotations

import re
import unicodedata

_RUNS = ("=", "+", "-", "@", "|", "%")
"""How a cell begins that a spreadsheet program would take for a formula or a command."""

_BLANK = " \t\r\n\v\f\u3000\u200b\u200e\u200f\ufeff\xa0"
"""What some programs skip before they look for a formula."""


_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks of direction (UAX 9, 2): one that is left open turns all that follows round, 12 into 21."""


def straight(text: str) -> str:
    """The text without marks of direction; words of a script that is written from the right need none."""
    return _TURNS.sub("", text)


def runs(text: str) -> bool:
    """Whether some spreadsheet program would run a cell of this text; full-width signs count as their narrow ones."""
    first = unicodedata.normalize("NFKC", text.lstrip(_BLANK)[:1])
    return text[:1] in ("\t", "\r", "\n") or first.startswith(_RUNS)


def harmless(text: str) -> str:
    """The text as a spreadsheet shows but never runs it; control characters are left out."""
    clean = "".join(one for one in straight(text) if one in "\t\n\r" or unicodedata.category(one) != "Cc")
    return f"'{clean}" if runs(clean) else clean
