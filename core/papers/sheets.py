"""Knows how rows become a spreadsheet that can be read, filtered and printed, and that runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.papers.harmless import runs, straight
from core.papers.qr import qr_png
from core.papers.steps import step
from core.words.voice import Voice, voice

CELL_LIMIT = 32767
"""Characters that one cell holds (Excel specifications and limits)."""

ROW_POINTS = 409.0
"""No row is higher (Excel specifications and limits)."""

_LINE_POINTS = 15.0
_LINE = Side(style="thin", color="BFC5CC")
_GRID = Border(_LINE, _LINE, _LINE, _LINE)
_HEAD = PatternFill("solid", fgColor="E8EDF3")
_QR_PIXELS = 110
_QR_POINTS = 90


def table_sheet(data: Mapping[str, Any]) -> bytes:
    """An .xlsx of `{title, columns: [{key, label, width, form?}], rows: [{key: value}], notes: […], lang?}`.

    Width in characters. Numbers stay numbers; ISO dates of a column whose form is "date" or "moment" become real dates;
    all else is text and is never run as a formula. Raises ValueError without columns.
    """
    columns: Sequence[Mapping[str, Any]] = data["columns"]
    if not columns:
        raise ValueError("a sheet needs columns")
    book, page, head = _page(data, columns)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    for number, row in enumerate(rows, head + 1):
        step("row", number - head, len(rows))
        for place, column in enumerate(columns, 1):
            write_cell(page, number, place, row.get(column["key"]), form=column.get("form", ""))
        texts = [column for column in columns if not column.get("form")]
        lines = max((lines_in(row.get(each["key"]), each.get("width", 16)) for each in texts), default=1)
        if lines > 1:  # not every program makes a row as high as its text
            page.row_dimensions[number].height = min(ROW_POINTS, lines * _LINE_POINTS + 3)
    _finish(page, head, len(columns), len(rows))
    return book_bytes(book)


def invites_sheet(data: Mapping[str, Any]) -> bytes:
    """An .xlsx of `{title, rows: [{unit, role, link}], notes, lang}` with each link's QR picture beside it."""
    said = _voice(data)
    columns = [
        {"key": "unit", "label": said.plain("sheets.unit"), "width": 30},
        {"key": "role", "label": said.plain("sheets.role"), "width": 14},
        {"key": "link", "label": said.plain("sheets.link"), "width": 52},
        {"key": "code", "label": said.plain("sheets.code"), "width": 18},
    ]
    book, page, head = _page(data, columns)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    for number, row in enumerate(rows, head + 1):
        for place, key in enumerate(("unit", "role", "link"), 1):
            write_cell(page, number, place, row.get(key))
        write_cell(page, number, 4, "")
        _draw_code(page, number, str(row["link"]))
    _finish(page, head, len(columns), len(rows))
    return book_bytes(book)


def _draw_code(page: Worksheet, number: int, link: str) -> None:
    if link.startswith("https://"):
        cell = page.cell(number, 3)
        cell.hyperlink = link
        cell.font = Font(color="0B57D0", underline="single")
    picture = Image(BytesIO(qr_png(link, scale=6)))
    picture.width = picture.height = _QR_PIXELS
    page.add_image(picture, f"D{number}")
    page.row_dimensions[number].height = _QR_POINTS


def _page(data: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> tuple[Workbook, Worksheet, int]:
    """A page with title, notes and header; returns the header's row."""
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("a new workbook has a first page")
    page.title = _voice(data).plain("sheets.sheet")
    lines = [data.get("title", ""), *data.get("notes", ())]
    for number, line in enumerate(lines, 1):
        write_cell(page, number, 1, line, grid=False)
        page.cell(number, 1).font = Font(bold=True, size=15) if number == 1 else Font(color="5F6B7A")
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(columns))
        page.row_dimensions[number].height = 26 if number == 1 else _note_height(str(line), columns)
    head = len(lines) + 1
    for place, column in enumerate(columns, 1):
        write_cell(page, head, place, column["label"])
        page.cell(head, place).font = Font(bold=True)
        page.cell(head, place).fill = _HEAD
        page.column_dimensions[get_column_letter(place)].width = column.get("width", 16)
    return book, page, head


def lines_in(value: Any, width: float) -> int:
    """Lines that a text takes in a column of so many figures, a little on the safe side; a number has one."""
    if not isinstance(value, str) or (2 * len(value) < width and "\n" not in value):
        return 1
    wide = (sum(2.1 if ord(one) > 0x2E7F else 1.1 for one in line) for line in value.split("\n"))
    return sum(max(1, ceil(each / max(1, width - 1))) for each in wide)


def _note_height(line: str, columns: Sequence[Mapping[str, Any]]) -> float:
    """Points for a note across all columns: merged cells don't grow by themselves."""
    room = sum(column.get("width", 16) for column in columns)
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in line)
    return 17.0 * (1 + wide // max(1, room))


FORMATS = {"date": ("%Y-%m-%d", "yyyy-mm-dd"), "moment": ("%Y-%m-%d %H:%M", "yyyy-mm-dd hh:mm")}
"""How a column's dates are written in the data, and how a cell shows them (ECMA-376, 18.8.31)."""


def write_cell(page: Worksheet, row: int, place: int, value: Any, grid: bool = True, form: str = "") -> None:
    """Writes a number, a date of the `form` named, or a text that no spreadsheet program takes for a formula."""
    cell = page.cell(row, place)
    if not isinstance(cell, Cell):
        raise TypeError("only single cells are written")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if grid:
        cell.border = _GRID
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        return
    if form and (moment := _moment(value, FORMATS[form][0])):
        cell.value = moment
        cell.number_format = FORMATS[form][1]
        cell.alignment = Alignment(horizontal="center", vertical="center")
        return
    text = straight(ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value)))[:CELL_LIMIT]
    cell.value = text or None
    if not text:
        return
    cell.data_type = "s"  # also where openpyxl sees a formula or an error's name (#N/A)
    if runs(text):
        # What a person typed stays what they typed: text with the apostrophe's mark, in every program that opens it.
        cell.quotePrefix = True


def _moment(value: Any, form: str) -> datetime | None:
    """The date that a text says; None for anything else (a deadline in words)."""
    try:
        return datetime.strptime(str(value), form)  # noqa: DTZ007, a sheet's dates are the office's local ones
    except ValueError:
        return None


def _finish(page: Worksheet, head: int, columns: int, rows: int) -> None:
    """Header frozen and repeated in print, filter, A4 landscape as wide as the paper."""
    last = get_column_letter(columns)
    page.freeze_panes = f"A{head + 1}"
    page.auto_filter.ref = f"A{head}:{last}{head + max(rows, 1)}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    footer = page.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "&P / &N"


def book_bytes(book: Workbook) -> bytes:
    """The .xlsx file of a workbook."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _voice(data: Mapping[str, Any]) -> Voice:
    return voice(data.get("lang", "zh"))
