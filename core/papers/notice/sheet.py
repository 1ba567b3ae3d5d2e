"""Knows a notice in an Excel file: what stands above the heads of columns is running text, the rest is a table."""

from __future__ import annotations

from core.papers.workbook import workbook_lines
from core.rules.notice.shadow import Line
from core.rules.notice.table_titles import titles_apart


def sheet_lines(data: bytes) -> list[Line]:
    """One line per row. Raises UnreadableNotice as `workbook_lines` does."""
    return titles_apart(workbook_lines(data, merged=True), whole=True)
