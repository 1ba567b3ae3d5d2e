"""Forms come back in every shape: rows added, months written otherwise, one task a row, merged cells."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

from core.papers.notice.docx import docx_lines
from core.papers.plan_in import read_plan_file
from core.papers.workbook import workbook_lines
from core.rules.filled_form import FilledForm
from core.rules.notice.shadow import Line
from core.rules.plan_form import Means, find_code, form_code, means
from core.rules.plan_form_months import month_cell
from core.rules.plan_form_text import read_forms


def lines(*rows: tuple[str, ...] | str) -> list[Line]:
    """Paragraphs (texts) and rows of one table (tuples)."""
    return [
        Line(n, row, None) if isinstance(row, str) else Line(n, "\t".join(row), row, 1) for n, row in enumerate(rows, 1)
    ]


def one(*rows: tuple[str, ...] | str) -> FilledForm:
    [form] = read_forms(lines(*rows))
    return form


HEAD = (("工作内容", "新建社区食堂4家"), ("年度目标", "建成4家"), ("月份", "目标任务进度简述"))


@pytest.mark.parametrize(
    "text",
    [
        "3月",
        "三月",
        "3 月",
        "３月",
        "03月",
        "三月份",
        "3月份",
        "2023年3月",
        "2023年03月份",
        "2023-03",
        "2023-03-01",
        "2023/3/1",
    ]
    + ["2023.3", "202303", "Mar-23", "Mar", "March", "mar 2023", "3月底前", "3月：", "（3月）", "2023年三月", "3\n月"],
)
def test_a_month_is_a_month_however_it_is_written(text: str) -> None:
    named = month_cell(text)
    assert named is not None and named.months == (3,)
    assert named.year in (None, 2023)


@pytest.mark.parametrize("text", ["3", "03", "三", "3.0", "３"])
def test_a_bare_number_is_a_month_only_in_a_column_of_months(text: str) -> None:
    assert month_cell(text) is None
    named = month_cell(text, bare=True)
    assert named is not None and named.months == (3,)


@pytest.mark.parametrize(
    ("text", "months"),
    [("3-5月", (3, 4, 5)), ("3月、4月", (3, 4)), ("第二季度", (4, 5, 6)), ("下半年", (7, 8, 9, 10, 11, 12))],
)
def test_a_row_may_speak_for_several_months(text: str, months: tuple[int, ...]) -> None:
    named = month_cell(text)
    assert named is not None and named.months == months


@pytest.mark.parametrize(
    "text", ["13月", "3家", "3月完成选址", "2023", "月份", "", "备注", "0月", "100", "5月16日前报送"]
)
def test_other_cells_are_no_months(text: str) -> None:
    assert month_cell(text) is None


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("牵头 区领导", Means.LEADER),
        ("牵头\n区领导", Means.LEADER),
        ("牵头县领导", Means.LEADER),
        ("牵头责任单位", Means.LEAD),
        ("责任单位", Means.LEAD),
        ("配合单位", Means.CO),
        ("填报单位（盖章）：", Means.UNIT),
        ("填报单位(公章)", Means.UNIT),
        ("联系人", Means.CONTACT),
        ("联系人及电话", Means.CONTACT),
        ("联系电话", Means.PHONE),
        ("工作　内容", Means.CONTENT),
        ("重点工作任务", Means.CONTENT),
        ("年度 目标", Means.GOAL),
        ("2023年目标任务", Means.GOAL),
        ("编号", Means.REF),
        ("目标任务进度简述", None),
        ("备注", None),
        ("区水利局", None),
    ],
)
def test_labels_are_known_in_their_variants(label: str, meaning: Means | None) -> None:
    assert means(label) is meaning


def test_rows_added_below_a_month_belong_to_it() -> None:
    form = one(*HEAD, ("3月", "选址"), ("", "签订租约"), ("4月", "装修"), ("4月", "采购设备"), ("备注", "资金已落实"))
    assert form.briefs(2023) == ({3: "选址\n签订租约", 4: "装修\n采购设备"}, [])
    assert form.others == {"备注": "资金已落实"}


def test_columns_added_to_the_month_rows_are_kept() -> None:
    form = one(*HEAD[:2], ("月份", "目标任务", "进度安排"), ("3月", "选址", "完成30%"), ("4月", "装修", ""))
    assert form.briefs(2023)[0] == {3: "选址；完成30%", 4: "装修"}


def test_two_months_side_by_side() -> None:
    form = one(*HEAD, ("3月", "选址", "4月", "装修"), ("5月", "开业", "6月", ""))
    assert form.briefs(2023)[0] == {3: "选址", 4: "装修", 5: "开业"}


def test_a_date_beside_its_month_is_what_the_month_says() -> None:
    form = one(*HEAD, ("3月", "2023-03-20"), ("4月", "五月前完成"), ("5月", "6月", "", ""))
    assert form.briefs(2023)[0] == {3: "2023-03-20", 4: "五月前完成", 5: "6月"}


def test_a_month_whose_date_lost_its_format_is_known_by_its_number() -> None:
    form = one(*HEAD, ("44986", "选址"), ("45017", "装修"))
    assert form.briefs(2023)[0] == {3: "选址", 4: "装修"} and month_cell("44986") is None


def test_one_label_left_of_all_months_hides_none_of_them() -> None:
    rows = (("推进计划", "月份", "目标任务进度简述"), ("推进计划", "3月", "选址"), ("推进计划", "4月", "装修"))
    assert one(*HEAD[:2], *rows).briefs(2023)[0] == {3: "选址", 4: "装修"}
    blank = (rows[0], rows[1], ("", "4月", "装修"), ("", "", "采购"))
    assert one(*HEAD[:2], *blank).briefs(2023)[0] == {3: "选址", 4: "装修\n采购"}


def test_a_blank_column_before_the_form_changes_nothing() -> None:
    form = one(*(("", *row) for row in (*HEAD, ("3月", "选址"), ("", "签约"), ("4月", "装修"))))
    assert form.get(Means.CONTENT) == "新建社区食堂4家"
    assert form.briefs(2023)[0] == {3: "选址\n签约", 4: "装修"}


def test_rows_of_another_year_are_named_and_not_read() -> None:
    form = one(*HEAD, ("2022年12月", "调研"), ("2023年3月", "选址"))
    assert form.briefs(2023) == ({3: "选址"}, ["2022年12月：调研"])


def test_fields_side_by_side_and_in_one_cell() -> None:
    form = one(
        "2023年推进计划表",
        "填报单位（盖章）：区民政局　　联系人：王敏　　联系电话：000-12345",
        ("牵头区领导", "钟若谷副区长", "牵头责任单位", "区民政局"),
        ("工作内容：新建社区食堂4家",),
        ("年度目标", "建成4家"),
        ("月份", "目标任务进度简述"),
        ("3月", "选址"),
        ("4月", "装修"),
    )
    assert [form.get(m) for m in (Means.UNIT, Means.CONTACT, Means.PHONE, Means.LEADER, Means.LEAD, Means.CONTENT)] == [
        "区民政局",
        "王敏",
        "000-12345",
        "钟若谷副区长",
        "区民政局",
        "新建社区食堂4家",
    ]


def test_several_forms_one_below_the_other() -> None:
    other = (("工作内容", "修缮水渠"), ("年度目标", "12公里"), ("月份", "简述"), ("3月", "勘察"), ("4月", "开工"))
    forms = read_forms(lines("填报单位：区水利局", *HEAD, ("3月", "选址"), ("4月", "装修"), *other))
    assert [form.get(Means.CONTENT) for form in forms] == ["新建社区食堂4家", "修缮水渠"]
    assert [form.get(Means.UNIT) for form in forms] == ["区水利局", "区水利局"]
    assert forms[1].briefs(2023)[0] == {3: "勘察", 4: "开工"}


def test_one_task_a_row_with_months_as_columns() -> None:
    forms = read_forms(
        lines(
            ("序号", "工作内容", "年度目标", "目标任务进度简述", "", ""),
            ("", "", "", "3月", "4月", "5月"),
            ("1", "新建社区食堂4家", "建成4家", "选址", "装修", ""),
            ("2", "修缮灌溉水渠", "12公里", "勘察", "", "开工"),
        )
    )
    assert [(f.get(Means.CONTENT), f.get(Means.GOAL), f.briefs(2023)[0]) for f in forms] == [
        ("新建社区食堂4家", "建成4家", {3: "选址", 4: "装修"}),
        ("修缮灌溉水渠", "12公里", {3: "勘察", 5: "开工"}),
    ]


def test_one_month_a_row_with_the_task_in_merged_cells() -> None:
    forms = read_forms(
        lines(
            ("编号", "工作内容", "年度目标", "月份", "目标任务进度简述"),
            ("2-2", "新建社区食堂4家", "建成4家", "3月", "选址"),
            ("", "", "", "4月", "装修"),
            ("2-3", "修缮灌溉水渠", "12公里", "3", "勘察"),
            ("", "", "", "4", "开工"),
        )
    )
    assert [(f.get(Means.REF), f.briefs(2023)[0]) for f in forms] == [
        ("2-2", {3: "选址", 4: "装修"}),
        ("2-3", {3: "勘察", 4: "开工"}),
    ]


def test_a_table_that_names_months_is_not_always_a_form() -> None:
    assert read_forms(lines(("月份", "降雨量"), ("3月", "20毫米"), ("4月", "35毫米"))) == []
    assert read_forms(lines("关于3月工作的说明", "3月：完成选址。")) == []


def test_a_form_survives_its_journey_through_json() -> None:
    form = one(*HEAD, ("3月", "选址"), ("4月", "装修"), ("备注", "急"))
    form.code = form_code(1, "2-2", 7, "新建社区食堂4家")
    assert FilledForm.from_json(form.to_json()) == form


def test_the_code_is_found_and_tells_another_offices_form() -> None:
    code = form_code(3, "2-15", 12, "修缮灌溉水渠12公里。")
    assert find_code(f"编号 2-15　表单码 {code}　填好后发回") == code
    assert find_code(f"ＤＢ３{str(code)[3:]}") == code
    assert form_code(3, "2-15", 12, "别的工作") != code
    assert find_code("DB3.2-15.12") is None and find_code("XDB1.1-1.1.abcd") is None


# -- files -----------------------------------------------------------------------------------------------------------


def workbook(*rows: tuple[Any, ...], **sheets: Any) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_dates_and_numbers_of_a_sheet_read_as_they_show() -> None:
    book = Workbook()
    page = book.active
    page.append(["工作内容", "新建食堂", None, None])
    page.append(["年度目标", 4])
    page.append(["月份", "目标任务进度简述"])
    page.append([date(2023, 3, 1), 0.5])
    page.append([4, 220.0])
    page.append([date(2023, 5, 1), "开业"])
    page["A4"].number_format = 'yyyy"年"m"月"'
    page["B4"].number_format = "0%"
    page["A6"].number_format = "mmm-yy"
    out = BytesIO()
    book.save(out)
    [form] = read_forms(workbook_lines(out.getvalue()))
    assert form.get(Means.GOAL) == "4"
    assert form.briefs(2023)[0] == {3: "50%", 4: "220", 5: "开业"}


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    book.active.append(["工作内容", "看得见"])
    book.create_sheet("藏").append(["工作内容", "看不见"])
    book["藏"].sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    assert [line.text for line in workbook_lines(out.getvalue())] == ["工作内容\t看得见"]


def test_merged_cells_and_nested_layout_in_word() -> None:
    document = Document()
    document.add_paragraph("填报单位（盖章）：区民政局")
    table = document.add_table(7, 4)
    for number, cells in enumerate(HEAD + (("3月", "选址"), ("4月", "装修"), ("", "采购"), ("5月", "开业"))):
        table.cell(number, 1).merge(table.cell(number, 3))
        table.cell(number, 0).text, table.cell(number, 1).text = cells
    table.cell(4, 0).merge(table.cell(5, 0))
    out = BytesIO()
    document.save(out)
    [form] = read_forms(docx_lines(out.getvalue()))
    assert form.briefs(2023)[0] == {3: "选址", 4: "装修\n采购", 5: "开业"}
    assert form.get(Means.UNIT) == "区民政局"


def test_a_cell_merged_over_several_months_speaks_for_each() -> None:
    book = Workbook()
    page = book.active
    for row in (*HEAD, ("3月", "选址"), ("4月", "装修"), ("5月", None), ("6月", "开业")):
        page.append(row)
    page.merge_cells("B5:B6")
    out = BytesIO()
    book.save(out)
    [form] = read_plan_file(out.getvalue(), "x.xlsx")
    assert form.briefs(2023)[0] == {3: "选址", 4: "装修", 5: "装修", 6: "开业"}


_BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
 <mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>装修</w:t></w:r></w:p></w:txbxContent></mc:Choice>
 <mc:Fallback><w:txbxContent><w:p><w:r><w:t>装修</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
</mc:AlternateContent></w:r>"""


def test_a_text_box_in_a_cell_is_read_once() -> None:
    document = Document()
    table = document.add_table(5, 2)
    for number, cells in enumerate((*HEAD, ("3月", "选址"), ("4月", ""))):
        table.cell(number, 0).text, table.cell(number, 1).text = cells
    table.cell(4, 1).paragraphs[0]._p.append(parse_xml(_BOX))
    out = BytesIO()
    document.save(out)
    [form] = read_plan_file(out.getvalue(), "x.docx")
    assert form.briefs(2023)[0] == {3: "选址", 4: "装修"}


def test_no_form_is_an_empty_list() -> None:
    assert read_plan_file(workbook(("姓名", "电话"), ("张三", 1)), "通讯录.xlsx") == []
    assert read_plan_file(b"only words", "x.txt") == []
