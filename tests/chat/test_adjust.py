"""Tasks suspended, resumed, dropped and changed: with a reason, after a preview, everybody concerned told once."""

from typing import Any

from tests.chat.world import Actor, World


async def adjust(world: World, ref: str, button: str, *texts: str) -> None:
    await world.supervisor.send(f"/adjust {ref}")
    await world.supervisor.click(button)
    for text in texts:
        await world.supervisor.send(text)


def notes(actor: Actor, mark: str) -> list[dict[str, Any]]:
    return [m for m in actor.messages if mark in (m.get("text") or "") and m["from"]["is_bot"]]


async def test_a_suspended_task_is_silent_and_comes_back(world: World) -> None:
    contact = world.of("区民政局")
    await adjust(world, "2-2", "暂停", "选址规划调整")
    assert "将告知 1 人" in world.supervisor.text and "待报 1 项停止催报" in world.supervisor.text
    assert not notes(contact, "任务暂停")
    await world.supervisor.click("确认")
    assert "选址规划调整" in notes(contact, "【任务暂停】2-2")[0]["text"]
    before = len(contact.messages)
    await world.pass_to("2023-03-20T18:00")
    assert not [m for m in contact.said_since(before) if "推进计划" in (m.get("text") or "")]
    assert "逾期 4 项" in await world.supervisor.send("/overdue")
    await adjust(world, "2-2", "恢复办理", "规划已批复")
    await world.supervisor.click("确认")
    assert "【任务" not in contact.text or "【恢复办理】2-2" in str(contact.messages[-1])
    assert "3月27日" in await contact.send("/tasks")
    await world.pass_to("2023-03-28T18:00")
    assert [m for m in contact.said_since(before) if "推进计划" in (m.get("text") or "")]
    assert "逾期 5 项" in await world.supervisor.send("/overdue")
    assert "逾期 4 项" in await world.supervisor.send("/overdue 2023-03-20")


async def test_a_dropped_task_counts_nowhere(world: World) -> None:
    await adjust(world, "2-2", "取消任务", "上级任务已并入其他专项")
    await world.supervisor.click("确认")
    assert "【任务取消】2-2" in world.of("区民政局").text
    assert "应报 4" in await world.supervisor.send("/progress")
    assert "已取消" in await world.of("区民政局").send("/tasks")


async def test_the_lead_changes_and_nothing_falls_between_two_chairs(world: World) -> None:
    await adjust(world, "2-2", "换牵头单位", "区商务局", "职能调整")
    assert "待报 1 项转给新牵头单位" in world.supervisor.text
    await world.supervisor.click("确认")
    old, new = world.of("区民政局"), world.of("区商务局")
    assert notes(old, "牵头单位由 区民政局 改为 区商务局") and notes(new, "牵头单位由 区民政局 改为 区商务局")
    assert "待报 2 项" in await new.send("/plan")
    assert "没有需要报送的推进计划" in await old.send("/plan")
    await world.pass_to("2023-03-16T10:00")
    assert [m for m in notes(new, "提醒") if "2-2" in m["text"]]
    assert not [m for m in notes(old, "提醒】") if "2-2" in m["text"]]


async def test_a_co_unit_is_added_and_removed(world: World) -> None:
    await adjust(world, "2-2", "加配合单位", "区财政局", "需落实资金")
    await world.supervisor.click("确认")
    assert "配合：区财政局" in await world.supervisor.send("/task 2-2")
    await adjust(world, "2-2", "减配合单位", "区财政局", "资金已落实")
    await world.supervisor.click("确认")
    assert "配合：区财政局" not in await world.supervisor.send("/task 2-2")


async def test_new_words_are_told_and_the_old_stay_in_the_history(world: World) -> None:
    await adjust(world, "2-2", "改内容", "新建社区食堂6家。", "区政府常务会议调整")
    await world.supervisor.click("确认")
    assert "内容改为：新建社区食堂6家" in world.of("区民政局").text
    text = await world.supervisor.send("/task 2-2")
    assert "新建社区食堂6家。" in text and "原：新建社区食堂4家" in text


async def test_two_supervisors_at_once_change_it_once(world: World) -> None:
    await adjust(world, "2-2", "暂停", "甲的理由")
    await world.owner.send("/adjust 2-2")
    await world.owner.click("取消任务")
    await world.owner.send("乙的理由")
    await world.supervisor.click("确认")
    await world.owner.click("确认")
    assert len(notes(world.of("区民政局"), "【任务暂停】2-2")) == 1
    await world.supervisor.send("/adjust 2-2")
    await world.supervisor.click("恢复办理")
    await world.owner.send("/adjust 2-2")
    assert "没有改动" not in world.owner.text


async def test_wrong_words_are_answered_and_nothing_changes(world: World) -> None:
    assert "请带上任务编号" in await world.supervisor.send("/adjust")
    assert "没有编号为 9-9 的任务" in await world.supervisor.send("/adjust 9-9")
    await adjust(world, "2-2", "换牵头单位", "不存在的局")
    assert "没有找到单位" in world.supervisor.text
    assert "已经是牵头单位" in await world.supervisor.send("区民政局")
    await adjust(world, "2-2", "暂停", "。")
    assert "请写明理由" in world.supervisor.text
    await world.supervisor.send("暂缓")
    await world.supervisor.click("取消")
    assert "没有改动" in world.supervisor.text
    assert "已暂停" not in await world.supervisor.send("/task 2-2")


async def test_only_the_office_changes_tasks(world: World) -> None:
    assert "没有此项权限" in await world.of("区民政局").send("/adjust 2-2")
