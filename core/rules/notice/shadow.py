"""Knows the one form of a text in which patterns are searched: same length as the source, one script, one punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.rules.notice.script import SIMPLE

_FULL = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
_MARKS = dict(zip("\u3000\xa0﹒〈〉﹙﹚【】〔〕｢｣『』﹐﹑﹔﹕｡､∶︰﹣", "  .《》()[]()“”“”,、;:。、::-", strict=True))
_TABLE = str.maketrans({**_FULL, **_MARKS, **SIMPLE, "，": ",", "；": ";", "：": ":", "（": "(", "）": ")"})

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’…—·"
_GAP = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_SPACE = re.compile(r"\s+")
OPENING = "(（[【〔《〈“‘「『"
CLOSING = ")）]】〕》〉”’」』"
_OPENED = re.compile(f"[{re.escape(OPENING)}]")


@lru_cache(maxsize=4096)
def shadow(text: str) -> str:
    """The text with full-width signs as ASCII and traditional characters as simplified ones, position by position."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands on paper, as far as the file has such a thing: page and line, sheet or table and row."""

    page: int = 0
    line: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0

    def to_json(self) -> dict[str, int | str]:
        """Only what is known; empty where the line's number says it all."""
        known: dict[str, int | str] = {
            "page": self.page,
            "line": self.line,
            "sheet": self.sheet,
            "table": self.table,
            "row": self.row,
        }
        return {key: value for key, value in known.items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source (`number` counts from 1); a row of a table has its `cells`."""

    number: int
    text: str
    cells: tuple[str, ...] | None = None
    table: int = 0
    place: Place = Place()

    @property
    def flat(self) -> str:
        return shadow(self.text)


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def join(parts: list[str]) -> str:
    """Wrapped lines as one text: no space between Chinese characters, one between two words of Latin letters or figures."""
    out = ""
    for part in parts:
        piece = part.strip()
        if out and piece and _latin(out[-1]) and _latin(piece[0]) and not (out[-1].isdigit() and piece[0].isdigit()):
            out += " "
        out += piece
    return _GAP.sub("", out)


def _latin(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in ",.;:)")


def split_outside(text: str, marks: str) -> list[str]:
    """The pieces between the marks that stand outside brackets and quotation marks; unbalanced ones close at the end."""
    if not _OPENED.search(text):
        return re.split(f"[{re.escape(marks)}]", text)
    out, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in marks:
            out.append(text[start:place])
            start = place + 1
    out.append(text[start:])
    return out
