"""Knows how the sheet of a reading that a person edited becomes the reading: rows changed, split, added, taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.rules.notice.answering import EarlyDay, due_typed, groups_of, with_roll
from core.rules.notice.by_hand import dated
from core.rules.notice.corrections import CONTENT_MOST, NONE, SETTLED
from core.rules.notice.lists import names_in
from core.rules.notice.model import LeftOut, Notice, Task
from core.rules.notice.names import is_group, looks_like_unit
from core.rules.notice.shadow import squeeze

COLUMNS = ("ref", "leader", "content", "lead", "co", "responsible", "due", "place", "clause")
"""The sheet's columns; leader, place and clause are there to be read and are not taken back."""

_UNITS = ("lead", "co", "responsible")
_CELLS = ("content", *_UNITS, "due")
_DASHES = str.maketrans("—–－", "---")


class ReviewFault(ValueError):
    """A row can't be used. `kind`: ref | content | unit | group | due | early | twice; `row` is the sheet's, `text` what stands there."""

    def __init__(self, kind: str, row: int, text: str) -> None:
        super().__init__(kind)
        self.kind, self.row, self.text = kind, row, text


def cells_of(task: Task) -> dict[str, str]:
    """What the sheet shows of a task."""
    return {
        "ref": task.ref,
        "content": task.content,
        **{part: "、".join(getattr(task, part)) for part in _UNITS},
        "due": task.due.isoformat() if task.due else "",
    }


def reviewed(notice: Notice, rows: Sequence[Mapping[str, Any]], year: int) -> Notice:
    """The notice as the sheet has it. A row's ref again, or none, is one more task out of the one above it.

    A row that is missing is left out and remembered so; one that was left out and stands in the sheet is a task again.

    `rows`: the columns as text and `row`, the sheet's number. Raises ReviewFault for the first row that can't be used.
    """
    known = _known(notice)
    taken = set(known)
    names = {unit.name for unit in notice.units}
    out: list[Task] = []
    seen: set[str] = set()
    for row in rows:
        ref = _ref(row)
        if ref and ref not in known:
            raise ReviewFault("ref", row["row"], ref)
        base = known[ref] if ref else out[-1] if out else notice.tasks[0]
        task = base
        if not ref or ref in seen:
            own = _free(ref or base.ref, taken)
            taken.add(own)
            task = replace(base, ref=own, number=own.rpartition("-")[2], questions=(), targets=())
        seen.add(ref)
        out.append(_read(notice, task, base, row, names, year))
    if not out:
        raise ReviewFault("content", 0, "")
    here = {task.ref for task in notice.tasks}
    out_before = tuple(each for each in notice.left_out if each.task.ref in here or each.task.ref not in seen)
    gone = tuple(LeftOut(task) for task in notice.tasks if task.ref not in seen)
    changed = with_roll(replace(notice, tasks=tuple(out), left_out=(*out_before, *gone)))
    if not any(t.responsible and not t.lead for t in changed.tasks):
        changed = replace(changed, questions=tuple(q for q in changed.questions if q.kind != "no_lead"))
    return changed


def edits(notice: Notice, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with only what a person changed in them; a row that was added is kept whole."""
    known = _known(notice)
    out: list[dict[str, Any]] = []
    for row in rows:
        ref = _ref(row)
        shown = cells_of(known[ref]) if ref in known else {}
        cells = {name: str(row.get(name) or "") for name in _CELLS}
        kept = {name: text for name, text in cells.items() if squeeze(text) != squeeze(shown.get(name, "\0"))}
        out.append({"row": row["row"], "ref": ref, **kept})
    return out


def with_unchanged(notice: Notice, rows: Sequence[Mapping[str, Any]], refs: Sequence[str]) -> list[dict[str, Any]]:
    """The inverse of `edits`, for another reading of the same paper: whatever was not changed is as that one has it.

    `refs` are the tasks that the sheet was about. Of those that only this reading has nobody could know: they stay.
    """
    known = _known(notice)
    out = [
        {**(cells_of(known[row["ref"]]) if row["ref"] else {}), **row}
        for row in rows
        if not row["ref"] or row["ref"] in known
    ]
    order = {task.ref: place for place, task in enumerate(notice.tasks)}
    for task in notice.tasks:
        if task.ref not in refs and task.ref not in {row["ref"] for row in out}:
            later = (n for n, row in enumerate(out) if order.get(row["ref"], -1) > order[task.ref])
            out.insert(next(later, len(out)), {"row": 0, **cells_of(task)})
    return out


def _known(notice: Notice) -> dict[str, Task]:
    """What a sheet's refs stand for: the tasks, and what was left out."""
    return {each.task.ref: each.task for each in notice.left_out} | {task.ref: task for task in notice.tasks}


def _ref(row: Mapping[str, Any]) -> str:
    return squeeze(str(row.get("ref") or "")).translate(_DASHES)


def _read(notice: Notice, task: Task, base: Task, row: Mapping[str, Any], names: set[str], year: int) -> Task:
    shown = cells_of(base)
    values: dict[str, Any] = {}
    number = row["row"]
    content = str(row.get("content") or "").strip()
    if squeeze(content) != squeeze(shown["content"]):
        if not 2 <= len(content) <= CONTENT_MOST:
            raise ReviewFault("content", number, content[:20])
        values["content"] = content
    for part in _UNITS:
        text = str(row.get(part) or "")
        if squeeze(text) != squeeze(shown[part]):
            values[part] = _names(text, number, names, part)
    due = str(row.get("due") or "").strip()
    if due != shown["due"]:
        try:
            day = None if not due or due.lower() in NONE else due_typed(notice, due, year)
        except EarlyDay as early:
            raise ReviewFault("early", number, due[:20]) from early
        except ValueError as wrong:
            raise ReviewFault("due", number, due[:20]) from wrong
        task = dated(task, day, due or None)
        values |= {"due": task.due, "due_text": task.due_text}
    return _settled(replace(task, **values), values, number) if values else task


def _settled(task: Task, values: Mapping[str, Any], number: int) -> Task:
    """Units once each: who leads doesn't assist as well; where somebody leads the others assist."""
    if task.lead and task.responsible:
        task = replace(task, co=(*task.co, *task.responsible), responsible=())
    task = replace(task, co=tuple(dict.fromkeys(name for name in task.co if name not in task.lead)))
    kinds = {kind for part in values for kind in SETTLED.get(part, ())}
    if "responsible" in values:
        kinds |= set(SETTLED["co"])
    questions = tuple(question for question in task.questions if question.kind not in kinds)
    return replace(task, questions=questions, groups=groups_of((*task.lead, *task.co, *task.responsible)))


def _names(text: str, number: int, known: set[str], part: str) -> tuple[str, ...]:
    if not text.strip() or text.strip().lower() in NONE:
        return ()
    names = tuple(dict.fromkeys(names_in(text)))
    for name in names:
        if name not in known and not looks_like_unit(name):
            raise ReviewFault("unit", number, name[:20])
        if part == "lead" and is_group(name):
            raise ReviewFault("group", number, name[:20])
    return names


def _free(ref: str, taken: set[str]) -> str:
    root = ref.rstrip("abcdefghijklmnopqrstuvwxyz")
    signs = [*"abcdefghijklmnopqrstuvwxyz", *(f"{a}{b}" for a in "abcdefghij" for b in "abcdefghijklmnopqrstuvwxyz")]
    return next(root + sign for sign in signs if root + sign not in taken)
