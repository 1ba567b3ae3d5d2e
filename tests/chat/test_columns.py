"""A column under an unknown head: the supervisor says what it holds by a button, and says it anew as long as nothing is assigned."""

from __future__ import annotations

from datetime import date

from core.rules.notice.model import Notice
from tests.chat.world import BOTH, World

DATABASES = BOTH
HEAD = "云屿区人民政府办公室关于印发2023年重点工作任务分解表的通知\n云屿政办〔2023〕21号\n2023年3月2日\n"
ROWS = """
| 序号 | 工作任务 | 挂点科所 | 里程碑 | 责任单位 |
|---|---|---|---|---|
| 1 | 完成环湖路改造。 | 区财政局 | 9月底 | 区交通局 |
| 2 | 新建社区食堂4家。 | 区民政局、区住建局 | 尽快 | 区商务局 |
| 3 | 修缮灌溉水渠12公里。 | 区水利局 | 11月底 | 区农业农村局 |
"""
NOTICE = HEAD + ROWS


async def taken(office: World, text: str = NOTICE, name: str = "通知.md") -> None:
    await office.supervisor.send(files=[(name, text.encode())])


async def test_the_column_is_asked_with_its_cells_and_a_button_answers_for_all_rows(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    assert "“挂点科所”这一列是什么？" in supervisor.text
    assert "区财政局 ｜ 区民政局、区住建局" in supervisor.text
    assert {"牵头单位", "配合单位", "区领导", "完成时限", "不用这一列", "先跳过"} <= set(supervisor.labels)
    assert "按原文" not in supervisor.labels
    toast = (await supervisor.click("配合单位"))["answer"]
    assert "已按“配合单位”重读全文" in (toast or "")
    assert "“里程碑”这一列是什么？" in supervisor.text
    await supervisor.click("完成时限")
    assert "时限“尽快”不是确定的日期" in supervisor.text
    await supervisor.send("2023-08-01")
    await supervisor.click("确认交办")
    shown = await supervisor.send("/task 2")
    assert "牵头：区商务局" in shown and "区民政局、区住建局" in shown
    due = await office.demo.work(lambda work: [task.due for task in work.notices.tasks()])
    assert due == [date(2023, 9, 30), date(2023, 8, 1), date(2023, 11, 30)]


async def test_the_answer_may_be_typed_in_other_words(office: World) -> None:
    await taken(office)
    await office.supervisor.click("处理疑问")
    assert "这个答复我用不上" in await office.supervisor.send("看着办")
    assert "里程碑" in await office.supervisor.send("协办单位")


async def test_an_answer_is_changed_before_assignment_and_what_was_corrected_stays(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    await supervisor.click("牵头单位")
    await supervisor.click("返回")
    await supervisor.click("核对任务清单")
    await supervisor.click("3")
    await supervisor.click("改内容")
    await supervisor.send("修缮灌溉水渠15公里。")
    await supervisor.click("返回清单")
    await supervisor.click("返回")
    await supervisor.click("表格各列（2）")
    assert "挂点科所</b>：牵头单位" in supervisor.text or "挂点科所：牵头单位" in supervisor.text
    assert "还没有读" in supervisor.text
    await supervisor.click("挂点科所")
    assert "✓牵头单位" in supervisor.labels
    await supervisor.click("配合单位")
    await supervisor.click("返回")
    await supervisor.click("核对任务清单")
    assert "修缮灌溉水渠15公里" in supervisor.text and "区农业农村局，另配合 1 家" in supervisor.text


async def test_what_a_column_cannot_hold_is_said_and_nothing_changes(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    assert "没有一格能这样读" in ((await supervisor.click("完成时限"))["answer"] or "")
    await supervisor.click("牵头单位")
    assert "没有一格能这样读" in ((await supervisor.click("区领导"))["answer"] or "")
    await supervisor.click("返回")
    await taken(office, NOTICE.replace("| 里程碑 |", "| 包抓科所 |").replace("9月底", "区司法局"), "另一份.md")
    await supervisor.click("处理疑问")
    await supervisor.click("牵头单位")
    answer = (await supervisor.click("牵头单位"))["answer"] or ""
    assert "“挂点科所”一列已经是这个含义" in answer


async def test_two_supervisors_answer_the_same_column(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    stale = supervisor.last
    data = office.action(stale, "配合单位")
    await supervisor.click("配合单位")
    assert "里程碑" in supervisor.text
    office.plant(supervisor, "再答一次", data)
    assert "已经处理过" in ((await supervisor.click("再答一次"))["answer"] or "")


async def test_a_column_of_an_assigned_notice_is_not_asked_about_any_more(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    data = office.action(supervisor.last, "表格各列（2）")
    await supervisor.click("确认交办")
    await supervisor.click("确认交办")
    office.plant(supervisor, "表格各列", data)
    assert "无需再操作" in ((await supervisor.click("表格各列"))["answer"] or "")
    card = await office.demo.work(lambda work: work.notices.active()[0])
    assert Notice.from_json(card.reading).source is None and len(card.reading["columns"]) == 2


async def test_a_revised_edition_knows_what_the_column_holds_and_can_be_told_otherwise(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    await supervisor.click("配合单位")
    await supervisor.click("不用这一列")
    await supervisor.click("确认交办")
    await taken(office, NOTICE.replace("12公里", "20公里"), "修订.md")
    assert "修订稿" in supervisor.text
    await supervisor.click("比较差异")
    assert "修改 1 项" in supervisor.text and "－区水利局" not in supervisor.text
    await supervisor.click("返回")
    await supervisor.click("表格各列（2）")
    await supervisor.click("里程碑")
    await supervisor.click("完成时限")
    await supervisor.click("返回")
    await supervisor.click("比较差异")
    assert "修改 2 项" in supervisor.text and "2023-09-30" in supervisor.text


async def test_the_edited_sheet_after_an_answer_has_what_the_column_says(office: World) -> None:
    supervisor = office.supervisor
    await taken(office)
    await supervisor.click("处理疑问")
    await supervisor.click("配合单位")
    await supervisor.click("返回")
    await supervisor.click("核对任务清单")
    await supervisor.click("下载核对表")
    content = office.content(supervisor.last)
    assert "没有要改的" in await supervisor.send(files=[("任务核对表.xlsx", content)])


async def test_the_bot_ends_between_question_and_answer(office: World) -> None:
    await taken(office)
    await office.supervisor.click("处理疑问")
    await office.restart()
    await office.supervisor.click("配合单位")
    assert "“里程碑”这一列是什么？" in office.supervisor.text


async def test_an_english_supervisor_is_asked_in_english(office: World) -> None:
    supervisor = office.supervisor
    await supervisor.send("/language")
    await supervisor.click("English")
    await taken(office)
    await supervisor.click("Questions")
    assert "What does the column “挂点科所” hold?" in supervisor.text and "Cells such as: 区财政局" in supervisor.text
    assert (await supervisor.click("Co-units"))["answer"] == "The paper was read anew: Co-units."
    await supervisor.click("Back")
    await supervisor.click("Columns (2)")
    assert "挂点科所: Co-units" in supervisor.text and "里程碑: not read yet" in supervisor.text
    await supervisor.click("里程碑")
    assert "can be read as that" in ((await supervisor.click("Lead unit"))["answer"] or "")
