"""Knows how tasks of several notices are told apart: a mark of the notice before the ref, as in 24·2-15."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from core.rules.tasks import MARK, NoticeCard

_MARKED = re.compile(r"(?:20)?(\d\d)([b-z]?)\s*(?:年|[·•・∙./])\s*(\d{1,3}\s*-.*)", re.ASCII | re.DOTALL)
_OPENS = re.compile(r"\s*(?:(?:20)?\d\d[b-z]?(?:年|[·•・∙/]))?\d{1,3}[-—–－﹣−‐.．]\d+[a-z]?(?:\s|$)")
_NAMES = re.compile(_OPENS.pattern.replace(r"(?:\s|$)", r"(?=[\s:：,，、。]|$)"))
_DASHES = str.maketrans("—–－﹣−‐", "------")
_DOTS = str.maketrans(".．", "--")


def mark_for(card: NoticeCard, others: Sequence[NoticeCard]) -> str:
    """The mark of a notice that comes into force beside these: its year in two figures, with a letter where that is taken."""
    if not others:
        return ""
    year = f"{card.year % 100:02d}"
    taken = {other.mark or f"{other.year % 100:02d}" for other in others}
    return next(name for name in (year, *(year + letter for letter in ascii_lowercase[1:])) if name not in taken)


def marked(mark: str, ref: str) -> str:
    """The ref as it stands in every list: that of the paper, behind the notice's mark."""
    return f"{mark}{MARK}{ref}" if mark else ref


def bare(ref: str) -> str:
    """The ref as the paper has it."""
    return ref.rpartition(MARK)[2]


def mark_of(ref: str) -> str:
    return ref.rpartition(MARK)[0]


def typed(text: str) -> str:
    """The ref that somebody typed, however dash and mark were written: 2—15, 24年2-15, 2024/2-15."""
    word = text.strip().translate(_DASHES)
    if found := _MARKED.fullmatch(word):
        return marked(found[1] + found[2], re.sub(r"\s", "", found[3]))
    return word.translate(_DOTS)


def opens(text: str) -> bool:
    """Whether what was typed begins with a ref, as people write them."""
    return _OPENS.match(text) is not None


def opening_ref(text: str) -> str:
    """The ref with which a report begins (`2-15：已完成`), as it would be typed alone; "" where it begins with none."""
    found = _NAMES.match(text)
    return typed(found[0]) if found else ""


def without_ref(text: str, ref: str) -> str:
    """The report behind this ref, where it begins with it: what the ref said is known by then."""
    found = _NAMES.match(text)
    if not found or not same(typed(found[0]), ref):
        return text
    return text[found.end() :].lstrip(" \t\r\n:：,，.、。") or text


def same(word: str, ref: str) -> bool:
    """Whether a typed ref may mean this one: exactly, or as the paper has it, without the mark."""
    return ref == word or (not mark_of(word) and bare(ref) == word)


def meanings(refs: Iterable[str]) -> dict[str, str]:
    """{what may be typed: the ref}: each ref itself, and without its mark where that means no other of them."""
    known = list(dict.fromkeys(refs))
    tails = [bare(ref) for ref in known]
    short = {bare(ref): ref for ref in known if tails.count(bare(ref)) == 1}
    return {**short, **{ref: ref for ref in known}}
