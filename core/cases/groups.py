"""Knows which groups last year's closing let go, and how they are linked again by one press."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.cases.problem import Problem
from core.cases.summary import next_summary
from core.rules.people import Person
from core.words import group as words
from core.words.voice import voice
from core.work import Group, Work

REMEMBERED = timedelta(days=500)
"""A closing longer ago is no help: its groups are not those of today."""


def let_go(work: Work, now: datetime) -> list[Group]:
    """The groups that closing a notice unlinked and nobody has linked since."""
    moments = [event.at for event in work.history.since("notice_closed", now - REMEMBERED)]
    return work.groups.let_go(moments) if moments else []


def link_again(work: Work, by: Person, now: datetime) -> list[Group]:
    """Links them, in their topics; each is told in office hours what will come. Raises Problem where none is left."""
    groups = [work.groups.link(group.chat_id, group.topic_id, group.title, by.id, now) for group in let_go(work, now)]
    if not groups:
        raise Problem("group.none_to_link")
    opens = work.office.next_open(now)
    upcoming = next_summary(work, now)
    for group in groups:
        work.history.add("group_linked", "group", group.id, now, by.id, title=group.title, topic=group.topic_id)
        work.outbox.put(
            f"linked:{group.id}:{int(now.timestamp())}",
            group.chat_id,
            words.linked(voice(work.office.lang), work.office, "new", group.topic_id is not None, upcoming),
            kind="broadcast",
            now=now,
            topic_id=group.topic_id,
            not_before=opens,
        )
    return groups
