"""Knows how the plan form is drawn in Word: A4, one task a page, as the notice annexes it, fit to be stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.table import Table

from core.papers.official import BODY, HEAD, TITLE, fill, new_document, row_shape, saved, spaced, table, write

_WIDTHS = (30.5, 51.0, 30.5, 51.0)
_SIZE = 12.0
_PAGE_ROWS = 148.0
"""Millimetres that the month rows share, so that a form whose texts are short fills one page."""


def plan_docx(data: Mapping[str, Any]) -> bytes:
    """A .docx of `{forms: [{title, above, rows, month_head, months, sign, foot}]}`, one form a page.

    `above` and the cells of `rows` are [label, value]; `months` are [name, brief]. Raises ValueError without forms.
    """
    forms: Sequence[Mapping[str, Any]] = data["forms"]
    if not forms:
        raise ValueError("a paper needs at least one form")
    document = new_document(top=22, right=23, bottom=18, left=24)
    document.core_properties.title = str(forms[0]["title"])
    document.core_properties.author = ""
    for number, form in enumerate(forms):
        _form(document, form, last=number + 1 == len(forms))
    return saved(document)


def _form(document: WordDocument, form: Mapping[str, Any], last: bool) -> None:
    title = spaced(document.add_paragraph(), after=10)
    write(title, form["title"], 20 if len(form["title"]) <= 22 else 16, TITLE, align="center")
    for label, value in form["above"]:
        line = spaced(document.add_paragraph(), after=4)
        write(line, f"{label}：{value}", _SIZE, BODY)
    _table(document, form)
    write(spaced(document.add_paragraph(), before=12), form["sign"], _SIZE, BODY)
    foot = spaced(document.add_paragraph(), before=6)
    write(foot, form["foot"], 8, BODY, colour="7F7F7F")
    if not last:
        foot.add_run().add_break(WD_BREAK.PAGE)


def _table(document: WordDocument, form: Mapping[str, Any]) -> None:
    rows, months = form["rows"], form["months"]
    made = table(document, _WIDTHS, len(rows) + 1 + len(months))
    for number, cells in enumerate(rows):
        _field_row(made, number, cells)
    head = len(rows)
    row_shape(made, head, 9)
    _pair(made, head, form["month_head"][0], form["month_head"][1], brief_font=HEAD, align="center")
    least = min(15.0, _PAGE_ROWS / max(1, len(months)))
    for number, (name, brief) in enumerate(months, head + 1):
        # A long brief may break across pages; a row that had to stay whole could leave half a page empty.
        row_shape(made, number, least, whole=len(brief) < 300)
        _pair(made, number, name, brief)


def _field_row(made: Table, number: int, cells: Sequence[Sequence[str]]) -> None:
    """One field across the whole row, or two side by side."""
    if len(cells) == 1:
        label, value = cells[0]
        row_shape(made, number, 18 if len(value) > 30 or not value else 11, whole=len(value) < 300)
        _pair(made, number, label, value)
        return
    row_shape(made, number, 11)
    places = made.rows[number].cells
    for place, (label, value) in enumerate(cells[:2]):
        fill(places[place * 2], label, _SIZE, HEAD, align="center")
        fill(places[place * 2 + 1], value, _SIZE)


def _pair(made: Table, number: int, label: str, value: str, brief_font: str = BODY, align: str = "left") -> None:
    cells = made.rows[number].cells
    wide = cells[1].merge(cells[3])
    fill(cells[0], label, _SIZE, HEAD, align="center")
    fill(wide, value, _SIZE, brief_font, align=align)
