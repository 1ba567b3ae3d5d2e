"""A message that went into a plan is edited: the plan follows, before and after it was filed."""

from __future__ import annotations

import pytest

from tests.chat.test_plans import MONTHS, WHOLE, begun
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


@pytest.fixture
def contact(world: World) -> Actor:
    return world.of("区民政局")


async def test_an_edited_paste_corrects_the_draft(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    pasted = contact.own
    text = await contact.edit(pasted["message_id"], WHOLE.replace("完成3成", "建成1家").replace("建成4家", "建成5家"))
    assert (
        "【预览】" in text and "5月　建成1家" in text and "年度目标　建成5家社区食堂" in text and "4月　完成2成" in text
    )
    await contact.click("提交")
    assert "【已收到】2-2" in contact.text and "第1版" in contact.text and "建成1家" in contact.text


async def test_what_the_edited_message_no_longer_says_is_out_of_the_draft(contact: Actor) -> None:
    await begun(contact)
    await contact.send("年度目标：建成4家\n3月：选址\n4月：装修")
    pasted = contact.own
    text = await contact.edit(pasted["message_id"], "年度目标：建成4家\n3月：选址")
    assert "4月　（未填）" in text or "请发4月的" in text
    assert "装修" not in text and "3月　选址" in text


async def test_an_edited_answer_goes_to_the_month_that_was_asked_then(contact: Actor) -> None:
    await begun(contact)
    await contact.send("建成4家")
    await contact.send("选址")
    march = contact.own
    assert "请发5月的" in await contact.send("装修")
    text = await contact.edit(march["message_id"], "完成选址和测量")
    assert "✓ 已记3月：完成选址和测量" in text and "请发5月的" in text
    assert "请发6月的" in await contact.send("试营业")


async def test_an_edit_after_filing_files_the_next_version_at_once(contact: Actor, world: World) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    pasted = contact.own
    await contact.click("提交")
    text = await contact.edit(pasted["message_id"], WHOLE.replace("完成10成", "全部开业"))
    assert "【已收到】2-2" in text and "第2版" in text and "12月　全部开业" in text
    assert "全部开业" in await contact.edit(pasted["message_id"], WHOLE.replace("完成10成", "全部开业并验收"))
    assert "第3版" in contact.text
    assert "全部开业并验收" in await world.supervisor.send("/task 2-2")


async def test_an_edit_leaves_a_part_that_was_changed_since(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    pasted = contact.own
    await contact.send("4月：另行安排")
    text = await contact.edit(pasted["message_id"], "\n".join(row for row in WHOLE.split("\n") if "4月" not in row))
    assert "4月　另行安排" in text or "内容未变" in text


async def test_an_edit_that_changes_nothing_or_names_no_part_says_so(contact: Actor) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    pasted, preview = contact.own, contact.last
    assert "内容未变" in await contact.edit(pasted["message_id"], WHOLE + "\n")
    await contact.click("提交", preview)
    await contact.send("/plan")
    await contact.click("● 2-2")
    await contact.send("11月：扫尾")
    late = contact.own
    assert "哪一部分" in await contact.edit(late["message_id"], "扫尾")


async def test_an_edit_of_one_plan_does_not_take_the_next_answer_from_another(world: World) -> None:
    water = world.of("区水利局")
    await water.send("/plan")
    await water.click("○ 1-1")
    await water.send("年度目标：改造30公里\n3月：动工")
    first = water.own
    await water.send("/plan")
    await water.click("○ 2-3")
    await water.send("修缮12公里")
    text = await water.edit(first["message_id"], "年度目标：改造30公里\n3月：全面动工")
    assert "1-1" in text and "全面动工" in text
    assert "2-3" in await water.send("勘测") and "已记3月：勘测" in water.text


async def test_an_edit_still_finds_its_plan_after_a_restart(contact: Actor, world: World) -> None:
    await begun(contact)
    await contact.send(WHOLE)
    pasted = contact.own
    await world.restart()
    assert "5月　建成1家" in await contact.edit(pasted["message_id"], WHOLE.replace("完成3成", "建成1家"))


assert len(MONTHS) == 10
