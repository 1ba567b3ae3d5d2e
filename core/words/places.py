"""Knows how the place of a clause in its file is said: line, page, row of a table or of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.words.voice import Voice


def place(said: Voice, where: Mapping[str, Any], line: int) -> str:
    """`where` is a task's or question's `place`, `line` its number in the whole file."""
    if where.get("sheet"):
        return said.plain("notice.at_sheet", sheet=where["sheet"], row=where.get("row", 0))
    if where.get("page"):
        key = "notice.at_page_row" if where.get("row") else "notice.at_page"
        return said.plain(key, page=where["page"], line=where.get("line", 0), row=where.get("row", 0))
    if where.get("row"):
        return said.plain("notice.at_row", table=where.get("table", 0), row=where["row"])
    return said.plain("notice.at_line", line=line)
