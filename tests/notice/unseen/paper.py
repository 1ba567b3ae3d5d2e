"""An invented notice of a layout that occurs somewhere, with what must be read in it, written down before it was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.papers.notice import UnreadableNotice, read_notice
from core.rules.notice.model import Notice, Question, Task
from core.rules.notice.shadow import squeeze

_FIELDS = ("number", "content", "lead", "co", "responsible", "due", "leader")
_STRUCTURE = {
    "row_shape", "run_together", "merged_cell", "wrap_units", "several_brackets", "leftover", "sub_items", "stray_text", "no_number",
    "twin", "column", "column_text", "column_units", "numbering", "numbering_gap", "damaged", "no_content", "sub_units", "page_number",
}  # fmt: skip
_ABOUT = {
    "number": {"numbering", "numbering_gap", "no_number", "first_number"},
    "content": {"leftover", "duty_note"},
    "due": {
        "due",
        "due_steps",
        "due_edge",
        "due_before_issue",
        "date_in_text",
        "dates_in_text",
        "date_taken",
        "weekday",
    },
    "leader": {"leader", "leader_name", "leader_ordinal", "leader_above", "two_leaders", "heading", "leader_empty"},
}
_UNITS = {
    "unit", "star", "repeated_unit", "duty_note", "open_list", "group_first", "lead_empty", "no_units", "no_lead",
    "heading_units", "inner_duty", "last_units", "only_co", "look_alike", "rule_late", "several_duties",
}  # fmt: skip
_COLUMN = {"column", "column_text", "column_units", "leader_above"}
"""Asked once for all rows of a table."""

_WHOLE = {"no_tasks", "total", "unread_duty", "stray_text", "numbering", "first_number", "heading", "unread_item"}


@dataclass(frozen=True)
class Paper:
    """`tasks`: a line each, number|content|lead|co|responsible|due|leader, with 、 between units and ends left out."""

    name: str
    kind: str
    data: bytes
    tasks: Sequence[str] = ()


@dataclass
class Got:
    """Refs or numbers of tasks by how they were read; `needless` counts questions about what was read right."""

    right: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)


def measure(paper: Paper) -> Got:
    """A task is asked about only where a question is about the thing that is wrong; an invented task is wrong."""
    got = Got()
    try:
        notice = read_notice(paper.data, f"a.{paper.kind}")
    except UnreadableNotice as refused:
        got.asked = [f"{row.split('|')[0]}: refused, {refused.reason_key}" for row in paper.tasks]
        return got
    left = list(notice.tasks)
    for row in paper.tasks:
        wanted = dict(zip(_FIELDS, [*row.split("|"), *[""] * 7], strict=False))
        task = _found(left, wanted)
        if task is None:
            asked = any(q.kind in _WHOLE for q in notice.questions) or any(
                q.kind in _COLUMN for q in notice.all_questions()
            )
            (got.asked if asked else got.wrong).append(f"{wanted['number']}: missing {wanted['content'][:24]}")
            continue
        left.remove(task)
        faults = _faults(notice, task, wanted)
        silent = [fault for fault in faults if not _is_asked(fault.partition(" ")[0], task, notice)]
        place = got.right if not faults else got.wrong if silent else got.asked
        place.append(f"{task.ref}: {'; '.join(faults)}" if faults else task.ref)
        if not faults:
            got.needless += [f"{task.ref} {q.kind}: {q.text[:70]}" for q in task.questions]
    for task in left:
        place = got.asked if any(q.kind in _STRUCTURE | _UNITS for q in task.questions) else got.wrong
        place.append(f"{task.ref}: no task, {task.content[:30]}")
    got.needless += [f"paper {q.kind}: {q.text[:70]}" for q in notice.questions]
    return got


def _found(left: list[Task], wanted: dict[str, str]) -> Task | None:
    """The task with this content, else with this number and a content that begins alike."""
    same = [t for t in left if squeeze(t.content) == squeeze(wanted["content"])]
    begins = [t for t in left if squeeze(t.content)[:5] == squeeze(wanted["content"])[:5]]
    begins += [
        t for t in left if t.content and t not in begins and _within(squeeze(t.content), squeeze(wanted["content"]))
    ]
    numbered = [t for t in left if str(t.number) == wanted["number"] and t in begins]
    return next((t for t in same if str(t.number) == wanted["number"]), next(iter(same + numbered + begins), None))


def _within(one: str, other: str) -> bool:
    return one in other or other in one


def _faults(notice: Notice, task: Task, wanted: dict[str, str]) -> list[str]:
    names = {each.ordinal: each.name for each in notice.leaders}
    read = {
        "number": str(task.number),
        "content": squeeze(task.content),
        "lead": "、".join(task.lead),
        "co": "、".join(task.co),
        "responsible": "、".join(task.responsible),
        "due": task.due.isoformat() if task.due else "",
        "leader": "、".join(names[n] for n in task.leaders),
    }
    wanted = {**wanted, "content": squeeze(wanted["content"])}
    return [f"{key} {read[key]!r} not {wanted[key]!r}" for key in _FIELDS if read[key] != wanted[key]]


def _is_asked(key: str, task: Task, notice: Notice) -> bool:
    kinds = _ABOUT.get(key, _UNITS) | _STRUCTURE
    about: list[Question] = [*task.questions, *(q for q in notice.all_questions() if q.kind in _COLUMN)]
    if key == "lead":
        about += [q for q in notice.questions if q.kind == "no_lead"]
    if key in ("lead", "co", "responsible", "due") and any(q.kind == "unread_label" for q in notice.questions):
        return True
    if key in ("lead", "co", "responsible") and any(q.kind == "lead_shown" for q in notice.questions):
        return True
    if key == "leader":
        about += [q for q in notice.questions if q.kind in _ABOUT["leader"]]
    return any(q.kind in kinds for q in about)


Builder = Callable[..., bytes]
