"""Knows the sheet of a reading when it comes back: the draft it belongs to and its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from core.papers.notice.archive import names_of
from core.papers.workbook import workbook_lines
from core.rules.notice.review import COLUMNS, TAKEN
from core.rules.notice.shadow import Line
from core.words.voice import LANGUAGES, voice

_MARK = re.compile(r"(?:核对表|review sheet)\s*#(\d{1,9})\b", re.IGNORECASE)
_ABOVE = 6
"""Rows among which the mark stands."""

_OURS = {"ref", "content", "place", "clause"}
"""Heads that only our own sheet has together."""


def read_review(data: bytes) -> dict[str, Any] | None:
    """{"notice": the draft's id, "rows": [{column: text, "row": the sheet's row}], "lacks": [heads]}; None for any other file.

    "lacks" names the columns whose heads are gone or changed, in the sheet's language; "notice" is 0 where the line with
    the draft's number is gone. Raises UnreadableNotice for a workbook that can't be opened.
    """
    if not data.startswith(b"PK") or "xl/workbook.xml" not in names_of(data):
        return None
    lines = workbook_lines(data, merged=True)
    mark = next((found for line in lines[:_ABOVE] if (found := _MARK.search(line.flat))), None)
    top, heads = _heads(lines)
    if mark is None and not set(heads) >= _OURS:
        return None
    lang = "en" if mark and mark[0].isascii() else "zh"
    lacks = [voice(lang).plain(f"correction.col_{column}") for column in TAKEN if column not in heads]
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.cells or ()]
        if top and line.table == top.table and line.number > top.number and any(cells):
            row: dict[str, Any] = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
            rows.append({**row, "row": line.place.row})
    return {"notice": int(mark[1]) if mark else 0, "rows": rows, "lacks": lacks}


def _heads(lines: Sequence[Line]) -> tuple[Line | None, list[str | None]]:
    """The line of the columns' heads and what each is; no line where no two of them are there."""
    labels = {voice(lang).plain(f"correction.col_{column}"): column for lang in LANGUAGES for column in COLUMNS}
    for line in lines:
        named = [labels.get(cell.strip()) for cell in line.cells or ()]
        if sum(name is not None for name in named) > 1:
            return line, named
    return None, []
