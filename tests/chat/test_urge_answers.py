"""Urging by hand: how often it was done already, and the answer that comes back to who urged."""

from typing import Any

from tests.chat.world import Actor, World, monthly

PLAN = "年度目标：建成4家 3月：选址 4-12月：装修运营"


async def urge(world: World, unit: str) -> None:
    await world.supervisor.send("/overdue")
    await world.supervisor.click("催办")
    await world.supervisor.click(unit)
    await world.supervisor.click("确认催办")


def urged(contact: Actor) -> dict[str, Any]:
    return next(m for m in reversed(contact.messages) if (m.get("text") or "").startswith("【催办】"))


async def test_the_preview_says_what_and_how_often_it_was_urged_already(world: World) -> None:
    await world.pass_to("2023-03-20T10:00")
    await urge(world, "区民政局")
    await world.pass_to("2023-03-22T10:00")
    await world.supervisor.send("/overdue")
    await world.supervisor.click("催办")
    await world.supervisor.click("全部")
    rows = [line for line in world.supervisor.text.split("\n") if line.startswith("·")]
    assert any("区民政局" in row and "2-2" in row and "已催 1 次，最近3月20日" in row for row in rows)
    assert any("区水利局" in row and "1-1、2-3" in row and "已催" not in row for row in rows)


async def test_the_answer_comes_back_to_the_supervisor_who_urged_and_to_nobody_else(world: World) -> None:
    await world.pass_to("2023-03-20T10:00")
    await urge(world, "区民政局")
    contact, owner = world.of("区民政局"), len(world.owner.messages)
    await contact.reply(urged(contact), PLAN)
    await contact.click("提交")
    assert "【催办答复】区民政局" in world.supervisor.text and "建成4家" in world.supervisor.text
    assert not [m for m in world.owner.said_since(owner) if "催办答复" in (m.get("text") or "")]
    await world.supervisor.click("审核")
    assert "第 1/1 件" in world.supervisor.text


async def test_a_plain_word_in_reply_is_passed_on_and_filed_nowhere(world: World) -> None:
    await world.pass_to("2023-03-20T10:00")
    await urge(world, "区民政局")
    contact = world.of("区民政局")
    await contact.reply(urged(contact), "收到")
    assert "回复（2-2）" in world.supervisor.text and "收到" in world.supervisor.text
    assert "未计入报送" in world.supervisor.text
    assert "逾期 5 项" in await world.supervisor.send("/overdue")


async def test_several_answers_in_one_reply_are_one_message(world: World) -> None:
    await monthly(world)
    await world.pass_to("2023-03-28T10:00")
    await world.supervisor.send("/overdue")
    await world.supervisor.click("只看计划")
    await world.supervisor.click("只看进展")
    await world.supervisor.click("催办")
    await world.supervisor.click("区水利局")
    await world.supervisor.click("确认催办")
    contact, before = world.of("区水利局"), len(world.supervisor.messages)
    await contact.reply(urged(contact), "1. 改造完成6公里\n2. 修缮完成3公里")
    answers = [m["text"] for m in world.supervisor.said_since(before) if "催办答复" in (m.get("text") or "")]
    assert len(answers) == 1 and "6公里" in answers[0] and "3公里" in answers[0]


async def test_what_was_answered_once_is_not_told_again(world: World) -> None:
    await world.pass_to("2023-03-20T10:00")
    await urge(world, "区民政局")
    contact = world.of("区民政局")
    await contact.reply(urged(contact), PLAN)
    await contact.click("提交")
    before = len(world.supervisor.messages)
    await contact.send("/plan")
    await contact.click("● 2-2")
    await contact.send("4月：装修完成")
    await contact.click("提交")
    assert not world.supervisor.said_since(before)


async def test_pressed_in_the_evening_it_counts_the_days_of_the_morning_on_which_it_goes_out(world: World) -> None:
    contact = world.of("区民政局")
    await world.pass_to("2023-03-24T20:00")  # a Friday evening; the plan was due on the 16th
    await urge(world, "区民政局")
    assert "3月27日 09:00" in world.supervisor.text
    assert not any((m.get("text") or "").startswith("【催办】") for m in contact.messages)
    await world.pass_to("2023-03-27T09:30")
    assert urged(contact)["time"][5:16] == "03-27T09:00"
    assert "逾期11天" in urged(contact)["text"], "said on Monday, counted from Monday"
