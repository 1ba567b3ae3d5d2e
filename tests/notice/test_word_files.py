"""Word files: numbers that Word draws, tables with merged cells, deleted text."""

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.papers.notice import notice_lines, read_notice


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(paragraph: Any, list_id: int, depth: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", depth), ("w:numId", list_id)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        number.append(element)
    properties.append(number)


def add_list(document: Any, list_id: int, levels: list[tuple[str, str]]) -> None:
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(list_id + 900))
    for depth, (style, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for name, value in (("w:start", "1"), ("w:numFmt", style), ("w:lvlText", text)):
            element = OxmlElement(name)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), str(list_id))
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), str(list_id + 900))
    number.append(link)
    root.append(number)


def test_numbers_that_word_draws_are_read_and_start_again_under_each_leader() -> None:
    document = Document()
    add_list(document, 70, [("chineseCounting", "%1、"), ("decimal", "%2.")])
    for leader in ("周一凡区长牵头重点工作", "吴小敏副区长牵头重点工作"):
        numbered(document.add_paragraph(leader), 70, 0)
        for content in ("整治河道环境。", "改造老旧小区。"):
            numbered(document.add_paragraph(content), 70, 1)
            document.add_paragraph("责任单位：区住建局、区水利局")
    notice = read_notice(saved(document), "a.docx")
    assert [task.ref for task in notice.tasks] == ["1-1", "1-2", "2-1", "2-2"]
    assert [leader.name for leader in notice.leaders] == ["周一凡", "吴小敏"]


def test_a_table_is_read_by_its_headers_with_merged_cells() -> None:
    document = Document()
    document.add_paragraph("某县人民政府办公室关于印发民生实事分解表的通知")
    document.add_paragraph("2024年2月1日")
    table = document.add_table(rows=4, cols=6)
    rows = [
        ["序号", "牵头领导", "工作任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "郑成县长", "新建停车位300个。", "县住建局", "县公安局\n县自然资源局", "6月底前"],
        ["2", "", "改造供水管网20公里。", "县水利局", "", "12月底前"],
        ["3", "何敏副县长", "建成养老中心2个。", "县民政局", "各乡镇（街道）", "2024年10月"],
    ]
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    notice = read_notice(saved(document), "a.docx")
    assert [task.ref for task in notice.tasks] == ["1-1", "1-2", "2-3"]
    assert notice.tasks[0].co == ("县公安局", "县自然资源局")
    assert [str(task.due) for task in notice.tasks] == ["2024-06-30", "2024-12-31", "2024-10-31"]
    assert notice.tasks[1].lead == ("县水利局",)
    assert notice.tasks[2].groups == ("各乡镇（街道）",)
    assert [leader.title for leader in notice.leaders] == ["县长", "副县长"]


def test_deleted_and_hidden_text_is_not_read() -> None:
    document = Document()
    paragraph = document.add_paragraph("1.整治河道。")
    run = paragraph.add_run("这几个字藏起来了")
    run.font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.append(document.add_paragraph("删掉的").runs[0]._r)
    paragraph._p.append(deleted)
    assert notice_lines(saved(document), "a.docx")[0].text == "1.整治河道。"
