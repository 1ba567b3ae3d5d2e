"""Before a notice is assigned a task is merged into another, by buttons; what is left out can be taken in again."""

from __future__ import annotations

from tests.chat.test_correction import opened, task
from tests.chat.test_revision import NEW, OLD, revised
from tests.chat.world import BOTH, World

DATABASES = BOTH
SPLIT = OLD.replace("责任单位：区民政局", "责任单位：区民政局\n\n完成时限：9月底前").replace(
    "责任单位：区水利局、区农业农村局", "责任单位：区水利局、区农业农村局\n\n完成时限：6月底前"
)


async def merged(world: World, ref: str, into: str) -> None:
    await task(world, ref)
    await world.supervisor.click("并入另一项")
    await world.supervisor.click(into)


async def home(world: World) -> None:
    await world.supervisor.click("返回清单")
    await world.supervisor.click("返回")


async def test_what_becomes_of_units_date_and_words_is_shown_before(office: World) -> None:
    await opened(office, SPLIT)
    await merged(office, "2-3", "2-2")
    text = office.supervisor.text
    assert "把 2-3 并入 2-2" in text and "较早的" in text
    assert "社区食堂4家；" in text and "修缮灌溉水渠12公里" in text
    assert "牵头：区民政局" in text and "配合：区水利局、区农业农村局" in text and "2023 6月30日" in text
    await office.supervisor.click("返回")
    await office.supervisor.click("返回")
    assert "修缮" in office.supervisor.text and "社区食堂" not in office.supervisor.text


async def test_a_merged_task_is_assigned_as_one_to_the_units_of_both(office: World) -> None:
    await opened(office, SPLIT)
    await merged(office, "2-3", "2-2")
    await office.supervisor.click("确定合并")
    assert office.supervisor.text.count("原文（") == 2
    await home(office)
    assert "任务 4 项" in office.supervisor.text
    await office.supervisor.click("确认交办")
    await office.demo.join_units()
    await office.demo.settle()
    shown = await office.supervisor.send("/task 2-2")
    assert "社区食堂" in shown and "灌溉水渠" in shown and "牵头：区民政局" in shown and "区农业农村局" in shown
    assert "2-3" not in await office.of("区水利局").send("我的任务")


async def test_merging_is_taken_back_whole(office: World) -> None:
    await opened(office, SPLIT)
    await task(office, "2-2")
    before = office.supervisor.text
    await office.supervisor.click("返回清单")
    await office.supervisor.click("返回")
    await merged(office, "2-3", "2-2")
    await office.supervisor.click("确定合并")
    answered = await office.supervisor.click("撤销并入：2-3")
    assert "已取回" in answered["answer"]
    assert "修缮灌溉水渠" in office.supervisor.text and "牵头：区水利局" in office.supervisor.text
    await home(office)
    await task(office, "2-2")
    assert office.supervisor.text == before
    await home(office)
    assert "任务 5 项" in office.supervisor.text
    assert not any(label.startswith("未列入") for label in office.supervisor.labels)


async def test_a_task_that_was_corrected_after_merging_stays_and_it_is_said(office: World) -> None:
    await opened(office, SPLIT)
    await merged(office, "2-3", "2-2")
    await office.supervisor.click("确定合并")
    await office.supervisor.click("改时限")
    await office.supervisor.send("10月底前")
    answered = await office.supervisor.click("撤销并入：2-3")
    assert "2-2 合并后又改过" in answered["answer"]
    await home(office)
    await task(office, "2-2")
    assert "10月31日" in office.supervisor.text and "灌溉水渠" in office.supervisor.text


async def test_what_is_no_task_is_listed_and_taken_in_again(office: World) -> None:
    await opened(office)
    await task(office, "2-1")
    await office.supervisor.click("不是任务")
    await office.supervisor.click("确定")
    await office.supervisor.click("未列入 1 项")
    assert "引进亿元以上项目" in office.supervisor.text and "不是任务" in office.supervisor.text
    await office.supervisor.click("取回 2-1")
    assert "牵头：区商务局" in office.supervisor.text
    await office.supervisor.click("返回清单")
    assert office.supervisor.labels.index("2-1") < office.supervisor.labels.index("2-2")


async def assigned_without(world: World, ref: str) -> None:
    await opened(world)
    await task(world, ref)
    await world.supervisor.click("不是任务")
    await world.supervisor.click("确定")
    await world.supervisor.click("返回")
    await world.supervisor.click("确认交办")


async def test_what_was_left_out_stays_out_of_a_revision_and_can_be_taken_in(office: World) -> None:
    await assigned_without(office, "2-3")
    await revised(office, OLD.replace("停车位500个", "停车位800个"))
    await office.supervisor.click("比较差异")
    text = office.supervisor.text
    assert "新增 0 项，修改 1 项" in text and "与上次相同、仍未列入的 1 项" in text and "修缮灌溉水渠" in text
    await office.supervisor.click("取回 2-3")
    assert "新增 1 项，修改 1 项" in office.supervisor.text and "仍未列入" not in office.supervisor.text
    await office.supervisor.click("确认修订")
    assert "修缮灌溉水渠" in await office.supervisor.send("/task 2-3")


async def test_what_was_left_out_stays_out_through_several_revisions_under_another_number(office: World) -> None:
    await assigned_without(office, "2-3")
    await revised(office, NEW, "二.txt")
    await office.supervisor.click("比较差异")
    assert "仍未列入的 1 项" in office.supervisor.text and "2-2 修缮灌溉水渠" in office.supervisor.text
    await office.supervisor.click("确认修订")
    await revised(office, NEW.replace("口袋公园9个", "口袋公园10个"), "三.txt")
    await office.supervisor.click("比较差异")
    assert "新增 0 项，修改 1 项" in office.supervisor.text and "仍未列入的 1 项" in office.supervisor.text


async def test_a_left_out_clause_that_changed_is_asked_about_as_new(office: World) -> None:
    await assigned_without(office, "2-3")
    await revised(office, OLD.replace("水渠12公里", "水渠15公里"))
    await office.supervisor.click("比较差异")
    assert "【新增】2-3 修缮灌溉水渠15公里" in office.supervisor.text and "仍未列入" not in office.supervisor.text


async def test_merged_tasks_stay_merged_in_a_revision_and_part_where_a_clause_changed(office: World) -> None:
    await opened(office, SPLIT)
    await merged(office, "2-3", "2-2")
    await office.supervisor.click("确定合并")
    await home(office)
    await office.supervisor.click("确认交办")
    await revised(office, SPLIT.replace("停车位500个", "停车位800个"), "二.txt")
    await office.supervisor.click("比较差异")
    text = office.supervisor.text
    assert "新增 0 项，修改 1 项，仅编号变化 0 项，取消 0 项" in text and "已并入 2-2" in text
    await office.supervisor.click("确认修订")
    await revised(office, SPLIT.replace("停车位500个", "停车位800个").replace("水渠12公里", "水渠15公里"), "三.txt")
    await office.supervisor.click("比较差异")
    assert "【新增】2-3" in office.supervisor.text and "【修改】2-2" in office.supervisor.text


async def test_dates_set_by_hand_stay_while_the_papers_own_do(office: World) -> None:
    await opened(office, SPLIT)
    await office.supervisor.click("改计划截止日期")
    assert "2023年3月20日" in await office.supervisor.send("3月20日")
    await task(office, "2-2")
    await office.supervisor.click("改时限")
    assert "10月31日" in await office.supervisor.send("10月底前")
    await home(office)
    await office.supervisor.click("确认交办")
    await revised(office, SPLIT.replace("社区食堂4家", "社区食堂6家"), "二.txt")
    await office.supervisor.click("比较差异")
    text = office.supervisor.text
    assert "修改 1 项" in text and "计划截止" not in text and "时限：" not in text
    await office.supervisor.click("确认修订")
    changed = SPLIT.replace("社区食堂4家", "社区食堂6家").replace("3月16日", "3月24日").replace("9月底前", "11月底前")
    await revised(office, changed, "三.txt")
    await office.supervisor.click("比较差异")
    text = office.supervisor.text
    assert "计划截止：3月20日（周一） → 3月24日（周五）" in text and "时限：2023-10-31 → 2023-11-30" in text
