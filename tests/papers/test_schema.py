"""Word files as strict programs want them: elements in the schema's order, Chinese as their language, nobody's template."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from docx import Document

from core.papers.render import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
}
"""The children of each element in their order (ECMA-376, part 1, annex A)."""

FORM = {
    "title": "2023年重点任务推进计划表",
    "ref": "2-2",
    "above": [["填报单位（盖章）", "区民政局"]],
    "rows": [
        [["牵头区领导", "钟若谷"], ["牵头责任单位", "区民政局"]],
        [["工作内容", "新建社区食堂4家"]],
        [["年度目标", ""]],
    ],
    "month_head": ["月份", "目标任务进度简述"],
    "months": [["3月", "选址"], ["4月", ""]],
    "sign": "单位负责人（签字）：\n填报日期：",
    "foot": "编号 2-2",
}
BRIEFING = {
    "org": "云屿区政府督查室",
    "mark": "督查通报",
    "title": "关于2023年4月重点工作推进情况的通报",
    "to": "各有关单位：",
    "blocks": [["h", "一、总体情况"], ["p", "正文。"], ["table", {"head": ["甲"], "rows": [["乙"]], "widths": [1]}]],
    "sign": ["云屿区政府督查室", "2023年4月26日"],
    "lang": "zh",
}
PAPERS = {"plan.docx": {"forms": [FORM, FORM]}, "briefing.docx": BRIEFING}


def parts(kind: str) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(render(kind, PAPERS[kind]))) as file:
        return {name: fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize("kind", PAPERS)
def test_every_element_stands_where_the_schema_wants_it(kind: str) -> None:
    seen = set()
    for name, root in parts(kind).items():
        for element in root.iter():
            order = ORDER.get(element.tag.removeprefix(W), "").split()
            if order:
                children = [child.tag.removeprefix(W) for child in element if child.tag.startswith(W)]
                places = [order.index(child) for child in children]
                assert places == sorted(places), (name, element.tag, children)
                seen.add(element.tag)
    assert len(seen) == len(ORDER)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_chinese_and_names_no_template(kind: str) -> None:
    found = parts(kind)
    language = found["word/styles.xml"].find(f".//{W}docDefaults//{W}lang")
    assert language.get(f"{W}eastAsia") == "zh-CN"
    assert found["word/settings.xml"].find(f"{W}themeFontLang").get(f"{W}eastAsia") == "zh-CN"
    assert found["word/settings.xml"].find(f"{W}zoom").get(f"{W}percent") == "100"
    text = "".join(element.text or "" for element in found["docProps/core.xml"].iter())
    assert "python" not in text and "2013" not in text


def test_the_word_briefing_numbers_odd_pages_at_the_right_and_even_ones_at_the_left() -> None:
    document = Document(BytesIO(render("briefing.docx", BRIEFING)))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, align in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        [paragraph] = footer.paragraphs
        assert paragraph.alignment.name == align and paragraph.text == "— 1 —" and "PAGE" in paragraph._p.xml
