"""A revised notice: the differences clause by clause, only those concerned are told, what was handed in stays."""

from __future__ import annotations

from tests.chat.world import BOTH, NOTICE, World

DATABASES = BOTH
OLD = NOTICE.read_text("utf-8")
NEW = (
    OLD.replace("新增公共停车位500个以上", "新增公共停车位800个以上")
    .replace("责任单位：区商务局、区财政局", "责任单位：区财政局、区商务局")
    .replace("2.新建社区食堂4家。\n\n责任单位：区民政局\n\n3.修缮", "2.修缮")
    .replace(
        "责任单位：区水利局、区农业农村局",
        "责任单位：区水利局、区农业农村局\n\n3.建成口袋公园9个。\n\n责任单位：区住建局、区水利局",
    )
)


async def revised(world: World, text: str = NEW, name: str = "修订.txt") -> str:
    return await world.supervisor.send(files=[(name, text.encode())])


async def test_the_differences_are_shown_before_anything_happens(world: World) -> None:
    counts = {unit: len(world.of(unit).messages) for unit in ("区商务局", "区民政局", "区水利局")}
    assert "修订稿" in await revised(world)
    await world.supervisor.click("比较差异")
    text = world.supervisor.text
    assert "新增 1 项，修改 2 项，仅编号变化 1 项，取消 1 项，不变 1 项" in text
    assert "【修改】1-2" in text and "500" in text and "800" in text
    assert "－区商务局 ＋区财政局" in text and "【编号】2-3 → 2-2" in text
    assert "【取消】2-2 新建社区食堂" in text and "【新增】2-3 建成口袋公园" in text
    assert {unit: len(world.of(unit).messages) for unit in counts} == counts


async def test_only_those_concerned_are_told_once_and_the_new_lead_owes_the_plan(world: World) -> None:
    finance = await world.another_contact("区财政局", "钱会计")
    cast = {unit: world.of(unit) for unit in ("区商务局", "区民政局", "区住建局", "区水利局")} | {"区财政局": finance}
    before = {unit: len(actor.messages) for unit, actor in cast.items()}
    await revised(world)
    await world.supervisor.click("比较差异")
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    assert "修订已生效" in world.supervisor.text
    for unit, count in before.items():
        assert len(cast[unit].said_since(count)) == 1, unit
    assert "取消" in world.of("区民政局").text and "口袋公园" not in world.of("区民政局").text
    assert "2-1" in finance.text and "需报推进计划" in finance.text
    assert "牵头 1 项" in await finance.send("我的任务")
    assert "待报" in finance.text
    assert "待报" not in await world.of("区商务局").send("我的任务")


async def test_who_has_nothing_in_it_hears_nothing(world: World) -> None:
    roads = await world.another_contact("区交通运输局", "路先生")
    before = len(world.of("区民政局").messages)
    await revised(world, OLD.replace("新增公共停车位500个以上", "新增公共停车位800个以上"))
    await world.supervisor.click("比较差异")
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    assert len(world.of("区民政局").messages) == before
    assert "800" in roads.text


async def test_what_was_handed_in_stays_with_its_task_under_the_new_number(world: World) -> None:
    contact = world.of("区水利局")
    await contact.send("/plan")
    await contact.click("○ 2-3")
    await contact.send("年度目标：修缮水渠12公里\n" + "\n".join(f"{month}月：{month}公里" for month in range(3, 13)))
    await contact.click("提交")
    before = await world.supervisor.send("/task 2-3")
    assert "已报" in before
    await revised(world)
    await world.supervisor.click("比较差异")
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    after = await world.supervisor.send("/task 2-2")
    assert "修缮灌溉水渠" in after and "已报" in after
    assert "新建社区食堂" in await world.supervisor.send("/task 2-2x") and "取消" in world.supervisor.text


async def test_the_same_version_again_changes_nothing(world: World) -> None:
    await revised(world)
    await world.supervisor.click("比较差异")
    differences = world.supervisor.last
    digest = world.action(differences, "确认修订")
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    before = len(world.of("区住建局").messages)
    assert "没有任何变化" in await revised(world)
    world.plant(world.supervisor, "确认修订", digest)
    assert "无需再操作" in ((await world.supervisor.click("确认修订"))["answer"] or "")
    assert "没有任何变化" in await revised(world, NEW + "\n", "另存.txt")
    assert len(world.of("区住建局").messages) == before


async def test_another_deadline_moves_the_open_plans_and_is_told(world: World) -> None:
    await revised(world, OLD.replace("于3月16日前", "于3月24日前"))
    await world.supervisor.click("比较差异")
    assert "计划截止：3月16日" in world.supervisor.text and "3月24日" in world.supervisor.text
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    assert "3月24日" in world.of("区民政局").text
    assert "3月24日" in await world.of("区民政局").send("我的任务")


async def test_numbers_may_change_places(world: World) -> None:
    one, two = "1.完成老旧管网改造30公里，新建泵站2座。", "2.新增公共停车位500个以上。"
    swapped = OLD.replace(one, "@").replace(two, "2." + one[2:]).replace("@", "1." + two[2:])
    await revised(world, swapped)
    await world.supervisor.click("比较差异")
    await world.supervisor.click("确认修订")
    await world.demo.settle()
    assert "停车位" in await world.supervisor.send("/task 1-1")
    assert "老旧管网" in await world.supervisor.send("/task 1-2")


async def test_another_notice_is_no_revision(world: World) -> None:
    other = (
        OLD.replace("管网改造30公里，新建泵站2座", "校舍修缮")
        .replace("停车位500个以上", "路灯")
        .replace("引进亿元以上项目6个", "办好运动会")
    )
    other = other.replace("新建社区食堂4家", "举办书展").replace("修缮灌溉水渠12公里", "保护古树")
    assert "修订稿" not in await revised(world, other)
