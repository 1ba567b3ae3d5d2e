"""Knows what a group reads when it is linked or let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.office import Office
from core.rules.summary_times import PERIOD_AT, WEEKLY_AT
from core.words import terms
from core.words.html import lines
from core.words.message import Button, Message
from core.words.voice import Voice
from core.work import Group


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


def offer(said: Voice, groups: Sequence[Group]) -> Message:
    """A new notice is in force, and the groups of the last one are not linked any more."""
    return Message(
        said("group.offer", n=len(groups), names=_names(said, groups)),
        (
            (Button(said.plain("group.again", n=len(groups)), "gl:y"),),
            (Button(said.plain("group.leave"), "gl:n"),),
        ),
    )


def linked_again(said: Voice, groups: Sequence[Group]) -> Message:
    return Message(said("group.linked_again", names=_names(said, groups)))


def _names(said: Voice, groups: Sequence[Group]) -> str:
    return said.plain("terms.comma").join(group.title for group in groups)


def unlinked(said: Voice, was: bool) -> Message:
    return Message(said("group.unlinked" if was else "group.not_linked"))
