"""Knows Excel files as lines of cells: what a person sees in each sheet, opened without running anything."""

from __future__ import annotations

import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from core.papers.notice.refusal import UnreadableNotice
from core.rules.notice.shadow import Line, Place

_PART_LIMIT = 40 * 1024 * 1024
_WHOLE_LIMIT = 120 * 1024 * 1024
_RATIO_LIMIT = 250
_FILES_LIMIT = 3000
_SHEETS = 300
ROWS = 20_000
"""Rows of a whole file; a district's plans have about a thousand."""

_COLUMNS = 80
_EMPTY_RUN = 500
"""Rows without a word after which a sheet is over, however many rows it claims to have."""

_MERGES = 20_000
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|t)[\s>]")

_TORN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    InvalidFileException,
    ParseError,
    NotImplementedError,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ValueError,
    SyntaxError,
)


def workbook_lines(data: bytes, merged: bool = False) -> list[Line]:
    """One line per row that holds anything, sheet by sheet; `table` counts the sheets that are shown.

    With `merged` a cell merged downwards stands in each of its rows.

    Raises UnreadableNotice: unsafe (zip bomb, document type declaration), too_many_rows, encrypted, broken.
    """
    _check(data)
    lines: list[Line] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            shown = [page for page in book.worksheets if page.sheet_state == "visible"]
            for number, page in enumerate(shown[:_SHEETS], 1):
                page.reset_dimensions()
                below = _merged_down(page) if merged else {}
                for row, cells in _rows(page, below):
                    if len(lines) >= ROWS:
                        raise UnreadableNotice("too_many_rows", limit=ROWS)
                    lines.append(
                        Line(
                            len(lines) + 1,
                            "\t".join(cells).replace("\n", " "),
                            cells,
                            number,
                            Place(sheet=page.title, row=row),
                        )
                    )
            book.close()
    except DefusedXmlException as error:
        raise UnreadableNotice("unsafe", what="XML") from error
    except RuntimeError as error:
        raise UnreadableNotice("encrypted") from error
    except _TORN as error:
        raise UnreadableNotice("broken", suffix=".xlsx") from error
    return lines


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


def _merged_down(page: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of each cell below the first of a merged area, to that first cell; only its left column.

    openpyxl's reading of one row after the other knows no merged cells; they stand at the end of the sheet's part.
    """
    with page._get_source() as part:
        text = part.read(_PART_LIMIT)
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for found in _MERGED.finditer(text):
        column, first, last = column_index_from_string(found[1].decode()), int(found[2]), int(found[3])
        if column <= _COLUMNS and last - first < ROWS and len(out) < 10 * ROWS:
            out.update({(row, column): (first, column) for row in range(first + 1, last + 1)})
    return out


def _rows(page: Any, below: dict[tuple[int, int], tuple[int, int]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that hold text with their numbers, each as wide as its last cell with text."""
    empty = 0
    above: dict[tuple[int, int], str] = {}
    wanted = set(below.values())
    for number, row in enumerate(page.iter_rows(max_col=_COLUMNS), 1):
        cells = [_shown(cell) for cell in row]
        if below and any(cells):
            above.update({(number, n): text for n, text in enumerate(cells, 1) if (number, n) in wanted})
            cells = [text or above.get(below.get((number, n), (0, 0)), "") for n, text in enumerate(cells, 1)]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > _EMPTY_RUN:
                return
            continue
        empty = 0
        yield number, tuple(cells)


_MONTH_FORMAT = re.compile(r"[m月]", re.IGNORECASE)
_DAY_FORMAT = re.compile(r"[d日]", re.IGNORECASE)
_YEAR_FORMAT = re.compile(r"[yeE年]")


def _shown(cell: Any) -> str:
    """The text a person sees: 3, not 3.0; 2023年3月 where the format shows no day; a month alone where it shows no year."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime | date):
        return _date_shown(value, str(cell.number_format or ""))
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float):
        if "%" in str(cell.number_format or ""):
            return f"{round(value * 100, 6):g}%"
        return f"{value:.15g}"
    if isinstance(value, int) and "%" in str(cell.number_format or ""):
        return f"{value * 100}%"
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()


def _date_shown(value: datetime | date, form: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    bare = re.sub(r'\[[^\]]*\]|"([^"]*)"', r"\1", form)
    if _MONTH_FORMAT.search(bare) and not _DAY_FORMAT.search(bare):
        return f"{day.year}年{day.month}月" if _YEAR_FORMAT.search(bare) else f"{day.month}月"
    return day.isoformat()


def _check(data: bytes) -> None:
    """Refuses what would unpack to more than a workbook that people fill in, before anything is parsed."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _FILES_LIMIT or sum(part.file_size for part in parts) > _WHOLE_LIMIT:
                raise UnreadableNotice("unsafe", what="zip")
            for part in parts:
                _check_part(archive, part)
    except RuntimeError as error:
        raise UnreadableNotice("encrypted") from error
    except _TORN as error:
        raise UnreadableNotice("broken", suffix=".xlsx") from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    most = _RATIO_LIMIT * max(part.compress_size, 1) + 1_000_000
    if part.file_size > min(_PART_LIMIT, most):
        raise UnreadableNotice("unsafe", what="zip")
    name = part.filename.lower()
    if name.endswith((".xml", ".rels")):
        with archive.open(part) as opened:
            head = opened.read(65536)
            if "/worksheets/" in name and part.file_size > len(head):
                _check_rows(head + opened.read(most))
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or "<!DOCTYPE".encode("utf-16-le") in head:
            raise UnreadableNotice("unsafe", what="XML")


def _check_rows(part: bytes) -> None:
    """Refuses a sheet of far too many rows or merged areas by counting, which is much quicker than parsing it."""
    if part.count(b"mergeCell ") > _MERGES:
        raise UnreadableNotice("unsafe", what="mergeCell")
    starts = [found.start() for found in _ROW.finditer(part)]
    if len(starts) <= 2 * ROWS:
        return
    filled = sum(
        bool(_VALUE.search(part, begin, end)) for begin, end in zip(starts, [*starts[1:], len(part)], strict=True)
    )
    if filled > 2 * ROWS:
        raise UnreadableNotice("too_many_rows", limit=ROWS)
