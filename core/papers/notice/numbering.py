"""Knows the numbers that Word draws before paragraphs (一、（一）1. ①): they stand in no text, only in the format."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from core.rules.notice.numerals import written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographTraditional",
    "chineseLegalSimplified",
    "taiwaneseCounting",
    "ideographDigital",
)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    """Every number in this label is drawn in figures, whatever its own level's style."""


class Numbering:
    """Counts the numbered paragraphs in order; a list and a level have their own count, deeper levels start again."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._load(numbering)
        if styles is not None:
            self._load_styles(styles)

    def label(self, paragraph: Element) -> str:
        """What Word draws before this paragraph; empty where nothing is drawn."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        levels = self.levels.get(self.lists.get(list_id, ""), {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts[list_id]
        first = self.starts.get((list_id, depth), level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.style in ("bullet", "none") and "%" not in level.text:
            return ""

        def drawn(found: re.Match[str]) -> str:
            own = levels.get(int(found[1]) - 1, _Level())
            return _figure(counts.get(int(found[1]) - 1, own.start), "decimal" if level.legal else own.style)

        return re.sub(r"%(\d)", drawn, level.text)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.by_style.get(style.get(f"{_W}val", "")) if style is not None else None
        if own is None:
            return inherited
        list_id = _value(own, "numId") or (inherited[0] if inherited else "")
        depth = _value(own, "ilvl") or (str(inherited[1]) if inherited else "0")
        if list_id in ("", "0"):
            return None
        return list_id, int(depth) if depth.isdigit() else 0

    def _load(self, root: Element) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{_W}lvl"):
                depth = level.get(f"{_W}ilvl", "0")
                start = _value(level, "start") or "1"
                levels[int(depth) if depth.isdigit() else 0] = _Level(
                    int(start) if start.isdigit() else 1,
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    level.find(f"{_W}isLgl") is not None,
                )
            self.levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for each in root.iter(f"{_W}num"):
            list_id = each.get(f"{_W}numId", "")
            self.lists[list_id] = _value(each, "abstractNumId")
            for override in each.iter(f"{_W}lvlOverride"):
                start, depth = _value(override, "startOverride"), override.get(f"{_W}ilvl", "0")
                if start.isdigit() and depth.isdigit():
                    self.starts[(list_id, int(depth))] = int(start)

    def _load_styles(self, root: Element) -> None:
        for style in root.iter(f"{_W}style"):
            found = style.find(f"{_W}pPr/{_W}numPr")
            list_id = _value(found, "numId") if found is not None else ""
            if found is not None and list_id not in ("", "0"):
                depth = _value(found, "ilvl") or "0"
                self.by_style[style.get(f"{_W}styleId", "")] = (list_id, int(depth) if depth.isdigit() else 0)


def _value(parent: Element, name: str) -> str:
    found = parent.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _figure(value: int, style: str) -> str:
    if style in _CHINESE and 0 < value < 100:
        return written(value)
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < value <= 20:
        return chr(0x2460 + value - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        return chr((97 if style == "lowerLetter" else 65) + value - 1)
    if style == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(sign)) for sign in str(value))
    return str(value)
