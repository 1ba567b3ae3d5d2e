"""What supervisors do, through the real bot against the sandbox: lists, urging, groups and summaries."""

from tests.chat.world import World

LATE = "2023-03-20T10:00"


async def test_the_office_sees_who_is_late_and_urges_after_a_preview(world: World) -> None:
    await world.pass_to(LATE)
    assert "逾期 5 项" in await world.supervisor.send("逾期")
    await world.supervisor.click("催办")
    await world.supervisor.click("区水利局")
    assert "催办预览" in world.supervisor.text and "涉及逾期 2 项" in world.supervisor.text
    contact = world.of("区水利局")
    before = len(contact.messages)
    await world.supervisor.click("确认催办")
    assert "已催办 1 人" in world.supervisor.text
    assert [m["text"].splitlines()[0] for m in contact.said_since(before)] == ["【催办】请尽快报送以下 2 项"]


async def test_the_sheet_arrives_as_a_file(world: World) -> None:
    await world.pass_to(LATE)
    await world.supervisor.send("/overdue")
    await world.supervisor.click("下载表格")
    assert "逾期清单-2023-03-20.xlsx" in str(world.supervisor.last)


async def test_pages_and_filters_edit_the_list_in_place(world: World) -> None:
    await world.pass_to(LATE)
    await world.supervisor.send("/overdue")
    message, count = world.supervisor.last["message_id"], len(world.supervisor.messages)
    for button in ("按区领导", "方竹筠", "只看计划", "全部", "按单位", "区商务局"):
        await world.supervisor.click(button)
        assert world.supervisor.last["message_id"] == message
    assert len(world.supervisor.messages) == count and "逾期 1 项" in world.supervisor.text


async def test_pressing_the_same_page_twice_is_no_error(world: World) -> None:
    await world.pass_to(LATE)
    await world.supervisor.send("/progress")
    first = world.supervisor.last
    await world.supervisor.click("按单位")
    await world.supervisor.click("‹ 总体进展")
    await world.supervisor.click("按单位", first)
    assert "个单位有应报事项" in world.supervisor.text


async def test_a_summary_goes_to_the_group_by_itself_and_is_corrected_in_place(world: World) -> None:
    group = world.group
    await group.send("/link")
    await world.pass_to("2023-03-17T10:00")
    sent, count = group.last, len(group.messages)
    assert "督办通报" in group.text and "逾期 5" in group.text and "photo" in str(sent)
    contact = world.of("区民政局")
    nudge = next(m for m in reversed(contact.messages) if m["from"]["is_bot"])
    await contact.reply(nudge, "年度目标：建成4家 3月：选址 4月：装修 5月：开业 6月：运营 7-12月：持续运营")
    await contact.click("提交")
    assert "已报 1" in await world.supervisor.send("/progress")
    await world.supervisor.send("/summary")
    await world.supervisor.click("更正已发通报")
    assert "已更正 1 个群" in world.supervisor.text
    assert len(group.messages) == count and group.last["message_id"] == sent["message_id"]
    assert "更正" in group.text and "已报 1" in group.text


async def test_a_summary_is_previewed_and_then_sent(world: World) -> None:
    await world.group.send("/link")
    before = len(world.group.messages)
    await world.supervisor.send("通报")
    assert "以上通报将发到 1 个群" in world.supervisor.text and len(world.group.messages) == before
    await world.supervisor.click("发送到 1 个群")
    assert len(world.group.messages) == before + 1 and "督办通报" in world.group.text
