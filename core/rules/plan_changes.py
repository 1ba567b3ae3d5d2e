"""Knows what a form that came back changes in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.filled_form import FilledForm
from core.rules.plan_form import Means

GOAL, NOTES = "goal", "notes"


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the plan: "goal", a month's number as text, or "notes" (the unit's own fields)."""

    what: str
    old: str
    new: str


def changes(
    old_goal: str, old_months: dict[int, str], old_text: str, goal: str, months: dict[int, str], text: str
) -> list[Change]:
    """What differs, spaces aside. A part that the form leaves blank changes nothing."""
    found = [Change(GOAL, old_goal, goal)] if _differs(old_goal, goal) else []
    found += [
        Change(str(month), old_months.get(month, ""), brief)
        for month, brief in sorted(months.items())
        if _differs(old_months.get(month, ""), brief)
    ]
    if _differs(old_text, text):
        found.append(Change(NOTES, old_text, text))
    return found


def kept_text(form: FilledForm, contacts: str, before: str) -> str:
    """The form's other fields as lines `label：value`: contact, telephone and what the unit added. Blank keeps `before`.

    What the notice fixes (leader, units, the task's words) is not the unit's to change and isn't kept, nor are the
    `contacts` that the form came prefilled with.
    """
    lines = dict(line.split("：", 1) for line in before.split("\n") if "：" in line)
    for meaning, label in ((Means.CONTACT, "联系人"), (Means.PHONE, "联系电话")):
        if (value := form.get(meaning).strip()) and value != contacts:
            lines[label] = value
    lines.update({label: " ".join(value.split("\n")) for label, value in form.others.items() if value})
    return "\n".join(f"{label}：{value}" for label, value in lines.items())


def _differs(old: str, new: str) -> bool:
    return bool(new) and "".join(old.split()) != "".join(new.split())
