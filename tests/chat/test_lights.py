"""Lights: confirmed figures against the plan's months or the time passed, reports against their dates, in every list."""

import pytest

from tests.chat.world import Actor, World, monthly

PLAN = "年度目标：修缮12公里\n" + "\n".join(
    f"{month}月：{brief}"
    for month, brief in zip(
        range(3, 13),
        ("勘察设计", "修缮2公里", "修缮2公里", "修缮2公里", "修缮3公里", "修缮3公里", "收尾", "验收", "移交", "总结"),
        strict=True,
    )
)


async def planned(world: World) -> None:
    """The water bureau's plan for 2-3 has figures month by month, 1-1 is planned in words; it is the end of March."""
    contact = world.of("区水利局")
    for ref, plan in (("2-3", PLAN), ("1-1", PLAN.replace("修缮2公里", "施工").replace("修缮3公里", "施工"))):
        await contact.send("/plan")
        await contact.click(f"○ {ref}")
        await contact.send(plan)
        await contact.click("提交")
    await monthly(world)
    await world.pass_to("2023-03-27T10:00")


SCENE = planned


@pytest.fixture
def contact(world: World) -> Actor:
    return world.of("区水利局")


async def hand_in(world: World, contact: Actor, moment: str, text: str) -> str:
    await world.pass_to(moment)
    await contact.send(text)
    if "哪一项" in contact.text:
        await contact.click(text[:3])
    return contact.text


async def light(world: World, ref: str = "2-3") -> str:
    text = await world.supervisor.send(f"/task {ref}")
    return text.partition("报送：")[2].partition("办理记录")[0]


async def test_a_light_goes_by_the_plan_and_only_by_confirmed_figures(world: World, contact: Actor) -> None:
    await hand_in(world, contact, "2023-03-27T10:00", "2-3：3月完成勘察设计")
    await hand_in(world, contact, "2023-04-24T10:00", "2-3：4月累计修缮水渠1公里")
    assert "⚪ 待确认" in await light(world)
    assert "4月报 1公里，未确认，不计入" in await light(world)
    card = await world.supervisor.send("/leader 钟若谷")
    assert "2-3" in card and "待确认" in card
    await contact.click("✓ 数字无误")
    shown = await light(world)
    assert "🟡 滞后" in shown and "累计1公里，目标12公里，8.3%" in shown and "按计划应达2公里" in shown

    await hand_in(world, contact, "2023-05-24T10:00", "2-3：5月累计修缮水渠4公里")
    assert "5月报 4公里，未确认" in await light(world) and "🟡 滞后" in await light(world)
    await contact.click("✓ 数字无误")
    shown = await light(world)
    assert "🟢 正常 ↺曾落后已补上" in shown and "按计划应达4公里" in shown
    assert "🟢 正常 ↺曾落后已补上" in await world.supervisor.send("/leader 钟若谷")
    progress = await world.supervisor.send("/progress")
    assert "亮灯：" in progress and "🟢 正常" in progress

    await world.supervisor.send("/summary")
    assert any("亮灯：" in (m.get("caption") or m.get("text") or "") for m in world.supervisor.messages[-4:])
    await world.supervisor.send("/briefing 2023-04-24")
    assert "待确认 1" in world.supervisor.text or "滞后 1" in world.supervisor.text
    await world.supervisor.click("图：各项亮灯")
    assert "亮灯情况" in world.supervisor.text and world.supervisor.last.get("photo")
    await world.supervisor.send("/export")
    await world.supervisor.click("任务")
    await world.supervisor.send("/task 2-3")
    await world.supervisor.click("进度图")
    assert world.supervisor.last.get("photo")

    await hand_in(world, contact, "2023-06-21T10:00", "2-3：6月累计修缮水渠12公里")
    await contact.click("✓ 数字无误")
    assert "✅ 完成" in await light(world)


async def test_without_figures_in_the_plan_time_is_the_measure_and_reports_that_are_late_outweigh(
    world: World, contact: Actor
) -> None:
    await hand_in(world, contact, "2023-03-27T10:00", "1-1：3月累计改造管网3公里，泵站未开工")
    await contact.click("✓ 数字无误")
    await hand_in(world, contact, "2023-04-24T10:00", "1-1：4月累计改造管网4公里，泵站正在施工")
    await contact.click("✓ 数字无误")
    shown = await light(world, "1-1")
    assert "🟡 滞后 老旧管网改造：累计4公里" in shown and "按时间进度应达6公里" in shown, shown
    assert "新建泵站：目标2座，尚无确认的数字" in shown
    await world.pass_to("2023-06-05T10:00")
    shown = await light(world, "1-1")
    assert "🔴 逾期（逾期未报 1 项）" in shown and "🟡 滞后 老旧管网改造" in shown
    late = await hand_in(world, contact, "2023-06-05T10:30", "1-1：5月累计改造管网15公里")
    assert "50%" in late
    await contact.click("✓ 数字无误")
    assert "🟢 正常 ↺曾落后已补上" in await light(world, "1-1")
