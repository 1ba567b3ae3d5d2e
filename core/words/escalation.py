"""Knows how escalation reads: to the supervisor, as the preview for a leader, and to the leader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.rules.courtesy import UNASKED_PER_DAY
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.tasks import Leader
from core.words import terms
from core.words.html import Html, lines
from core.words.message import Button, Message
from core.words.voice import Voice

EACH = 6
"""Up to so many items stand one by one with their dates; more are gathered by unit."""

UNITS = 12
REFS = 4


def supervisor_message(said: Voice, late: Sequence[Obligation], today: date, leader: bool) -> Message:
    """What the ladder brings to the supervisor; nothing goes to a leader without the button below it."""
    rows: list[object] = [said("escalation.title", n=len(late)), *_items(said, "escalation.row", late, today)]
    buttons = [Button(said.plain("overdue.urge"), "ug:units:::::")]
    if leader:
        rows.append(said("escalation.to_leader"))
        buttons.append(Button(said.plain("escalation.see"), "es:see"))
    return Message(lines(*rows), (tuple(buttons),))


def preview_message(
    said: Voice,
    office: Office,
    rows: Sequence[tuple[Leader, int, str]],
    before: int,
    mark: str,
    at: datetime,
    now: datetime,
) -> Message:
    """(leader, how many, state) of everybody who would be told."""
    text: list[object] = [said("escalation.preview")]
    keys = {"reached": "escalation.leader", "absent": "escalation.leader_absent", "held": "escalation.leader_held"}
    text += [said(keys[state], leader=leader.label, n=n, most=UNASKED_PER_DAY) for leader, n, state in rows]
    if before:
        text.append(said("escalation.before", n=before))
    cancel = Button(said.plain("escalation.cancel"), "es:no")
    if not any(state == "reached" for _, _, state in rows):
        return Message(lines(*text, said("escalation.nobody")), ((cancel,),))
    if at > now:
        text.append(said("escalation.later", at=terms.moment(said, office.local(at))))
    return Message(lines(*text), ((Button(said.plain("escalation.confirm"), f"es:ok:{mark}"), cancel),))


def sent_message(
    said: Voice, office: Office, leaders: Sequence[Leader], items: int, at: datetime, now: datetime
) -> Message:
    names = said.plain("terms.comma").join(leader.label for leader in leaders)
    later = said("escalation.later", at=terms.moment(said, office.local(at))) if at > now else None
    return Message(lines(said("escalation.sent", names=names, n=items), later))


def leader_message(said: Voice, office: str, late: Sequence[Obligation], today: date) -> Message:
    """What the leader reads; each task one tap away."""
    rows = [said("escalation.told", n=len(late), office=office), *_items(said, "escalation.told_row", late, today)]
    tasks = list(dict.fromkeys((o.task_id, o.ref) for o in late))[:8]
    cells = [Button(ref, f"task:i{number}") for number, ref in tasks]
    buttons = [tuple(cells[i : i + 4]) for i in range(0, len(cells), 4)]
    return Message(lines(*rows), tuple(buttons))


def _items(said: Voice, key: str, late: Sequence[Obligation], today: date) -> list[Html]:
    if len(late) > EACH:
        return _by_unit(said, late, today)
    return [
        said(
            key, n=n, item=terms.item(said, o, 14), unit=o.unit, due=terms.due(said, o), late=terms.late(said, o, today)
        )
        for n, o in enumerate(late, start=1)
    ]


def _by_unit(said: Voice, late: Sequence[Obligation], today: date) -> list[Html]:
    """A line for each unit, those with most first: how many, which tasks, since when the oldest."""
    units: dict[str, list[Obligation]] = {}
    for o in late:
        units.setdefault(o.unit, []).append(o)
    ordered = sorted(units.items(), key=lambda unit: -len(unit[1]))
    rows = []
    for name, owed in ordered[:UNITS]:
        refs = list(dict.fromkeys(o.ref for o in owed))
        oldest = min(owed, key=lambda o: o.chase)
        shown = said.plain("terms.comma").join(refs[:REFS])
        key = "escalation.unit_more" if len(refs) > REFS else "escalation.unit"
        rows.append(said(key, unit=name, n=len(owed), refs=shown, late=terms.late(said, oldest, today)))
    rest = ordered[UNITS:]
    if rest:
        rows.append(said("escalation.more", units=len(rest), n=sum(len(owed) for _, owed in rest)))
    return rows
