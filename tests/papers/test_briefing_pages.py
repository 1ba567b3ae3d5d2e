"""A briefing's pages as they are printed: no head alone at the foot, a title broken by its sense."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from core.papers.render import render
from core.words.briefing import in_lines

HEAD, TALL = "责任单位", "首行"


def paper(paragraphs: int, lines: int) -> dict[str, Any]:
    """So many lines of text, then a table whose first row has so many."""
    rows = [["\n".join([TALL, *("续" * 3 for _ in range(lines - 1))]), "一"], ["后", "二"]]
    table = {"head": [HEAD, "编号"], "rows": rows, "widths": [3, 1], "left": [0], "small": True}
    return {
        "org": "区政府督查室",
        "mark": "督查通报",
        "title": "关于2023年4月重点工作推进情况的通报",
        "to": "各有关单位：",
        "blocks": [*(["p", "工作推进顺利。"] for _ in range(paragraphs)), ["table", table]],
        "sign": ["区政府督查室", "2023年4月30日"],
        "lang": "zh",
    }


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as read:
        return [page.get_textpage().get_text_bounded() for page in read]


@pytest.mark.parametrize("paragraphs", range(8, 15))
def test_a_tables_head_never_stands_alone_at_the_foot_of_a_page(paragraphs: int) -> None:
    pages = pages_of(render("briefing.pdf", paper(paragraphs, 14)))
    first = next(page for page in pages if HEAD in page)
    assert TALL in first, [page[-60:] for page in pages]


@pytest.mark.parametrize("paragraphs", [13, 40])
def test_a_row_as_long_as_a_page_makes_no_empty_page(paragraphs: int) -> None:
    pages = pages_of(render("briefing.pdf", paper(paragraphs, 38)))
    assert all(len(page.strip()) > 20 for page in pages)
    assert sum(TALL in page for page in pages) == 1


def test_in_word_the_head_is_kept_with_the_first_row() -> None:
    table = Document(BytesIO(render("briefing.docx", paper(3, 2)))).tables[0]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)


def test_a_title_too_long_for_a_line_is_broken_where_its_sense_allows_it() -> None:
    assert in_lines("关于2023年4月重点工作|推进情况的通报") == "关于2023年4月重点工作推进情况的通报"
    broken = in_lines("关于2023年第三季度重点工作|推进情况的通报")
    assert broken == "关于2023年第三季度重点工作\n推进情况的通报"
    data = {**paper(1, 1), "title": broken}
    assert "重点工作推进情况" not in pages_of(render("briefing.pdf", data))[0]
    word = Document(BytesIO(render("briefing.docx", data)))
    assert word.core_properties.title == broken.replace("\n", "")
    assert broken in [paragraph.text for paragraph in word.paragraphs]
