"""Knows how a notice file becomes a `Notice`: its bytes are opened safely, its lines are read by the rules."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.papers.notice.kinds import kind_of
from core.papers.notice.refusal import LINES, PARAGRAPH, TEXT_LIMIT, UnreadableNotice
from core.papers.sizes import LIMIT, megabytes
from core.papers.steps import step
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

__all__ = ["LIMIT", "UnreadableNotice", "notice_lines", "read_notice"]


READERS = {
    "docx": ("core.papers.notice.docx", "docx_lines"),
    "xlsx": ("core.papers.notice.sheet", "sheet_lines"),
    "pdf": ("core.papers.notice.pdf", "pdf_lines"),
    "ofd": ("core.papers.notice.ofd", "ofd_lines"),
    "html": ("core.papers.notice.html", "html_lines"),
    "md": ("core.papers.notice.markdown", "markdown_lines"),
    "text": ("core.papers.notice.text", "text_lines"),
}
"""Kind of file to module and function. The module is loaded with the first such file: what opens Excel and PDF takes
memory and a good part of the start, and the bot's own process opens neither."""


def _reader(kind: str) -> Callable[[bytes], list[Line]]:
    module, name = READERS[kind]
    found: Callable[[bytes], list[Line]] = getattr(importlib.import_module(module), name)
    return found


def read_notice(data: bytes, name: str, lang: str = "zh", columns: Mapping[str, str] = MappingProxyType({})) -> Notice:
    """Reads a notice out of a file's bytes; `name` is the file's name, `lang` the language of the questions.

    `columns`: what is known of columns of its tables (core/rules/notice/column_roles.py), by their heads.

    Raises UnreadableNotice (and nothing else) for a file that is empty, too big, protected, damaged, unsafe or of a
    kind that can't be read.
    """
    lines = notice_lines(data, name)
    step("tasks")
    return read(lines, lang, columns)


def notice_lines(data: bytes, name: str) -> list[Line]:
    """The file's lines with their numbers in the source. Raises UnreadableNotice."""
    if not data.strip():
        raise UnreadableNotice("empty")
    if len(data) > LIMIT:
        raise UnreadableNotice("too_big", size=megabytes(len(data)), limit=megabytes(LIMIT))
    try:
        lines = _reader(kind_of(data, name))(data)
    except RecursionError as error:
        raise UnreadableNotice("unsafe", what="XML") from error
    if not any(line.text.strip() for line in lines):
        raise UnreadableNotice("empty")
    if sum(len(line.text) for line in lines) > TEXT_LIMIT:
        raise UnreadableNotice("too_much_text", limit=TEXT_LIMIT // 10_000)
    if len(lines) > LINES:
        raise UnreadableNotice("too_many_lines", limit=LINES)
    if any(len(line.text) > PARAGRAPH for line in lines):
        raise UnreadableNotice("long_line", limit=PARAGRAPH // 10_000)
    return lines
