"""Knows what the heads of a table's columns mean when they stand beside each other: one head may settle what another is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from core.rules.notice.heads import (
    BESIDE,
    CONTENT,
    NUMBER,
    PAIR,
    SECTION,
    bare_head,
    column_of,
    is_beside,
    is_inner_office,
    is_named_duty,
    is_proof,
    is_start,
    is_state,
    is_watcher,
    rank_of,
)
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE

__all__ = ["BESIDE", "CONTENT", "NUMBER", "PAIR", "SECTION", "column_of", "is_beside"]

_ALONE = ((LEAD, PAIR), (LEADER,), (DUE,))
"""What only one column of a table can hold."""

_DOING = (LEAD, RESPONSIBLE, CO, PAIR)
_NAME = re.compile(r"名称$|^(?:项目|事项|工程|实事|实事项目|民生实事|重点项目|重大项目|Project)$")


def columns_of(headers: Sequence[str], said: Mapping[str, str] = MappingProxyType({})) -> list[str | None]:
    """Which column each head names; None for one that nobody can tell, BESIDE for one that is no part of a task.

    `said`: what a person said that columns hold, by their names; it stands whatever the heads beside it are.
    """
    own = _said(headers, said)
    named = [own.get(place) or column_of(header) for place, header in enumerate(headers)]
    named = _proofs_apart(headers, named)
    for kind in (DUE, LEADER):
        named = _best_only(headers, named, kind)
    named = _with_content(headers, _doers_only(headers, named))
    return [own.get(place, kind) for place, kind in enumerate(named)]


def name_of(headers: Sequence[str], place: int) -> str:
    """What a column is called: its head, with #2 behind the second of that head; where it has none by the one on its left, or its place."""
    bare = ["".join(head.split()) for head in headers]
    head = " ".join(headers[place].split()) if place < len(headers) else ""
    if head:
        before = bare[: place + 1].count(bare[place])
        return head if before == 1 else f"{head}#{before}"
    left = " ".join(headers[place - 1].split()) if 0 < place <= len(headers) else ""
    return f"{left} →" if left else str(place + 1)


def _said(headers: Sequence[str], said: Mapping[str, str]) -> dict[int, str]:
    """The roles that a person gave, by the places of the columns."""
    if not said:
        return {}
    return {place: said[name] for place in range(len(headers)) if (name := name_of(headers, place)) in said}


def same_role(headers: Sequence[str], said: Mapping[str, str], place: int) -> str:
    """The name of another column that holds what only one can hold: who leads, who heads it, by when. Empty for none."""
    own = _said(headers, said)
    kinds = [own.get(n) or column_of(header) for n, header in enumerate(headers)]
    alone = next((group for group in _ALONE if kinds[place] in group), ())
    return next((name_of(headers, n) for n, kind in enumerate(kinds) if n != place and kind in alone), "")


def _proofs_apart(headers: Sequence[str], named: list[str | None]) -> list[str | None]:
    """What shows that a task is done, and how far it is, says what is to be done only where nothing else does."""
    for apart, left in ((is_proof, None), (is_state, BESIDE)):
        shown = [kind == CONTENT and apart(header) for header, kind in zip(headers, named, strict=True)]
        if any(shown) and sum(kind == CONTENT for kind in named) > sum(shown):
            if apart is is_state and any("整改" in header for header in headers):
                continue
            named = [left if here else kind for here, kind in zip(shown, named, strict=True)]
    return named


def _best_only(headers: Sequence[str], named: list[str | None], kind: str) -> list[str | None]:
    """Of two columns of dates or leaders the one that says when it must be done, or who heads it."""
    ranks = [rank_of(header, kind) if each == kind else 0 for header, each in zip(headers, named, strict=True)]
    best = max(ranks, default=0)
    first = ranks.index(best) if best else -1
    return [None if each == kind and place != first else each for place, each in enumerate(named)]


def _doers_only(headers: Sequence[str], named: list[str | None]) -> list[str | None]:
    """单位 beside 牵头单位 is what is counted, 责任处室 beside 责任单位 an office within it; who only watches does nothing."""
    units = [
        place
        for place, (header, kind) in enumerate(zip(headers, named, strict=True))
        if kind in _DOING and not is_inner_office(header) and bare_head(header) != "单位"
    ]
    strong = [place for place in units if rank_of(headers[place], RESPONSIBLE) > 1]
    out = list(named)
    for place, (header, kind) in enumerate(zip(headers, named, strict=True)):
        if kind in (LEAD, RESPONSIBLE) and place not in units and any(named[n] in (LEAD, RESPONSIBLE) for n in units):
            out[place] = BESIDE
        elif kind == RESPONSIBLE and place in units and place not in strong and strong:
            out[place] = None
        elif kind is None and (is_start(header) or (units and is_watcher(header))):
            out[place] = BESIDE
    return out


def _with_content(headers: Sequence[str], named: list[str | None]) -> list[str | None]:
    """The head before those of units that nobody knows says what is to be done, where no other does."""
    if CONTENT in named or NUMBER not in named:
        return named
    duty = [place for place, header in enumerate(headers) if named[place] in _DOING and is_named_duty(header)]
    open_heads = [
        place
        for place, header in enumerate(headers)
        if named[place] is None and header.strip() and not is_beside(header) and duty and place < duty[0]
    ]
    if not open_heads:
        return named
    return [CONTENT if place == open_heads[0] else kind for place, kind in enumerate(named)]


def is_title(header: str) -> bool:
    """Whether a column holds the names of what is to be done, not a heading over several tasks."""
    return bool(_NAME.search(bare_head(header)))


def is_heads(named: Sequence[str | None]) -> bool:
    """Whether such columns make a table of tasks: what is to be done, and who does it."""
    return CONTENT in named and any(kind in named for kind in (LEAD, RESPONSIBLE, CO, LEADER, PAIR))


def may_be_heads(named: Sequence[str | None]) -> bool:
    """Whether such columns may make one: numbered, with what is to be done; who does it may stand in the cells."""
    return CONTENT in named and NUMBER in named and len(named) > 2


def both_rows(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The heads of two rows, the upper of which names what several of the lower ones are about; empty where the lower is no such row."""
    shown = [cell for cell in below if cell.strip()]
    if len(above) != len(below) or not shown or not all(_is_head(cell) for cell in shown):
        return []
    return [low if low.strip() else high for high, low in zip(above, below, strict=True)]


def _is_head(cell: str) -> bool:
    return column_of(cell) is not None or is_beside(cell)
