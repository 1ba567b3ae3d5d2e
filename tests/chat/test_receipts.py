"""Receipt (签收): the list, the one reminder after two working days, and nothing beyond."""

from tests.chat.world import World

PLAN = "年度目标：建成4家 3月：选址 4月：装修 5月：开业 6月：运营 7-12月：持续运营"


async def test_the_list_names_who_confirmed_and_who_did_not(world: World) -> None:
    contact = world.of("区民政局")
    await contact.click("签收")
    text = await world.supervisor.send("/receipts")
    assert "已签收 1/7 个单位" in text
    assert "● 区民政局" in text and "○ 区水利局：未签收" in text
    assert "无人加入" in text


async def test_who_has_not_confirmed_is_reminded_once_after_two_working_days(world: World) -> None:
    done, silent = world.of("区民政局"), world.of("区水利局")
    await done.click("签收")
    before, other = len(silent.messages), len(done.messages)
    await world.pass_to("2023-03-06T18:00")
    assert not silent.said_since(before)
    await world.pass_to("2023-03-07T10:00")
    [reminder] = silent.said_since(before)
    assert "请签收" in reminder["text"] and not done.said_since(other)
    await world.pass_to("2023-03-16T18:00")
    assert not [m for m in silent.said_since(before + 1) if "请签收" in m["text"]]
    assert "3月7日已提醒" in await world.supervisor.send("签收情况")
    await silent.click("签收", reminder)
    assert "● 区水利局" in await world.supervisor.send("签收情况")


async def test_a_colleagues_receipt_is_the_units(world: World) -> None:
    """Two contacts of one unit: one confirms, the other is left alone."""
    second = await world.another_contact("区民政局", "second")
    await world.of("区民政局").click("签收")
    before = len(second.messages)
    await world.pass_to("2023-03-08T10:00")
    assert not [m for m in second.said_since(before) if "请签收" in m["text"]]


async def test_handing_in_counts_as_receipt(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send(PLAN)
    await contact.click("提交")
    before = len(contact.messages)
    assert "● 区民政局" in await world.supervisor.send("/receipts")
    await world.pass_to("2023-03-08T10:00")
    assert not [m for m in contact.said_since(before) if "请签收" in m["text"]]


async def test_only_the_office_sees_the_list(world: World) -> None:
    assert "没有此项权限" in await world.of("区水利局").send("/receipts")


async def test_the_notice_leads_to_its_receipts(world: World) -> None:
    await world.supervisor.send("/notice")
    await world.supervisor.click("签收情况")
    assert "未签收" in world.supervisor.text


async def test_pressing_receipt_twice_changes_nothing(world: World) -> None:
    contact = world.of("区民政局")
    assignment = next(m for m in contact.messages if "签收" in str(m.get("buttons")))
    action = world.action(assignment, "签收")
    await contact.click("签收", assignment)
    world.plant(contact, "签收", action)
    answer = await contact.click("签收")
    assert "无需重复" in (answer["answer"] or "")
    assert "已签收 1/7" in await world.supervisor.send("/receipts")
