"""The loop with everything at once: two supervisors, repeated presses, wrong and late words, a restart in the middle."""

from tests.chat.test_inspection import told
from tests.chat.world import Actor, World

PLAN = "年度目标：建成4家 3月：选址 4月：装修 5月：开业 6月：运营 7-12月：持续运营"


async def file_plan(contact: Actor, ref: str) -> None:
    await contact.send("/plan")
    await contact.click(f"○ {ref}")
    await contact.send(PLAN)
    await contact.click("提交")


async def press(world: World, actor: Actor, action: str) -> str:
    """A button as an older message may still have it."""
    world.plant(actor, "旧按钮", action)
    return str(await actor.click("旧按钮"))


async def test_receipt_and_review_survive_repetition_and_restart(world: World) -> None:
    contact, supervisor, owner = world.of("区民政局"), world.supervisor, world.owner
    await contact.click("签收", next(m for m in contact.messages if "【交办】" in (m.get("text") or "")))
    assert "之前已签收" in await press(world, contact, "receipt:1")
    assert "99" not in await press(world, contact, "receipt:99")
    assert "未签收" in await supervisor.send("/receipts") or "签收" in supervisor.text
    await file_plan(contact, "2-2")
    await supervisor.send("/review")
    accept, send_back = world.action(supervisor.last, "采纳"), world.action(supervisor.last, "退回")
    await supervisor.click("退回")
    await world.restart()
    await owner.send("/review")
    await owner.click("采纳")
    # The reason typed after somebody else accepted returns nothing, and the talk is over.
    assert "已经采纳" in await supervisor.send("请补充4月进度")
    assert not told(contact, "退回修改")
    assert "没看懂" in await supervisor.send("请补充4月进度")
    for action in (accept, send_back):
        assert "已经采纳" in await press(world, owner, action)
    assert "失效" in await press(world, owner, "rv:x:1") and "失效" in await press(world, owner, "rv:ok")


async def test_two_clocks_with_late_and_odd_words(world: World) -> None:
    contact, supervisor, owner = world.of("区民政局"), world.supervisor, world.owner
    assert "没有待报事项" in await contact.send("/extend 9-9 3月24日 理由")
    await contact.send("/extend 2-2")
    await world.restart()
    assert "请写上延期的理由" in await contact.send("3月25日")
    assert "延至 3月25日" in await contact.send("3月25日，场地未交付")
    card = next(m for m in reversed(owner.messages) if "延期申请】" in (m.get("text") or ""))
    agree = world.action(card, "同意延至3月25日")
    await owner.click("另定日期", card)
    await supervisor.click("同意", next(m for m in reversed(supervisor.messages) if "延期申请】" in m["text"]))
    assert "已同意" in await owner.send("3月28日"), "the date typed after another decided changes nothing"
    assert "已同意" in await press(world, owner, agree)
    assert len(told(contact, "同意延期")) == 1
    # Asked for what was dropped meanwhile.
    await contact.send("/extend 2-2")
    await supervisor.send("/done 2-2")
    await supervisor.send("现场核查已全部开业")
    await supervisor.click("确认")
    assert "2-2 已办结销号" in await contact.send("4月20日，还需时间")
    assert "没有待报事项" in await contact.send("/extend")


async def test_urging_by_two_and_escalation_pressed_again(world: World) -> None:
    contact, supervisor, owner = world.of("区民政局"), world.supervisor, world.owner
    await world.pass_to("2023-03-27T10:00")
    for actor in (supervisor, owner):
        await actor.send("/overdue 区民政局")
        await actor.click("催办")
        await actor.click("区民政局")
    ok = world.action(supervisor.last, next(label for label in supervisor.labels if label.startswith("确认催办")))
    before = len(told(contact, "【催办】"))
    await supervisor.click("确认催办")
    await world.restart()
    await owner.click("确认催办")
    assert len(told(contact, "【催办】")) == before + 1, owner.text
    assert "1 项刚由其他督查员催办过" in owner.text or "2 项刚由其他督查员催办过" in owner.text
    assert "已" in await press(world, supervisor, ok)
    assert len(told(contact, "【催办】")) == before + 1


async def test_completion_by_two_and_with_something_to_be_mended(world: World) -> None:
    contact, supervisor, owner = world.of("区民政局"), world.supervisor, world.owner
    await supervisor.send("/inspect 2-2")
    await supervisor.click("下一步")
    await supervisor.send("3月8日")
    await supervisor.click("用常用的")
    await supervisor.click("确认")
    await supervisor.click("看这一轮")
    await supervisor.click("开始")
    await supervisor.send("消防通道被占")
    await supervisor.click("需整改")
    await world.pass_to("2023-03-03T09:30")
    await contact.send("/done 2-2")
    await contact.send("4家食堂全部开业", files=[("开业.jpg", b"\xff\xd8\xff" + b"0" * 64)])
    await supervisor.send("/review")
    action = world.action(supervisor.last, "办结销号")
    assert "还有 1 条督查整改" in str(await supervisor.click("办结销号"))
    await contact.reply(told(contact, "督查整改")[0], "已清空")
    await supervisor.send("/review")
    while "督查整改" not in supervisor.text:
        await supervisor.click("下一件")
    await supervisor.click("采纳")
    await press(world, owner, action)
    assert "已办结" in await owner.send("/task 2-2")
    assert "已经采纳" in await press(world, supervisor, action)
    assert len([m for m in told(contact, "2-2") if "办结销号" in m["text"]]) == 1
    assert "已办结" in await contact.send("/done 2-2") or "办结" in contact.text
