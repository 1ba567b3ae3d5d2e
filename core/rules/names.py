"""Knows how people's names stand in a text: with or without blanks, in either case, at its beginning or anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from core.rules.people import Person

_BEFORE = re.compile(r"\s*(?:替|给|为|帮|for\b)?\s*", re.IGNORECASE)
"""What may stand before the name of whom something is done for."""

_ENDS = re.compile(r"[\d,，。;；\n]|到|至|从|自|请假|休假|\b(?:from|until|till|to)\b", re.IGNORECASE)
"""What follows a name that nobody bears."""


def find_name(text: str, name: str) -> re.Match[str] | None:
    """Where the full name stands; `Zhang San` is no part of `Zhang Sanfeng`, `张 三` is 张三."""
    return _pattern(name).search(text) if name.strip() else None


def same_name(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def named_in(text: str, people: Sequence[Person]) -> list[Person]:
    """The people whose full name stands in the text, as they stand there; of names within names the longest."""
    found = [(where.start(), p) for p in people if (where := find_name(text, p.name))]
    names = {_bare(p.name) for _, p in found}
    inner = {name for name in names if any(name != other and name in other for other in names)}
    kept = [(at, p) for at, p in found if _bare(p.name) not in inner]
    return [p for _, p in sorted(kept, key=lambda one: one[0])]


def begins_with(text: str, people: Sequence[Person]) -> tuple[list[Person], str]:
    """(those whose name begins the text, several where they are namesakes; what follows the name)."""
    best: list[Person] = []
    before = _BEFORE.match(text)
    start, end = before.end() if before else 0, 0
    for person in people:
        where = _pattern(person.name).match(text, start) if person.name.strip() else None
        if where is None or where.end() < end:
            continue
        best = [*best, person] if where.end() == end else [person]
        end = where.end()
    return best, text[end:]


def expected_name(text: str) -> str:
    """What stands where a name is expected, for the answer that nobody bears it."""
    return (_ENDS.split(text.strip(), maxsplit=1)[0].strip() or text.strip())[:20]


def without_names(text: str, names: Iterable[str]) -> str:
    """What is left of the text without these names."""
    for name in sorted(names, key=len, reverse=True):
        text = _pattern(name).sub(" ", text)
    return text


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()


@lru_cache(4096)
def _pattern(name: str) -> re.Pattern[str]:
    """Blanks may stand or be missing between any two characters; a Latin name ends where its word ends."""
    bare = "".join(name.split())
    letters = r"\s*".join(re.escape(character) for character in bare)
    before, behind = (r"(?<![a-z])" if bare[0].isascii() else ""), (r"(?![a-z])" if bare[-1].isascii() else "")
    return re.compile(before + letters + behind, re.IGNORECASE)
