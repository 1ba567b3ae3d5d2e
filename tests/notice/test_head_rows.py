"""Heads over two rows: what stands below a wide head means what the two say together, in every kind of file."""

import pytest

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from tests.notice.unseen.files import LEFT, UP, Rows, book, grid, page, pdf, word

TITLE = ("松湾区2025年重点工作任务表", "2025年2月1日")


def read(kind: str, rows: Rows) -> Notice:
    made = {
        "docx": lambda: word("\n".join(TITLE), rows),
        "xlsx": lambda: book(表=(*((line, *[LEFT] * (len(rows[0]) - 1)) for line in TITLE), *rows)),
        "html": lambda: page("".join(f"<p>{line}</p>" for line in TITLE) + grid(rows)),
        "pdf": lambda: pdf("\n".join(TITLE), rows, size=9),
    }
    return read_notice(made[kind](), f"a.{kind}")


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pdf"])
@pytest.mark.parametrize(
    ("wide", "low", "cells", "parts"),
    [
        (
            ("牵头单位", LEFT, "配合单位", LEFT),
            ("单位", "责任人", "单位", "责任人"),
            ("区城管局", "丁一", "区财政局", "方二"),
            "区城管局|区财政局|",
        ),
        (("牵头单位", LEFT), ("单位名称", "负责人"), ("区城管局", "丁一"), "区城管局||"),
        (("责任单位", LEFT), ("主要", "次要"), ("区城管局", "区财政局"), "区城管局|区财政局|"),
        (("责任部门", LEFT), ("第一责任", "第二责任"), ("区城管局", "区财政局"), "区城管局|区财政局|"),
        (("责任单位", LEFT), ("市级", "区级"), ("市城管局", "区城管局"), "||市城管局、区城管局"),
        (("责任单位", LEFT), ("市直部门", "县（区）"), ("市城管局", "东县、西县"), "||市城管局、东县、西县"),
        (("责任单位", LEFT), ("牵头", "配合"), ("区城管局", "区财政局"), "区城管局|区财政局|"),
        (("责任体系", LEFT), ("主管部门", "责任乡镇"), ("区城管局", "东镇"), "||东镇"),
    ],
)
def test_units_under_a_wide_head(
    kind: str, wide: tuple[str, ...], low: tuple[str, ...], cells: tuple[str, ...], parts: str
) -> None:
    upper, lower = ("序号", "工作任务", *wide, "完成时限"), (UP, UP, *low, UP)
    task = read(kind, (upper, lower, ("1", "整治占道经营点位60处", *cells, "9月底"))).tasks[0]
    assert "|".join("、".join(names) for names in (task.lead, task.co, task.responsible)) == parts
    assert str(task.due) == "2025-09-30"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pdf"])
def test_a_name_under_a_wide_head_of_leaders_is_a_leader(kind: str) -> None:
    rows = (
        ("序号", "工作任务", "责任领导", LEFT, "责任单位"),
        (UP, UP, "姓名", "职务", UP),
        ("1", "整治占道经营点位60处", "丁一", "副区长", "区城管局"),
    )
    notice = read(kind, rows)
    assert [leader.name for leader in notice.leaders] == ["丁一"]
    assert notice.tasks[0].responsible == ("区城管局",)


def test_units_in_the_row_below_a_wide_head_are_no_heads() -> None:
    rows = (("序号", "工作任务", "责任单位", LEFT), ("1", "整治占道经营点位60处", "区城管局", "区财政局"))
    assert read("docx", rows).tasks[0].responsible[0] == "区城管局"
