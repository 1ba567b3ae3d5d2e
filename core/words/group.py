"""Knows what a group reads when it is linked or let go."""

from __future__ import annotations

from datetime import datetime

from core.rules.office import Office
from core.rules.summary_times import PERIOD_AT, WEEKLY_AT
from core.words import terms
from core.words.html import lines
from core.words.message import Message
from core.words.voice import Voice


def linked(said: Voice, office: Office, how: str, topic: bool, upcoming: datetime | None) -> Message:
    """What will come here and when. how: new | moved | same"""
    place = said.plain("group.topic" if topic else "group.whole")
    rows = [
        said(f"group.linked_{how}", place=place),
        said("group.what_comes", weekly=f"{WEEKLY_AT:%H:%M}", period=f"{PERIOD_AT:%H:%M}"),
    ]
    if upcoming:
        rows.append(said("group.next", at=terms.moment(said, office.local(upcoming))))
    return Message(lines(*rows, said("group.private")))


def unlinked(said: Voice, was: bool) -> Message:
    return Message(said("group.unlinked" if was else "group.not_linked"))
