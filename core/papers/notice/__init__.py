"""Knows how a notice file becomes a `Notice`: its bytes are opened safely, its lines are read by the rules."""

from __future__ import annotations

from collections.abc import Callable

from core.papers.notice.docx import docx_lines
from core.papers.notice.html import html_lines
from core.papers.notice.kinds import kind_of
from core.papers.notice.markdown import markdown_lines
from core.papers.notice.ofd import ofd_lines
from core.papers.notice.pdf import pdf_lines
from core.papers.notice.refusal import LIMIT, TEXT_LIMIT, UnreadableNotice, megabytes
from core.papers.notice.sheet import sheet_lines
from core.papers.notice.text import text_lines
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

__all__ = ["LIMIT", "UnreadableNotice", "notice_lines", "read_notice"]


READERS: dict[str, Callable[[bytes], list[Line]]] = {
    "docx": docx_lines,
    "xlsx": sheet_lines,
    "pdf": pdf_lines,
    "ofd": ofd_lines,
    "html": html_lines,
    "md": markdown_lines,
    "text": text_lines,
}


def read_notice(data: bytes, name: str, lang: str = "zh") -> Notice:
    """Reads a notice out of a file's bytes; `name` is the file's name, `lang` the language of the questions.

    Raises UnreadableNotice (and nothing else) for a file that is empty, too big, protected, damaged, unsafe or of a
    kind that can't be read.
    """
    return read(notice_lines(data, name), lang)


def notice_lines(data: bytes, name: str) -> list[Line]:
    """The file's lines with their numbers in the source. Raises UnreadableNotice."""
    if not data.strip():
        raise UnreadableNotice("empty")
    if len(data) > LIMIT:
        raise UnreadableNotice("too_big", size=megabytes(len(data)), limit=megabytes(LIMIT))
    try:
        lines = READERS[kind_of(data, name)](data)
    except RecursionError as error:
        raise UnreadableNotice("unsafe", what="XML") from error
    if not any(line.text.strip() for line in lines):
        raise UnreadableNotice("empty")
    if sum(len(line.text) for line in lines) > TEXT_LIMIT:
        raise UnreadableNotice("too_much_text", limit=TEXT_LIMIT // 10_000)
    return lines
