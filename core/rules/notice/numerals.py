"""Knows Chinese numerals: 十五, 二〇二三, 百亿."""

from __future__ import annotations

import re

NUMERAL = "〇○零一二三四五六七八九十百千两廿卅"
_DIGIT = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_RANK = {"十": 10, "百": 100, "千": 1000}
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}


def numeral(text: str) -> int | None:
    """The value of Arabic figures, Chinese numerals or a circled figure; None where it is none of them."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED[text]
    if not text or not re.fullmatch(f"[{NUMERAL}]+", text):
        return None
    if not any(sign in text for sign in "十百千廿卅"):
        return int("".join(str(_DIGIT[sign]) for sign in text))
    total, held = 0, 0
    for sign in text.replace("廿", "二十").replace("卅", "三十"):
        if sign in _RANK:
            total += (held or 1) * _RANK[sign]
            held = 0
        else:
            held = _DIGIT[sign]
    return total + held


def written(value: int) -> str:
    """1 to 99 as it stands before a heading: 十一."""
    signs = "零一二三四五六七八九"
    if value < 10:
        return signs[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else signs[tens]) + "十" + (signs[ones] if ones else "")
