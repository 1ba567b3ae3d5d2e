"""Knows what a person does to a reading, so that it can be done again on the same paper read anew.

An act is plain JSON: {"do": "answer", "question", "choice"}, {"do": "correct", "what", "about", "text", "year", "plan"} or
{"do": "sheet", "rows", "refs", "year"} (of a row only the cells that were changed).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.rules.notice import corrections
from core.rules.notice.answering import answered, changed
from core.rules.notice.model import Notice, Question
from core.rules.notice.review import edits, reviewed, with_unchanged

Act = Mapping[str, Any]


def answer_act(question: Question, choice: str | None) -> Act:
    kept = {name: getattr(question, name) for name in ("line", "kind", "key", "ref")}
    return {
        "do": "answer",
        "question": {**kept, "options": list(question.options), "values": question.values},
        "choice": choice,
    }


def correct_act(what: str, about: str, text: str, year: int, plan: str) -> Act:
    """`about` is a task's ref or a unit's name, `year` that of a date without one, `plan` what a plan is called."""
    return {"do": "correct", "what": what, "about": about, "text": text, "year": year, "plan": plan}


def edited(notice: Notice, rows: Sequence[Mapping[str, Any]], year: int) -> Notice:
    """The notice as its sheet has it (`review.reviewed`), which is remembered. Raises ReviewFault."""
    refs = [task.ref for task in notice.tasks]
    act = {"do": "sheet", "rows": edits(notice, rows), "refs": refs, "year": year}
    return _remembered(reviewed(notice, rows, year), act)


def done(notice: Notice, act: Act) -> Notice:
    """The notice after an act, which is remembered where the paper can be read anew.

    Raises KeyError where what it is about is gone, ValueError (EarlyDay) for a value that can't be used.
    """
    return _remembered(_done(notice, act), act)


def _remembered(notice: Notice, act: Act) -> Notice:
    if notice.source is None:
        return notice
    return replace(notice, source=replace(notice.source, acts=(*notice.source.acts, act)))


def again(notice: Notice, act: Act, asked: Callable[[Question], bool]) -> Notice:
    """The paper read anew after the same act; what has nothing to change any more changes nothing.

    An answer counts while its question is open, or where it is `asked` of the paper as it stands, whatever was said of columns.
    """
    try:
        if act["do"] != "answer":
            return _done(notice, _as_here(notice, act))
        question = Question(text="", **{**act["question"], "options": tuple(act["question"]["options"])})
        now = same(notice, question)
        if now is not None:
            return answered(notice, now, act["choice"])
        return changed(notice, question, act["choice"]) if asked(question) else notice
    except (KeyError, ValueError):
        return notice


def same(notice: Notice, question: Question) -> Question | None:
    """The same question in another reading of the paper, whatever its key is there."""
    alike = [
        each
        for each in notice.all_questions()
        if (each.kind, each.ref, str(each.values.get("what")))
        == (question.kind, question.ref, str(question.values.get("what")))
    ]
    return next((each for each in alike if each.line == question.line), next(iter(alike), None))


def _as_here(notice: Notice, act: Act) -> Act:
    """What is taken in again is found by its number: its words may be others than they were."""
    if act["do"] != "correct" or act["what"] != "take_in":
        return act
    words = next((each.task.content for each in notice.left_out if each.task.ref == act["about"]), act["text"])
    return {**act, "text": words}


def _done(notice: Notice, act: Act) -> Notice:
    match act["do"]:
        case "answer":
            question = next(q for q in notice.all_questions() if q.key == act["question"]["key"])
            return answered(notice, question, act["choice"])
        case "correct":
            return _corrected(notice, act)
        case "sheet":
            return reviewed(notice, with_unchanged(notice, act["rows"], act["refs"]), act["year"])
    raise KeyError(act["do"])


def _corrected(notice: Notice, act: Act) -> Notice:
    what, about, text = act["what"], act["about"], act["text"]
    match what:
        case "lead":
            return corrections.set_lead(notice, about, text)
        case "co":
            return corrections.set_co(notice, about, text)
        case "due":
            return corrections.set_due(notice, about, text, act["year"])
        case "content":
            return corrections.set_content(notice, about, text)
        case "split":
            return corrections.split(notice, about, text)
        case "drop":
            return corrections.drop(notice, about)
        case "merge":
            return corrections.merge(notice, about, text)
        case "take_in":
            return corrections.take_in(notice, about, text)
        case "unit":
            return corrections.rename(notice, about, text)
        case "plan":
            return corrections.set_plan_due(notice, text, act["year"], act["plan"])
    raise KeyError(what)
