"""Knows how the plan form is drawn as a spreadsheet: a sheet a task, A4, as the notice annexes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.papers.sheets import book_bytes, write_cell

_WIDTHS = (15.0, 31.0, 15.0, 31.0)
_TITLE, _HEAD, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
_LINE_POINTS = 17.0
_LINE = Side(style="thin", color="000000")
_GRID = Border(_LINE, _LINE, _LINE, _LINE)


def plan_xlsx(data: Mapping[str, Any]) -> bytes:
    """An .xlsx of the same data as `plan_docx`, one sheet a form, named by its ref. Raises ValueError without forms."""
    forms: Sequence[Mapping[str, Any]] = data["forms"]
    if not forms:
        raise ValueError("a paper needs at least one form")
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, form in enumerate(forms, 1):
        name = re.sub(r"[\[\]:*?/\\]", "-", str(form["ref"]))[:25] or str(number)
        page = book.create_sheet(name if name not in book.sheetnames else f"{name} ({number})")
        _form(page, form)
    return book_bytes(book)


def _form(page: Worksheet, form: Mapping[str, Any]) -> None:
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    row = _across(page, 1, form["title"], Font(name=_TITLE, size=18), 34, "center")
    for label, value in form["above"]:
        row = _across(page, row, f"{label}：{value}", Font(name=_BODY, size=12), 20)
    for cells in form["rows"]:
        row = _pair(page, row, cells[0][0], cells[0][1]) if len(cells) == 1 else _two(page, row, cells)
    row = _pair(page, row, form["month_head"][0], form["month_head"][1], head=True)
    for name, brief in form["months"]:
        row = _pair(page, row, name, brief)
    row = _across(page, row, form["sign"], Font(name=_BODY, size=12), 34)
    _across(page, row, form["foot"], Font(name=_BODY, size=8, color="7F7F7F"), 16)
    _printing(page)


def _across(page: Worksheet, row: int, text: str, font: Font, height: float, align: str = "left") -> int:
    """One text across the sheet, without borders. Returns the next row."""
    write_cell(page, row, 1, text, grid=False)
    page.cell(row, 1).font = font
    page.cell(row, 1).alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    page.row_dimensions[row].height = height
    return row + 1


def _pair(page: Worksheet, row: int, label: str, value: str, head: bool = False) -> int:
    for place in range(1, 5):
        write_cell(page, row, place, (label, value, "", "")[place - 1])
        page.cell(row, place).border = _GRID
    _style(page, row, 1, _HEAD, "center")
    _style(page, row, 2, _HEAD if head else _BODY, "center" if head else "left")
    page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
    page.row_dimensions[row].height = 24 if head else max(46.0, _height(value, sum(_WIDTHS[1:])))
    return row + 1


def _two(page: Worksheet, row: int, cells: Sequence[Sequence[str]]) -> int:
    texts = [text for cell in cells[:2] for text in cell]
    for place, text in enumerate(texts, 1):
        write_cell(page, row, place, text)
        page.cell(row, place).border = _GRID
        _style(page, row, place, _HEAD if place % 2 else _BODY, "center" if place % 2 else "left")
    page.row_dimensions[row].height = max(32.0, *(_height(texts[place], _WIDTHS[place]) for place in (1, 3)))
    return row + 1


def _style(page: Worksheet, row: int, place: int, font: str, align: str) -> None:
    cell = page.cell(row, place)
    cell.font = Font(name=font, size=12)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    cell.number_format = "@"  # a month or figure that somebody types stays what was typed


def _height(text: str, room: float) -> float:
    """Points that a wrapped text takes: merged cells don't grow by themselves."""
    lines = 0
    for line in text.split("\n"):
        wide = sum(2.2 if ord(character) > 0x2E7F else 1.1 for character in line)
        lines += 1 + int(wide // room)
    return min(409.0, _LINE_POINTS * lines + 6)


def _printing(page: Worksheet) -> None:
    """A4 upright, as wide as the paper, in the middle."""
    page.page_setup.paperSize = 9  # A4
    page.page_setup.orientation = "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.6
    page.page_margins.top, page.page_margins.bottom = 0.7, 0.6
    page.sheet_view.showGridLines = False
