"""Knows how the plan form is drawn in Word: A4, one task a page, as the notice annexes it, fit to be stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.table import Table

from core.papers.official import (
    BODY,
    HEAD,
    TITLE,
    cell_at,
    fill,
    joined,
    keep_with_next,
    lines_taken,
    named,
    new_document,
    row_shape,
    saved,
    spaced,
    table,
    write,
)
from core.papers.steps import step

_WIDTHS = (30.5, 51.0, 30.5, 51.0)
_SIZE = 12.0
_PAGE = 257.0
"""Millimetres between the margins of a page."""

_MONTH = (9.0, 15.0)
"""The least that a month's row takes, and what it has where there is room, in millimetres."""

_LINE = 5.6
"""Millimetres of a line of text."""

_WHOLE = 300
"""Characters from which on a row may break across pages: one that had to stay whole could leave half a page empty."""


def plan_docx(data: Mapping[str, Any]) -> bytes:
    """A .docx of `{forms: [{title, above, rows, month_head, months, sign, foot}]}`, one form a page.

    `above` and the cells of `rows` are [label, value]; `months` are [name, brief]. Raises ValueError without forms.
    """
    forms: Sequence[Mapping[str, Any]] = data["forms"]
    if not forms:
        raise ValueError("a paper needs at least one form")
    document = new_document(top=22, right=23, bottom=18, left=24)
    named(document, str(forms[0]["title"]))
    for number, form in enumerate(forms):
        step("page", number + 1, len(forms))
        _form(document, form, last=number + 1 == len(forms))
    return saved(document)


def _form(document: WordDocument, form: Mapping[str, Any], last: bool) -> None:
    title = spaced(document.add_paragraph(), after=10)
    write(title, form["title"], 20 if len(form["title"]) <= 22 else 16, TITLE, align="center")
    for label, value in form["above"]:
        line = spaced(document.add_paragraph(), after=4)
        write(line, f"{label}：{value}", _SIZE, BODY)
    _table(document, form)
    sign = write(spaced(document.add_paragraph(), before=12), form["sign"], _SIZE, BODY)
    sign.paragraph_format.keep_with_next = True  # the code below belongs to it
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
    least = _month_height(form)
    for number, (name, brief) in enumerate(months, head + 1):
        row_shape(made, number, least, whole=len(brief) < _WHOLE)
        _pair(made, number, name, brief)
    keep_with_next(made, head)
    keep_with_next(made, len(made.rows) - 1)  # nobody signs or stamps a page that says nothing


def _month_height(form: Mapping[str, Any]) -> float:
    """What each month's row gets, so that a form whose texts are short fills one page and no more."""
    used = 50.0 + sum(1.4 + _LINE * lines_taken(f"{label}：{value}", 163, _SIZE) for label, value in form["above"])
    used += _LINE * lines_taken(form["title"], 90, _SIZE)
    for cells in form["rows"]:
        width = 128.0 if len(cells) == 1 else 47.0
        used += max(_least_height(cells), max(_LINE * lines_taken(value, width, _SIZE) + 1.5 for _, value in cells))
    return max(_MONTH[0], min(_MONTH[1], (_PAGE - used) / max(1, len(form["months"]))))


def _least_height(cells: Sequence[Sequence[str]]) -> float:
    """Millimetres; a single field that is short or blank leaves room to write."""
    return 18 if len(cells) == 1 and (len(cells[0][1]) > 30 or not cells[0][1]) else 11


def _field_row(made: Table, number: int, cells: Sequence[Sequence[str]]) -> None:
    """One field across the whole row, or two side by side."""
    if len(cells) == 1:
        label, value = cells[0]
        row_shape(made, number, _least_height(cells), whole=len(value) < _WHOLE)
        _pair(made, number, label, value)
        return
    row_shape(made, number, 11, whole=all(len(value) < _WHOLE for _, value in cells))
    for place, (label, value) in enumerate(cells[:2]):
        fill(cell_at(made, number, place * 2), label, _SIZE, HEAD, align="center")
        fill(cell_at(made, number, place * 2 + 1), value, _SIZE)


def _pair(made: Table, number: int, label: str, value: str, brief_font: str = BODY, align: str = "left") -> None:
    fill(cell_at(made, number, 0), label, _SIZE, HEAD, align="center")
    fill(joined(made, number, 1, 3), value, _SIZE, brief_font, align=align)
