"""Knows the encodings of Chinese text files: UTF-8, UTF-16, GB18030, Big5."""

from __future__ import annotations

import codecs
import re

from core.papers.notice.pasted import rows_whole
from core.papers.notice.refusal import UnreadableNotice
from core.rules.notice.shadow import Line

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = frozenset("的一是在和有工作责任单位牵头区市县局政府人民办公室通知年月日關於單位責任縣區工作政府")
_DAMAGED = 3
"""Signs that may be damaged in a short text."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def text_lines(data: bytes) -> list[Line]:
    """The lines of a text file, counted from 1. Raises UnreadableNotice where no encoding fits."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    return rows_whole([Line(number, line) for number, line in enumerate(text.split("\n"), start=1)])


def decoded(data: bytes) -> str:
    """The text of some bytes, control characters left out. Raises UnreadableNotice where no encoding fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if data[:200].count(0) * 4 > len(data[:200]):
        return _decode(data, "utf-16-le" if data[1:2] == b"\0" or data[3:4] == b"\0" else "utf-16-be")
    try:
        return _sane(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    found: list[tuple[int, str]] = []
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((sum(sign in _COMMON for sign in text[:4000]), text))
    if not found or max(found, key=lambda each: each[0])[0] == 0:
        return _damaged(data)
    return _sane(max(found, key=lambda each: each[0])[1])


def _damaged(data: bytes) -> str:
    """A text with a few bytes that are no signs, each of which becomes \ufffd and is asked about. Raises UnreadableNotice."""
    texts = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    text = min(texts, key=lambda each: each.count("\ufffd"))
    if text.count("\ufffd") > max(_DAMAGED, len(text) // 500) or not any(sign in _COMMON for sign in text[:4000]):
        raise UnreadableNotice("encoding")
    return _sane(text)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return _sane(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableNotice("encoding") from error


def _sane(text: str) -> str:
    """The text, unless it is full of control characters and so no text at all."""
    if len(_CONTROL.findall(text[:4000])) * 20 > len(text[:4000]):
        raise UnreadableNotice("encoding")
    return _CONTROL.sub("", text.replace("\u200b", "").replace("\ufeff", "").replace("\xad", ""))
