"""Tables with a column, or a row, for every unit: a sign in the cell says which part it has; the legend stands anywhere or nowhere."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from core.rules.notice.part_signs import legend_in
from core.rules.notice.reread import in_role
from tests.notice.unseen.files import LEFT, UP, Rows, bars, book, grid, page, pdf, saved, word

TITLE = "松湾区2025年河湖整治任务分工表\n2025年2月6日"
HEADS = ("序号", "工作任务", "区水利局", "区住建局", "区财政局", "各镇街", "完成时限")
BODY = (
    ("1", "清理入河排口42处并逐一挂牌", "★", "△", "", "△", "6月底"),
    ("2", "改造城区老旧泵站5座", "", "★", "△", "", "9月底"),
)
RIGHT = [
    ("清理入河排口42处并逐一挂牌", ("区水利局",), ("区住建局", "各镇街"), "2025-06-30"),
    ("改造城区老旧泵站5座", ("区住建局",), ("区财政局",), "2025-09-30"),
]


def read(kind: str, data: bytes) -> Notice:
    return read_notice(data, f"a.{kind}")


def tasks(notice: Notice) -> list[tuple[object, ...]]:
    return [(t.content, t.lead, t.co, t.due and t.due.isoformat()) for t in notice.tasks]


def columns(notice: Notice) -> list[str]:
    return [q.values["what"] for q in notice.questions if q.kind in ("column", "column_units")]


def signed(lead: str, co: str, rows: Rows = BODY) -> Rows:
    """The rows with other signs."""
    return [[{"★": lead, "△": co}.get(cell, cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("lead", "co", "legend"),
    [
        ("★", "△", "注：★为牵头单位，△为配合单位。"),
        ("●", "○", "说明：“●”表示牵头单位，“○”表示参与单位"),
        ("▲", "√", "（▲：主办单位；√：协办单位）"),
        ("◎", "○", "牵头单位用◎表示，配合单位用○表示。"),
        ("☆", "√", "备注：标☆的为主责单位，打√的为协同单位"),
        ("■", "□", "图例：牵头（■） 配合（□）"),
        ("A", "B", "A：牵头单位，B：配合单位"),
        ("牵头", "配合", ""),
        ("主", "协", ""),
        ("牵头单位", "协办单位", ""),
        ("√（牵头）", "√", "√为配合单位"),
    ],
)
def test_the_signs_say_who_leads_and_who_helps(lead: str, co: str, legend: str) -> None:
    notice = read("docx", word(TITLE, (HEADS, *signed(lead, co)), *([legend] if legend else [])))
    assert tasks(notice) == RIGHT
    assert not columns(notice)


def test_the_legend_may_stand_above_the_table() -> None:
    assert tasks(read("docx", word(TITLE + "\n（★牵头单位  △配合单位）", (HEADS, *BODY)))) == RIGHT


def test_or_in_a_row_of_it() -> None:
    title, day = ((line, *[LEFT] * 6) for line in TITLE.split("\n"))
    note = ("注：★为牵头单位，△为配合单位。", *[LEFT] * 6)
    assert tasks(read("xlsx", book(表=(title, day, HEADS, *BODY, note)))) == RIGHT


def test_or_in_the_head_over_the_units() -> None:
    upper = ("序号", "工作任务", "责任单位（★牵头，△配合）", LEFT, LEFT, LEFT, "完成时限")
    lower = (UP, UP, "区水利局", "区住建局", "区财政局", "各镇街", UP)
    for kind, data in (
        ("docx", word(TITLE, (upper, lower, *BODY))),
        ("html", page(f"<p>{TITLE.split()[0]}</p><p>2025年2月6日</p>" + grid((upper, lower, *BODY)))),
        ("pdf", pdf(TITLE, (upper, lower, *BODY), widths=(12, 44, 20, 20, 20, 18, 20), size=9)),
    ):
        assert tasks(read(kind, data)) == RIGHT, kind


def test_a_matrix_of_a_text_file_with_bars_is_read() -> None:
    assert tasks(read("md", bars(HEADS, BODY, TITLE + "\n\n★为牵头单位，△为配合单位"))) == RIGHT


def test_names_that_stand_upright_in_their_heads_are_names() -> None:
    upright = tuple("\n".join(head) if head.startswith("区") else head for head in HEADS)
    assert tasks(read("docx", word(TITLE, (upright, *BODY), "★牵头 △配合"))) == RIGHT


def test_two_heads_over_the_units_say_what_a_tick_means() -> None:
    upper = ("序号", "工作任务", "牵头单位", LEFT, "配合单位", LEFT)
    lower = (UP, UP, "区水利局", "区住建局", "区财政局", "各镇街")
    notice = read(
        "docx",
        word(
            TITLE,
            (upper, lower, ("1", "清理入河排口42处", "√", "", "√", "√"), ("2", "改造老旧泵站5座", "", "√", "", "√")),
        ),
    )
    assert [(t.lead, t.co) for t in notice.tasks] == [
        (("区水利局",), ("区财政局", "各镇街")),
        (("区住建局",), ("各镇街",)),
    ]


def test_ticks_beside_a_column_of_those_who_lead_are_helpers() -> None:
    heads = ("序号", "工作任务", "牵头单位", "区水利局", "区住建局", "各镇街", "完成时限")
    rows = (
        ("1", "清理入河排口42处", "区水利局", "√", "√", "", "6月底"),
        ("2", "改造老旧泵站5座", "区住建局", "", "√", "√", "9月底"),
    )
    notice = read("xlsx", book(表=(heads, *rows, ("注：打√的为配合单位",))))
    assert [(t.lead, t.co) for t in notice.tasks] == [(("区水利局",), ("区住建局",)), (("区住建局",), ("各镇街",))]


def test_headings_between_the_rows_stay_headings() -> None:
    rows = (("一、水环境", *[LEFT] * 6), BODY[0], ("二、排水", *[LEFT] * 6), BODY[1])
    notice = read("docx", word(TITLE, (HEADS, *rows), "★为牵头单位，△为配合单位"))
    assert tasks(notice) == RIGHT
    assert [task.section for task in notice.tasks] == ["一、水环境", "二、排水"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_units_may_stand_in_rows_and_tasks_in_columns(kind: str) -> None:
    rows = (
        ("单位", "清理入河排口42处并逐一挂牌", "改造城区老旧泵站5座"),
        ("区水利局", "★", ""),
        ("区住建局", "△", "★"),
        ("区财政局", "", "△"),
        ("各镇街", "△", ""),
        ("完成时限", "6月底", "9月底"),
    )
    legend = "★牵头，△配合"
    sheet = (*((line, LEFT, LEFT) for line in TITLE.split("\n")), *rows, (legend, LEFT, LEFT))
    data = word(TITLE, rows, legend) if kind == "docx" else book(表=sheet)
    assert tasks(read(kind, data)) == RIGHT


def test_a_sign_that_nobody_explains_is_asked_about_once_and_no_unit_is_lost() -> None:
    notice = read("docx", word(TITLE, (HEADS, *BODY)))
    assert columns(notice) == ["★"]
    assert [t.responsible for t in notice.tasks] == [("区水利局", "区住建局", "各镇街"), ("区住建局", "区财政局")]


def test_what_a_person_says_of_the_sign_is_read_as_if_a_legend_said_it() -> None:
    notice = read("docx", word(TITLE, (HEADS, *BODY)))
    told = in_role(notice, "★", "lead")
    assert tasks(told) == RIGHT
    assert not columns(told)
    assert columns(in_role(notice, "★", "co")) == ["△"]


def test_a_tick_alone_says_who_does_it_and_is_asked_about() -> None:
    notice = read("xlsx", book(表=(HEADS, *signed("√", "√"))))
    assert [t.responsible for t in notice.tasks] == [("区水利局", "区住建局", "各镇街"), ("区住建局", "区财政局")]
    assert columns(notice) == ["√"]


def test_a_table_that_goes_on_behind_a_page_has_the_same_units() -> None:
    rows = [(str(n), f"整治第{n}段河道并修复两岸护坡", "★", "△", "", "", "10月底") for n in range(1, 60)]
    notice = read(
        "pdf", pdf(TITLE + "\n★为牵头单位，△为配合单位", (HEADS, *rows), widths=(12, 44, 20, 20, 20, 18, 20), size=9)
    )
    assert len(notice.tasks) == 59
    assert {(t.lead, t.co) for t in notice.tasks} == {(("区水利局",), ("区住建局",))}


def test_ticks_under_months_are_no_units() -> None:
    heads = ("序号", "工作任务", "责任单位", "一季度", "二季度", "三季度", "四季度")
    notice = read(
        "docx",
        word(
            TITLE,
            (
                heads,
                ("1", "清理入河排口42处", "区水利局", "√", "", "√", ""),
                ("2", "改造泵站5座", "区住建局", "", "√", "", "√"),
            ),
        ),
    )
    assert [(t.responsible, t.co) for t in notice.tasks] == [(("区水利局",), ()), (("区住建局",), ())]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("★为牵头单位，△为配合单位", {"★": "lead", "△": "co"}),
        ("注：带▲的是主办单位，其余为协办单位", {"▲": "lead"}),
        ("牵头：●；配合：○", {"●": "lead", "○": "co"}),
        ("打“√”的为责任单位", {"√": "responsible"}),
        ("L = Lead, S = Support", {"L": "lead", "S": "co"}),
        ("★开展专项检查，由教育局牵头", {}),
    ],
)
def test_a_legend_may_be_said_in_many_ways(text: str, meaning: dict[str, str]) -> None:
    assert legend_in(text) == meaning


def test_signs_out_of_a_font_of_signs_are_read() -> None:
    document = Document(io.BytesIO(word(TITLE, (HEADS, *BODY), "★为牵头单位，△为配合单位")))
    for cell in (cell for row in document.tables[0].rows for cell in row.cells if cell.text == "★"):
        run = cell.paragraphs[0].runs[0]
        run.text = ""
        sign = OxmlElement("w:sym")
        sign.set(qn("w:font"), "Wingdings")
        sign.set(qn("w:char"), "F0AB")
        run._r.append(sign)
    assert tasks(read("docx", saved(document))) == RIGHT


@pytest.mark.parametrize(
    "cells",
    [
        ("★区水利局、△区住建局、△各镇街", "★区住建局、△区财政局"),
        ("区水利局★\n区住建局△\n各镇街△", "区住建局（★）、区财政局（△）"),
    ],
)
def test_signs_beside_names_in_one_cell_are_explained_by_the_legend_too(cells: tuple[str, str]) -> None:
    heads = ("序号", "工作任务", "责任单位", "完成时限")
    rows = [(row[0], row[1], cell, row[6]) for row, cell in zip(BODY, cells, strict=True)]
    assert tasks(read("docx", word(TITLE, (heads, *rows), "注：★为牵头单位，△为配合单位。"))) == RIGHT


def test_a_sign_beside_a_name_that_nobody_explains_is_asked_about() -> None:
    notice = read("docx", word(TITLE, (("序号", "工作任务", "责任单位"), ("1", BODY[0][1], "●区水利局、○区住建局"))))
    assert {q.kind for q in notice.tasks[0].questions} == {"unit"}


def test_one_column_of_ticks_is_enough() -> None:
    heads = ("序号", "工作任务", "牵头单位", "各镇街")
    notice = read(
        "docx", word(TITLE, (heads, ("1", BODY[0][1], "区水利局", "√"), ("2", BODY[1][1], "区住建局", "")), "√为参与")
    )
    assert [(t.lead, t.co) for t in notice.tasks] == [(("区水利局",), ("各镇街",)), (("区住建局",), ())]


def test_a_note_behind_a_sign_stays_with_the_unit() -> None:
    rows = (BODY[0], ("2", BODY[1][1], "", "★", "△（筹措资金）", "", "9月底"))
    notice = read("docx", word(TITLE, (HEADS, *rows), "★牵头，△配合"))
    assert [q.kind for q in notice.tasks[1].questions] == ["duty_note"] or "筹措资金" in str(notice.tasks[1].questions)


def test_a_column_of_a_unit_with_other_words_among_the_signs_is_asked_about() -> None:
    rows = (BODY[0], ("2", BODY[1][1], "见附件", "★", "△", "", "9月底"))
    assert columns(read("docx", word(TITLE, (HEADS, *rows), "★牵头，△配合"))) == ["区水利局"]


@pytest.mark.parametrize(("lead", "co"), [("牵头", "配合"), ("主", "协")])
def test_words_for_parts_are_found_in_every_kind_of_file(lead: str, co: str) -> None:
    rows = signed(lead, co)
    for kind, data in (
        ("md", bars(HEADS, rows, TITLE.replace("\n", "\n\n"))),
        ("html", page("".join(f"<p>{line}</p>" for line in TITLE.split("\n")) + grid((HEADS, *rows)))),
        ("pdf", pdf(TITLE, (HEADS, *rows), widths=(12, 44, 20, 20, 20, 18, 20), size=9)),
    ):
        assert tasks(read(kind, data)) == RIGHT, kind


def test_a_part_that_nobody_has_in_a_row_is_not_that_of_the_row_above() -> None:
    rows = (
        ("1", BODY[0][1], "●", "◎", "○", "", "6月底"),
        ("2", BODY[1][1], "", "●", "○", "", "9月底"),
        ("3", "巡查河道12条", "", "○", "○", "", "长期"),
    )
    notice = read("docx", word(TITLE, (HEADS, *rows), "●牵头单位 ◎责任单位 ○配合单位"))
    assert [(t.lead, t.co) for t in notice.tasks] == [
        (("区水利局",), ("区住建局", "区财政局")),
        (("区住建局",), ("区财政局",)),
        ((), ("区住建局", "区财政局")),
    ]
    assert [[q.kind for q in t.questions] for t in notice.tasks[:2]] == [[], []]
    assert {q.kind for q in notice.tasks[2].questions} == {"lead_empty", "only_co"}
