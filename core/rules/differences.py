"""Knows what changed between two versions of a text, in pieces a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 4_000
"""Pieces beyond which texts are compared line by line: character by character would take seconds."""

_PIECE = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_SMALL = 1
"""Unchanged pieces between two changes that are too few to read as unchanged."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text. kind: same | gone | new"""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Change]:
    """The new text with what is gone and what is new, in reading order. Numbers and words are never cut in two."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > MOST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    out: list[Change] = []
    for number, (tag, a, b, c, d) in enumerate(found):
        inside = 0 < number < len(found) - 1
        if tag == "equal" and not (inside and b - a <= _SMALL and "".join(before[a:b]).strip()):
            out.append(Change("same", "".join(before[a:b])))
            continue
        out += [Change("gone", "".join(before[a:b])), Change("new", "".join(after[c:d]))]
    return _joined(out)


def changed(changes: list[Change]) -> bool:
    return any(change.kind != "same" for change in changes)


def around(changes: list[Change], keep: int = 12) -> list[Change]:
    """The changes with a little of what stands around them; the rest of the unchanged text becomes …"""
    out = []
    for number, change in enumerate(changes):
        text, first, last = change.text, number == 0, number == len(changes) - 1
        if change.kind != "same" or len(text) <= 2 * keep + 3:
            out.append(change)
            continue
        head = "" if first else text[:keep]
        tail = "" if last else text[-keep:]
        out.append(Change("same", f"{head}…{tail}"))
    return out


def _joined(changes: list[Change]) -> list[Change]:
    """Neighbouring changes as one: what is gone first, then what is new."""
    out: list[Change] = []
    gone = new = ""
    for change in [*changes, Change("same", "")]:
        if change.kind == "gone":
            gone += change.text
        elif change.kind == "new":
            new += change.text
        else:
            out += [Change("gone", gone)] * bool(gone) + [Change("new", new)] * bool(new)
            gone = new = ""
            if change.text:
                out.append(change)
    return out
