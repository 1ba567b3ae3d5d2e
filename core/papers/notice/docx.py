"""Knows Word files: paragraphs, tables with merged cells and the numbers that Word itself draws, as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from core.papers.notice.archive import Archive
from core.papers.notice.numbering import Numbering
from core.papers.notice.refusal import LINES, UnreadableNotice
from core.rules.notice.part_signs import OF_FONTS
from core.rules.notice.shadow import Line, Place

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ROW = re.compile(rb"<w:tr[\s/>]")
_PARAGRAPH = re.compile(rb"<w:p[\s/>]")
_MOST = 6 * LINES
"""Paragraphs, those in the cells of tables too."""

_CELLS = 10 * LINES
"""Cells of all tables, those that one cell spans counted as well."""

_UNSEEN = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_MC}Fallback", f"{_W}txbxContent")
"""Elements whose text no reader of the document sees."""


def docx_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row, counted from 1 as they stand, footnotes last. Raises UnreadableNotice; opens no link."""
    archive = Archive(data, ".docx")
    if "word/document.xml" not in archive.names:
        known = next((n.split("/")[0] for n in archive.names if n.startswith(("xl/", "ppt/"))), "")
        raise UnreadableNotice("wrong_type", suffix={"xl": ".xlsx", "ppt": ".pptx"}.get(known, ".zip"))
    if archive.count("word/document.xml", _ROW) > LINES or archive.count("word/document.xml", _PARAGRAPH) > _MOST:
        raise UnreadableNotice("too_many_lines", limit=LINES)
    document = archive.xml("word/document.xml")
    numbering, styles = archive.xml_if("word/numbering.xml"), archive.xml_if("word/styles.xml")
    body = document.find(f"{_W}body")
    if body is None:
        raise UnreadableNotice("broken", suffix=".docx")
    reader = _Reader(Numbering(numbering, styles))
    reader.body(body)
    notes = archive.xml_if("word/footnotes.xml")
    if notes is not None:
        reader.notes(notes)
    return reader.out


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.out: list[Line] = []
        self.tables = 0
        self.cells = 0

    def body(self, body: Element) -> None:
        for block in _blocks(body):
            if block.tag == f"{_W}tbl":
                self._table(block)
                continue
            for text in self._paragraph(block).split("\n"):
                self.out.append(Line(len(self.out) + 1, text))
            for box in _boxes(block):
                self.body(box)

    def notes(self, root: Element) -> None:
        """Footnotes stand after the text, each as a line of its own that belongs to no task."""
        for note in root.iter(f"{_W}footnote"):
            text = "".join("".join(_runs(p)) for p in note.iter(f"{_W}p")).strip()
            if text and note.get(f"{_W}type", "normal") == "normal":
                self.out.append(Line(len(self.out) + 1, f"注：{text}"))

    def _paragraph(self, paragraph: Element) -> str:
        return self.numbering.label(paragraph) + "".join(_runs(paragraph))

    def _table(self, table: Element) -> None:
        self.tables += 1
        above: dict[int, str] = {}
        for number, row in enumerate(table.iter(f"{_W}tr"), 1):
            cells: list[str] = []
            for cell in _cells(row):
                span, merged = _shape(cell)
                column = len(cells)
                text = above.get(column, "") if merged == "continue" else self._cell(cell)
                if merged:
                    above[column] = text
                else:
                    above.pop(column, None)
                cells += [text] + [""] * (min(span, 60) - 1)
            self.cells += len(cells)
            if self.cells > _CELLS:
                raise UnreadableNotice("too_many_lines", limit=LINES)
            flat = "\t".join(cell.replace("\n", " ") for cell in cells)
            place = Place(table=self.tables, row=number)
            self.out.append(Line(len(self.out) + 1, flat, tuple(cells), self.tables, place))

    def _cell(self, cell: Element) -> str:
        parts = [self._paragraph(p) for p in _paragraphs(cell)]
        return "\n".join(part for part in parts if part.strip())


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(child)


def _paragraphs(element: Element) -> Iterator[Element]:
    """Every paragraph inside, those of text boxes and inner tables too, but not the older copy of a text box."""
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        if child.tag != f"{_MC}Fallback":
            yield from _paragraphs(child)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes that hang on a paragraph; the older copy beside each (Fallback) says the same once more."""
    for child in paragraph:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != f"{_MC}Fallback":
            yield from _boxes(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _cells(child)


def _runs(element: Element) -> Iterator[str]:
    """The text as a reader sees it: deleted, hidden and alternative texts left out."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            yield "\t"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag in _UNSEEN or (tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None):
            continue
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}sym":
            yield _symbol(child)
        else:
            yield from _runs(child)


def _symbol(element: Element) -> str:
    """A sign that was taken out of a font of signs (Wingdings); those that mark nothing are left out."""
    code = element.get(f"{_W}char", "")[-2:]
    known = (element.get(f"{_W}font") or "").startswith("Wingdings") and re.fullmatch("[0-9A-Fa-f]{2}", code)
    return OF_FONTS.get(chr(0xF000 + int(code, 16)), "") if known else ""


def _shape(cell: Element) -> tuple[int, str]:
    """(columns spanned, "" | "restart" | "continue" of a vertical merge)."""
    grid: Any = cell.find(f"{_W}tcPr/{_W}gridSpan")
    span = grid.get(f"{_W}val", "1") if grid is not None else "1"
    merge: Any = cell.find(f"{_W}tcPr/{_W}vMerge")
    merged = "" if merge is None else merge.get(f"{_W}val", "continue")
    return (max(1, int(span)) if span.isdigit() else 1), merged
