"""Knows the font that pictures are written in, and how a text is broken to fit a width."""

from __future__ import annotations

import unicodedata
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from core.papers.fonts import font_file


@cache
def _known() -> frozenset[int]:
    return frozenset(FT2Font(str(font_file())).get_charmap())


def lettering(pixels: float) -> FontProperties:
    """The font at a size in pixels (pictures are drawn at 72 dots an inch, where a point is a pixel)."""
    return FontProperties(fname=str(font_file()), size=pixels)


def legible(text: str) -> str:
    """The text with characters that the font lacks shown as a box; emoji and control marks left out."""
    shown = []
    for character in " ".join(text.split()):
        if ord(character) in _known():
            shown.append(character)
        elif unicodedata.category(character) not in {"So", "Sk", "Cf", "Cc", "Mn", "Cs"}:
            shown.append("□")
    return "".join(shown).strip()


def breadth(text: str) -> float:
    """How wide a text is, in sizes of its font, a little on the safe side."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.62 for one in text)


_NOT_FIRST = "、，。；：？！）》】”’…,.;:?!)]}"
"""Marks that never begin a line."""


def broken(text: str, room: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of `room` font sizes each; what is left over ends in "…".

    Latin words stay whole where they fit, and the lines are evened out, so that no single character is left alone.
    """
    out = _filled(text, room, lines)
    while len(out) > 1 and not out[-1].endswith("…") and room > 2:
        narrower = _filled(text, room - 1, lines)
        if len(narrower) > len(out) or narrower[-1].endswith("…"):
            break
        out, room = narrower, room - 1
    return out


def _filled(text: str, room: float, lines: int) -> list[str]:
    out: list[str] = []
    rest = text.strip()
    while rest and len(out) < lines:
        cut = _cut(rest, room)
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest and out:
        last = out[-1]
        while last and breadth(last + "…") > room:
            last = last[:-1]
        out[-1] = last + "…"
    return out or [""]


def _cut(text: str, room: float) -> int:
    used = 0.0
    for place, character in enumerate(text):
        used += breadth(character)
        if used > room:
            return _break_before(text, place)
    return len(text)


def _break_before(text: str, place: int) -> int:
    """The last good place for a break at or before `place`."""
    space = text.rfind(" ", 0, place + 1)
    if space > 0 and text[space + 1 : place + 1].isascii():
        return space
    back = place
    while back > 1 and text[back] in _NOT_FIRST and place - back < 3:
        back -= 1
    return max(1, back)
