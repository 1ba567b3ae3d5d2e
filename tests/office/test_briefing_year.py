"""A played year: whatever the moment, a briefing says what the overdue list says, in Word and PDF, in both languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from docx import Document

from core.cases.briefing import make_briefing, span_asked
from core.cases.overdue import list_overdue
from core.papers.render import render
from core.rules.briefing import Span
from core.rules.dates_past import AsOf
from core.rules.overdue import Filters
from core.rules.scope import Scope
from core.words.briefing_paper import briefing_data
from core.words.voice import voice
from core.work import Work
from tests.chat.test_extension import card
from tests.chat.world import World, monthly

TOTALS = {
    "zh": r"应报事项(\d+)项，其中已报(\d+)项，待报(\d+)项，逾期(\d+)项",
    "en": r"(\d+) items? (?:are|is) due: (\d+) handed in, (\d+) waiting, (\d+) overdue",
}
PAST = (
    date(2023, 3, 15),
    date(2023, 3, 16),
    date(2023, 3, 17),
    date(2023, 3, 31),
    date(2023, 4, 10),
    date(2023, 6, 30),
)
SPANS = ("3月", "一季度", "4月", "二季度", "上半年")


async def played(world: World) -> None:
    """March to July: some hand in, one gets more time, one task is dropped, the rest is late."""
    early, late = world.of("区民政局"), world.of("区水利局")
    await early.send("/plan")
    await early.click("○ 2-2")
    await early.send("年度目标：建成4家\n3月：选址\n4月：装修")
    await early.click("预览")
    await early.click("提交")
    await world.of("区商务局").send("/extend 2-1")
    await world.of("区商务局").send("3月24日，因招商会改期")
    await world.supervisor.click("同意延至3月24日", card(world.supervisor))
    await monthly(world)
    await world.pass_to("2023-03-29T10:00")
    await early.send("选址已定两处。由于房屋产权纠纷，另两处签约推迟。")
    await early.click("2-2")
    await world.pass_to("2023-04-12T10:00")
    await late.send("/plan")
    await late.click("○ 1-1")
    await late.send("年度目标：改造30公里\n4月：勘察")
    await late.click("预览")
    await late.click("提交")
    await world.pass_to("2023-05-10T10:00")
    await world.supervisor.send("/adjust 2-3")
    await world.supervisor.click("取消任务")
    await world.supervisor.send("并入其他项目")
    await world.supervisor.click("确认")
    await world.pass_to("2023-07-05T10:00")


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


async def compared(world: World, span: Span) -> None:
    """The papers of a span against the overdue list of the same moment, asked by itself."""

    def read(work: Work) -> tuple[Any, list[Any], dict[str, dict[str, Any]]]:
        now = world.demo.clock.now()
        past = span.day < work.office.today(now)
        moment: datetime = AsOf(span.day).moment(work.office.zone) if past else now
        listed = list_overdue(work.at(moment) if past else work, Scope(everything=True), moment, Filters())
        made = make_briefing(work, span, now)
        papers = {lang: briefing_data(voice(lang), work.office, made) for lang in ("zh", "en")}
        return listed.total, list(listed.late), papers

    f, late, papers = await world.demo.work(read)
    figures = [f.all, f.done, f.waiting, f.overdue]
    assert f.overdue == len(late)
    for lang, data in papers.items():
        document = Document(BytesIO(render("briefing.docx", data)))
        words = "\n".join(paragraph.text for paragraph in document.paragraphs)
        said = re.search(TOTALS[lang], words)
        assert said and [int(n) for n in said.groups()] == figures, (span, lang)
        leaders = document.tables[0]
        assert [int(cell.text) for cell in leaders.rows[-1].cells[2:]] == figures
        sums = [sum(int(row.cells[place].text) for row in leaders.rows[1:-1]) for place in range(2, 6)]
        assert sums == figures
        behind = [table for table in document.tables[1:] if len(table.columns) == 5]
        rows = [row.cells for table in behind for row in table.rows[1:]]
        assert sum(len(row[3].text.split("\n")) for row in rows) == len(late)
        assert {(row[0].text, row[1].text) for row in rows} == {(o.ref, o.unit) for o in late}
        flat = re.search(TOTALS[lang].replace(" ", ""), re.sub(r"\s", "", pdf_text(render("briefing.pdf", data))))
        assert flat and [int(n) for n in flat.groups()] == figures, (span, lang)


async def test_at_every_moment_of_a_played_year_the_papers_say_what_the_overdue_list_says(world: World) -> None:
    await played(world)
    today = date(2023, 7, 5)
    for text in SPANS:
        await compared(world, span_asked(text, today))
    for day in PAST:
        await compared(world, Span(None, day))
    await compared(world, Span(None, today))


async def test_what_the_chat_says_of_a_day_is_in_its_briefing(world: World) -> None:
    await played(world)
    for day in ("2023-03-17", "2023-04-10", "2023-04-30", "2023-07-05"):
        text = await world.supervisor.send(f"/briefing {day}")
        said = re.search(r"应报 (\d+) 项：已报 (\d+)，待报 (\d+)，逾期 (\d+)", text)
        overdue = await world.supervisor.send(f"/overdue {day}")
        counts = re.search(r"逾期 (\d+) 项，涉及 (\d+) 个单位；应报共 (\d+) 项", overdue)
        assert said and counts and [said[4], said[1]] == [counts[1], counts[3]], day
