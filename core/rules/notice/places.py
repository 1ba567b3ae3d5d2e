"""Knows where on paper each task and each question stands, and which words of the source a task was read from."""

from __future__ import annotations

from dataclasses import replace

from core.rules.notice.model import Notice, Question
from core.rules.notice.shadow import Line, join

_CLAUSE = 600
"""Characters of the source that are kept beside a task."""


def located(notice: Notice, lines: list[Line]) -> Notice:
    """The notice whose tasks carry their clause and place, its questions their place."""
    by_number = {line.number: line for line in lines}

    def at(question: Question) -> Question:
        line = by_number.get(question.line)
        return replace(question, place=line.place.to_json()) if line else question

    tasks = tuple(
        replace(
            task,
            clause=_clause([by_number[n] for n in range(task.lines[0], task.lines[1] + 1) if n in by_number]),
            place=by_number[task.lines[0]].place.to_json() if task.lines[0] in by_number else {},
            questions=tuple(at(question) for question in task.questions),
        )
        for task in notice.tasks
    )
    return replace(notice, tasks=tasks, questions=tuple(at(question) for question in notice.questions))


def _clause(lines: list[Line]) -> str:
    """The source's words; a statement of duty keeps its own line, cells are told apart."""
    parts: list[str] = []
    for line in lines:
        text = " ｜ ".join(join(c.split("\n")) for c in line.cells if c.strip()) if line.cells else line.text.strip()
        if text:
            parts.append(text)
    whole = "\n".join(parts)
    return whole if len(whole) <= _CLAUSE else whole[: _CLAUSE - 1] + "…"
