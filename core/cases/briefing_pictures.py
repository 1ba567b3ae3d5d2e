"""Knows the pictures of a briefing: which there are, and what each is drawn from."""

from __future__ import annotations

from datetime import datetime

from core.cases.briefing import units_in
from core.rules.briefing import Briefing
from core.words import briefing_pictures as words
from core.words.message import Message
from core.words.voice import Voice
from core.work import Work

PICTURES = ("leaders", "units", "lights")
"""The last two are several where there are many rows."""


def pictures_of(work: Work, said: Voice, briefing: Briefing, which: str, now: datetime) -> list[Message]:
    """The picture, as many messages as it takes pages. Raises ValueError for one that there isn't."""
    match which:
        case "leaders":
            return [words.leaders_picture(said, work.office, briefing)]
        case "lights":
            return words.lights_pictures(said, work.office, briefing)
        case "units":
            return words.units_pictures(said, work.office, briefing, units_in(work, briefing, now))
    raise ValueError(which)
