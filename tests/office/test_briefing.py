"""The briefing: its figures are the overdue list's, its reasons the units' own words, its papers readable."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from docx import Document

from core.cases.briefing import make_briefing
from core.cases.overdue import list_overdue
from core.papers.render import legible_as_photo, render
from core.rules.briefing import Span, read_period, spans
from core.rules.dates_past import AsOf
from core.rules.overdue import Filters
from core.rules.reasons import stated_reason
from core.rules.scope import Scope
from core.rules.summary import Figures
from core.words.briefing_pictures import units_pictures
from core.words.voice import voice
from core.work import Work
from tests.chat.world import World, monthly
from tests.plan_form.paper import last_file

TODAY = date(2023, 4, 26)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("4月", "2023-04"),
        ("四月份", "2023-04"),
        ("2023-03", "2023-03"),
        ("2023年3月", "2023-03"),
        ("12月", "2022-12"),
        ("去年12月", "2022-12"),
        ("上月", "2023-03"),
        ("一季度", "2023-Q1"),
        ("第一季度", "2023-Q1"),
        ("Q1", "2023-Q1"),
        ("2023年二季度", "2023-Q2"),
        ("四季度", "2022-Q4"),
        ("上半年", "2023-H1"),
        ("２０２３年上半年", "2023-H1"),
        ("h2", "2022-H2"),
        ("April", "2023-04"),
        ("Dec", "2022-12"),
        ("march 2023", "2023-03"),
        ("Q1 2023", "2023-Q1"),
    ],
)
def test_a_period_is_understood_however_it_is_written(text: str, key: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None and period.key == key


@pytest.mark.parametrize("text", ["明年", "13月", "五季度", "4月10日", "随便", "2023"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_period(text, TODAY) is None


def test_the_spans_offered_are_six_and_none_begins_in_the_future() -> None:
    keys = [span.key for span in spans(TODAY)]
    assert keys == ["2023-04", "2023-03", "2023-Q2", "2023-Q1", "2023-H1", "2022-H2"]
    assert all(span.day <= TODAY for span in spans(TODAY))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("已完成选址。由于征地手续未批，进场滞后两周；正在协调。", "由于征地手续未批，进场滞后两周"),
        ("因暴雨停工。目前已复工。", "因暴雨停工。"),
        ("受材料涨价影响，采购推迟", "受材料涨价影响，采购推迟"),
        ("已完成过半，按计划推进。", ""),
        ("排查并解决问题12个。", ""),
        ("因此提前完成。", ""),
        ("坚持问题导向，完成整改。", ""),
        (
            "Started on time. Delayed because the permit is missing.",
            "Started on time. Delayed because the permit is missing.",
        ),
    ],
)
def test_a_reason_is_quoted_word_for_word_or_not_at_all(text: str, why: str) -> None:
    assert stated_reason(text) == why


async def late_office(world: World) -> None:
    """A plan is in, a report that names a hindrance is in, the rest is late."""
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家\n3月：选址\n4月：装修\n5月：两家开业")
    await contact.click("预览")
    await contact.click("提交")
    await monthly(world)
    await world.pass_to("2023-03-20T10:00")
    await contact.send("选址已定两处。由于房屋产权纠纷，另两处签约推迟；正在协调。")
    await contact.click("2-2")
    await world.pass_to("2023-04-26T10:00")


SCENE = late_office


def _then(work: Work, day: date | None, now: datetime) -> tuple[Work, Scope, datetime]:
    """The office at the end of a day, or now."""
    moment = AsOf(day).moment(work.office.zone) if day else now
    return (work.at(moment) if day else work), Scope(everything=True), moment


async def test_the_figures_are_those_of_the_overdue_list_of_the_same_moment(world: World) -> None:
    supervisor = world.supervisor
    for asked, day in (("", None), ("3月", date(2023, 3, 31)), ("2023-04-10", date(2023, 4, 10))):
        text = await supervisor.send(f"/briefing {asked}".strip())
        listed = await world.demo.work(
            lambda work, day=day: list_overdue(*_then(work, day, world.demo.clock.now()), Filters())
        )
        f = listed.total
        assert f"应报 {f.all} 项：已报 {f.done}，待报 {f.waiting}，逾期 {f.overdue}" in text
        overdue = await supervisor.send(f"/overdue {day or ''}".strip())
        counts = re.search(r"逾期 (\d+) 项，涉及 (\d+) 个单位；应报共 (\d+) 项", overdue)
        assert counts and [int(n) for n in counts.groups()] == [f.overdue, len({o.unit_id for o in listed.late}), f.all]


async def test_the_word_file_says_the_same_and_quotes_the_units(world: World) -> None:
    supervisor = world.supervisor
    text = await supervisor.send("/briefing")
    shown = re.search(r"应报 (\d+) 项：已报 (\d+)，待报 (\d+)，逾期 (\d+)", text)
    assert shown and "由于房屋产权纠纷，另两处签约推迟" in text
    await supervisor.click("Word")
    name, content = last_file(supervisor)
    assert name == "督查通报-2023年4月.docx"
    document = Document(BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "应报事项{}项，其中已报{}项，待报{}项，逾期{}项".format(*shown.groups()) in words
    leaders, behind = document.tables
    assert [cell.text for cell in leaders.rows[-1].cells][2:] == list(shown.groups())
    sums = [sum(int(row.cells[n].text) for row in leaders.rows[1:-1]) for n in (2, 5)]
    assert sums == [int(shown[1]), int(shown[4])]
    rows = {row.cells[0].text: row.cells[4].text for row in behind.rows[1:]}
    assert "由于房屋产权纠纷，另两处签约推迟" in rows["2-2"] and rows["1-1"] == "尚未说明"
    assert "区民政局（2-2）两家开业" in words, "the unit's own plan for the month to come"


async def test_the_pdf_holds_its_fonts_and_is_small(world: World) -> None:
    supervisor = world.supervisor
    await supervisor.send("/briefing 一季度")
    await supervisor.click("PDF")
    name, content = last_file(supervisor)
    assert name == "督查通报-2023年第一季度.pdf"
    assert content.startswith(b"%PDF") and b"/FontFile3" in content
    assert len(content) < 400_000


async def test_a_future_period_and_nonsense_are_answered(world: World) -> None:
    assert "还没开始" in await world.supervisor.send("/briefing 2023年5月")
    assert "没看懂" in await world.supervisor.send("/briefing 随便什么")
    assert "您没有此项权限" in await world.of("区民政局").send("/briefing")


async def test_pictures_come_for_leaders_and_units(world: World) -> None:
    supervisor = world.supervisor
    await supervisor.send("/briefing")
    await supervisor.click("图：按单位")
    assert supervisor.last["photo"]["width"] == 1080 and "各单位报送情况" in supervisor.text
    await supervisor.send("/briefing 3月")
    await supervisor.click("图：按区领导")
    assert supervisor.last["photo"]["width"] == 1080


async def test_when_a_period_is_over_the_office_finds_its_briefing_ready_once(assigned: World) -> None:
    await assigned.pass_to("2023-04-02T12:00")
    before = len(assigned.supervisor.messages)
    await assigned.pass_to("2023-04-03T12:00")
    ready = [m for m in assigned.supervisor.said_since(before) if "通报已备好" in (m["text"] or "")]
    assert len(ready) == 1 and "2023年第一季度、2023年3月" in ready[0]["text"]
    await assigned.supervisor.click("3月 Word", ready[0])
    assert last_file(assigned.supervisor)[0] == "督查通报-2023年3月.docx"
    before = len(assigned.supervisor.messages)
    await assigned.pass_to("2023-04-20T12:00")
    assert not [m for m in assigned.supervisor.said_since(before) if "通报已备好" in (m["text"] or "")]


def test_texts_full_of_odd_characters_make_a_pdf() -> None:
    data = {
        "org": "督查室 🚀",
        "mark": "督查通报",
        "title": "题" * 70,
        "to": "各单位：",
        "blocks": [
            ["h", "一、情况"],
            ["p", "很长的一句话，" * 200 + "supercalifragilistic" * 30 + "\u0007\u200b𠮷"],
            ["table", {"head": ["甲", "乙"], "rows": [["字" * 900, "a" * 300]] * 3, "widths": [1, 3], "small": True}],
        ],
        "sign": ["", "2023年4月26日"],
        "lang": "zh",
    }
    assert render("briefing.pdf", data).startswith(b"%PDF")
    assert render("briefing.docx", data)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (22, 1), (58, 3), (132, 6), (300, 6)])
async def test_pictures_of_many_units_come_in_pages_that_lose_nobody(world: World, count: int, pages: int) -> None:
    made = await world.demo.work(lambda work: make_briefing(work, Span(None, date(2023, 3, 3)), world.demo.clock.now()))
    office = await world.demo.work(lambda work: work.office)
    name = "现场建设指挥部办公室（七岭生态绿带项目）"
    units = [(n, f"{n}号{name}", Figures(done=n % 3, waiting=1, overdue=n % 2)) for n in range(count)]
    messages = units_pictures(voice("zh"), office, made, units)
    papers = [message.paper for message in messages if message.paper]
    shown = [row["name"] for paper in papers for row in paper.data["rows"]]
    assert len(papers) == len(messages) == pages and shown == [unit for _, unit, _ in units]
    assert len({paper.name for paper in papers}) == pages
    assert len({str(paper.data["legend"]) for paper in papers}) == 1, "each page counts all of them"
    if 0 < count < 100:
        drawn = [render(paper.kind, paper.data) for paper in papers]
        assert all(legible_as_photo(picture) for picture in drawn)
