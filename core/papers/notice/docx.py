"""Knows Word files: paragraphs, tables with merged cells and the numbers that Word itself draws, as lines of text."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from core.papers.notice.numbering import Numbering
from core.papers.notice.refusal import UnreadableNotice
from core.rules.notice.shadow import Line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_MC}Fallback")
"""Elements whose text no reader of the document sees."""
_TORN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
_PART_LIMIT = 60 * 1024 * 1024
_RATIO_LIMIT = 200
_FILES_LIMIT = 5000


def docx_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row, counted from 1 as they stand. Raises UnreadableNotice; opens no link.

    Only the parts that hold text are unpacked, at most 60 MB each; a document type declaration or entity is refused.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _FILES_LIMIT:
                raise UnreadableNotice("unsafe", what="zip")
            if "word/document.xml" not in names:
                known = next((n.split("/")[0] for n in names if n.startswith(("xl/", "ppt/"))), "")
                suffix = {"xl": ".xlsx", "ppt": ".pptx"}.get(known, ".zip")
                raise UnreadableNotice("wrong_type", suffix=suffix)
            document = _part(archive, "word/document.xml")
            numbering = _part(archive, "word/numbering.xml") if "word/numbering.xml" in names else None
            styles = _part(archive, "word/styles.xml") if "word/styles.xml" in names else None
    except _TORN as error:
        raise UnreadableNotice("broken", suffix=".docx") from error
    except RuntimeError as error:
        raise UnreadableNotice("encrypted") from error
    body = document.find(f"{_W}body")
    if body is None:
        raise UnreadableNotice("broken", suffix=".docx")
    return _Reader(Numbering(numbering, styles)).lines(body)


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    info = archive.getinfo(name)
    if info.file_size > _PART_LIMIT or info.file_size > _RATIO_LIMIT * max(info.compress_size, 1) + 1_000_000:
        raise UnreadableNotice("unsafe", what="zip")
    with archive.open(name) as part:
        data = part.read(_PART_LIMIT + 1)
    if len(data) > _PART_LIMIT:
        raise UnreadableNotice("unsafe", what="zip")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableNotice("unsafe", what="XML") from error
    except (ParseError, LookupError, ValueError, RecursionError) as error:
        raise UnreadableNotice("broken", suffix=".docx") from error
    return root


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.out: list[Line] = []
        self.tables = 0

    def lines(self, body: Element) -> list[Line]:
        for block in _blocks(body):
            if block.tag == f"{_W}p":
                for text in self._paragraph(block).split("\n"):
                    self.out.append(Line(len(self.out) + 1, text))
            elif block.tag == f"{_W}tbl":
                self._table(block)
        return self.out

    def _paragraph(self, paragraph: Element) -> str:
        return self.numbering.label(paragraph) + "".join(_runs(paragraph))

    def _table(self, table: Element) -> None:
        self.tables += 1
        above: dict[int, str] = {}
        for row in table.iter(f"{_W}tr"):
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
            flat = "\t".join(cell.replace("\n", " ") for cell in cells)
            self.out.append(Line(len(self.out) + 1, flat, tuple(cells), self.tables))

    def _cell(self, cell: Element) -> str:
        parts = [self._paragraph(p) for p in cell.iter(f"{_W}p")]
        return "\n".join(part for part in parts if part.strip())


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(child)


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
        else:
            yield from _runs(child)


def _shape(cell: Element) -> tuple[int, str]:
    """(columns spanned, "" | "restart" | "continue" of a vertical merge)."""
    grid: Any = cell.find(f"{_W}tcPr/{_W}gridSpan")
    span = grid.get(f"{_W}val", "1") if grid is not None else "1"
    merge: Any = cell.find(f"{_W}tcPr/{_W}vMerge")
    merged = "" if merge is None else merge.get(f"{_W}val", "continue")
    return (max(1, int(span)) if span.isdigit() else 1), merged
