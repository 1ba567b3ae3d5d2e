"""Knows the plan form (推进计划表): what each of its fields means, and the code by which a form is known again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

from core.rules.numerals import narrow


class Means(StrEnum):
    """What a field of the form is about; OTHER is kept as it is written."""

    UNIT = "unit"
    CONTACT = "contact"
    PHONE = "phone"
    LEADER = "leader"
    LEAD = "lead"
    CO = "co"
    REF = "ref"
    CONTENT = "content"
    GOAL = "goal"
    OTHER = "other"


_MEANINGS = (
    (Means.PHONE, r"(?:联系|办公|固定|手机)?(?:电话|手机)(?:号码?)?|联系方式|(?:tele)?phone|tel"),
    (Means.CONTACT, r"联系人(?:及(?:联系)?(?:电话|方式))?|填报人|填表人|经办人|联络员|contact(?:person)?"),
    (Means.UNIT, r"(?:填报|填表|报送|申报)(?:单位|部门)|单位(?:名称)?|(?:reporting)?unit"),
    (Means.LEADER, r"(?:牵头|分管|责任|挂钩|联系|包保)?[省市区县州]?(?:级|委|政府)?领导|(?:district|city)?leader"),
    (Means.CO, r"(?:配合|协办|协同|参与|协助)(?:责任)?(?:单位|部门)|co-?units?"),
    (Means.LEAD, r"(?:牵头|主办|主要|第一)?(?:责任|牵头|主办|承办)(?:单位|部门)|leadunits?"),
    (Means.REF, r"(?:任务|工作|事项)?(?:编号|序号)|ref(?:erence)?|no\.?"),
    (
        Means.CONTENT,
        r"(?:重点)?(?:工作|任务|事项|项目)(?:内容|任务|事项|名称)?|主要任务|重点(?:工作|任务|事项)(?:任务|内容)?|内容|task|content",
    ),
    (
        Means.GOAL,
        r"(?:20\d\d年)?(?:本年度?|年度|全年|今年|工作|总体)?(?:工作)?(?:总)?目标(?:任务|要求)?|(?:annual|yearly)?(?:goal|target)s?",
    ),
)
_KNOWN = [(means, re.compile(pattern, re.IGNORECASE)) for means, pattern in _MEANINGS]
_SEAL = re.compile(r"\((?:盖章|公章|签章|签字|签名|seal|stamp)\)", re.IGNORECASE)


def bare_label(text: str) -> str:
    """A label without spaces, colon, star and the note "(盖章)", half-width."""
    return _SEAL.sub("", re.sub(r"[\s*＊]+", "", narrow(text))).rstrip(":")


def means(label: str) -> Means | None:
    """What a label stands for; None where the text is no known label."""
    bare = bare_label(label)
    return next((meaning for meaning, pattern in _KNOWN if pattern.fullmatch(bare)), None)


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the form names it, with what stands in it."""

    label: str
    means: Means
    value: str = ""


@dataclass(frozen=True, slots=True)
class PlanForm:
    """One task's form. `months` are (month, brief) in the order of the form; `code` names task and unit."""

    title: str
    ref: str
    code: str
    fields: tuple[Field, ...]
    months: tuple[tuple[int, str], ...]

    @property
    def sealed(self) -> bool:
        """Whether a field of the notice's own form already asks for the stamp."""
        return any(_SEAL.search(narrow(field.label)) for field in self.fields)


STANDARD = (Means.UNIT, Means.CONTACT, Means.LEADER, Means.LEAD, Means.CONTENT, Means.GOAL)
"""The fields of a form where the notice annexes none; content and goal stand in every form."""


def form_fields(labels: Sequence[str], standard: dict[Means, str], values: dict[Means, str]) -> tuple[Field, ...]:
    """The notice's own fields in their order, filled in; what every form needs is added where the notice lacks it."""
    fields = [Field(label, means(label) or Means.OTHER) for label in labels]
    if not any(field.means in (Means.CONTENT, Means.GOAL) for field in fields):
        fields = [Field(standard[meaning], meaning) for meaning in STANDARD]
    for needed in (Means.CONTENT, Means.GOAL):
        if all(field.means is not needed for field in fields):
            fields.append(Field(standard[needed], needed))
    seen: set[Means] = set()
    out = []
    for field in fields:
        first = field.means is not Means.OTHER and field.means not in seen
        seen.add(field.means)
        out.append(Field(field.label, field.means, values.get(field.means, "") if first else ""))
    return tuple(out)


_CODE = re.compile(r"(?<![0-9A-Za-z])DB(\d{1,9})\.(\d{1,4}(?:-\d{1,4}){0,3})\.(\d{1,9})\.([0-9a-f]{4})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class FormCode:
    """Notice, task and unit of a form; `check` ties it to the task's words, so that another office's code isn't ours."""

    notice_id: int
    ref: str
    unit_id: int
    check: str

    def __str__(self) -> str:
        return f"DB{self.notice_id}.{self.ref}.{self.unit_id}.{self.check}"


def form_code(notice_id: int, ref: str, unit_id: int, content: str) -> FormCode:
    return FormCode(notice_id, ref, unit_id, f"{crc32(content.encode()) & 0xFFFF:04x}")


def find_code(text: str) -> FormCode | None:
    """The code that stands somewhere in the text."""
    found = _CODE.search(narrow(text))
    return FormCode(int(found[1]), found[2], int(found[3]), found[4]) if found else None
