"""Knows how people type the rule for closed notices' data, and what names and telephone numbers in a text look like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from core.rules.numerals import chinese_number, narrow
from core.rules.retention import ANONYMISE, DELETE, KEEP

_WHATS = (
    (KEEP, re.compile(r"保留|keep", re.I)),
    (ANONYMISE, re.compile(r"匿名|anonymi[sz]e", re.I)),
    (DELETE, re.compile(r"删除|销毁|delete", re.I)),
)
_SPAN = re.compile(r"(\d{1,4}|[一二三四五六七八九十两百]{1,5})\s*(年|years?)?", re.I)


def read_rule(text: str) -> tuple[str, int | None] | None:
    """(what, months) as somebody typed it: 删除 12个月, 匿名 两年, keep. Months None: none were named. None: unclear."""
    typed = narrow(text)
    found = [what for what, pattern in _WHATS if pattern.search(typed)]
    if len(found) != 1:
        return None
    span = _SPAN.search(typed)
    if span is None or found[0] == KEEP:
        return found[0], 0 if found[0] == KEEP else None
    value = int(span[1]) if span[1].isdigit() else int(chinese_number(span[1]) or 0)
    return found[0], value * (12 if span[2] else 1)


_PHONES = re.compile(r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8}|\d{3,4}-\d{7,8})(?!\d)")
_LABELLED = re.compile(r"((?:电话|手机|联系方式|tel(?:ephone)?|phone)[^\d\n]{0,6})\+?\d[\d\- 转]{5,}\d", re.I)
HIDDEN = "***"


class Nameless:
    """Takes names of people and telephone numbers out of texts; leaders' names stand in the notice and stay."""

    def __init__(self, names: Iterable[str], stay: Iterable[str]) -> None:
        spoken = {name.strip() for name in names} - {name.strip() for name in stay}
        able = sorted((name for name in spoken if len(name) >= (3 if name.isascii() else 2)), key=len, reverse=True)
        parts = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in able]
        self._names = re.compile("|".join(parts)) if parts else None

    def __call__(self, value: Any) -> Any:
        """A text without them; of lists and mappings every text in them."""
        if isinstance(value, str):
            plain = _PHONES.sub(HIDDEN, _LABELLED.sub(rf"\1{HIDDEN}", value))
            return self._names.sub(HIDDEN, plain) if self._names else plain
        if isinstance(value, dict):
            return {key: self(each) for key, each in value.items()}
        return [self(each) for each in value] if isinstance(value, list) else value
