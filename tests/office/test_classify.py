"""Supervisors set how often tasks are reported on: preview, confirmation, one message to each contact."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.rules.obligations import Kind, Obligation, State
from core.work import Wanted
from tests.chat.world import World


async def owed(world: World, ref: str = "1-1") -> list[Obligation]:
    found: list[Obligation] = await world.demo.work(lambda work: work.obligations.find(Wanted(kind=Kind.REPORT)))
    return [o for o in found if o.ref == ref and o.state is not State.DROPPED]


async def order(world: World, text: str) -> dict[str, Any]:
    """Types the order and presses the confirmation of its preview."""
    await world.supervisor.send(text)
    return await world.supervisor.click("确认改为")


async def test_one_task_becomes_quarterly_after_a_preview(world: World) -> None:
    text = await world.supervisor.send("/classify 1-1 季报")
    assert "第一季度：3月24日（周五），遇休息日由3月25日提前" in text
    assert "第二季度：6月25日（周日）" in text  # a worked Sunday: it pays for the Dragon Boat holiday
    assert "第三季度：9月25日" in text and "第四季度：12月25日" in text
    assert "将新增 4 项" in text
    assert await owed(world) == [], "a preview changes nothing"
    await world.supervisor.click("确认改为季报")
    assert "已确认" in world.supervisor.text and "还有 4 项未定" in world.supervisor.text
    reports = await owed(world)
    assert [o.period for o in reports] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert reports[1].period_from == date(2023, 4, 1) and reports[0].period_from == date(2023, 3, 3)
    assert reports[1].next_nudge_on == date(2023, 6, 19), "three working days before, not at once"


async def test_all_are_set_by_buttons(world: World) -> None:
    text = await world.supervisor.send("定频次")
    assert "5 项任务，未定 5 项" in text
    await world.supervisor.click("全部 5 项")
    await world.supervisor.click("月报")
    assert "10 项" not in world.supervisor.text and "3月：3月24日" in world.supervisor.text
    await world.supervisor.click("确认改为月报")
    assert "全部任务均已定频次" in world.supervisor.text
    assert len(await owed(world)) == 10


async def test_a_leaders_and_a_units_tasks_are_chosen_by_buttons(world: World) -> None:
    await world.supervisor.send("/classify")
    await world.supervisor.click("按区领导")
    await world.supervisor.click("钟若谷")
    await world.supervisor.click("半年报")
    assert "3 项改为半年报" in world.supervisor.text
    await world.supervisor.click("确认改为半年报")
    await world.supervisor.click("继续定频次")
    await world.supervisor.click("按单位")
    await world.supervisor.click("区住建局（1 项，未定 1）")
    await world.supervisor.click("月报")
    await world.supervisor.click("确认")
    assert "还有 1 项未定" in world.supervisor.text
    await world.supervisor.click("继续定频次")
    await world.supervisor.click("逐项")
    assert "1-2" in world.supervisor.text and "：月报" in world.supervisor.text and "未定频次" in world.supervisor.text


async def test_names_and_several_refs_work_typed(world: World) -> None:
    assert "3 项改为月报" in await world.supervisor.send("定频次 钟若谷 月报")
    assert "2 项改为半年报" in await world.supervisor.send("/classify 1-1，2-3 half-yearly")
    assert "2 项改为季报" in await world.supervisor.send("频次 区水利局 每季度")
    assert "多久报一次" in await world.supervisor.send("/classify 1-1")


async def test_what_means_nothing_gets_a_remedy(world: World) -> None:
    assert "没有编号为 9-9 的任务" in await world.supervisor.send("/classify 9-9 月报")
    assert "没有找到“火星局”" in await world.supervisor.send("/classify 火星局 月报")
    assert "没有牵头任务" in await world.supervisor.send("/classify 区财政局 月报")
    await world.pass_to("2023-12-29T10:00")
    assert "没有未到期的报送期" in await world.supervisor.send("/classify 1-1 月报")


async def test_a_contact_may_not_set_frequencies(world: World) -> None:
    await world.of("区水利局").send("/classify 1-1 月报")
    assert await owed(world) == []


async def test_reclassifying_drops_only_what_is_neither_handed_in_nor_overdue(world: World) -> None:
    await order(world, "/classify 1-1 月报")
    await world.pass_to("2023-04-03T10:00")  # March's report is overdue
    contact = world.of("区水利局")
    await contact.send("/report")
    text = await world.supervisor.send("/classify 1-1 季报")
    assert "将新增 3 项" in text, "the first quarter was due before anybody was told"
    assert "未到期、未报的 9 项取消" in text and "已逾期的 1 项仍须补报" in text
    await world.supervisor.click("确认改为季报")
    assert [o.period for o in await owed(world)] == ["2023-03", "2023-Q2", "2023-Q3", "2023-Q4"]
    await order(world, "/classify 1-1 月报")
    assert [o.period for o in await owed(world)][:2] == ["2023-03", "2023-04"], "what was dropped is owed again"


async def test_contacts_get_one_message_for_all_that_was_set_in_a_row(world: World) -> None:
    contact = world.of("区水利局")
    before = len(contact.messages)
    await order(world, "/classify 1-1 月报")
    await order(world, "/classify 2-3 季报")
    assert contact.said_since(before) == []
    await world.pass_to("2023-03-03T10:00")
    said = contact.said_since(before)
    assert len(said) == 1
    assert "月报（1 项）：1-1" in said[0]["text"] and "季报（1 项）：2-3" in said[0]["text"]
    assert "下次截止：3月24日" in said[0]["text"]


async def test_on_a_weekend_the_message_waits_for_monday(world: World) -> None:
    await world.pass_to("2023-03-04T10:00")
    contact = world.of("区水利局")
    before = len(contact.messages)
    await order(world, "/classify 1-1 月报")
    await world.pass_to("2023-03-05T20:00")
    assert contact.said_since(before) == []
    await world.pass_to("2023-03-06T09:01")
    assert len(contact.said_since(before)) == 1


async def test_setting_it_shortly_before_a_due_date_does_not_remind_at_once(world: World) -> None:
    await world.pass_to("2023-03-23T10:00")
    contact = world.of("区水利局")
    before = len(contact.messages)
    await order(world, "/classify 1-1 月报")
    await world.pass_to("2023-03-23T17:00")
    assert [m["text"][:6] for m in contact.said_since(before)] == ["【报送频次】"]


async def test_a_second_press_and_a_stale_preview_change_nothing_unseen(world: World) -> None:
    await world.supervisor.send("/classify 1-1 月报")
    preview = world.supervisor.last
    await order(world, "/classify 1-1 季报")
    await world.supervisor.click("确认改为月报", preview)
    assert [o.period for o in await owed(world)][0] == "2023-Q1", "the old preview no longer counts"
    now_shown = next(m for m in world.supervisor.messages if m["message_id"] == preview["message_id"])
    assert "取消" in now_shown["text"]
    await world.supervisor.click("确认改为月报", now_shown)
    assert [o.period for o in await owed(world)][0] == "2023-03"
