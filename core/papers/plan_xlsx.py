"""Knows how the plan form is drawn as a spreadsheet: a sheet a task, A4, as the notice annexes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.papers.sheets import ROW_POINTS, book_bytes, write_cell
from core.papers.steps import step

_WIDTHS = (15.0, 31.0, 15.0, 31.0)
_TITLE, _HEAD, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
_LINE_POINTS = 17.0
_SIZES = (12, 10, 8, 7)
"""Points: a text that no row is high enough for is written smaller."""

_SIGN_POINTS, _FOOT_POINTS = 44.0, 16.0
_PAGE_POINTS = 740.0
"""Height between the margins of an upright A4 page."""

_MONTH_POINTS = (28.0, 46.0)
"""The least that a month's row takes, and what it has where there is room."""

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
        step("page", number, len(forms))
        name = re.sub(r"[\[\]:*?/\\]", "-", str(form["ref"]))[:25] or str(number)
        page = book.create_sheet(name if name not in book.sheetnames else f"{name} ({number})")
        _form(page, form)
    return book_bytes(book)


def _form(page: Worksheet, form: Mapping[str, Any]) -> None:
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    row = _across(page, 1, form["title"], _TITLE, 18, 34, "center")
    for label, value in form["above"]:
        row = _across(page, row, f"{label}：{value}", _BODY, 12, 20)
    for cells in form["rows"]:
        row = _pair(page, row, cells[0][0], cells[0][1], 46) if len(cells) == 1 else _two(page, row, cells)
    row = _pair(page, row, form["month_head"][0], form["month_head"][1], 24, head=True)
    least = _month_height(sum(page.row_dimensions[number].height for number in range(1, row)), len(form["months"]))
    for name, brief in form["months"]:
        row = _pair(page, row, name, brief, least)
    row = _across(page, row, form["sign"], _BODY, 12, _SIGN_POINTS)
    last = _across(page, row, form["foot"], _BODY, 8, _FOOT_POINTS, colour="7F7F7F") - 1
    _printing(page, last)


def _month_height(above: float, months: int) -> float:
    """What each month's row gets, so that a form whose texts are short is one page."""
    room = _PAGE_POINTS - above - _SIGN_POINTS - _FOOT_POINTS
    least, most = _MONTH_POINTS
    return max(least, min(most, room / max(1, months)))


def _across(
    page: Worksheet,
    row: int,
    text: str,
    font: str,
    size: float,
    least: float,
    align: str = "left",
    colour: str = "000000",
) -> int:
    """One text across the sheet, without borders. Returns the next row."""
    write_cell(page, row, 1, text, grid=False)
    page.cell(row, 1).font = Font(name=font, size=size, color=colour)
    page.cell(row, 1).alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    page.row_dimensions[row].height = max(least, _height(text, sum(_WIDTHS), size))
    return row + 1


def _pair(page: Worksheet, row: int, label: str, value: str, least: float, head: bool = False) -> int:
    for place in range(1, 5):
        write_cell(page, row, place, (label, value, "", "")[place - 1])
        page.cell(row, place).border = _GRID
    _style(page, row, 1, _HEAD, "center")
    room = sum(_WIDTHS[1:])
    size = next((size for size in _SIZES if _height(value, room, size) < ROW_POINTS), _SIZES[-1])
    _style(page, row, 2, _HEAD if head else _BODY, "center" if head else "left", size)
    page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
    page.row_dimensions[row].height = max(least, min(ROW_POINTS, _height(value, room, size)))
    return row + 1


def _two(page: Worksheet, row: int, cells: Sequence[Sequence[str]]) -> int:
    texts = [text for cell in cells[:2] for text in cell]
    for place, text in enumerate(texts, 1):
        write_cell(page, row, place, text)
        page.cell(row, place).border = _GRID
        _style(page, row, place, _HEAD if place % 2 else _BODY, "center" if place % 2 else "left")
    page.row_dimensions[row].height = min(
        ROW_POINTS, max(32.0, *(_height(texts[place], _WIDTHS[place]) for place in (1, 3)))
    )
    return row + 1


def _style(page: Worksheet, row: int, place: int, font: str, align: str, size: float = 12) -> None:
    cell = page.cell(row, place)
    cell.font = Font(name=font, size=size)
    indent = 1 if align == "left" else 0  # away from the line
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
    cell.number_format = "@"  # a month or figure that somebody types stays what was typed


def _height(text: str, room: float, size: float = 12) -> float:
    """Points that a wrapped text takes, a little on the safe side: merged cells don't grow by themselves.

    `room` is a column's width, counted in figures of the workbook's 11 points.
    """
    lines = 0
    for line in text.split("\n"):
        wide = sum(2.4 if ord(character) > 0x2E7F else 1.25 for character in line) * size / 12
        lines += 1 + int(wide // (room - 2))
    return _LINE_POINTS * size / 12 * lines + 6


def _printing(page: Worksheet, last: int) -> None:
    """A4 upright, as wide as the paper, in the middle; nothing beside the form is printed."""
    page.print_area = f"A1:D{last}"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.orientation = "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.6
    page.page_margins.top, page.page_margins.bottom = 0.7, 0.6
    page.sheet_view.showGridLines = False
