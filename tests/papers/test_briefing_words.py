"""What a briefing says where a count is none, one or many, in both languages: read out of the drawn paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from core.papers.render import render
from core.rules.briefing import Behind, Briefing, LeaderRow, Span, span_of
from core.rules.figures import Target
from core.rules.lights import Light, TargetLight, TaskLight
from core.rules.obligations import Kind, Obligation, State
from core.rules.office import Office
from core.rules.periods import Period
from core.rules.summary import Figures
from core.rules.targets_pace import Goal
from core.rules.tasks import Assignment, Leader, Part, Task, Unit
from core.words.briefing_paper import briefing_data
from core.words.voice import voice

TODAY = date(2023, 7, 5)
NOW = datetime(2023, 7, 5, 2, tzinfo=UTC)
LEADER = Leader(1, "钟若谷", "副区长")
OFFICE = Office(1, "云屿区政府督查室")


def owed(n: int, unit: str = "区民政局") -> Obligation:
    return Obligation(
        n,
        n,
        n,
        Kind.REPORT,
        "2023-06",
        date(2023, 6, 28),
        State.OPEN,
        NOW,
        None,
        f"2-{n}",
        "新建社区食堂",
        unit,
        LEADER,
    )


def task(ref: str) -> Task:
    return Task(1, 1, ref, "1", "修缮灌溉水渠12公里", LEADER, (Assignment(Unit(1, "区水利局"), Part.LEAD),))


def behind(n: int, why: str = "") -> Behind:
    return Behind(owed(n), 7, why, date(2023, 6, 20) if why else None)


def briefing(figures: Figures, late: tuple[Behind, ...] = (), **more: Any) -> Briefing:
    found = Briefing(
        span=span_of(Period.parse("2023-06"), TODAY),
        at=NOW,
        current=True,
        title="",
        addressees=(),
        tasks=3,
        units=2,
        total=figures,
        late_units=len(late),
        filed=2,
        leaders=(LeaderRow(LEADER, 3, figures),),
        stages=(),
        behind=late,
        coming=(),
        next_month=8,
    )
    return replace(found, **more)


def worded(made: Briefing, lang: str) -> str:
    """All that the Word paper says."""
    document = Document(BytesIO(render("briefing.docx", briefing_data(voice(lang), OFFICE, made))))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def told(made: Briefing, lang: str) -> str:
    """All that the paper says, as drawn; Word and PDF say the same."""
    data = briefing_data(voice(lang), OFFICE, made)
    with pypdfium2.PdfDocument(render("briefing.pdf", data)) as read:
        drawn = "".join(page.get_textpage().get_text_bounded() for page in read)
    document = Document(BytesIO(render("briefing.docx", data)))
    for paragraph in document.paragraphs:
        flat = re.sub(r"[\s“”]", "", paragraph.text)
        assert flat in re.sub(r"[\s\"“”]|—\d+—", "", drawn), paragraph.text
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


CASES = [
    (
        briefing(Figures(), filed=0),
        "没有应报事项。本期没有收到报送。",
        "Nothing is due. Nothing was received in this period.",
    ),
    (
        briefing(Figures(1), filed=1),
        "应报事项1项",
        "1 item is due: 1 handed in, 0 waiting, 0 overdue. 1 item was received",
    ),
    (
        briefing(Figures(1), tasks=1, units=1),
        "重点工作共1项，涉及1个单位",
        "1 priority task of 1 unit is supervised. 1 item",
    ),
    (briefing(Figures(1), tasks=2, units=1), "共2项，涉及1个单位", "2 priority tasks of 1 unit are supervised."),
    (
        briefing(Figures(0, 0, 1), (behind(1),)),
        "责任单位尚未说明原因。",
        "1 item of 1 unit is overdue. No reason was given yet.",
    ),
    (
        briefing(Figures(0, 0, 1), (behind(1),)),
        "请尽快报送逾期的1项，并说明原因",
        "hand in the overdue item soon, with the reason",
    ),
    (
        briefing(Figures(0, 0, 2), (behind(1), behind(2, "因暴雨停工。")), late_units=1),
        "另有1项尚未说明原因。",
        "2 items of 1 unit are overdue. Reasons are quoted from the units' own reports; for 1 item none was given yet.",
    ),
]
"""(briefing, what it says in Chinese, in English)"""


@pytest.mark.parametrize(("made", "chinese", "english"), CASES)
def test_the_paper_reads_well_whatever_the_count(made: Briefing, chinese: str, english: str) -> None:
    assert chinese in worded(made, "zh")
    assert english in worded(made, "en")


def test_a_reason_that_was_given_is_not_asked_for_again() -> None:
    made = briefing(Figures(0, 0, 1), (behind(1, "因暴雨停工。"),))
    chinese, english = told(made, "zh"), told(made, "en")
    assert "尚未说明" not in chinese and "说明原因" not in chinese and "说明补救安排" in chinese
    assert "with the reason" not in english and "how it will be made good" in english


@pytest.mark.parametrize(
    ("key", "chinese", "english"),
    [
        ("2023-06", "关于2023年6月重点工作推进情况的通报", "June 2023"),
        ("2023-Q2", "关于2023年第二季度重点工作\n推进情况的通报", "Q2 2023"),
        ("2023-H1", "关于2023年上半年重点工作推进情况的通报", "first half of 2023"),
        ("2022-H2", "关于2022年下半年重点工作推进情况的通报", "second half of 2022"),
        ("", "关于2023年重点工作推进情况的通报", "how they stand, 2023"),
    ],
)
def test_a_period_has_its_name_in_the_title(key: str, chinese: str, english: str) -> None:
    span = span_of(Period.parse(key), TODAY) if key else Span(None, TODAY)
    made = briefing(Figures(1), span=span)
    assert chinese in told(made, "zh")
    title = briefing_data(voice("en"), OFFICE, made)["title"]
    assert title.replace("\n", "").startswith("Priority tasks: how they stand, ") and title.endswith(
        english.split(", ")[-1]
    )


def test_the_day_of_a_reason_stands_whole_in_a_line_of_its_own() -> None:
    made = briefing(Figures(0, 0, 1), (behind(1, "由于征地手续未批，进场滞后"),))
    table = Document(BytesIO(render("briefing.docx", briefing_data(voice("zh"), OFFICE, made)))).tables[1]
    assert table.rows[1].cells[4].text.split("\n") == ["“由于征地手续未批，进场滞后”", "（6月20日报）"]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ["滞后", "逾期", "24·2-12"]), ("en", ["behind", "overdue", "24·2-12"])]
)
def test_in_the_table_of_lights_no_light_and_no_number_is_torn(lang: str, words: list[str]) -> None:
    ditch = Goal("k", Target("修缮灌溉水渠", Decimal(12), "公里"))
    lit = [
        (task(ref), TaskLight(light, ((1, TargetLight(ditch, light, Decimal(4))),)))
        for ref, light in (("24·2-11", Light.BEHIND), ("24·2-12", Light.OVERDUE))
    ]
    data = briefing_data(voice(lang), OFFICE, briefing(Figures(1), lights=tuple(lit)))
    alone = {**data, "blocks": [block for block in data["blocks"] if block[0] == "table" and "small" in block[1]]}
    with pypdfium2.PdfDocument(render("briefing.pdf", alone)) as read:
        drawn = read[0].get_textpage().get_text_bounded().split()
    assert set(words) <= set(drawn), drawn
    assert ("目标任务亮灯：滞后1项、逾期1项" in str(data["blocks"])) is (lang == "zh")
