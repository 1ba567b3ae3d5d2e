"""Knows how numbers are written by hand: full-width and circled digits, Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

CHINESE = "零〇一二两三四五六七八九十百千万亿"
"""Characters a Chinese numeral is made of."""

_SAME_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2236: ":",
    0xFE55: ":",
    0x2F49: "月",
    0x2F47: "日",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x2015: "-",
    0x2212: "-",
    0x301C: "~",
}


def narrow(text: str) -> str:
    """The text with full-width forms, dashes and look-alikes made ordinary; every character keeps its place.

    So a position found in the result is the position in what the person typed.
    """
    return text.translate(_SAME_WIDTH)


def chinese_number(text: str) -> Decimal | None:
    """三十五, 一百零二, 二〇二三, 三点五, 一亿二千万 as a number; None for anything that is no well-formed numeral."""
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    if not fraction or any(character not in _DIGITS for character in fraction):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[character]) for character in fraction)}")


def _whole(text: str) -> int | None:
    if not text or any(character not in CHINESE for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, group = 0, 0
    digit: int | None = None
    smallest, largest = 10**5, 0
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            factor = _SMALL[character]
            if factor >= smallest:
                return None
            group += (1 if digit is None else digit or 1) * factor
            smallest, digit = factor, None
        else:
            factor, group = _LARGE[character], group + (digit or 0)
            total = (total + group) * factor if factor > largest else total + group * factor
            group, digit, smallest, largest = 0, None, 10**5, factor
    return total + group + (digit or 0)
