"""The plan: asked month by month, pasted at once, interrupted anywhere, corrected until it is accepted."""

from __future__ import annotations

import pytest

from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH

MONTHS = ("3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
WHOLE = "年度目标：建成4家社区食堂\n" + "\n".join(f"{month}：完成{number}成" for number, month in enumerate(MONTHS, 1))


@pytest.fixture
def contact(world: World) -> Actor:
    """The contact of the civil affairs bureau, which leads 2-2 only."""
    return world.of("区民政局")


async def begun(contact: Actor) -> str:
    await contact.send("/plan")
    await contact.click("○ 2-2")
    return contact.text


async def test_months_are_asked_one_by_one_and_filed_after_a_preview(contact: Actor) -> None:
    assert "年度目标" in await begun(contact)
    text = await contact.send("建成4家社区食堂")
    for number, month in enumerate(MONTHS):
        assert f"请发{month}的" in text and f"已填 {number}/10" in text
        text = await contact.send(f"完成{number + 1}成")
        assert month == MONTHS[-1] or f"✓ 已记{month}：完成{number + 1}成" in text
    assert "【预览】" in text and "12月　完成10成" in text and "已填完整" in text
    await contact.click("提交")
    assert "【已收到】2-2" in contact.text and "第1版" in contact.text and "已全部报送" in contact.text
    assert "区民政局" not in await contact.world.supervisor.send("/overdue 2023-03-31")


@pytest.mark.parametrize(
    "pasted",
    [
        WHOLE,
        WHOLE.replace("：", ":").replace("\n", "；"),
        WHOLE.replace("年度目标：", "目标 ").replace("3月：", "三月份，").replace("12月：", "十二月 "),
        "建成4家社区食堂\n" + "\n".join(f"{n}、{m}：完成{n}成" for n, m in enumerate(MONTHS, 1)),
    ],
    ids=["lines", "semicolons", "chinese numerals", "goal without label"],
)
async def test_a_plan_pasted_at_once_is_understood_in_any_sensible_form(contact: Actor, pasted: str) -> None:
    await begun(contact)
    text = await contact.send(pasted)
    assert "【预览】" in text and "已填完整" in text
    assert "年度目标　建成4家社区食堂" in text and "3月　完成1成" in text and "12月　完成10成" in text


async def test_a_reply_to_the_reminder_with_months_is_the_plan(contact: Actor, world: World) -> None:
    await world.pass_to("2023-03-09T10:00")
    assert "【提醒】" in contact.text
    assert "【预览】" in await contact.reply(contact.last, WHOLE)
    await contact.click("提交")
    assert "【已收到】" in contact.text


async def test_several_months_at_once_go_on_with_the_first_that_is_missing(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    assert "请发7月的" in await contact.send("3月：选址\n4月：装修\n5—6月：试营业")


async def test_a_scan_goes_with_the_plan_and_its_caption_only_where_it_names_a_part(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家社区食堂")
    scan = [("盖章表.pdf", b"%PDF-1.4 scan")]
    text = await contact.send("现场照片", files=scan)
    assert "附言“现场照片”没有写进计划" in text
    text = await contact.send("4月：完成2成", files=scan)
    assert "✓ 已记4月：完成2成" in text and "请发3月的" in text and "已填 1/10" in text


async def test_another_command_in_between_loses_nothing(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    await contact.send("选址")
    assert "我的任务" in await contact.send("我的任务")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    assert "请发4月的" in contact.text and "已填 1/10" in contact.text


async def test_text_after_an_interruption_is_offered_for_the_plan_and_not_filed_blindly(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    await contact.send("/tasks")
    assert "哪一项" in await contact.send("3月完成选址")
    await contact.click("2-2")
    assert "请发4月的" in contact.text
    await contact.click("预览")
    assert "3月　完成选址" in contact.text


async def test_a_restart_in_the_middle_loses_nothing(contact: Actor, world: World) -> None:
    await begun(contact)
    await contact.send("建成4家")
    await contact.send("选址")
    await world.restart()
    assert "请发5月的" in await contact.send("装修")
    await contact.click("预览")
    assert "3月　选址" in contact.text and "4月　装修" in contact.text


async def test_after_a_week_and_two_reminders_it_goes_on_where_it_was(contact: Actor, world: World) -> None:
    await begun(contact)
    await contact.send("建成4家")
    await world.pass_to("2023-03-14T15:00")
    assert "【提醒】" in contact.text
    await contact.click("填报计划")
    assert "请发3月的" in contact.text
    assert "请发4月的" in await contact.send("选址")


async def test_one_month_is_corrected_before_it_is_filed_and_the_preview_comes_back(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家\n3月：选址\n4月：装修")
    await contact.click("预览")
    await contact.click("修改")
    await contact.click("4月")
    text = await contact.send("装修完成一半")
    assert "【预览】" in text and "4月　装修完成一半" in text and "3月　选址" in text


async def test_a_filed_plan_is_corrected_and_becomes_the_second_version(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    await contact.click("提交")
    await contact.click("修改")
    assert "【预览】" in await contact.send("6月：竣工")
    await contact.click("提交")
    assert "第2版" in contact.text and "6月　竣工" in contact.text and "7月　完成5成" in contact.text


async def test_a_plan_taken_back_is_owed_again(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    await contact.click("提交")
    await contact.click("撤回")
    assert "重新变为待报" in contact.text
    assert "待报 1 项" in await contact.send("/plan")


async def test_the_same_button_twice_files_once(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    action = contact.world.action(contact.last, "提交")
    await contact.click("提交")
    contact.world.plant(contact, "提交", action)
    answer = await contact.click("提交")
    assert "已经提交过" in (answer["answer"] or "")
    assert "第1版" in await contact.send("/task 2-2")


async def test_thanks_in_the_middle_are_no_months_brief(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    assert "请发3月的" in await contact.send("好的，谢谢")


async def test_two_contacts_of_a_unit_fill_in_their_own_drafts_and_the_later_one_is_a_new_version(
    contact: Actor, world: World
) -> None:
    second = await world.another_contact("区民政局", "second")
    await begun(contact)
    await contact.send(WHOLE)
    await begun(second)
    await second.send(WHOLE.replace("4家", "5家"))
    await contact.click("提交")
    await second.click("提交")
    assert "第2版" in second.text and "5家" in second.text


async def test_cancel_puts_it_aside_and_says_so(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    assert "都保留着" in await contact.send("取消")
    await begun(contact)
    assert "请发3月的" in contact.text
