"""Knows what closing a notice means, as far as it can be said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.rules.inspection import Round, Stop
from core.rules.people import Person
from core.rules.summary import Figures
from core.rules.tasks import NoticeCard


@dataclass(frozen=True, slots=True)
class RoundAtClose:
    """An open round that visits tasks of a notice to be closed. fate: cancelled | closed | carried (by another notice's tasks)

    `stops` counts the notice's stops in it; at those of `unseen` nothing was recorded.
    """

    round: Round
    fate: str
    stops: int
    unseen: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a notice means: what is open, who has not finished, who is told, from when it can't be undone."""

    card: NoticeCard
    tasks: dict[str, int]
    total: Figures
    unfinished: tuple[tuple[int, str, Figures], ...]
    unreviewed: int
    asked: int
    """Requests for a later date that nobody decided."""
    people: tuple[Person, ...]
    groups: int
    """The groups that are told; they are unlinked where no other notice is in force."""
    last: bool
    at: datetime
    rounds: tuple[RoundAtClose, ...] = ()
