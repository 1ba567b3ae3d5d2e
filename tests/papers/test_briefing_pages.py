"""A briefing's pages as they are printed: no head alone at the foot, a title broken by its sense."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from core.papers.render import render
from core.words.briefing_paper import in_lines

HEAD, TALL = "责任单位", "首行"
MM = 72 / 25.4


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


def grid(rows: list[list[str]], paragraphs: int = 3) -> dict[str, Any]:
    """A briefing whose table has these rows: number, unit, reason."""
    table = {"head": ["编号", HEAD, "原因"], "rows": rows, "widths": [1, 2, 3], "left": [1, 2], "small": True}
    return {**paper(paragraphs, 1), "blocks": [*(["p", "工作推进顺利。"] for _ in range(paragraphs)), ["table", table]]}


def numbered(count: int) -> str:
    """A text every sentence of which is told from the others."""
    return "".join(f"第{n}处手续未批，" for n in range(1, count + 1))


def boxes(pdf: bytes) -> list[tuple[int, str, tuple[float, float, float, float]]]:
    """(page, character, box in points from the lower left) of everything written."""
    found = []
    with pypdfium2.PdfDocument(pdf) as read:
        for number, page in enumerate(read):
            text = page.get_textpage()
            for place in range(text.count_chars()):
                character = text.get_text_range(place, 1)
                if character.strip():
                    found.append((number, character, text.get_charbox(place)))
    return found


@pytest.mark.parametrize("paragraphs", [3, 9, 13])
def test_a_row_longer_than_a_page_flows_over_the_next_and_nothing_of_it_is_lost(paragraphs: int) -> None:
    long = numbered(700)
    data = grid([["1-1", "区民政局", "无"], ["1-2", "区水利局", long], ["1-3", "区商务局", "尾"]], paragraphs)
    pdf = render("briefing.pdf", data)
    pages = ["".join(page.split()) for page in pages_of(pdf)]
    with_table = [page for page in pages if "手续未批" in page]
    assert 3 < len(with_table) < 11 and len(pages) <= len(with_table) + 2
    assert all(page.count("编号" + HEAD + "原因") == 1 for page in with_table), "the head once on each"
    told = "".join(with_table).replace("编号" + HEAD + "原因", "")
    told = re.sub(r"—\d+—", "", told)
    assert long in told, "every word in its order, none twice"
    assert sum(page.count("1-2") for page in pages) == 1
    assert all(box[1] > 98 and box[3] < 842 - 104 for _, one, box in boxes(pdf) if one in "处手续未批")


@pytest.mark.parametrize("count", [60, 3000])
def test_every_text_stays_within_the_lines_of_its_cell(count: int) -> None:
    pdf = render("briefing.pdf", grid([["壬" * 9, "癸" * 30, "鑫" * count + "https://x.cn/" + "z" * 300]]))
    left, right = 28 * MM, (210 - 26) * MM
    edges = {"壬": (0, 1), "癸": (1, 3), "鑫": (3, 6), "z": (3, 6)}
    seen = set()
    placed: dict[int, list[tuple[float, float, float, float]]] = {}
    for page, character, box in boxes(pdf):
        if character in edges:
            seen.add(character)
            first, last = (left + (right - left) * share / 6 for share in edges[character])
            assert first + MM < box[0] and box[2] < last - MM, (character, box)
        placed.setdefault(page, []).append(box)
    assert seen == set(edges)
    for found in placed.values():
        assert len({(round(box[0]), round(box[1])) for box in found}) == len(found), "one on top of the other"


def test_a_number_is_never_torn_before_a_closing_mark() -> None:
    """As it was: 区民政局（2- at the end of a line and 1）… on the next."""
    text = "。".join("字" * n + "区民政局（12-15）" for n in range(40))
    pages = pages_of(render("briefing.pdf", {**paper(1, 1), "blocks": [["p", text]]}))
    lines = [line.strip() for page in pages for line in page.splitlines()]
    assert not [line for line in lines if re.search(r"[0-9-]$", line) and not line.startswith("—")]
    assert sum(line.count("12-15）") for line in lines) == 40


def test_in_word_a_long_row_may_break_across_pages_and_a_short_one_may_not() -> None:
    data = grid([["1-1", "区民政局", "无"], ["1-2", "区水利局", numbered(100)]])
    table = Document(BytesIO(render("briefing.docx", data))).tables[0]
    assert ["cantSplit" in row._tr.xml for row in table.rows] == [True, True, False]
    assert "tblHeader" in table.rows[0]._tr.xml


@pytest.mark.parametrize("paragraphs", range(10, 18))
def test_a_signature_never_stands_on_a_page_without_text(paragraphs: int) -> None:
    blocks = [*(["p", "工作推进顺利。"] for _ in range(paragraphs)), ["h", "四、下一步"], ["p", "末段文字，" * 8]]
    pages = pages_of(render("briefing.pdf", {**paper(1, 1), "blocks": blocks}))
    [signed] = [page for page in pages if "2023年4月30日" in page]
    assert "末段文字" in signed
    assert all("末段" in page for page in pages if "四、下一步" in page), "nor a heading without its text"


def test_in_word_the_signature_is_kept_with_the_last_text() -> None:
    document = Document(BytesIO(render("briefing.docx", {**paper(1, 1), "blocks": [["p", "甲"], ["p", "乙"]]})))
    kept = {each.text: each.paragraph_format.keep_with_next for each in document.paragraphs}
    assert kept["乙"] and not kept["甲"] and kept["区政府督查室"]


@pytest.mark.parametrize("paragraphs", range(7, 15))
def test_what_introduces_a_table_stands_above_it_on_its_page(paragraphs: int) -> None:
    data = grid([["1-1", "区民政局", TALL + "，" + numbered(9)], ["1-2", "区水利局", numbered(9)]], paragraphs)
    table = data["blocks"].pop()
    pages = pages_of(render("briefing.pdf", {**data, "blocks": [*data["blocks"], ["p", "落后的如下："], table]}))
    assert [TALL in page for page in pages] == ["落后的如下" in page for page in pages]


def test_in_word_too() -> None:
    data = grid([["1-1", "区民政局", "无"]], 2)
    kept = [
        each.paragraph_format.keep_with_next for each in Document(BytesIO(render("briefing.docx", data))).paragraphs
    ]
    assert kept[4:6] == [False, True]
