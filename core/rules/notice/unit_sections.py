"""Knows headings of a table without a column of units that name who does the rows below them: 县教育局（3项）, 责任单位：县教育局."""

from __future__ import annotations

import re

from core.rules.notice.cell_texts import unheaded
from core.rules.notice.clauses import is_bare_list
from core.rules.notice.labels import CO, LABEL, LEAD, LEADER, RESPONSIBLE, label_kind, labels_in
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.shadow import shadow

_BOXED = re.compile(r"\s*\((?:共|计|合计)?\d{1,3}[项条件个]\)$|\s*\([^()]*(?:领导|负责人|责任人|联系人)[^()]*\)$")
_OFFICE = re.compile(
    r"(?:局|委|办|厅|街道|镇|乡|公司|集团|中心|医院|学院|学校|科|处|部|办公室|委员会|政府|支队|大队|妇联|残联|工会|团委|法院|检察院)$"
)
_TASKS = re.compile(r"(?<=[局委办厅处科部道镇乡])(?:的)?(?:重点|主要|年度)?(?:工作|任务|事项)*(?:任务|工作|清单|事项)$")
_LONGEST = 40


def duty_of(heading: str) -> str:
    """Who does what stands below, as it is written there; empty for any other heading."""
    text = unheaded(heading.strip()).rstrip("：:。 ")
    label = LABEL.match(shadow(text))
    if label:
        return text if label_kind(label) in (LEAD, RESPONSIBLE, CO) else ""
    for pattern in (_BOXED, _BOXED, _TASKS):
        found = pattern.search(shadow(text))
        text = text[: found.start()] if found else text
    named = len(text) <= _LONGEST and looks_like_units(text)
    return text if named and (is_bare_list(text) or _OFFICE.search(shadow(text))) else ""


def value_of(heading: str, kind: str) -> str:
    """What a label of a kind in a heading says; empty for none."""
    labels = labels_in(shadow(heading))
    ends = [label.start() for label in labels[1:]] + [len(heading)] * bool(labels)
    found = (heading[label.end() : end] for label, end in zip(labels, ends, strict=True) if label_kind(label) == kind)
    return next(found, "").strip(" 　,，;；")


def leaders_of(heading: str) -> list[tuple[str, str]]:
    """Who heads what stands below, where a label in the heading says so (责任单位：县教育局　责任领导：丁一)."""
    return people(value_of(heading, LEADER))


def is_labelled(heading: str) -> bool:
    """Whether a heading says with a label who does it."""
    return bool(LABEL.match(shadow(heading.strip())))
