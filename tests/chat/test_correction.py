"""A draft is corrected in chat before it is assigned: leads, co-units, dates, names, splits, the plans' date."""

from __future__ import annotations

import pytest

from tests.chat.world import BOTH, NOTICE, World

DATABASES = BOTH
FREE = NOTICE.read_text("utf-8").replace("于3月16日前", "").replace("（列首位为牵头单位，下同）", "")


async def opened(world: World, text: str = "") -> None:
    await world.supervisor.send(files=[("a.txt", (text or NOTICE.read_text("utf-8")).encode())])


async def task(world: World, ref: str) -> None:
    await world.supervisor.click("核对任务清单")
    await world.supervisor.click(ref)


async def test_a_task_is_shown_beside_its_clause(office: World) -> None:
    await opened(office)
    await task(office, "1-1")
    text = office.supervisor.text
    assert "牵头：区水利局" in text and "配合：区住建局" in text
    assert "原文（第 15 行）" in text and "责任单位：区水利局、区住建局（列首位为牵头单位，下同）" in text


async def test_another_lead_is_chosen_by_a_button_and_gets_the_task(office: World) -> None:
    await opened(office)
    await task(office, "1-1")
    await office.supervisor.click("换牵头")
    await office.supervisor.click("区住建局")
    assert "牵头：区住建局" in office.supervisor.text and "配合：区水利局" in office.supervisor.text
    await office.supervisor.click("返回清单")
    await office.supervisor.click("返回")
    await office.supervisor.click("确认交办")
    await office.demo.join_units()
    await office.demo.settle()
    assert "1-1 [区住建局 牵头]" in await office.of("区住建局").send("我的任务") or "1-1" in office.of("区住建局").text
    assert "牵头 1 项" in office.of("区水利局").text or "配合 1 项" in await office.of("区水利局").send("我的任务")


async def test_a_lead_is_typed_and_a_group_cannot_lead(office: World) -> None:
    await opened(office)
    await task(office, "2-2")
    await office.supervisor.click("换牵头")
    assert "不能作牵头单位" in await office.supervisor.send("各镇街")
    text = await office.supervisor.send("区文旅局")
    assert "牵头：区文旅局" in text and "配合：区民政局" in text


async def test_co_units_dates_and_words_are_typed(office: World) -> None:
    await opened(office)
    await task(office, "2-1")
    await office.supervisor.click("改配合")
    assert "配合：区住建局、区民政局" in await office.supervisor.send("区住建局、区民政局")
    await office.supervisor.click("改配合")
    assert "配合" not in (await office.supervisor.send("无")).split("原文")[0]
    await office.supervisor.click("改时限")
    assert "看不出是哪一天" in await office.supervisor.send("尽快")
    assert "2023 9月30日" in await office.supervisor.send("9月底前")
    await office.supervisor.click("改内容")
    assert "引进<b>十</b>" in await office.supervisor.send("引进<b>十</b>个亿元项目")


async def test_a_date_before_the_notice_needs_its_year_and_is_pointed_out(office: World) -> None:
    await opened(office)
    await task(office, "2-1")
    await office.supervisor.click("改时限")
    assert "早于发文日期，没有改动" in await office.supervisor.send("1月底前")
    assert "（早于发文日期，请核对）" in await office.supervisor.send("2023-01-31")
    await office.supervisor.click("返回清单")
    await office.supervisor.click("返回")
    await office.supervisor.click("确认交办")
    assert "时限早于发文日期的任务 1 项：2-1" in office.supervisor.text


async def test_one_task_becomes_two_and_another_is_taken_off(office: World) -> None:
    await opened(office)
    await task(office, "1-1")
    await office.supervisor.click("拆成几项")
    assert "至少分成两行" in await office.supervisor.send("只有一行")
    text = await office.supervisor.send("完成老旧管网改造30公里\n新建泵站2座")
    assert "6 项" in text and "1-1a" in text
    await office.supervisor.click("2-3")
    await office.supervisor.click("不是任务")
    await office.supervisor.click("确定")
    assert "5 项" in office.supervisor.text and "2-3" not in office.supervisor.labels
    await office.supervisor.click("返回")
    await office.supervisor.click("确认交办")
    assert "已交办：5 项任务" in office.supervisor.text
    assert "新建泵站2座" in await office.supervisor.send("/task 1-1a")


async def test_a_units_name_is_corrected_and_two_become_one(office: World) -> None:
    await opened(
        office,
        NOTICE.read_text("utf-8").replace(
            "2.新建社区食堂4家。\n\n责任单位：区民政局", "2.新建社区食堂4家。\n\n责任单位：区民攻局"
        ),
    )
    await office.supervisor.click("核对单位")
    await office.supervisor.click("区民攻局")
    assert "2-2" in office.supervisor.text
    assert "不像一个单位名称" in await office.supervisor.send("不知道")
    await office.supervisor.send("区住建局")
    assert "单位 6 个" in office.supervisor.text
    await office.supervisor.click("返回")
    await task(office, "2-2")
    assert "牵头：区住建局" in office.supervisor.text


async def test_plans_get_a_date_where_the_notice_names_none(office: World) -> None:
    await opened(office, FREE)
    assert "未识别到计划报送截止日期" in office.supervisor.text
    await office.supervisor.click("定计划截止日期")
    assert "看不出是哪一天" in await office.supervisor.send("明年再说")
    assert "2023年3月20日" in await office.supervisor.send("3月20日")
    await task(office, "1-1")
    await office.supervisor.click("换牵头")
    await office.supervisor.click("区水利局")
    await office.supervisor.click("返回清单")
    await office.supervisor.click("返回")
    await office.supervisor.click("确认交办")
    await office.supervisor.click("确认交办")
    await office.demo.join_units()
    await office.demo.settle()
    assert "3月20日" in office.of("区水利局").text


@pytest.mark.parametrize("action", ["fix:t:1:0000000000", "fix:u:1:0000000000", "fix:lead:1:0:0", "fix:ask:1:lead:0"])
async def test_an_old_button_of_a_task_that_is_gone_says_so(office: World, action: str) -> None:
    await opened(office)
    office.plant(office.supervisor, "旧", action)
    answered = await office.supervisor.click("旧")
    assert "不在清单里" in (answered["answer"] or "")


async def test_nothing_is_corrected_after_the_assignment(world: World) -> None:
    world.plant(world.supervisor, "旧", "fix:plan:1")
    answered = await world.supervisor.click("旧")
    assert "无需再操作" in (answered["answer"] or "")


async def test_a_question_on_the_screen_is_answered_by_typing_and_no_answer_is_taken_for_a_yes(office: World) -> None:
    await opened(office, FREE)
    await office.supervisor.click("处理疑问")
    while "谁牵头" not in office.supervisor.text:
        await office.supervisor.click("先跳过")
    assert "用不上" in await office.supervisor.send("不清楚")
    await office.supervisor.send("对")
    assert "谁牵头" not in office.supervisor.text


async def test_what_was_corrected_is_not_asked_or_changed_again_by_a_new_version(office: World) -> None:
    await opened(office)
    await task(office, "1-1")
    await office.supervisor.click("换牵头")
    await office.supervisor.click("区住建局")
    await office.supervisor.click("返回清单")
    await office.supervisor.click("返回")
    await office.supervisor.click("确认交办")
    await opened(office, NOTICE.read_text("utf-8").replace("社区食堂4家", "社区食堂5家"))
    assert "沿用上次核对的结果" in office.supervisor.text
    await office.supervisor.click("比较差异")
    assert "社区食堂5家" in office.supervisor.text and "区水利局" not in office.supervisor.text


async def test_whoever_reads_english_is_asked_in_english(office: World) -> None:
    """The paper was read in Chinese; what is quoted from it stays as it stands there."""
    await office.supervisor.send("/language")
    await office.supervisor.click("English")
    await opened(office, FREE)
    await office.supervisor.click("Questions")
    text = office.supervisor.text
    assert "say who leads" in text and "没有" not in text, text
    assert office.supervisor.labels[0] == "The first listed leads"
    await office.supervisor.click("The first listed leads")
    assert "say who leads" not in office.supervisor.text
