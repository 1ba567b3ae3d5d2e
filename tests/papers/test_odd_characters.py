"""Marks that nobody sees turn no line round, in whatever paper a text lands; rare characters are written, not lost."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from core.papers.render import render
from tests.papers.test_schema import BRIEFING, FORM

TURNED = "拆迁\u202e12户\u2067，\u200f其中\u061c㐂𠮷〇村\u200e3户\u2069\u0007"
SHOWN = "拆迁12户，其中㐂𠮷〇村3户"


def words_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def cells_of(data: bytes) -> str:
    return "\n".join(str(cell.value) for page in load_workbook(BytesIO(data)) for row in page for cell in row)


def drawn(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as read:
        return "".join(page.get_textpage().get_text_bounded() for page in read)


def briefing() -> dict[str, Any]:
    table = {"head": ["甲"], "rows": [[TURNED]], "widths": [1]}
    return {**BRIEFING, "org": TURNED, "blocks": [["p", TURNED], ["table", table]], "sign": [TURNED, "2023年4月26日"]}


def form() -> dict[str, Any]:
    filled = {
        "rows": [[["工作内容", TURNED]], [["牵头区领导", "钟若谷"], ["牵头责任单位", TURNED]]],
        "months": [["3月", TURNED]],
    }
    return {"forms": [{**FORM, **filled}]}


TABLE = {"title": TURNED, "columns": [{"key": "a", "label": TURNED}], "rows": [{"a": TURNED}]}
EVENT = {"uid": "1@duban", "day": "2023-03-16", "title": TURNED, "text": TURNED}
CALENDAR = {"name": TURNED, "stamp": "2023-03-01T09:00:00+00:00", "events": [EVENT]}


def entries(data: bytes) -> str:
    calendar = Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    return "\n".join(str(each) for each in (calendar["X-WR-CALNAME"], event["SUMMARY"], event["DESCRIPTION"]))


@pytest.mark.parametrize(
    ("kind", "data", "read", "times"),
    [
        ("briefing.docx", briefing(), words_of, 4),
        ("briefing.pdf", briefing(), drawn, 4),
        ("plan.docx", form(), words_of, 3),
        ("plan.xlsx", form(), cells_of, 3),
        ("table.xlsx", TABLE, cells_of, 3),
        ("table.csv", TABLE, lambda data: data.decode("utf-8-sig"), 2),
        ("dates.ics", CALENDAR, entries, 3),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_paper_is_turned_round(kind: str, data: dict[str, Any], read: Callable[[bytes], str], times: int) -> None:
    shown = read(render(kind, data))
    assert "".join(shown.split()).count(SHOWN) >= times
    assert not set("\u202e\u2067\u200f\u061c\u200e\u2069\u0007") & set(shown)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_program_finds_a_formula_within_a_cell_of_a_csv(separator: str) -> None:
    typed = [
        "甲;=1+1",
        "乙\t=1+1",
        "丙,=1+1",
        "丁\n=1+1",
        '戊";=1+1',
        "\t=1+1",
        "\uff1d1+1",
        "\n=1+1",
        "\u3000@己",
        "庚\r\n+1",
    ]
    data = render("table.csv", {"columns": [{"key": "a", "label": "一"}], "rows": [{"a": each} for each in typed]})
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert len(rows) == len(typed) + 1
    assert not [
        cell for row in rows for cell in row if cell.lstrip(" \t\r\n\u3000").startswith(("=", "+", "-", "@", "\uff1d"))
    ]
