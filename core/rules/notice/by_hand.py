"""Knows how a date that a person sets keeps beside it what the paper says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from core.rules.notice.model import Submission, Task

Dated = TypeVar("Dated", Task, Submission)


def dated(what: Dated, day: date | None, text: str | None) -> Dated:
    """The task or submission with a person's date; what the paper said is kept, however often it is changed."""
    paper = what.paper if what.paper is not None else on_paper(what)
    written = text if isinstance(what, Task) else text or ""
    return replace(what, due=day, due_text=written, paper=paper)


def on_paper(what: Task | Submission) -> dict[str, Any]:
    """The date as the paper has it, whatever a person made of it."""
    if what.paper is not None:
        return what.paper
    return {"due": what.due.isoformat() if what.due else None, "due_text": what.due_text or ""}
