"""Knows how rounds of inspection read to leaders and units, and the question whether groups shall read one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.cases.inspection_round import Sight
from core.rules.office import Office
from core.words import terms
from core.words.html import bold, lines
from core.words.inspection import name
from core.words.inspection_paper import briefing_text
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice
from core.work import Group

PAGE = 10


def rounds_message(said: Voice, rounds: Sequence[Sight], page: int) -> Message:
    """The rounds that concern the asker, each a button with its day and figures."""
    shown, page, pages = paged(rounds, page, PAGE)
    rows = [
        (
            Button(
                said.plain(
                    "inspect.seen_row",
                    name=name(said, seen.round),
                    day=terms.day(said, seen.round.day, weekday=False),
                    n=seen.total.stops,
                    mend=seen.total.to_mend,
                ),
                f"rd:{seen.round.id}",
            ),
        )
        for seen in shown
    ]
    turn = turning(said, "rd:p", page, pages)
    text = said("inspect.seen_list", n=len(rounds))
    return Message(text, (*rows, *turn))


def round_seen(said: Voice, office: Office, seen: Sight, at: datetime) -> Message:
    """What was found, as far as the asker may see it."""
    tasks = list(dict.fromkeys((stop.task_id, stop.ref) for stop in seen.stops))[:10]
    buttons = [Button(ref, f"task:i{number}") for number, ref in tasks]
    cells = [tuple(buttons[start : start + 5]) for start in range(0, len(buttons), 5)]
    back = (Button(said.plain("inspect.seen_all"), "rd:p:0"),)
    return Message(briefing_text(said, office, seen, at), (*cells, back))


def groups_choice(
    said: Voice, office: Office, seen: Sight, groups: Sequence[Group], mark: str, at: datetime, now: datetime
) -> Message:
    """Below the preview: to which groups it would go, and when."""
    if not groups:
        return Message(said("summary.no_group"))
    comma = said.plain("terms.comma")
    rows: list[object] = [
        bold(said("inspect.groups_ask", n=len(groups))),
        comma.join(group.title for group in groups),
        said("inspect.groups_later", at=terms.moment(said, office.local(at))) if at > now else None,
    ]
    number = seen.round.id
    go = Button(said.plain("inspect.groups_send", n=len(groups)), f"ir:gy:{number}:{mark}")
    return Message(lines(*rows), ((go, Button(said.plain("summary.cancel"), f"ir:gn:{number}")),))
