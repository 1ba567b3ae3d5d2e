"""Knows how an office gets a ladder of its own: what arises from now on follows it, running promises keep theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.rules.ladder import LADDERS, Ladder, ladder_of
from core.work import Work

SETTING = "ladders"


def in_force(work: Work) -> dict[str, Ladder]:
    """The ladder of each kind of obligation that arises today."""
    return {kind: ladder_of(work.office.settings, kind) for kind in LADDERS}


def own(work: Work) -> bool:
    """Whether the office has set one."""
    return bool(work.office.settings.get(SETTING))


def set_ladders(work: Work, ladders: dict[str, list[dict[str, Any]]] | None, by: int | None, now: datetime) -> None:
    """Puts checked ladders into force (None: the built-in ones). A kind that is left out keeps what it has."""
    kept = dict(work.office.settings.get(SETTING) or {})
    new = None if ladders is None else {**kept, **ladders}
    work.offices.set(SETTING, new)
    work.history.add("ladder_set", "office", work.office.id, now, by, ladders=new)
