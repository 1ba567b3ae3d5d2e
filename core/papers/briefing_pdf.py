"""Knows how a briefing is set as PDF: the same paper as in Word, with its fonts inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.papers.pdf import HEI, POINT, SONG, Pages
from core.papers.signing import sign_indents
from core.papers.steps import step

_RED = (192, 0, 0)
_BODY, _LINE = 16.0, 28.0


def briefing_pdf(data: Mapping[str, Any]) -> bytes:
    """A .pdf of the same data as `briefing_docx`; some ten to fifty kilobytes, for fonts are cut to what is used."""
    chinese = data.get("lang", "zh") == "zh"
    pages = Pages(top=37, right=26, bottom=35, left=28, latin=not chinese)
    pages.set_title(str(data["title"]).replace("\n", ""))
    pages.set_author(str(data["org"]))
    pages.set_lang("zh-CN" if chinese else "en")
    _head(pages, data)
    indent = 2 if chinese else 0
    sign = [text for text in data["sign"] if text]
    keeps = _keeps(pages, data["blocks"], (1 + len(sign)) * _LINE * POINT)
    for number, (kind, content) in enumerate(data["blocks"]):
        step("layout", number, len(data["blocks"]))
        if kind == "table":
            left = set(content.get("left") or ())
            pages.grid(content["head"], content["rows"], content["widths"], left, _size(content))
            pages.gap(12)
        else:
            font, keep = HEI if kind == "h" else SONG, keeps[number]
            pages.paragraph(content, font, _BODY, _LINE, indent=indent, keep=keep, whole=bool(keep))
    _sign(pages, sign)
    step("fonts")
    return bytes(pages.output())


def _keeps(pages: Pages, blocks: Sequence[Sequence[Any]], sign: float) -> list[float]:
    """Millimetres that must stay with each block: a heading's text, what introduces a table, the signature with the last text.

    A signature never stands alone on a page (GB/T 9704, 7.3.5.5).
    """
    keeps: list[float] = []
    following, below = sign, "sign"
    for kind, content in reversed(blocks):
        bound = kind == "h" or (kind == "p" and below in ("table", "sign"))
        keeps.insert(0, following if bound else 0.0)
        following = 2 * _LINE * POINT + keeps[0]
        if kind == "table":
            following = pages.least_of(content["head"], content["rows"], content["widths"], _size(content))
        below = kind
    return keeps


def _size(table: Mapping[str, Any]) -> float:
    """Points of a table's text."""
    return 10.5 if table.get("small") else 12.0


def _head(pages: Pages, data: Mapping[str, Any]) -> None:
    if data["org"]:
        pages.paragraph(data["org"], SONG, 20, 30, align="C", colour=_RED)
    pages.paragraph(data["mark"], SONG, 36, 52, align="C", colour=_RED)
    y = pages.get_y() + 2
    pages.set_draw_color(*_RED)
    pages.set_line_width(0.8)
    pages.line(pages.l_margin, y, pages.l_margin + pages.epw, y)
    pages.set_draw_color(0, 0, 0)
    pages.set_line_width(0.2)
    pages.gap(36)
    pages.paragraph(data["title"], SONG, 22 if len(data["title"]) <= 40 else 18, 34, align="C")
    pages.gap(20)
    pages.paragraph(data["to"], SONG, _BODY, _LINE)


def _sign(pages: Pages, lines: Sequence[str]) -> None:
    pages.gap(_LINE)
    for number, (text, indent) in enumerate(zip(lines, sign_indents(lines), strict=True)):
        keep = 10.0 * (len(lines) - 1 - number)
        pages.paragraph(text, SONG, _BODY, _LINE, align="R", right=indent, keep=keep)
