"""Knows the sheet of a reading when it comes back: the draft it belongs to and its rows."""

from __future__ import annotations

import re
from typing import Any

from core.papers.notice.archive import names_of
from core.papers.workbook import workbook_lines
from core.rules.notice.review import COLUMNS
from core.words.voice import LANGUAGES, voice

_MARK = re.compile(r"(?:核对表|review sheet)\s*#(\d{1,9})\b", re.IGNORECASE)
_ABOVE = 6
"""Rows among which the mark and the heads of the columns stand."""


def read_review(data: bytes) -> dict[str, Any] | None:
    """{"notice": the draft's id, "rows": [{column: text, "row": the sheet's row}]}; None for any other file.

    Raises UnreadableNotice for a workbook that can't be opened.
    """
    if not data.startswith(b"PK") or "xl/workbook.xml" not in names_of(data):
        return None
    lines = workbook_lines(data, merged=True)
    found = next((mark for line in lines[:_ABOVE] if (mark := _MARK.search(line.flat))), None)
    if found is None:
        return None
    labels = {voice(lang).plain(f"correction.col_{column}"): column for lang in LANGUAGES for column in COLUMNS}
    heads: list[str | None] | None = None
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.cells or ()]
        if heads is None:
            named = [labels.get(cell) for cell in cells]
            heads = named if "ref" in named and "content" in named else None
        elif any(cells):
            row: dict[str, Any] = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
            rows.append({**row, "row": line.place.row})
    return {"notice": int(found[1]), "rows": rows} if heads else None
