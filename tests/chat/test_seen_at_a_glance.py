"""A unit's card with its lights, the summary of a past day, and a handover link that came too late."""

from tests.chat.test_handover import link_of
from tests.chat.world import World, monthly


async def test_a_unit_shows_its_lights_and_a_summary_can_be_read_as_of_a_day(world: World) -> None:
    office = world.supervisor
    await monthly(world)
    await world.pass_to("2023-04-06T10:00")
    card = await office.send("/unit 区水利局")
    assert "亮灯：🔴 逾期 2" in card and "🔴 逾期 1-1" in card and "🔴 逾期 2-3" in card
    assert "亮灯" not in await office.send("/unit 区水利局 3月6日"), "nothing was late then"
    then = await office.send("/summary 3月20日")
    assert then.startswith("截至2023年3月20日") and "逾期" in (office.last.get("caption") or office.text)
    assert not [label for label in office.labels if "发送" in label]
    assert "没看懂" in await office.send("/summary 3月45日")


async def test_an_expired_handover_link_says_whose_desk_it_was_and_its_owner_hears(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/handover")
    await contact.click("接替人未加入")
    token = link_of(contact)
    await world.pass_to("2023-03-20T10:00")
    answer = await world.stranger.send(f"/start {token}")
    assert "移交链接已失效" in answer and "请" in answer and "/handover" in answer
    await world.stranger.send(f"/start {token}")
    told = [m for m in contact.messages if "移交链接，但链接已过期" in (m.get("text") or "")]
    assert len(told) == 1 and "仍在您名下" in told[0]["text"]
    assert "2-2" in await contact.send("/tasks")
