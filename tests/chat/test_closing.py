"""The year's end: previewed, undone in time, thanked once, quiet afterwards; late answers kept, next year's notice with the same people."""

import asyncio
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from core.cases.agenda import next_moments
from core.work import Work
from storage.outbox import OutboxEntry
from tests.chat.world import BOTH, NOTICE, World

DATABASES = BOTH

SMALL = NOTICE.read_text("utf-8")


async def reminded(world: World) -> None:
    """Plans are due, everybody was reminded, one unit handed in."""
    await world.pass_to("2023-03-13T10:00")
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家 3月：选址 4-12月：装修运营")
    await contact.click("提交")
    await world.pass_to("2023-04-03T10:00")


async def test_a_year_is_closed_once_undone_in_time_and_quiet_afterwards(world: World) -> None:
    await reminded(world)
    supervisor, contact, late = world.supervisor, world.of("区民政局"), world.of("区水利局")
    nudge = next(m for m in reversed(late.messages) if "推进计划" in (m["text"] or "") and m["from"]["is_bot"])
    text = await supervisor.send("年终收尾")
    assert (
        "任务 5 项" in text
        and "应报 5：已报 1" in text
        and "还有 3 个单位未报齐" in text
        and "1 件报送还没有审核" in text
    )
    assert "6 位" in text and "1 个群" in text and "4月3日 10:30" in text
    await supervisor.click("先不收尾")
    await supervisor.send("/close")
    first = supervisor.last
    await supervisor.click("确认收尾")
    assert "已收尾" in supervisor.text and "撤销收尾" in supervisor.labels
    await world.owner.send("/close")
    assert "没有正在办理的通知" in world.owner.text
    world.plant(world.owner, "确认收尾", world.action(supervisor.last, "撤销收尾").replace("undo", "ok"))
    answer = await world.owner.click("确认收尾")
    assert "已经收尾了" in answer["answer"], "two supervisors at once"

    # Undone in time: nothing went out, everything goes on.
    people = [contact, late, world.of("区住建局"), world.group]
    before = [len(actor.messages) for actor in people]
    await supervisor.click("撤销收尾", supervisor.said(first))
    assert "已撤销收尾" in supervisor.text
    await world.pass_to("2023-04-03T14:00")
    assert [len(actor.messages) for actor in people] == before
    assert "逾期 4 项" in await supervisor.send("/overdue")
    assert world.group.chat and len(await world.demo.work(lambda work: work.groups.all())) == 1

    # Closed for good: one word of thanks each, the final figures to the group, then silence.
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    page = supervisor.last
    await world.pass_to("2023-04-03T15:00")
    assert [len(actor.messages) for actor in people] == [count + 1 for count in before]
    assert "年终致谢" in contact.text and "应报的都已报齐" in contact.text and "无需回复" in contact.text
    assert "还有 2 件未报" in late.text
    assert "督办收尾" in world.group.text and "本群不再发送通报" in world.group.text
    answer = await supervisor.click("撤销收尾", page)
    assert "不能撤销" in answer["answer"]
    await world.pass_to("2023-05-05T12:00")
    assert [len(actor.messages) for actor in people] == [count + 1 for count in before], "nothing more, for months"
    assert "还没有交办" in await supervisor.send("/progress") or "没有" in supervisor.text

    # A late answer to an old reminder is kept, and the closed notice can still be asked.
    answer = await late.reply(nudge, "1. 年度目标30公里，已全部完成\n2. 水渠12公里已完成")
    assert "已存档" in answer and "1-1" in answer and "2-3" in answer and "已收尾" in answer
    answer = await late.reply(nudge, "都完成了")
    assert "看不出是哪一项" in answer
    await supervisor.send("/notice")
    await supervisor.click("已收尾：")
    assert "收尾后又收到 2 件补报" in supervisor.text and "4月3日收尾" in supervisor.text
    page = supervisor.last
    await supervisor.click("进展", page)
    assert "已报 3" in supervisor.text
    await supervisor.click("逾期清单", page)
    assert any("截至2023年4月3日" in (m.get("text") or "") for m in supervisor.messages[-2:])
    count = len(supervisor.messages)
    await supervisor.click("年终通报", page)
    names = [m["document"]["name"] for m in supervisor.said_since(count) if m.get("document")]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf"]

    # What is handed over: one file, everything in it, readable without the bot.
    await supervisor.click("归档包", page)
    with ZipFile(BytesIO(world.content(supervisor.last))) as kept:
        names = kept.namelist()
        assert {
            "00-说明.txt",
            "02-任务.xlsx",
            "07-推进计划表.docx",
            "通报/通报-2023-03.docx",
            "通报/通报-2023-04-03.pdf",
        } <= {*names}
        assert "数据/obligation.json" in names and kept.testzip() is None
        reports = json.loads(kept.read("数据/report.json"))["tables"]["report"]
        assert [row["text"] or row["goal"] for row in reports].count("建成4家") == 1 and len(reports) == 3
        assert len(json.loads(kept.read("01-通知（读取结果）.json"))["tasks"]) == 5
        book = openpyxl.load_workbook(BytesIO(kept.read("05-未报清单.xlsx")))
        assert book.active is not None and book.active.max_row > 3
        assert "token_hash" not in str(names) and "数据/invite.json" not in names


async def test_who_may_not_close_is_told_and_two_notices_are_closed_one_by_one(world: World, tmp_path: Path) -> None:
    assert "没有此项权限" in await world.of("区水利局").send("/close")
    other = tmp_path / "other.txt"
    text = SMALL.replace("重点任务分工", "民生实事分工").replace("30公里", "9公里")
    await asyncio.to_thread(other.write_text, text, "utf-8")
    await world.demo.take(other)
    if "作为新通知" in str(world.supervisor.labels):
        await world.supervisor.click("作为新通知")
    cards = await world.demo.work(lambda work: work.notices.active())
    if len(cards) != 2:
        pytest.fail(world.supervisor.text)
    await world.supervisor.send("/close")
    assert "哪一份" in world.supervisor.text
    await world.supervisor.click("《2023年重点任务")
    assert "群保留" in world.supervisor.text
    await world.supervisor.click("确认收尾")
    assert len(await world.demo.work(lambda work: work.groups.all())) == 1
    assert "应报 5" in await world.supervisor.send("/progress"), "the other one goes on"


async def test_what_waits_for_its_hour_is_dropped_with_the_notice_and_comes_back_when_it_is_undone(
    world: World,
) -> None:
    await world.pass_to("2023-03-03T19:00")
    unit, supervisor = world.of("区民政局"), world.supervisor
    await world.actor("leader").send("/instruct 2-2 请加快选址")
    await world.actor("leader").click("确认发出")
    before = len(unit.messages)

    async def waiting() -> list[tuple[str, str | None]]:
        def found(work: Work) -> list[tuple[str, str | None]]:
            rows = work.outbox._session.scalars(select(OutboxEntry).where(OutboxEntry.key.startswith("instruction:")))  # type: ignore[attr-defined]
            return [(row.state, row.why) for row in rows if ":to:" in row.key]

        return await world.demo.work(found)

    assert await waiting() == [("held", None)]
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    assert await waiting() == [("dropped", "notice closed")]
    await supervisor.click("撤销收尾")
    assert await waiting() == [("held", None)]
    await world.pass_to("2023-03-06T09:30")
    assert ["请加快选址" in m["text"] for m in unit.said_since(before)] == [True], "said in office hours, once"
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    assert await world.demo.work(lambda work: next_moments(work, world.demo.clock.now())) == []
    await world.pass_to("2023-03-20T09:30")
    assert len(unit.said_since(before)) == 2 and "年终致谢" in unit.text, "nobody is asked to confirm the instruction"


async def test_an_archive_that_can_not_be_drawn_in_time_is_said_and_comes_when_it_is_asked_again(world: World) -> None:
    supervisor = world.supervisor
    await supervisor.send("/close")
    page = supervisor.last
    assert world.demo.bot is not None
    drawing = world.demo.bot.courier.drawing
    usual, drawing.seconds = drawing.seconds, 0.0
    before = len(supervisor.messages)
    answer = await supervisor.click("归档包", page)
    [told] = supervisor.said_since(before)
    assert "开始生成归档包" in answer["answer"]
    assert not told.get("document") and "归档-2023.zip" in told["text"] and "没能生成" in told["text"]
    await world.pass_to("2023-03-03T10:00")
    assert len(supervisor.said_since(before)) == 1, "nothing is in doubt, nothing comes a second time by itself"
    drawing.seconds = usual
    await supervisor.click("归档包", page)
    assert supervisor.last["document"]["name"].startswith("归档-2023")
