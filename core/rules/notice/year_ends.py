"""Knows deadlines that may be the year's last day or none: 全年 under a label, 年内 in the words of a task; each is asked about once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from core.rules.notice.doubts import Questions, listed
from core.rules.notice.model import Question, Task
from core.rules.notice.shadow import shadow, squeeze

_WHOLE_YEAR = re.compile(r"^(?:\d{4}年|今年|本年)?度?全年$")
WITHIN = re.compile(r"(?<![\d一二三四五六七八九十两几])(?:今年|本年|当年)?年内")
"""年内, whatever is to be done by then; 三年内 is a span of years."""


def is_whole_year(task: Task) -> bool:
    """Whether a task's deadline is 全年 and nothing else, read as the year's last day."""
    return bool(task.due and _WHOLE_YEAR.match(squeeze(shadow(task.due_text or "")).rstrip("。;")))


def is_within(text: str) -> bool:
    return text.endswith("年内")


def within_the_year(task: Task) -> date | None:
    """The year's last day, where a task without a deadline is to be done 年内; None for any other."""
    if task.due_text or task.due:
        return None
    return next((each.iso for each in task.dates if is_within(each.text)), None)


def about_years(tasks: Sequence[Task], questions: Questions) -> list[Question]:
    """One question for all tasks of a kind."""
    found = {
        "whole_year": [task.ref for task in tasks if is_whole_year(task)],
        "within_year": [task.ref for task in tasks if within_the_year(task)],
    }
    return [
        questions.ask(
            kind,
            tasks[0].lines[0],
            n=len(refs),
            refs=listed(refs),
        )
        for kind, refs in found.items()
        if refs
    ]
