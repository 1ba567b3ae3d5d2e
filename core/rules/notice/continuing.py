"""Knows whether a line goes on with the list of units on the line before, or is something of its own."""

from __future__ import annotations

from core.rules.notice.clauses import ends_with_verb, is_bare_list, is_duty
from core.rules.notice.lists import looks_like_units, names_in
from core.rules.notice.names import is_ending, looks_like_unit
from core.rules.notice.shadow import shadow


def trailing_duty(text: str) -> bool:
    """True where the last bracket of a text says who does it."""
    flat = shadow(text).rstrip(" 。.;")
    opening = {")": "(", "]": "["}.get(flat[-1:], "")
    place, depth = len(flat), 0
    while opening and place:
        place -= 1
        depth += (flat[place] == flat[-1]) - (flat[place] == opening)
        if not depth:
            inside = flat[place + 1 : -1]
            return is_duty(inside) or is_bare_list(inside)
    return False


def continues_units(units: str, line: str, known: set[str]) -> str:
    """ "yes", "no" or "perhaps": does this line continue the list of units on the line before?"""
    flat = shadow(line).strip()
    before = shadow(units).rstrip()
    if not before or before.endswith(("、", ",")) or flat.startswith(("、", ",")):
        return "yes"
    if before.endswith(("。", ";")):
        return "no"
    last = (names_in(units) or [""])[-1]
    if unbalanced(last):
        return "yes"
    if ends_with_verb(before):
        return "no"
    pieces = names_in(flat.rstrip("。;"))
    joined = last + (pieces[0] if pieces else "")
    whole = looks_like_unit(last)
    if joined in known and (last not in known or not whole):
        return "yes"
    if pieces and is_ending(pieces[0]):
        return "yes"
    if not whole and pieces and len(pieces[0]) <= 12 and looks_like_unit(joined):
        return "yes"
    if whole and len(flat) <= 60 and pieces and looks_like_units(flat.rstrip("。;")):
        return "yes" if joined in known else "perhaps"
    return "no" if whole else "perhaps"


def unbalanced(name: str) -> bool:
    flat = shadow(name)
    return flat.count("(") > flat.count(")") or flat.count("[") > flat.count("]") or name.count("“") > name.count("”")
