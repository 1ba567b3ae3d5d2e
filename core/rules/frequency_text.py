"""Knows the words by which people name a reporting frequency."""

from __future__ import annotations

import re

from core.rules.periods import Frequency
from core.rules.refs import typed

_WORDS = {
    Frequency.MONTHLY: "月报|月|每月|按月|月度|monthly|month|m",
    Frequency.QUARTERLY: "季报|季|每季|每季度|按季|按季度|季度|quarterly|quarter|q",
    Frequency.HALF_YEARLY: "半年报|半年|每半年|按半年|半年度|half[ _-]?yearly|half[ _-]?year|h",
}
_READ = {frequency: re.compile(words, re.IGNORECASE) for frequency, words in _WORDS.items()}
_REF = re.compile(r"(?:\d\d[b-z]?·)?\d{1,3}-\d{1,4}")
_BETWEEN = re.compile(r"[\s,，、;；]+")


def read_frequency(word: str) -> Frequency | None:
    """The frequency that the word names; None for any other word."""
    return next((frequency for frequency, words in _READ.items() if words.fullmatch(word.strip())), None)


def split_order(text: str) -> tuple[str, Frequency | None]:
    """(what it is about, frequency) of an order like `2-15 月报`; the frequency is the last word, if it names one."""
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    if len(words) > 1 and (pair := read_frequency(" ".join(words[-2:]))):
        return " ".join(words[:-2]), pair
    if words and (found := read_frequency(words[-1])):
        return " ".join(words[:-1]), found
    return " ".join(words), None


def refs_in(text: str) -> list[str]:
    """The task refs, where the text consists of nothing else; [] otherwise. Dashes of every width count."""
    words = [typed(word) for word in _BETWEEN.split(text.strip()) if word]
    return list(dict.fromkeys(words)) if words and all(_REF.fullmatch(word) for word in words) else []
