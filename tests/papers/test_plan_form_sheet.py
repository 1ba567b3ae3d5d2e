"""The plan form as a sheet is fit to be printed: one page where texts are short, nothing cut off where they are long."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from core.papers.plan_docx import _month_height as month_in_word
from core.papers.plan_in import read_plan_file
from core.papers.render import render
from core.rules.plan_form import Means, PlanForm, form_code, form_fields
from core.words.plan_form import form_data, standard_labels
from core.words.voice import voice
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


def test_in_word_nobody_signs_a_page_that_says_nothing() -> None:
    document = Document(BytesIO(render("plan.docx", {"forms": [form()]})))
    kept = {
        row.cells[0].text
        for row in document.tables[0].rows
        if all(each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs)
    }
    assert kept == {"月份", "12月"}, "the head of the months, and the last row"
    *_, sign, foot = document.paragraphs
    assert sign.paragraph_format.keep_with_next and sign.text == FORM["sign"] and foot.text == FORM["foot"]


@pytest.mark.parametrize(("leads", "rows"), [(2, 1), (30, 2)])
def test_many_leads_stand_across_the_row_and_are_read_back(leads: int, rows: int) -> None:
    said = voice("zh")
    names = "、".join(f"第{n}街道办事处" for n in range(1, leads + 1))
    values = {Means.LEADER: "钟若谷副区长", Means.LEAD: names, Means.CONTENT: "整治河道"}
    fields = form_fields([], standard_labels(said), values)
    made = form_data(said, PlanForm("", "1-1", str(form_code(1, "1-1", 7, "整治河道")), fields, ((3, ""), (4, "勘察"))))
    assert sum(label in ("牵头区领导", "牵头责任单位") for cells in made["rows"] for label, _ in cells[:1]) == rows
    for kind in ("plan.docx", "plan.xlsx"):
        [read] = read_plan_file(render(kind, {"forms": [made]}), kind)
        assert read.values[Means.LEAD] == names and read.values[Means.LEADER] == "钟若谷副区长"
        assert [(row.months, row.text) for row in read.rows] == [((3,), ""), ((4,), "勘察")]
