"""Knows what is worth a word to the office on a working morning, and from when on something is stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

STUCK = timedelta(minutes=10)
"""An update unhandled or a message unsent for longer is stuck; a tick that didn't run for so long was missed."""

LONG = timedelta(hours=1)
"""What is unhandled or unsent for longer is worth a word to the office: it won't be over before anybody reads it."""

LOOK_BACK = timedelta(days=7)
"""A note never tells of anything older, however long nobody could be told."""

MOST_DOUBTS = 5
"""Uncertain messages that one note asks about; the others come with the next."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that may have arrived and about which a person decides; `where` is a group's or a person's name."""

    id: int
    kind: str
    where: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened to an office's messages since the last note. Times are UTC."""

    since: datetime
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    held: int = 0
    aside: int = 0
    stuck: int = 0
    """Updates and messages that could have moved for an hour and haven't."""
    mended: int = 0
    """Reminders that the bot found missing and made up for."""
    lost: tuple[str, ...] = ()
    """Names of the people whom nothing reaches any more."""
    lapsed: tuple[str, ...] = ()
    """Names of the people whose desk nobody took over by the link made for it."""
    down: tuple[tuple[datetime, datetime], ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def worth(self) -> bool:
        """Whether it is worth a note. What was sent, and what only waits for its hour, is no trouble."""
        troubles = self.failed, self.uncertain, self.aside, self.stuck, self.mended, self.lost, self.lapsed, self.down
        return any(troubles)
