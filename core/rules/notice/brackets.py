"""Knows the brackets of a text that say who does it, and what is left of the text without them."""

from __future__ import annotations

import re

from core.rules.notice.clauses import TIMED, is_bare_list, is_duty
from core.rules.notice.labels import LABEL, label_kind
from core.rules.notice.lists import entries_of, names_in
from core.rules.notice.names import is_odd, looks_like_unit
from core.rules.notice.shadow import shadow, squeeze

_MAYBE = re.compile(
    r"责任|牵头|配合|负责|落实|主办|主责|主导|承办|协[助办]|参与|指导|领导:|[局委办厅部府会署处室].{0,40}[)\]][。;.\s]*$|[(\[](?:Lead|Support|Respons|Owner|Partner)|[A-Za-z0-9)][)\]][.;\s]*$"
)
"""Where a text has none of these it holds no bracket of duty; brackets are looked at one by one only where it has."""


def brackets_out(text: str) -> tuple[str, list[str]]:
    """The text without the brackets that say who does it, and what stood in those; inner brackets are part of them."""
    flat = shadow(text)
    if not _MAYBE.search(flat):
        return text, []
    kept, inside, start = "", [], 0
    for opened, closed in _pairs(flat):
        inner = text[opened + 1 : closed]
        last = not flat[closed + 1 :].strip("。;. ")
        if opened >= start and (is_duty(inner) or (last and is_bare_list(inner))):
            kept += text[start:opened]
            inside.append(text[opened + 1 : closed])
            start = closed + 1
    if not inside:
        return text, []
    rest = text[start:].strip()
    return (kept + (rest if rest.strip("。.;； ") else "")).strip(), inside


def duty_brackets(text: str) -> list[str]:
    """What stands in the brackets of a text that say who does it."""
    return brackets_out(text)[1]


def names_bracket(text: str) -> tuple[str, str]:
    """A text without its last bracket where that holds nothing but what may be names of units, and those; else all of it and nothing.

    For a text beside others that end in such brackets: villages and posts (东河村、治安队) are names there.
    """
    found = _LAST_NAMES.search(shadow(text))
    inside = found["names"] if found else ""
    clauses = [clause for clause in re.split("[,;]", inside) if not TIMED.match(clause.strip())]
    names = [name for piece in names_in("、".join(clauses)) for name in entries_of(piece)[0]]
    if not found or not names or _NO_NAMES.search(inside) or (len(names) == 1 and len(inside) < _LEAST):
        return text, ""
    if not all(looks_like_unit(name) and not is_odd(name) for name in names):
        return text, ""
    return text[: found.start()], text[found.start("names") : found.end("names")]


_LAST_NAMES = re.compile(r"[(\[](?P<names>[^()\[\]。:]{2,80}(?:\([^()]{1,6}\)[^()\[\]。:]{0,60}){0,2})[)\]][。;]?\s*$")
_LEAST = 3
"""Signs of a single name; 城区 and 农村 say where."""

_NO_NAMES = re.compile(r"^(?:含|包括|其中|原|不含|限|共|约|如|试点|重点|部分)")


def _pairs(flat: str) -> list[tuple[int, int]]:
    """Where round and square brackets open and close, outer ones before those inside them."""
    opened: list[int] = []
    out: list[tuple[int, int]] = []
    for place, sign in enumerate(flat):
        if sign in "([":
            opened.append(place)
        elif sign in ")]" and opened:
            out.append((opened.pop(), place))
    return sorted(out)


def after_last(text: str, inside: str, content: str) -> str:
    """What stands behind the last bracket of units, if it is more than a sign."""
    rest = squeeze(text[text.rfind(inside) + len(inside) + 1 :])
    return rest if len(rest) > 3 and squeeze(content).endswith(rest) else ""


def each_its_own(brackets: list[str]) -> bool:
    """（牵头单位：甲局）（配合单位：乙局）: each bracket says another part of one duty."""
    found = [LABEL.match(shadow(text).strip()) for text in brackets]
    kinds = [label_kind(label) for label in found if label]
    return len(kinds) == len(brackets) == len(set(kinds))
