"""Input from co-units: asked with a preview, answered by plain reply, merged with sources, handed in by one press."""

from typing import Any

import pytest

from core.rules.tasks import Part
from core.work import Work
from tests.chat.world import BOTH, Actor, World, monthly

DATABASES = BOTH


async def april(world: World) -> None:
    await monthly(world)
    await world.pass_to("2023-04-19T10:00")


SCENE = april


@pytest.fixture
def lead(world: World) -> Actor:
    """The water bureau's contact in April: 1-1 with the housing bureau, 2-3 with the agriculture bureau as co-unit."""
    return world.of("区水利局")


def asked(actor: Actor) -> list[dict[str, Any]]:
    return [m for m in actor.messages if m["from"]["is_bot"] and "【征集素材】" in (m.get("text") or "")]


def seen(actor: Actor, words: str) -> dict[str, Any]:
    """The newest message that holds these words."""
    said = [m for m in actor.messages if m["from"]["is_bot"] and m.get("text")]
    found = [m for m in said if words in m["text"]]
    assert found, (words, [m["text"] for m in said[-5:]])
    return found[-1]


async def open_april(lead: Actor) -> None:
    await lead.send("/collect 2-3")
    if "为哪一项" in lead.text:
        await lead.click("2-3 4月进展")


async def test_from_the_question_to_the_report(lead: Actor, world: World) -> None:
    helper = await world.another_contact("区农业农村局", "helper")
    await open_april(lead)
    assert "发给 1 个配合单位" in lead.text and "区农业农村局（" in lead.text and "4月配合此项工作" in lead.text
    await lead.click("改内容")
    assert "请问4月清淤多少公里" in await lead.send("请问4月清淤多少公里？")
    assert not asked(helper), "nothing goes out before the button"
    await lead.click("发送（1 个单位）")
    question = asked(helper)[-1]
    assert "请问4月清淤多少公里" in question["text"] and "牵头：区水利局" in question["text"]
    card = seen(lead, "已答复 0/1")

    assert "没有进展回复“无”" in await helper.reply(question, "收到")
    assert "已转交牵头单位" in await helper.reply(question, "协助清淤，累计修缮水渠3公里")
    written = helper.own["message_id"]
    grown = next(m for m in lead.messages if m["message_id"] == card["message_id"])
    assert "已答复 1/1" in grown["text"] and "协助清淤" in grown["text"]
    ready = seen(lead, "【合并稿】")
    assert "（区农业农村局 " in ready["text"] and "4月19日）协助清淤，累计修缮水渠3公里" in ready["text"]

    assert "已转交" in await helper.edit(written, "协助清淤，累计修缮水渠4公里")
    assert "【配合单位补充】" in seen(lead, "累计修缮水渠4公里")["text"]
    await lead.click("作为我的报送", ready)
    assert "【已收到】" in lead.text and "累计修缮水渠4公里" in lead.text and "累计4公里，目标12公里" in lead.text
    assert "已转给其联系人" in await helper.reply(question, "补充：另清理垃圾5吨")
    assert "另清理垃圾5吨" in seen(lead, "【配合单位补充】")["text"] and "该项已报送" in seen(lead, "补充】")["text"]
    history = await world.supervisor.send("/task 2-3")
    assert (
        "征集4月素材：区农业农村局" in history
        and "答复征集（区农业农村局）" in history
        and "按合并稿报送4月" in history
    )
    assert "已经报送" in (await lead.click("作为我的报送", ready))["answer"]


async def test_what_can_not_be_collected_is_explained_and_nobody_is_asked_twice(lead: Actor, world: World) -> None:
    assert "不是您单位牵头" in await lead.send("/collect 2-1")
    assert "没有编号" in await lead.send("/collect 9-9")
    assert "没有配合单位" in await world.of("区民政局").send("/collect 2-2")
    helper = await world.another_contact("区农业农村局", "helper")
    await open_april(lead)
    again = world.action(lead.last, "发送（1 个单位）")
    await lead.click("发送（1 个单位）")
    card = seen(lead, "已答复 0/1")
    await lead.send("/help")
    world.plant(lead, "再发", again)
    assert "不重复发送" in (await lead.click("再发"))["answer"]
    assert len(asked(helper)) == 1
    stranger = world.of("区商务局")
    world.plant(stranger, "看", world.action(card, "刷新"))
    assert "不归您单位" in (await stranger.click("看"))["answer"]

    # A group term stands for its members; one of them has no contact yet and is asked when there is one.
    def more(work: Work) -> int:
        task = work.notices.tasks_named("2-3")[0]
        group = work.notices.ensure_unit("各街道", world.demo.clock.now(), True, ["青石街道", "白沙街道"])
        assert task is not None
        work.notices.assign(task.id, group.id, Part.CO, 9, world.demo.clock.now())
        return group.id

    await world.demo.work(more)
    street = await world.another_contact("青石街道", "street")
    await open_april(lead)
    assert "已答复 0/1" in lead.text and "联系不上、不发的 1 个：白沙街道" in lead.text
    await lead.click("再问其余 1 个单位")
    assert len(asked(street)) == 1 and len(asked(helper)) == 1
    await street.send("本街道已清理沟渠2公里")
    assert "已转交牵头单位" in street.text, "plain text of somebody who owes nothing else is the answer"
    assert "已答复 1/2" in seen(lead, "已答复 1/2")["text"]
    await lead.send("2-3：4月累计修缮水渠3公里")
    await world.pass_to("2023-04-26T10:00")
    assert len(asked(helper)) == 1, "the report is in: nobody is reminded"


async def test_by_the_offices_setting_with_one_reminder_and_the_text_on_the_last_day(lead: Actor, world: World) -> None:
    assert "未开启" in await world.supervisor.send("/collect")
    assert "0 到 15" in await world.supervisor.send("/collect 99")
    await world.supervisor.send("/collect")
    await world.supervisor.click("3 天前")
    assert "期限前 3 个工作日" in world.supervisor.text
    helper, builder = await world.another_contact("区农业农村局", "helper"), world.of("区住建局")
    await world.pass_to("2023-04-21T10:00")  # April 23 is a worked Sunday
    assert len(asked(helper)) == 1 and len(asked(builder)) == 1
    assert "已按督查室设置" in seen(lead, "已按督查室设置")["text"]
    await builder.reply(asked(builder)[-1], "完成管网改造配套路面2公里")
    await world.pass_to("2023-04-24T16:00")
    assert len(asked(helper)) == 2 and "仅此一次提醒" in asked(helper)[-1]["text"]
    assert len(asked(builder)) == 1, "who answered is not reminded"
    assert "1-1" in seen(lead, "【合并稿】")["text"]
    await world.pass_to("2023-04-28T16:00")
    assert len(asked(helper)) == 2
    late = await helper.reply(asked(helper)[0], "4月协助修缮水渠1公里")
    assert "已转交牵头单位" in late and "4月协助修缮水渠1公里" in seen(lead, "协助修缮水渠1公里")["text"]


async def test_a_co_unit_can_be_left_out_and_asked_later(lead: Actor, world: World) -> None:
    helper, other = (
        await world.another_contact("区农业农村局", "helper"),
        await world.another_contact("区财政局", "other"),
    )
    office = world.supervisor
    await office.send("/adjust 2-3")
    await office.click("加配合单位")
    await office.send("区财政局")
    await office.send("资金保障")
    await office.click("确认")
    await open_april(lead)
    assert "发给 2 个配合单位" in lead.text
    await lead.click("☑ 区财政局")
    assert "发给 1 个配合单位" in lead.text and "这次不问的 1 个：区财政局" in lead.text
    await lead.click("☑ 区农业农村局")
    assert "这次不问的 2 个" in lead.text and not any(label.startswith("发送") for label in lead.labels)
    await lead.click("☐ 区农业农村局")
    # The question in other words keeps the choice; a stranger's unit number changes nothing that is sent.
    await lead.click("改内容")
    assert "这次不问的 1 个：区财政局" in await lead.send("请报清淤进展")
    await lead.click("发送（1 个单位）")
    assert asked(helper) and not asked(other)
    await lead.click("再问其余 1 个单位")
    assert asked(other) and len(asked(helper)) == 1
