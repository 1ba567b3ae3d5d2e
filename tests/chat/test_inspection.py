"""Inspection: a round is put together, the units told once; findings stop by stop; mending owed; the briefing."""

from typing import Any

from tests.chat.world import Actor, World, monthly

PHOTO = [("现场.jpg", b"\xff\xd8\xff" + b"0" * 64)]


def told(actor: Actor, title: str) -> list[dict[str, Any]]:
    return [m for m in actor.messages if m["from"]["is_bot"] and title in (m.get("text") or "")]


async def late(world: World, day: str = "2023-04-06T10:00") -> None:
    """Monthly reports are owed; nobody has handed in a plan, so everything is late."""
    await monthly(world)
    await world.pass_to(day)


async def opened(world: World, which: str = "月报", day: str = "4月10日", by: Actor | None = None) -> Actor:
    """A round of everything monthly; returns who opened it, the round's card open."""
    who = by or world.supervisor
    await who.send(f"/inspect {which}")
    await who.click("下一步")
    await who.send(day)
    await who.click("用常用的")
    await who.click("确认，通知各单位")
    await who.click("看这一轮")
    return who


async def test_a_round_from_the_choice_of_tasks_to_the_call(world: World) -> None:
    supervisor = world.supervisor
    assert "没有进行中的任务" in await supervisor.send("督查 月报")
    await late(world)
    assert "这一轮查哪些任务" in await supervisor.send("/inspect")
    assert "建议督查的 5 项" in supervisor.labels and "月报类（5）" in supervisor.labels
    await supervisor.click("月报类")
    assert "已选 5 项，建议 5 项" in supervisor.text and any("☑ 2-2 逾期" in label for label in supervisor.labels)
    stale = world.action(supervisor.last, "全不选")
    await supervisor.click("全不选")
    assert "还没有勾选" in str(await supervisor.click("下一步"))
    await supervisor.click("☐ 1-1")
    await supervisor.click("☐ 2-1")
    await supervisor.click("☐ 2-3")
    assert "已选 3 项" in supervisor.text
    await supervisor.click("下一步")
    for wrong, answer in (("4月3日", "已经过了"), ("尽快", "没看懂日期"), ("2029-04-06", "太远了")):
        assert answer in await supervisor.send(wrong)
    assert "4月9日（周日） 是休息日" in await supervisor.send("4月9日")
    assert {"改为4月7日（周五）", "改为4月10日（周一）"} <= set(supervisor.labels)
    await supervisor.click("改为4月10日")
    assert "请单位备好什么" in supervisor.text
    assert "请写明要单位备好什么" in await supervisor.send("？")
    preview = await supervisor.send("施工台账、现场照片")
    assert "督查 3 项任务、2 个单位" in preview and "区水利局：1-1、2-3" in preview and "施工台账" in preview
    assert not told(world.of("区水利局"), "督查通知")

    await world.restart()
    action, tick = world.action(supervisor.last, "确认，通知各单位"), "in:c:" + stale.split(":")[2] + ":0"
    await supervisor.click("确认，通知各单位")
    assert "2023年第1轮督查（4月10日）" in supervisor.text
    for old in (action, tick):
        world.plant(supervisor, "再按一次", old)
        assert "请重新发 /inspect" in str(await supervisor.click("再按一次"))
    calls = told(world.of("区水利局"), "督查通知")
    assert len(calls) == 1, "one message for one person, however many tasks"
    assert "以下 2 项" in calls[0]["text"] and "1-1" in calls[0]["text"] and "施工台账" in calls[0]["text"]
    assert not told(world.of("区民政局"), "督查通知")

    contact = world.of("区水利局")
    await contact.click("收到", calls[0])
    assert "✓ 已收到" in contact.text and not contact.labels
    world.plant(contact, "收到", "inspected:1")
    assert "之前已确认" in str(await contact.click("收到"))
    await contact.reply(told(contact, "督查通知")[0], "10日局长出差，可否改到11日")
    assert "已转督查室" in contact.text
    assert "可否改到11日" in supervisor.text and "区水利局" in supervisor.text
    await supervisor.click("看这一轮")
    assert "收到 1/2 个单位，未确认：区商务局" in supervisor.text
    assert "定于4月10日督查" in await contact.send("/task 1-1")

    await supervisor.send("/inspect")
    await supervisor.click("● 2023年第1轮")
    await supervisor.click("改日期")
    assert "现在就定在这一天" in await supervisor.send("4月10日")
    assert "已改到 4月11日" in await supervisor.send("4月11日")
    moved = told(contact, "督查改期")
    assert len(moved) == 1 and "原定4月10日的督查改到 4月11日（周二）" in moved[0]["text"]
    await supervisor.click("本轮情况")
    await supervisor.click("取消本轮")
    await supervisor.click("确认取消")
    assert len(told(contact, "督查取消")) == 1
    assert "已取消" in str(await contact.click("收到", moved[0]))
    await supervisor.click("本轮情况")
    assert "督查已取消" in supervisor.text


async def test_the_walk_from_stop_to_stop_to_the_briefing(world: World) -> None:
    supervisor, contact = world.supervisor, world.of("区水利局")
    await late(world)
    await opened(world)
    await supervisor.click("开始：1-1")
    card = supervisor.text
    assert "第 1/5 项" in card and "1-1 · 区水利局" in card
    # In order needs no words; the next stop; a photo without words can't be marked; words after it go together.
    await supervisor.click("下一项")
    assert "2-3 · 区水利局" in supervisor.text, "the tasks of a unit stand together"
    await supervisor.send("", files=PHOTO)
    assert "只有附件" in supervisor.text
    assert "再发一句话" in str(await supervisor.click("需整改，4月20日前"))
    await supervisor.send("3号支渠渗漏，未见巡查记录")
    assert "附件 1 个" in supervisor.text
    # What isn't marked yet comes back instead of another stop, also after a restart.
    await world.restart()
    await supervisor.send("/inspect")
    await supervisor.click("● 2023年第1轮")
    await supervisor.click("开始：1-1")
    assert "还没标记" in supervisor.text and "3号支渠渗漏" in supervisor.text
    await supervisor.click("需整改，4月20日前")
    assert "4月20日（周四）前整改；几分钟内通知" in supervisor.text
    # A second finding at the same stop, by another day; a day off is moved and said.
    await supervisor.send("公示牌缺失")
    await supervisor.click("需整改，另定期限")
    assert "已经过了" in await supervisor.send("4月1日")
    assert "没看懂日期" in await supervisor.send("尽快")
    assert "4月15日（周六）是休息日，整改期限定为4月14日" in await supervisor.send("4月15日")
    assert "不能标为情况正常" in str(await _fine(world, supervisor))
    assert not told(contact, "督查整改"), "nothing is said before the pause is over"
    await world.pass_to("2023-04-06T10:10")
    found = told(contact, "督查整改")
    assert len(found) == 1 and "发现 2 个问题" in found[0]["text"], "what is recorded within minutes is one message"
    assert "3号支渠渗漏" in found[0]["text"] and "4月14日" in found[0]["text"] and "4月20日" in found[0]["text"]
    # The rest of the walk.
    await supervisor.click("下一项")
    await supervisor.send("资料齐全，建议下月复核")
    await supervisor.click("仅记录")
    await supervisor.click("下一项")
    await supervisor.click("情况正常")
    assert "情况正常，已记录" in supervisor.text
    await supervisor.click("本轮情况")
    assert "已查 3/5：正常 1，需整改 2，仅记录 1" in supervisor.text and "待改 2" in supervisor.text

    # The unit sees and answers; the list, the figures and the past know of it.
    assert "4月6日督查整改：3号支渠渗漏" in await contact.send("/tasks")
    await world.pass_to("2023-04-14T18:00")
    nudges = [m["text"] for m in told(contact, "【提醒】") if "公示牌缺失" in m["text"]]
    assert nudges, "a finding is nudged like the others"
    await world.pass_to("2023-04-18T10:00")
    overdue = await supervisor.send("/overdue")
    assert "公示牌缺失 · 4月6日督查整改" in overdue
    assert "督查整改：应报 2，已报 0" in await supervisor.send("/progress")
    await contact.reply(found[0], "2. 已重新制作安装", files=[("公示牌.jpg", b"\xff\xd8\xff" + b"1" * 64)])
    assert "【已收到】" in contact.text and "公示牌缺失" in contact.text, contact.text
    assert "4月6日督查整改" in await supervisor.send("/review 区水利局")
    await supervisor.click("采纳")
    assert "公示牌缺失" not in await supervisor.send("/overdue")
    assert "公示牌缺失" in await supervisor.send("/overdue 2023-04-17")
    assert "督查要求4月14日前整改：公示牌缺失" in await supervisor.send("/task 2-3")
    # More time for the other one, asked below the message and agreed.
    await contact.send("/extend 2-3 4月28日 汛期前无法停水")
    assert "哪一项需要延期" in contact.text, "several things are owed for 2-3"
    await contact.click("2-3 4月6日督查整改")
    assert "延至 4月28日" in contact.text
    await supervisor.click(
        "同意延至4月28日", next(m for m in reversed(supervisor.messages) if "延期申请】" in m["text"])
    )

    await supervisor.send("督查")
    await supervisor.click("● 2023年第1轮")
    await supervisor.click("结束本轮")
    assert "还有 2 项未查" in supervisor.text
    await supervisor.click("结束，出通报")
    text = supervisor.text
    assert "已查 3/5：正常 1，需整改 2，仅记录 1" in text and "已整改 1" in text
    assert "需整改：3号支渠渗漏，未见巡查记录（4月28日前，待整改）" in text and "：未查" in text
    for label, suffix in (("Word", ".docx"), ("PDF", ".pdf")):
        before = len(supervisor.messages)
        await supervisor.click(
            label, next(m for m in reversed(supervisor.messages) if "督查通报】" in (m.get("text") or ""))
        )
        assert any(suffix in str(m) and "督查通报" in str(m) for m in supervisor.said_since(before))
    await supervisor.send("督查 月报")
    assert any("1-1" in label for label in supervisor.labels) and not any("第1轮中" in x for x in supervisor.labels)
    await supervisor.send("/inspect")
    assert "这一轮查哪些任务" in supervisor.text


async def _fine(world: World, actor: Actor) -> Any:
    """Presses In order where the stop shown no longer offers it, as an older card may."""
    stop = next(c["label"] for row in actor.last["buttons"] for c in row if c["label"].startswith("改第"))
    await actor.click(stop)
    await actor.click("‹ 返回")
    world.plant(actor, "情况正常", "fd:k:2:fine:")
    said = await actor.click("情况正常")
    await actor.send("/inspect")
    await actor.click("● 2023年第1轮")
    await actor.click("按单位")
    await actor.click("区水利局")
    while "2-3" not in actor.text:
        await actor.click("下一项")
    return said


async def test_who_is_told_when_and_who_can_not_be(world: World) -> None:
    supervisor, contact = world.supervisor, world.of("区民政局")
    await late(world, "2023-04-06T20:00")
    await world.leaves(world.of("区商务局"), "区商务局")
    await supervisor.send("/inspect 2-1 2-2")
    await supervisor.click("下一步")
    assert "来不及通知" in await supervisor.send("今天")
    await supervisor.send("4月7日")
    await supervisor.click("用常用的")
    assert "无人可联系，请电话告知：区商务局" in supervisor.text and "4月7日 09:00通知 1 人" in supervisor.text
    await supervisor.click("确认，通知各单位")
    assert not told(contact, "督查通知")
    # Moved in the same night: who had not been told yet gets one message, with the day that holds.
    await supervisor.click("看这一轮")
    await supervisor.click("改日期")
    await supervisor.send("4月12日")
    await world.pass_to("2023-04-07T09:05")
    assert len(told(contact, "【督查")) == 1 and "4月12日" in told(contact, "督查通知")[0]["text"]
    # A finding for a unit without anybody says so.
    await supervisor.send("/inspect")
    await supervisor.click("● 2023年第1轮")
    await supervisor.click("开始：2-1")
    await supervisor.send("台账不全")
    await supervisor.click("需整改")
    assert "区商务局无人可联系，请电话告知" in supervisor.text
    # The same tasks in another round are said; a preview that no longer holds is shown anew.
    await world.owner.send("/inspect 2-2")
    assert any("第1轮中" in label for label in world.owner.labels)
    await world.owner.click("下一步")
    await world.owner.send("4月13日")
    await world.owner.click("用常用的")
    assert "已在另一轮督查中" in world.owner.text
    await world.leaves(contact, "区民政局")
    await world.owner.click("确认，通知各单位")
    assert "情况刚有变化" in world.owner.text and "没有可通知的人" in world.owner.text
    await world.owner.click("放弃")
    # Nobody else opens, marks or confirms what isn't theirs.
    assert "没有此项权限" in await world.of("区水利局").send("/inspect")
    world.plant(world.of("区水利局"), "收到", "inspected:1")
    assert "不涉及贵单位" in str(await world.of("区水利局").click("收到"))
