"""Knows how reporting a task done reads to the unit."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.tasks import Task, short
from core.words.html import bold, lines
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8


def choose_message(said: Voice, tasks: Sequence[Task], page: int) -> Message:
    shown, page, pages = paged(tasks, page, PAGE)
    buttons: list[tuple[Button, ...]] = [
        (Button(said.plain("completion.task", ref=t.ref, content=short(t.content, 20)), f"done:{t.id}"),) for t in shown
    ]
    buttons += turning(said, "dones", page, pages)
    return Message(said("completion.choose"), tuple(buttons))


def ask_message(said: Voice, task: Task, again: bool) -> Message:
    return Message(
        lines(
            bold(said("completion.ask", ref=task.ref, content=short(task.content, 24))),
            said("completion.waiting_already") if again else None,
            said("completion.ask_how"),
        )
    )


def evidence_message(said: Voice, task: Task) -> Message:
    """The words are there, the evidence isn't."""
    return Message(
        said("completion.evidence", ref=task.ref),
        ((Button(said.plain("completion.without"), f"done_bare:{task.id}"),),),
    )


def reported_message(said: Voice, task: Task, version: int, files: int, report_id: int) -> Message:
    return Message(
        lines(bold(said("completion.reported", ref=task.ref, version=version, n=files)), said("completion.then")),
        ((Button(said.plain("report.withdraw"), f"undo:{report_id}"),),),
    )
