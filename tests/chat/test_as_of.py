"""Every list can be asked for as of a past day or moment: what changed since then is not seen, and seen now."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.chat.test_collect import asked, seen
from tests.chat.test_inspection import opened
from tests.chat.world import BOTH, Actor, World, monthly
from tests.plan_form.paper import last_file

DATABASES = BOTH


async def before(world: World) -> None:
    """Thursday, April 6: a plan waits for review, an extension and a call for an answer, a round is open."""
    water, homes = world.of("区水利局"), world.of("区民政局")
    await world.another_contact("区农业农村局", "helper")
    await world.another_contact("区商务局", "周九")
    await monthly(world)
    await world.pass_to("2023-04-06T10:00")
    await plan(homes, "2-2", "建成4家社区食堂")
    await water.send("/extend 1-1 4月20日 管线图未移交")
    await water.click("1-1 推进计划")
    await water.send("/collect 2-3")
    if "为哪一项" in water.text:
        await water.click("2-3 4月进展")
    await water.click("发送（1 个单位）")
    await opened(world, "2-1", "4月10日")
    await world.actor("leader").send("/instruct 2-2 请加快选址")
    await world.actor("leader").click("确认发出")


async def after(world: World) -> None:
    """Friday, April 7: handed in, accepted, returned, agreed, renamed, handed over, inspected, instructed."""
    office, water, trade = world.supervisor, world.of("区水利局"), world.of("区商务局")
    await world.pass_to("2023-04-07T10:00")
    await plan(water, "2-3", "修缮水渠12公里")
    await plan(trade, "2-1", "引进项目6个")
    await office.send("/review 区水利局")
    await office.click("采纳")
    await office.send("/review 区民政局")
    await office.click("退回")
    await office.send("请补充每月计划")
    await office.send("/extend")
    await office.click("1-1")
    await office.click("同意")
    await office.send("/units 改名 区民政局 区民政和社会局")
    await office.click("确认")
    await office.send("/inspect")
    await office.click("● 2023年第1轮")
    await office.click("改日期")
    await office.send("4月11日")
    await office.click("本轮情况")
    await office.click("开始：2-1")
    await office.send("签约台账缺失")
    await office.click("需整改")
    await opened(world, "2-2", "4月14日")
    await office.send("/classify 1-2 季报")
    await office.click("确认")
    await office.send("/digest")
    await office.click("开启")
    helper = world.actor("helper")
    await helper.reply(asked(helper)[-1], "协助清淤，累计修缮水渠3公里")
    homes = world.of("区民政局")
    await homes.click("签收", seen(homes, "【领导批示】2-2"))
    await water.send("/handover 周九")
    await water.click("确认移交给周九")


async def plan(actor: Actor, ref: str, goal: str) -> None:
    await actor.send("/plan")
    await actor.click(f"○ {ref}")
    await actor.send(f"年度目标：{goal} 3月：前期准备 4-12月：组织实施")
    await actor.click("提交")


# who, what is asked, what was to be seen then and isn't now, what is to be seen now and wasn't then
LISTS = (
    ("office", "/tasks", "2-2 [区民政局]", "2-2 [区民政和社会局]"),
    ("office", "/task 1-1", "推进计划：待报，3月16日截止，已逾期21天", "4月20日（原3月16日）"),
    ("office", "/task 2-2", "● 推进计划：4月6日 10:00", "退回推进计划第1版：请补充每月计划"),
    ("office", "/task 2-1", "○ 推进计划：待报", "督查要求4月21日前整改：签约台账缺失"),
    ("office", "/history 2-3", "（1/2，新的在前）\n4月6日", "采纳推进计划第1版"),
    ("office", "/history 区水利局", "34 条", "工作移交"),
    ("office", "/history 赵晓", "办理记录：3 条", "工作移交"),
    ("office", "/overdue", "逾期 9 项", "逾期 6 项"),
    ("office", "/progress", "推进计划：应报 5，已报 1", "推进计划：应报 5，已报 2"),
    ("office", "/summary", "逾期 9", "第二季度进展"),
    ("office", "/briefing", "逾期 9 项", "逾期 6 项"),
    ("office", "/unit 区民政局", "区民政局\n", "区民政和社会局"),
    ("office", "/leader 钟若谷", "（区民政局）", "（区民政和社会局）"),
    ("office", "/receipts", "○ 区水利局", "● 区水利局：周九"),
    ("office", "/reach", "（以下均为当时情况）", "为未加入单位生成邀请"),
    ("office", "/people", "赵晓　区水利局联系人", "李涛　区民政和社会局联系人"),
    ("office", "/instructions", "签收 0/1", "签收 1/1"),
    ("office", "/rounds", "2023年第1轮督查（4月10日）", "2023年第2轮督查（4月14日）"),
    ("office", "/inspect", "2023年第1轮督查（4月10日）", "2023年第2轮督查（4月14日）"),
    ("office", "/inspect 月报", "2-1 逾期、第1轮中", "第2轮中"),
    ("office", "/review", "2-2 推进计划 · 区民政局", "2-1 推进计划 · 区商务局"),
    ("office", "/extend", "1-1 区水利局 推进计划 → 4月20日", "没有待答复的延期申请"),
    ("office", "/digest", "未开启", "已开启"),
    ("office", "/classify", "月报 5 项", "季报 1 项"),
    ("office", "/notice", "计划已报 1/5", "计划已报 2/5"),
    ("office", "/units", "区民政局", "区民政和社会局"),
    ("leader", "/tasks", "（区民政局）", "（区民政和社会局）"),
    ("leader", "/overdue", "逾期 5 项", "逾期 3 项"),
    ("leader", "/progress", "已报 1 · 待报 0 · 逾期 2", "已报 2 · 待报 1 · 逾期 0"),
    ("leader", "/rounds", "第1轮督查（4月10日）", "第2轮督查（4月14日）"),
    ("leader", "/instructions", "签收 0/1", "签收 1/1"),
    ("周九", "/tasks", "待报推进计划", "签约台账缺失"),
    ("周九", "/overdue", "逾期 6 项", "已同意延期 1 项"),
    ("周九", "/progress", "逾期 6", "督查整改"),
    ("周九", "/rounds", "2-1 引进亿元以上项目6个：未查", "需整改：签约台账缺失"),
    ("周九", "/collect 2-3", "剩19天", "剩18天"),
    ("group", "/overdue", "逾期 9", "逾期 6"),
    ("group", "/progress", "逾期 9", "逾期 6"),
    ("group", "/summary", "逾期 9", "逾期 6"),
)

# what can't be asked for as of a past day, and the reason that is given
ONLY_NOW = (
    ("office", "/hours 4月6日", "设置只显示现在的"),
    ("office", "/ladder 4月6日", "设置只显示现在的"),
    ("office", "/retention 昨天", "设置只显示现在的"),
    ("office", "/invites 4月6日", "邀请链接只有现在的有效"),
    ("office", "/rehearse 4月6日", "预演只从今天往后看"),
    ("周九", "/plan 4月6日", "总是现在的事项"),
    ("周九", "/report 昨天", "总是现在的事项"),
    ("周九", "/extend 4月6日", "总是现在的事项"),
    ("office", "/classify 全部 季报 4月6日", "只能看现在的"),
    ("office", "/units 改名 区民政局 区社会局 4月6日", "只能看现在的"),
    ("office", "/collect 5 4月6日", "只能看现在的"),
)


def shown(actor: Actor, count: int) -> str:
    """All that the bot said since, with the buttons."""
    said = actor.said_since(count)
    labels = [cell["label"] for m in said for row in m.get("buttons") or [] for cell in row]
    return "\n".join([*(m.get("text") or m.get("caption") or "" for m in said), *labels])


async def test_no_list_of_a_past_moment_shows_what_changed_later_and_each_says_of_when_it_is(world: World) -> None:
    await before(world)
    await after(world)
    office = world.supervisor
    actors = {"office": office, "leader": world.actor("leader"), "周九": world.actor("周九"), "group": world.group}
    wrong: list[object] = []
    for who, asked_for, then, now in LISTS:
        actor = actors[who]
        count = len(actor.messages)
        await actor.send(asked_for)
        seen_now = shown(actor, count)
        if now not in seen_now or then in seen_now:
            wrong.append((asked_for, "now", seen_now))
        for named, head in (("4月6日", "截至2023年4月6日当日"), ("2023-04-06 20:00", "截至2023年4月6日 20:00")):
            count = len(actor.messages)
            await actor.send(f"{asked_for} {named}")
            seen_then = shown(actor, count)
            headed = all((m.get("text") or m.get("caption")).startswith(head) for m in actor.said_since(count))
            if then not in seen_then or now in seen_then or not headed:
                wrong.append((asked_for, named, seen_then))
    assert not wrong, wrong
    for who, asked_for, why in ONLY_NOW:
        assert why in await actors[who].send(asked_for), asked_for
    for asked_for in ("/extend 2-3", "/plan 2-1", "/inspect 2-1", "/classify 2-3 2-1"):
        answer = await (office if asked_for.startswith(("/inspect", "/classify")) else actors["周九"]).send(asked_for)
        assert "截至" not in answer and "总是现在的" not in answer, "a task's number is no day"
    await office.send("/cancel")
    await cards(world)
    await tables(office)


async def cards(world: World) -> None:
    """Below a list of then everything is of then, and nothing can be changed there."""
    office, desk = world.supervisor, world.actor("周九")
    await office.send("/inspect 4月6日")
    rounds = office.said_since(0)[-2]
    assert "建议督查 4 项" in office.text
    text, labels = await pressed(office, rounds, "● 2023年第1轮督查（4月10日）")
    assert text.startswith("截至2023年4月6日当日") and "未确认：区商务局" in text
    assert labels == ["开始：2-1 区商务局", "按单位", "督查通报", "各轮督查"]
    text, labels = await pressed(office, rounds, "开始")
    assert labels == ["按单位", "本轮情况"] and "签约台账缺失" not in text and "直接发" not in text
    text, labels = await pressed(office, rounds, "本轮情况")
    text, labels = await pressed(office, rounds, "督查通报")
    assert "2-1 引进亿元以上项目6个：未查" in text and labels == ["Word", "PDF", "本轮情况"]
    world.plant(office, "记为正常", "fd:k:1:fine:@20230406")
    assert "已失效" in (await office.click("记为正常"))["answer"]
    await office.send("/review 4月6日")
    assert office.labels == ["按区领导", "按单位"]
    world.plant(office, "采纳", "rv:ok:1::@20230406")
    assert "已失效" in (await office.click("采纳"))["answer"]
    await office.send("/extend 4月6日")
    await office.click("1-1 区水利局")
    assert office.text.startswith("截至2023年4月6日当日") and not office.labels
    await office.send("/units 4月6日")
    await office.click("区民政局")
    assert office.text.startswith("截至2023年4月6日当日") and "改名为" not in office.text and not office.labels
    await office.send("/digest 4月6日")
    await office.click("钟若谷副区长")
    assert office.text.startswith("截至2023年4月6日当日") and "区民政局" in office.text
    await office.send("/classify 4月6日")
    await office.click("逐项")
    assert office.text.startswith("截至2023年4月6日当日") and "季报" not in office.text
    leader = world.actor("leader")
    for named, changeable in ((" 4月6日", False), ("", True)):
        await leader.send(f"/instructions{named}")
        await leader.click("2-2")
        assert any(label.startswith(("更正", "撤回")) for label in leader.labels) is changeable, leader.labels
    await desk.send("/collect 2-3 4月6日")
    await desk.click("2-3 4月进展")
    assert desk.text.startswith("截至2023年4月6日当日") and "已答复 0/1" in desk.text
    await desk.send("/collect 2-3")
    await desk.click("2-3 4月进展")
    assert "已答复 1/1" in desk.text


async def pressed(actor: Actor, message: dict[str, Any], label: str) -> tuple[str, list[str]]:
    """(text, labels) of a message after one of its buttons was pressed."""
    await actor.click(label, actor.said(message))
    now = actor.said(message)
    return now["text"], [cell["label"] for row in now.get("buttons") or [] for cell in row]


async def tables(office: Actor) -> None:
    """Every table of /export, in both kinds; what can't be taken out of then says why."""
    for name, then, now in (
        ("任务", "区民政局", "区民政和社会局"),
        ("计划", "区民政局", "修缮水渠12公里"),
        ("进展", "区民政局", "区民政和社会局"),
        ("逾期", "推进计划", "区民政和社会局"),
        ("督查", "2023年第1轮督查（4月10日）", "签约台账缺失"),
        ("办理记录", "管线图未移交", "签约台账缺失"),
    ):
        for kind in ("Excel", "CSV"):
            assert now in await table(office, "/export", f"{name} {kind}")
            of_then = await table(office, "/export 4月6日", f"{name} {kind}")
            assert then in of_then and now not in of_then, name
            assert office.text.startswith("截至2023年4月6日当日")
    await office.send("/export 4月6日")
    assert "总是现在的" in (await office.click("计划表汇编 Word"))["answer"]
    assert "过去任一时刻" in (await office.click("全部数据"))["answer"]


async def table(office: Actor, asked_for: str, label: str) -> str:
    await office.send(asked_for)
    await office.click(label)
    name, content = last_file(office)
    if name.endswith(".csv"):
        return content.decode("utf-8-sig")
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
