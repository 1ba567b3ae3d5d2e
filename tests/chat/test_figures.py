"""Figures against targets: what a report says is shown, confirmed or corrected by button and by typing, and kept."""

import pytest

from tests.chat.world import BOTH, Actor, World, reminded

DATABASES = BOTH
SCENE = reminded


@pytest.fixture
def contact(world: World) -> Actor:
    """The water bureau's contact with its April reminder: 1-1 (pipes and pumps) and 2-3 (ditches), reported monthly."""
    return world.of("区水利局")


async def test_what_was_understood_is_shown_and_confirmed_by_one_press(contact: Actor) -> None:
    text = await contact.reply(contact.last, "1. 截至4月21日完成管网改造12公里，建成泵站一座\n2. 修缮水渠3000米")
    for line in ("老旧管网改造：累计12公里，目标30公里，40%（待确认）", "新建泵站：累计1座，目标2座，50%（待确认）"):
        assert line in text, text
    assert "修缮灌溉水渠：累计3公里，目标12公里，25%（待确认）" in text
    await contact.click("✓ 数字无误")
    assert contact.text.count("确认）") == 3 and "待确认" not in contact.text
    assert "✓ 数字无误" not in contact.labels and "改数字" in contact.labels


async def test_a_figure_is_corrected_by_typing_and_wrong_text_is_explained(contact: Actor, world: World) -> None:
    await contact.reply(contact.last, "2-3：甲渠修缮2公里，乙渠修缮1公里")
    assert "有 2 个数字" in contact.text and "✓ 数字无误" not in contact.labels
    await contact.click("改数字")
    assert "修缮灌溉水渠（目标12公里）" in contact.text
    assert "没看懂" in await contact.send("17亩")
    assert "累计3公里，目标12公里，25%（" in await contact.send("累计 3")
    assert "更正）" in contact.text
    await contact.click("改数字")
    await contact.click("不是这个数字")
    assert "原数字不算" in contact.text
    history = await world.supervisor.send("/task 2-3")
    assert "更正数字：修缮灌溉水渠 累计3公里" in history and "标明数字不算" in history


async def test_total_or_this_periods_part_is_asked_where_it_is_not_said(contact: Actor, world: World) -> None:
    await contact.reply(contact.last, "2-3：累计修缮3公里")
    await contact.click("✓ 数字无误")
    await world.pass_to("2023-05-22T10:00")
    await contact.reply(contact.last, "2-3：水渠已修缮2公里，清淤同步推进")
    assert "2公里 是累计，还是本期" in contact.text and "✓ 数字无误" not in contact.labels
    assert "2-3：水渠又修了一段" in (await contact.send("2-3：水渠又修了一段")) or "哪一项" in contact.text
    question = next(m for m in reversed(contact.messages) if "是累计，还是本期" in (m.get("text") or ""))
    await contact.click("本期2，累计5公里", question)
    done = next(m for m in contact.messages if m["message_id"] == question["message_id"])
    assert "本期2，累计5公里" in done["text"] and "42%" in done["text"] and "是累计" not in done["text"]
    assert "累计5公里，目标12公里，42%" in await world.supervisor.send("/task 2-3")


async def test_an_edit_keeps_what_was_said_of_the_same_figure_and_asks_about_a_new_one(contact: Actor) -> None:
    await contact.reply(contact.last, "2-3：修缮水渠3公里")
    old = contact.last
    written = contact.own["message_id"]
    await contact.click("改数字")
    await contact.send("3.5")
    assert "累计3.5公里" in contact.text
    text = await contact.edit(written, "2-3：修缮水渠3公里，另有一段正在施工")
    assert "第2版" in text and "累计3.5公里，目标12公里，29%（" in text and "更正）" in text
    text = await contact.edit(written, "2-3：修缮水渠4公里")
    assert "第3版" in text and "累计4公里，目标12公里，33%（待确认）" in text
    answer = await contact.click("改数字", old)
    assert "最新的【已收到】" in answer["answer"]


async def test_the_office_corrects_a_figure_and_the_unit_hears_it(contact: Actor, world: World) -> None:
    await contact.reply(contact.last, "2-3：修缮水渠30公里")
    await world.supervisor.send("/task 2-3")
    await world.supervisor.click("核对数字")
    await world.supervisor.click("修缮灌溉水渠")
    assert "累计3公里" in await world.supervisor.send("3")
    assert "【数字更正】" in contact.text and "修缮灌溉水渠 累计3公里" in contact.text
    other = world.of("区商务局")
    stolen = world.supervisor.last
    world.plant(other, "改", world.action(stolen, "改数字"))
    answer = await other.click("改")
    assert "报送单位或督查室" in answer["answer"]


async def test_a_report_without_figures_asks_for_nothing_but_offers_it(contact: Actor, world: World) -> None:
    text = await contact.reply(contact.last, "2-3：正在开展前期工作，进展顺利")
    assert "没看到指标数字：修缮灌溉水渠" in text
    await contact.click("补数字")
    assert "累计0公里" in await contact.send("0")
    withdrawn = await contact.send("/undo")
    assert "重新变为待报" in withdrawn
    assert "尚无确认的数字" in await world.supervisor.send("/task 2-3")
    assert "核对数字" not in world.supervisor.labels


async def test_a_question_for_a_figure_does_not_swallow_a_report(contact: Actor) -> None:
    await contact.reply(contact.last, "2-3：正在开展前期工作")
    await contact.click("补数字")
    assert "1-1" in await contact.send("1-1：4月累计完成管网改造9公里，泵站尚未开工")
    assert "老旧管网改造：累计9公里" in contact.text and "新建泵站" in contact.text
