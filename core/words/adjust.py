"""Knows how changes of a task read: the choice, the question for a reason, the preview, what the units are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.office import Office
from core.rules.people import Person
from core.rules.tasks import TASK_MOVES, Task, short
from core.words import terms
from core.words.html import bold, lines, quote
from core.words.message import Button, Message
from core.words.voice import Voice

NAMED = 10


def choose_message(said: Voice, task: Task) -> Message:
    """What can be done to this task now."""
    moves = tuple(
        Button(said.plain(f"adjust.to_{new}"), f"ad:s:{task.id}:{new}")
        for new in ("done", "suspended", "dropped", "active")
        if new in TASK_MOVES[task.state]
    )
    rows = [moves]
    if task.active:
        rows += [
            (
                Button(said.plain("adjust.change_content"), f"ad:v:{task.id}:content"),
                Button(said.plain("adjust.change_lead"), f"ad:v:{task.id}:lead"),
            ),
            (
                Button(said.plain("adjust.change_co"), f"ad:v:{task.id}:co"),
                Button(said.plain("adjust.change_unco"), f"ad:v:{task.id}:unco"),
            ),
        ]
    state = None if task.active else said("adjust.state", state=said.plain(f"adjust.is_{task.state}"))
    return Message(lines(bold(said("adjust.title", ref=task.ref)), task.content, state), tuple(rows))


def reason_message(said: Voice, task: Task, what: str) -> Message:
    """Why? The reason goes to the units and into the history."""
    return Message(said("adjust.why", ref=task.ref, what=said.plain(f"adjust.do_{what}")), (_no(said),))


def value_message(said: Voice, task: Task, what: str) -> Message:
    return Message(said(f"adjust.ask_{what}", ref=task.ref), (_no(said),))


def preview_message(
    said: Voice,
    office: Office,
    task: Task,
    what: str,
    value: str,
    reason: str,
    people: Sequence[Person],
    nobody: Sequence[str],
    stops: int,
    at: datetime,
    now: datetime,
    mark: str,
) -> Message:
    """What would happen and who is told; nothing happens before the button."""
    comma = said.plain("terms.comma")
    names = comma.join(person.name for person in people[:NAMED]) + ("…" if len(people) > NAMED else "")
    rows: list[object] = [
        bold(
            said("adjust.preview", ref=task.ref, content=short(task.content, 20), what=said.plain(f"adjust.do_{what}"))
        )
    ]
    if value:
        rows.append(quote(value))
    rows.append(said("adjust.reason", reason=reason))
    if stops:
        rows.append(said("adjust.moves" if what == "lead" else "adjust.stops", n=stops))
    rows.append(said("adjust.tells", n=len(people), names=names) if people else said("adjust.tells_nobody"))
    if nobody:
        rows.append(said("adjust.nobody", names=comma.join(nobody[:NAMED])))
    if at > now and people:
        rows.append(said("adjust.later", at=terms.moment(said, office.local(at))))
    return Message(lines(*rows), ((Button(said.plain("adjust.confirm"), f"ad:ok:{mark}"), *_no(said)),))


def done_message(said: Voice, task: Task, what: str, told: int, nobody: Sequence[str]) -> Message:
    names = said.plain("terms.comma").join(nobody[:NAMED])
    rows = [said("adjust.finished", ref=task.ref, what=said.plain(f"adjust.do_{what}"), n=told)]
    if nobody:
        rows.append(said("adjust.nobody", names=names))
    return Message(lines(*rows), ((Button(task.ref, f"task:i{task.id}"),),))


def state_told(said: Voice, task: Task, new: str, reason: str) -> Message:
    """What everybody with a part in it hears."""
    return Message(
        lines(
            bold(said(f"adjust.told_{new}", ref=task.ref, content=short(task.content, 20))),
            said("adjust.reason", reason=reason) if reason else None,
            said(f"adjust.means_{new}"),
        )
    )


def change_told(said: Voice, task: Task, what: str, value: str, old: str, reason: str) -> Message:
    return Message(
        lines(
            bold(said("adjust.told_changed", ref=task.ref, content=short(task.content, 20))),
            said(f"adjust.now_{what}", value=value, old=old),
            said("adjust.reason", reason=reason),
        ),
        ((Button(task.ref, f"task:i{task.id}"),),),
    )


def _no(said: Voice) -> tuple[Button, ...]:
    return (Button(said.plain("adjust.cancel"), "ad:no"),)
