"""Knows Markdown as far as notices use it: headings, lists, emphasis and tables become the plain lines they stand for."""

from __future__ import annotations

import re
from dataclasses import replace

from core.papers.notice.text import text_lines
from core.rules.notice.marks import mark_of
from core.rules.notice.shadow import Line, shadow

_HEADING = re.compile(r"^\s{0,3}(?P<level>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_RULE = re.compile(r"^\s*(?:\|?\s*:?-{1,}:?\s*)+\|?\s*$|^\s*(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^>\n]{0,200}>|<!--.*?-->")
_CJK = re.compile(r"[\u4e00-\u9fff]")


def markdown_lines(data: bytes) -> list[Line]:
    """The lines with their numbers in the file. Raises UnreadableNotice where no encoding fits."""
    return [_line(line) for line in text_lines(data) if "|" not in line.text or not _RULE.match(line.text)]


def _line(line: Line) -> Line:
    text = _QUOTE.sub("", line.text)
    if _FENCE.match(text) or (_RULE.match(text) and "-" in text + "*"):
        return replace(line, text="")
    if text.strip().startswith("|") or text.count("|") >= 2:
        return _row(line, text.strip())
    heading = _HEADING.match(text)
    if heading:
        return replace(line, text=_headed(heading))
    return replace(line, text=_plain(_BULLET.sub("", text)))


def _headed(heading: re.Match[str]) -> str:
    """A numbered or first-level Chinese heading is a line as on paper; others keep their marks, which make sections."""
    text = _plain(heading["text"])
    if _CJK.search(text) and (heading["level"] == "#" or mark_of(shadow(text))):
        return text
    return f"{heading['level']} {text}"


def _row(line: Line, text: str) -> Line:
    inner = text.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = tuple(_plain(_BREAK.sub("\n", cell)).strip() for cell in re.split(r"(?<!\\)\|", inner))
    return replace(line, text="\t".join(cell.replace("\n", " ") for cell in cells), cells=cells, table=1)


def _plain(text: str) -> str:
    text = _TAG.sub("", _BREAK.sub("\n" if "\n" in text else " ", text))
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text)
