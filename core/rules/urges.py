"""Knows what a person is urged for, and how often they were already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.rules.obligations import Obligation


@dataclass(frozen=True, slots=True)
class Urge:
    """One urging that happened: of which obligation, when, by whom."""

    obligation_id: int
    at: datetime
    person_id: int | None


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """One person of a preview: what they are asked for, and how often they were asked for any of it already."""

    name: str
    units: tuple[str, ...]
    refs: tuple[str, ...]
    items: int
    times: int = 0
    last: datetime | None = None


def urge_row(name: str, obligations: Sequence[Obligation], urges: Iterable[Urge]) -> UrgeRow:
    """Urgings at one moment count once, for they were one message."""
    ids = {o.id for o in obligations}
    moments = {urge.at for urge in urges if urge.obligation_id in ids}
    return UrgeRow(
        name,
        tuple(dict.fromkeys(o.unit for o in obligations)),
        tuple(dict.fromkeys(o.ref for o in obligations)),
        len(obligations),
        len(moments),
        max(moments, default=None),
    )
