"""Knows how a briefing is set in Word, after GB/T 9704: red head and line, title, body, tables, signature, page numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from core.papers.official import (
    BODY,
    HEAD,
    TITLE,
    cell_at,
    fill,
    keep_with_next,
    lines_taken,
    named,
    new_document,
    page_numbers,
    row_shape,
    saved,
    spaced,
    table,
    write,
)
from core.papers.signing import sign_indents

_RED = "C00000"
_BODY_SIZE, _LINE = 16.0, 28.0
_AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split()
)
"""What follows a paragraph's borders (ECMA-376, CT_PPrBase)."""

_WIDTH = 156.0
"""Millimetres of text on a page: 210 less the margins of 28 and 26 (GB/T 9704, 5.2)."""

_WHOLE = 240.0
"""Points of text, about half a page, from which on a row may break across pages."""


def briefing_docx(data: Mapping[str, Any]) -> bytes:
    """A .docx of `{org, mark, title, to, blocks, sign}`; blocks are ["h", text], ["p", text], ["table", {…}]."""
    document = new_document(top=37, right=26, bottom=35, left=28)
    named(document, str(data["title"]), str(data["org"]))
    _head(document, data)
    for number, (kind, content) in enumerate(data["blocks"], 1):
        if kind == "table":
            _table(document, content)
        else:
            indent = 2 * _BODY_SIZE if data.get("lang", "zh") == "zh" else 0
            paragraph = spaced(document.add_paragraph(), line=_LINE, indent=indent)
            write(paragraph, content, _BODY_SIZE, HEAD if kind == "h" else BODY)
            last = number == len(data["blocks"])  # a signature never stands alone on a page
            bound = last or data["blocks"][number][0] == "table"  # nor what introduces a table without it
            paragraph.paragraph_format.keep_with_next = kind == "h" or bound
            paragraph.paragraph_format.keep_together = bound or None
    _sign(document, data["sign"])
    page_numbers(document)
    return saved(document)


def _head(document: WordDocument, data: Mapping[str, Any]) -> None:
    if data["org"]:
        write(spaced(document.add_paragraph(), after=4), data["org"], 20, TITLE, align="center", colour=_RED)
    mark = write(spaced(document.add_paragraph(), after=10), data["mark"], 36, TITLE, align="center", colour=_RED)
    _red_line(mark)
    size = 22 if len(data["title"]) <= 40 else 18
    write(spaced(document.add_paragraph(), before=26, after=20), data["title"], size, TITLE, align="center")
    write(spaced(document.add_paragraph(), line=_LINE), data["to"], _BODY_SIZE, BODY)


def _red_line(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", _RED)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Before what the schema puts behind it: Word and WPS call a file damaged whose elements are out of order.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _table(document: WordDocument, data: Mapping[str, Any]) -> None:
    """A table with a repeated head; `widths` are shares, `left` the columns that aren't centred."""
    shares, rows = data["widths"], data["rows"]
    size = 10.5 if data.get("small") else 12.0
    widths = [_WIDTH * share / sum(shares) for share in shares]
    made = table(document, widths, len(rows) + 1)
    left = set(data.get("left") or ())
    row_shape(made, 0, 9, head=True)
    for place, label in enumerate(data["head"]):
        fill(cell_at(made, 0, place), label, size, HEAD, align="center")
    keep_with_next(made, 0)  # a head alone at the foot of a page says nothing
    for number, row in enumerate(rows, 1):
        lines = max(lines_taken(text, width - 4, size) for text, width in zip(row, widths, strict=True))
        row_shape(made, number, 8, whole=lines * size < _WHOLE)
        last = bool(data.get("bold_last")) and number == len(rows)
        for place, text in enumerate(row):
            shown = "left" if place in left else "center"
            fill(cell_at(made, number, place), text, size, HEAD if last else BODY, align=shown)
    spaced(document.add_paragraph(), line=12)


def _sign(document: WordDocument, sign: list[str]) -> None:
    """Issuer and date at the right."""
    lines = [part for part in sign if part]
    for number, (text, indent) in enumerate(zip(lines, sign_indents(lines), strict=True)):
        paragraph = spaced(document.add_paragraph(), before=_LINE if number == 0 else 0, line=_LINE)
        write(paragraph, text, _BODY_SIZE, BODY, align="right")
        paragraph.paragraph_format.right_indent = Pt(indent * _BODY_SIZE)
        paragraph.paragraph_format.keep_with_next = number + 1 < len(lines)
