"""Knows how a plan form that comes back as a Word or Excel file is opened safely and read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePath

from core.papers.notice import UnreadableNotice
from core.papers.notice.docx import docx_lines
from core.papers.notice.kinds import kind_of
from core.papers.notice.refusal import TEXT_LIMIT
from core.papers.sizes import LIMIT, megabytes
from core.papers.workbook import ROWS, workbook_lines
from core.rules.filled_form import FilledForm
from core.rules.plan_form_text import read_forms


def read_plan_file(data: bytes, name: str) -> list[FilledForm]:
    """The forms of a file, an empty list where it holds none.

    Raises UnreadableNotice for a file that is empty, too big, protected, damaged, of an old kind, or unsafe (macros, a
    zip bomb, external entities, more rows than a person fills in).
    """
    if not data.strip():
        raise UnreadableNotice("empty")
    if len(data) > LIMIT:
        raise UnreadableNotice("too_big", size=megabytes(len(data)), limit=megabytes(LIMIT))
    names = _names(data)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise UnreadableNotice("macros")
    if "xl/workbook.xml" in names:
        return read_forms(workbook_lines(data, merged=True))
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xls", ".et"):
        raise UnreadableNotice("old_excel", suffix=suffix)
    if suffix in (".xlsx", ".xlsm"):
        # An encrypted workbook is no zip but says what it is; anything else under this name is damaged.
        kind_of(data, "")
        raise UnreadableNotice("broken", suffix=suffix)
    kind = kind_of(data, name)
    if kind in ("pdf", "ofd"):
        raise UnreadableNotice("pdf")
    if kind != "docx":
        return []
    lines = docx_lines(data)
    if len(lines) > ROWS or sum(len(line.text) for line in lines) > TEXT_LIMIT:
        raise UnreadableNotice("too_many_rows", limit=ROWS)
    return read_forms(lines)


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return []
