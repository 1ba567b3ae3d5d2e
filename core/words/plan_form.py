"""Knows how the plan form reads: its labels, its signature line, and the messages that bring it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.rules.obligations import Obligation
from core.rules.plan_form import STANDARD, Field, Means, PlanForm
from core.words import terms
from core.words.message import Button, Message, Paper
from core.words.voice import Voice

_HALF = 60
"""Characters that fit into half a row."""

_ABOVE = (Means.UNIT, Means.CONTACT, Means.PHONE)
"""Fields that stand above the table, not in it."""


def standard_labels(said: Voice) -> dict[Means, str]:
    return {meaning: said.plain(f"plan_form.{meaning}") for meaning in STANDARD}


def form_data(said: Voice, form: PlanForm) -> dict[str, Any]:
    """The form as the makers of papers take it: {title, ref, above, rows, month_head, months, sign, foot}."""
    above = [[field.label.rstrip("：:"), field.value] for field in form.fields if field.means in _ABOVE]
    return {
        "title": form.title or said.plain("plan_form.title"),
        "ref": form.ref,
        "above": above,
        "rows": _rows([field for field in form.fields if field.means not in _ABOVE]),
        "month_head": [said.plain("plan_form.month"), said.plain("plan_form.brief")],
        "months": [[terms.month_name(said, month), brief] for month, brief in form.months],
        "sign": said.plain("plan_form.sign" if form.sealed else "plan_form.sign_and_seal"),
        "foot": said.plain("plan_form.foot", ref=form.ref, code=form.code),
    }


def _rows(fields: Sequence[Field]) -> list[list[list[str]]]:
    """Rows of one field, or of two where leader and lead unit stand side by side, unless one says too much for that."""
    rows: list[list[list[str]]] = []
    paired = False
    for field in fields:
        cell = [field.label, field.value]
        half = field.means in (Means.LEAD, Means.LEADER) and len(field.value) <= _HALF
        if paired and half:
            rows[-1].append(cell)
            paired = False
        else:
            rows.append([cell])
            paired = half
    return rows


def form_paper(said: Voice, forms: Sequence[PlanForm], kind: str, owner: str) -> Paper:
    """`kind` is docx or xlsx; `owner` names the file: a task's ref or a unit."""
    data = {"forms": [form_data(said, form) for form in forms], "lang": said.lang}
    name = said.plain("plan_form.file", owner=owner)
    return Paper(f"plan.{kind}", f"{name}.{kind}", data)


def form_message(
    said: Voice, office: Voice, forms: Sequence[PlanForm], kind: str, plans: Sequence[Obligation], more: int
) -> Message:
    """The form as a file, in the office's language. `more`: how many plans the person's units have in all."""
    one = len(forms) == 1
    owner = forms[0].ref if one else "、".join(dict.fromkeys(o.unit for o in plans))[:40]
    other = "xlsx" if kind == "docx" else "docx"
    mark = str(plans[0].id) if one else "0"
    buttons = [(Button(said.plain(f"plan_form.as_{other}"), f"plan_form:{mark}:{other}"),)]
    if one and more > 1:
        buttons.append((Button(said.plain("plan_form.all", n=more), f"plan_form:0:{kind}"),))
    text = said("plan_form.ready_one" if one else "plan_form.ready_all", n=len(forms), ref=forms[0].ref)
    return Message(text, tuple(buttons), paper=form_paper(office, forms, kind, owner))
