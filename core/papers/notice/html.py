"""Knows web pages: what a person sees of them as paragraphs and table rows; nothing is loaded or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from core.papers.notice.refusal import LINES, UnreadableNotice
from core.papers.notice.text import decoded
from core.rules.notice.shadow import Line, Place

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "iframe", "object", "select", "nav", "button"))
_BLOCKS = frozenset(
    "p div section article main header footer aside li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre center form "
    "fieldset figure figcaption address body html td th tr tbody thead tfoot caption hr".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROW = re.compile(r"<tr[\s/>]", re.IGNORECASE)
_TAGS = 500_000
"""Beginnings and ends of elements; a page of a hundred tasks has some thousand."""

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEP = 200
_SPAN = 60


def html_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row. Raises UnreadableNotice: encoding, broken, unsafe (nested too deep)."""
    text = _text(data)
    if len(_ROW.findall(text)) > LINES:
        raise UnreadableNotice("too_many_lines", limit=LINES)
    if text.count("<") > _TAGS:
        raise UnreadableNotice("unsafe", what="HTML")
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableNotice("broken", suffix=".html") from error
    reader = _Reader()
    reader.block(root, 0)
    reader.end()
    return reader.out


def _text(data: bytes) -> str:
    """As the page declares its encoding (gb2312 means what browsers take it for), else as a text file."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name.startswith("gb") else name
        try:
            text = data.decode(name)
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        except (LookupError, UnicodeDecodeError):
            pass  # the page says something untrue about itself
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(data))


class _Reader:
    def __init__(self) -> None:
        self.out: list[Line] = []
        self.parts: list[str] = []
        self.tables = 0

    def end(self) -> None:
        """What was gathered so far is a paragraph."""
        for text in "".join(self.parts).split("\n"):
            shown = text.strip(" ")
            if shown:
                self.out.append(Line(len(self.out) + 1, shown))
        self.parts = []

    def block(self, element: Any, depth: int) -> None:
        if depth > _DEEP:
            raise UnreadableNotice("unsafe", what="HTML")
        if len(self.out) > LINES:
            raise UnreadableNotice("too_many_lines", limit=LINES)
        self._add(element.text)
        numbers = _numbers(element)
        for child in element:
            if _seen(child):
                tag = child.tag
                if tag == "table" and _is_grid(child):
                    self.end()
                    self._table(child)
                elif tag == "br":
                    self.parts.append("\n")
                elif tag in _BLOCKS or tag == "table":
                    self.end()
                    self.parts.append(numbers.get(child, ""))
                    self.block(child, depth + 1)
                    self.end()
                else:
                    self.block(child, depth + 1)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(_SPACES.sub(" ", text))

    def _table(self, table: Any) -> None:
        self.tables += 1
        above: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(_rows(table), 1):
            if len(self.out) > LINES:
                raise UnreadableNotice("too_many_lines", limit=LINES)
            cells: list[str] = []
            for cell in row:
                _carry(cells, above)
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                text = _cell(cell)
                if down > 1:
                    above[len(cells)] = (down - 1, text)
                    for more in range(1, across):
                        above[len(cells) + more] = (down - 1, "")
                cells += [text] + [""] * (across - 1)
            _carry(cells, above)
            flat = "\t".join(cell.replace("\n", " ") for cell in cells)
            place = Place(table=self.tables, row=number)
            self.out.append(Line(len(self.out) + 1, flat, tuple(cells), self.tables, place))


def _carry(cells: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Cells that reach down from rows above, at the place that is next."""
    while len(cells) in above:
        column = len(cells)
        left, text = above.pop(column)
        cells.append(text)
        if left > 1:
            above[column] = (left - 1, text)
        if len(cells) > 1000:
            raise UnreadableNotice("unsafe", what="HTML")


def _seen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or "hidden" in element.attrib:
        return False
    return not _HIDDEN.search(element.get("style", ""))


def _is_grid(table: Any) -> bool:
    """A table of data; one that only holds the page in place has a table inside or a single column."""
    if table.find(".//table") is not None:
        return False
    return max((len(row) for row in _rows(table)), default=0) > 1


def _rows(table: Any) -> Iterator[list[Any]]:
    for row in table.iter("tr"):
        if _seen(row):
            yield [cell for cell in row if cell.tag in ("td", "th")]


def _cell(cell: Any) -> str:
    inner = _Reader()
    inner.block(cell, 0)
    inner.end()
    return "\n".join(line.text for line in inner.out)


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _SPAN if name == "colspan" else 5000)) if text.isdigit() and len(text) < 6 else 1


def _numbers(element: Any) -> dict[Any, str]:
    """The numbers that a browser draws before the items of an ordered list."""
    if element.tag != "ol" or element.get("type", "1") != "1":
        return {}
    start = element.get("start", "1")
    count = int(start) if start.isdigit() and len(start) < 5 else 1
    out = {}
    for item in element.iter("li"):
        if item.getparent() is element:
            own = item.get("value", "")
            count = int(own) if own.isdigit() and len(own) < 5 else count
            out[item] = f"{count}."
            count += 1
    return out
