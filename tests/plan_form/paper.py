"""Knows how a test takes files out of a chat and fills them in as people do, in Word or Excel."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook

from tests.chat.world import Actor


def last_file(actor: Actor) -> tuple[str, bytes]:
    """The newest file that the bot sent into this chat."""
    message = next(m for m in reversed(actor.messages) if m["from"]["is_bot"] and m.get("document"))
    file = actor.world.demo.sandbox.world.files.by_id[message["document"]["file_id"]]
    return file.name, file.content


def word(content: bytes, change: Callable[[Any], None]) -> bytes:
    document = Document(BytesIO(content))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def excel(content: bytes, change: Callable[[Any], None]) -> bytes:
    book = load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def fill_table(table: Any, goal: str, months: dict[str, str]) -> None:
    """Writes goal and months into the rows of a form's table in Word, found by their labels."""
    for row in table.rows:
        label = row.cells[0].text
        if label == "年度目标":
            row.cells[1].text = goal
        elif label in months:
            row.cells[1].text = months[label]


def fill_sheet(page: Any, goal: str, months: dict[str, str]) -> None:
    for row in page.iter_rows(min_col=1, max_col=2):
        label = row[0].value
        if label == "年度目标":
            row[1].value = goal
        elif label in months:
            row[1].value = months[label]
