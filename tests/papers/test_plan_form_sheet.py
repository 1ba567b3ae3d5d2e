"""The plan form as a sheet is fit to be printed: one page where texts are short, nothing cut off where they are long."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from core.papers.plan_docx import _month_height as month_in_word
from core.papers.render import render
from tests.papers.test_schema import FORM

PAGE = 842 - (0.7 + 0.6) * 72
"""Points between the margins of an upright A4 page."""

UNIT = "市自然资源和规划局云屿分局（区海洋与渔业综合行政执法大队、现场建设指挥部办公室）"


def form(**more: Any) -> dict[str, Any]:
    months = [[f"{month}月", ""] for month in range(3, 13)]
    return {**FORM, "above": [["填报单位（盖章）", "区民政局"], ["联系人", "王敏"]], "months": months, **more}


def sheet(*forms: dict[str, Any]) -> Any:
    return load_workbook(BytesIO(render("plan.xlsx", {"forms": list(forms)})))


def height(page: Any) -> float:
    return sum(page.row_dimensions[row].height for row in range(1, page.max_row + 1))


def row_of(page: Any, label: str) -> int:
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == label)


def test_a_form_with_short_texts_fills_one_page_and_nothing_else_is_printed() -> None:
    [page] = sheet(form()).worksheets
    assert 0.85 * PAGE < height(page) <= PAGE
    assert page.print_area == f"'{page.title}'!$A$1:$D${page.max_row}" and page.page_setup.fitToWidth == 1
    [page] = sheet(form(above=[["填报单位（盖章）", "区民政局"]] * 6)).worksheets
    assert height(page) <= PAGE, "more fields above leave the months less room"


def test_a_long_name_or_title_gets_the_lines_it_needs() -> None:
    rows = [[["牵头区领导", "钟若谷"], ["牵头责任单位", UNIT]], *FORM["rows"][1:]]
    [page] = sheet(form(title="推进计划表" * 12, above=[["填报单位（盖章）", UNIT * 2]], rows=rows)).worksheets
    heights = [page.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights[0] > 60 and heights[1] > 36 and heights[2] > 70


@pytest.mark.parametrize("length", [100, 400, 1000, 1600])
def test_a_long_brief_is_wholly_within_its_cell(length: int) -> None:
    [page] = sheet(form(months=[["3月", "督" * length]])).worksheets
    row = row_of(page, "3月")
    size = page.cell(row, 2).font.size
    room = sum(page.column_dimensions[letter].width for letter in "BCD") * 7 * 0.75
    lines = -(-length * size // room)
    assert lines * size * 1.3 <= page.row_dimensions[row].height <= 409


def test_each_task_has_its_sheet_even_where_refs_are_alike() -> None:
    names = sheet(form(), form(), form(ref="2/[3]")).sheetnames
    assert len(set(names)) == 3 and names[0] == "2-2"


def test_in_word_months_give_way_to_long_texts_above_them() -> None:
    long = [[["工作内容", "新建社区食堂4家，" * 40]], [["年度目标", "建成4家，" * 40]]]
    assert month_in_word(form()) > 12 > month_in_word(form(rows=long)) >= 9
