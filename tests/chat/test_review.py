"""Review: one card at a time, accept or return; what is returned is mended by a reply; versions stay."""

from tests.chat.world import BOTH, Actor, World, monthly

DATABASES = BOTH

PLAN = "年度目标：建成4家 3月：选址 4月：装修 5月：开业 6月：运营 7-12月：持续运营"


async def file_plan(contact: Actor, ref: str, text: str = PLAN) -> None:
    await contact.send("/plan")
    await contact.click(f"○ {ref}")
    await contact.send(text)
    await contact.click("提交")


async def reports(world: World) -> None:
    """Monthly reports are owed; it is April."""
    await monthly(world)
    await world.pass_to("2023-04-20T10:00")


async def choose_report(contact: Actor) -> None:
    await contact.send("/report")
    await contact.click(next(label for label in contact.labels if "月进展" in label))


def returned(contact: Actor) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(contact.messages) if (m.get("text") or "").startswith("【退回修改】"))


async def test_cards_come_one_at_a_time_and_turn(world: World) -> None:
    assert "没有待审核" in await world.supervisor.send("/review")
    await file_plan(world.of("区民政局"), "2-2")
    await file_plan(world.of("区商务局"), "2-1")
    assert "第 1/2 件" in await world.supervisor.send("审核")
    assert "2-1 推进计划 · 区商务局" in world.supervisor.text
    count = len(world.supervisor.messages)
    await world.supervisor.click("下一件")
    assert "第 2/2 件" in world.supervisor.text and "区民政局" in world.supervisor.text
    await world.supervisor.click("采纳")
    assert "第 1/1 件" in world.supervisor.text and "区商务局" in world.supervisor.text
    await world.supervisor.click("采纳")
    assert "全部审完" in world.supervisor.text and len(world.supervisor.messages) == count
    assert "已采纳" in await world.of("区民政局").send("/task 2-2")


async def test_a_returned_plan_reaches_the_contact_at_once_and_the_reply_mends_it(world: World) -> None:
    contact = world.of("区民政局")
    await file_plan(contact, "2-2")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.send("4月请写明装修完成比例")
    told = returned(contact)
    assert "4月请写明装修完成比例" in told["text"] and "3月8日" in told["text"]
    assert "待报 5" in await world.supervisor.send("/progress")
    await contact.reply(told, "4月：完成装修 80%")
    assert "第2版" in contact.text and "80%" in contact.text
    assert "已改好重报" in world.supervisor.text
    await world.supervisor.click("审核")
    assert "第1版退回理由：4月请写明装修完成比例" in world.supervisor.text
    assert "装修" in world.supervisor.text and "underline" in str(world.supervisor.last)
    await world.supervisor.click("采纳")
    assert "已报 1" in await world.supervisor.send("/progress")


async def test_a_mended_plan_is_corrected_by_editing_the_reply(world: World) -> None:
    contact = world.of("区民政局")
    await file_plan(contact, "2-2")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少具体数据")
    await contact.reply(returned(contact), "4月：装修完成80%")
    await contact.edit(contact.own["message_id"], "4月：装修完成90%")
    assert "第3版" in contact.text
    card = await world.supervisor.send("/review")
    assert "装修完成90%" in card and "年度目标：建成4家" in card


async def test_a_returned_report_is_chased_by_its_new_date_and_assessed_by_the_old(world: World) -> None:
    await reports(world)
    contact = world.of("区商务局")
    await choose_report(contact)
    await contact.send("签约2个")
    await world.supervisor.send("/review 区商务局")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少具体数据")
    assert "已退回 2-1" in world.supervisor.text
    told, before = returned(contact), len(contact.messages)
    assert "缺少具体数据" in told["text"] and "4月24日" in told["text"]
    await world.pass_to("2023-04-27T18:00")
    nudges = [m["text"] for m in contact.said_since(before) if "退回待改" in m["text"]]
    assert nudges and "4月24日" in nudges[0]
    assert "退回待改" in await world.supervisor.send("/overdue 区商务局")
    await contact.reply(told, "签约亿元以上项目2个，总投资5.3亿元")
    assert "第2版" in contact.text
    assert "逾期报送" in await world.supervisor.send("/task 2-1")


async def test_the_second_supervisor_is_told_that_it_is_decided(world: World) -> None:
    await file_plan(world.of("区民政局"), "2-2")
    await world.supervisor.send("/review")
    await world.owner.send("/review")
    stale = world.owner.last
    await world.supervisor.click("采纳")
    answer = await world.owner.click("采纳", stale)
    assert "已经采纳" in str(answer)
    answer = await world.owner.click("退回", stale)
    assert "已经采纳" in str(answer)
    assert not [m for m in world.of("区民政局").messages if "退回修改" in (m.get("text") or "")]


async def test_a_version_that_was_replaced_meanwhile_is_not_decided_unseen(world: World) -> None:
    await reports(world)
    contact = world.of("区商务局")
    await choose_report(contact)
    await contact.send("签约2个")
    own = contact.own
    await world.supervisor.send("/review")
    stale = world.supervisor.last
    await contact.edit(own["message_id"], "签约3个")
    assert "刚发了新的一版" in str(await world.supervisor.click("采纳", stale))
    assert "签约3个" in await world.supervisor.send("/review")


async def test_what_was_accepted_can_not_be_taken_back_but_corrected(world: World) -> None:
    contact = world.of("区民政局")
    await file_plan(contact, "2-2")
    await world.supervisor.send("/review")
    await world.supervisor.click("采纳")
    assert "不能撤回" in await contact.send("/undo")
    await file_plan_again(contact)
    assert "第 1/1 件" in await world.supervisor.send("/review")


async def file_plan_again(contact: Actor) -> None:
    await contact.send("/plan")
    await contact.click("● 2-2")
    await contact.send("4月：装修完成")
    await contact.click("提交")


async def test_a_return_without_a_reason_asks_for_it(world: World) -> None:
    await file_plan(world.of("区民政局"), "2-2")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    assert "请写明要对方改什么" in await world.supervisor.send("？")
    await world.supervisor.send("请补充选址地点")
    assert "请补充选址地点" in returned(world.of("区民政局"))["text"]


async def test_a_return_in_the_evening_waits_for_the_morning(world: World) -> None:
    contact = world.of("区民政局")
    await file_plan(contact, "2-2")
    await world.pass_to("2023-03-06T20:00")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少佐证材料")
    assert "3月7日 09:00" in world.supervisor.text
    assert not [m for m in contact.messages if "退回修改" in (m.get("text") or "")]
    await world.pass_to("2023-03-07T09:00")
    assert "缺少佐证材料" in returned(contact)["text"]


async def test_who_left_is_not_written_to_and_the_successor_is(world: World) -> None:
    first = world.of("区民政局")
    await file_plan(first, "2-2")
    second = await world.another_contact("区民政局", "second")
    await world.leaves(first, "区民政局")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少佐证材料")
    assert not [m for m in first.messages if "退回修改" in (m.get("text") or "")]
    await second.reply(returned(second), "3月：选址三处，见附图")
    assert "第2版" in second.text


async def test_a_unit_without_anybody_is_said_to_have_nobody(world: World) -> None:
    first = world.of("区民政局")
    await file_plan(first, "2-2")
    await world.leaves(first, "区民政局")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少佐证材料")
    assert "无人可联系" in world.supervisor.text
    assert "待报 5" in await world.supervisor.send("/progress")


async def test_versions_show_what_is_gone_and_what_is_new(world: World) -> None:
    contact = world.of("区民政局")
    await file_plan(contact, "2-2")
    await file_plan_again(contact)
    await contact.send("/task 2-2")
    await contact.click("推进计划各版本")
    assert "第1版" in contact.text and "第2版" in contact.text and "underline" in str(contact.last)


async def test_files_of_a_report_come_as_they_were_sent(world: World) -> None:
    await reports(world)
    contact = world.of("区商务局")
    await choose_report(contact)
    await contact.send("签约2个，见附件", files=[("签约清单.docx", b"PK-not-empty")])
    await world.supervisor.send("/review")
    await world.supervisor.click("附件（1）")
    assert "签约清单.docx" in str(world.supervisor.last)


async def test_a_past_day_shows_what_was_handed_in_and_not_yet_returned(world: World) -> None:
    await file_plan(world.of("区民政局"), "2-2")
    await world.pass_to("2023-03-20T10:00")
    assert "逾期 4 项" in await world.supervisor.send("/overdue")
    await world.pass_to("2023-03-21T10:00")
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.click("缺少佐证材料")
    await world.pass_to("2023-03-28T10:00")
    assert "逾期 5 项" in await world.supervisor.send("/overdue")
    assert "逾期 4 项" in await world.supervisor.send("/overdue 2023-03-20")


async def test_only_the_office_reviews(world: World) -> None:
    assert "没有此项权限" in await world.of("区民政局").send("/review")
