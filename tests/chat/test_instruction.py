"""Instructions: a leader's word on a task reaches the units with a receipt, and their answers come back in one note."""

from core.ports import Source
from tests.chat.world import Actor, World


def newest(actor: Actor, words: str) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(actor.messages) if words in (m.get("text") or ""))


async def test_an_instruction_goes_out_is_confirmed_answered_and_stands_in_the_history(world: World) -> None:
    leader, lead = world.actor("leader"), world.of("区商务局")
    co = await world.another_contact("区财政局", "newcomer")
    overview = await leader.send("我的任务")
    assert "牵头 3 项重点工作" in overview and "2-1" in str(leader.labels)
    # A plain reply to the task's card is the instruction; nothing goes out before it is confirmed.
    await leader.send("/task 2-1")
    before = len(lead.messages)
    preview = await leader.reply(leader.last, "请抓紧对接，月底前报送 <结果>")
    assert "确认批示" in preview and "发给 区商务局" in preview and "区财政局" not in preview
    assert not lead.said_since(before)
    assert "先报名单" in await leader.send("请抓紧对接，先报名单"), "typed again, it replaces the preview"
    await leader.click("同时发给配合单位")
    assert "发给 区财政局" in leader.text
    await leader.click("确认发出")
    assert "批示已发出" in leader.text
    for unit in (lead, co):
        assert "先报名单" in newest(unit, "【领导批示】2-1")["text"]
    assert "发至：区商务局、区财政局" in newest(world.supervisor, "【领导批示】")["text"]
    # One receipt is the unit's; a second press says so.
    card = newest(lead, "【领导批示】2-1")
    action = world.action(card, "签收")
    await lead.click("签收", card)
    assert "✓ 已签收" in newest(lead, "【领导批示】2-1")["text"]
    world.plant(lead, "签收", action)
    assert "无需重复" in ((await lead.click("签收"))["answer"] or "")
    # Two answers, one note for the leader, which grows; the office has it too.
    told = len(leader.messages)
    await lead.reply(newest(lead, "【领导批示】2-1"), "名单已报，下周签约")
    await co.reply(newest(co, "【领导批示】2-1"), "资金已安排")
    notes = [m for m in leader.said_since(told) if "批示反馈" in m["text"]]
    assert len(notes) == 1 and "名单已报" in notes[0]["text"] and "资金已安排" in notes[0]["text"]
    assert "资金已安排" in newest(world.supervisor, "批示反馈")["text"]
    assert "签收 2/2" in await world.supervisor.send("/instructions")
    history = await world.supervisor.send("/task 2-1")
    assert "批示：请抓紧对接，先报名单" in history and "反馈批示（区商务局）：名单已报，下周签约" in history


async def test_who_does_not_confirm_is_reminded_once_and_a_correction_takes_its_place(world: World) -> None:
    leader, unit = world.actor("leader"), world.of("区民政局")
    await leader.send("/instruct 2-2 请加快选址")
    await leader.click("确认发出")
    sent = leader.last
    before = len(unit.messages)
    await world.pass_to("2023-03-07T10:00")
    again = [m for m in unit.said_since(before) if "请签收批示" in m["text"]]
    assert len(again) == 1
    await world.pass_to("2023-03-10T10:00")
    assert len([m for m in unit.said_since(before) if "请签收批示" in m["text"]]) == 1
    state = await world.supervisor.send("批示情况")
    assert "未全部签收 1 件" in state
    await world.supervisor.click("2-2")
    assert "3月7日 09:00已提醒" in world.supervisor.text
    then = await world.supervisor.send("/instructions 3月6日")
    assert "截至2023年3月6日" in then and "签收 0/1" in then
    await leader.click("更正", sent)
    await leader.send("请加快选址，优先老旧小区")
    await leader.click("确认发出")
    assert "已更正" in newest(unit, "批示已更正")["text"]
    fresh = newest(unit, "优先老旧小区")
    assert "以此件为准" in fresh["text"]
    await unit.click("签收", fresh)
    await leader.click("撤回")
    assert "已撤回" in leader.text
    assert "批示已撤回" in unit.text, "who had confirmed it hears of it"
    assert "已撤回或更正" in await unit.reply(fresh, "好的")
    await world.supervisor.send("/adjust 2-2")
    await world.supervisor.click("暂停")
    await world.supervisor.send("资金未落实")
    await world.supervisor.click("确认")
    assert "已暂停" in await leader.send("/instruct 2-2 请继续")
    assert "不是您牵头的任务" in await leader.send("/instruct 1-1 请继续")
    assert "没有编号为 9-9" in await leader.send("/instruct 9-9 请继续")
    assert "请写上批示内容" in await leader.send("/instruct 2-1 a")
    assert "没有此项权限" in await unit.send("/instruct 2-2 试试")


async def test_a_unit_without_anybody_is_told_to_the_office_and_gets_it_on_joining(world: World) -> None:
    leader, unit = world.actor("leader"), world.of("区民政局")
    await world.leaves(unit, "区民政局")
    await leader.send("批示")
    await leader.click("2-2")
    await leader.send("请加快选址")
    assert "无人可联系" in leader.text
    await leader.click("确认发出")
    assert "区民政局</b>无人可联系" in str(world.supervisor.last) or "无人可联系，请转达" in world.supervisor.text
    joined = await world.another_contact("区民政局", "newcomer")
    card = newest(joined, "【领导批示】2-2")
    await joined.click("签收", card)
    assert "签收 1/1" in await leader.send("/instructions")
    await leader.click("2-2")
    await leader.click("2-2")
    assert "社区食堂" in leader.text


async def test_an_answer_after_the_year_is_closed_is_kept_and_says_whom_it_reaches(world: World) -> None:
    leader, unit, office = world.actor("leader"), world.of("区民政局"), world.supervisor
    await leader.send("/instruct 2-2 请加快选址")
    await leader.click("确认发出")
    card = newest(unit, "【领导批示】2-2")
    receipt = world.action(card, "签收")
    await leader.send("/task 2-2")
    shown = leader.last
    await office.send("/close")
    await office.click("确认收尾")
    await world.pass_to("2023-03-03T12:00")
    # A receipt is no longer asked for; an answer is kept, and the office alone hears of it.
    world.plant(unit, "签收", receipt)
    assert "无需再签收" in (await unit.click("签收"))["answer"]
    heard, noted = len(leader.messages), len(office.messages)
    answer = await unit.reply(card, "选址已定")
    assert "已存档" in answer and "已收尾" in answer and "已告知督查室（" in answer
    await unit.reply(card, "图纸随后送到")
    await world.pass_to("2023-03-07T12:00")
    assert not leader.said_since(heard), "nothing more goes to a leader"
    notes = office.said_since(noted)
    assert len(notes) == 1 and "选址已定" in notes[0]["text"] and "图纸随后送到" in notes[0]["text"]
    assert "反馈只存档" in notes[0]["text"]
    await office.click("签收情况", notes[0])
    assert "选址已定" in office.text
    # The leader's own card is of last year too.
    assert "已收尾，不能再批示" in await leader.reply(shown, "请继续")
    # Who joins the unit now is not handed last year's instruction.
    joined = await world.another_contact("区民政局", "newcomer")
    assert not any("领导批示" in (m["text"] or "") for m in joined.messages)


async def test_a_desk_finds_its_old_instruction_behind_hundreds_to_others(world: World) -> None:
    leader, unit, other = world.actor("leader"), world.of("区民政局"), world.of("区商务局")
    await leader.send("/instruct 2-2 请加快选址")
    await leader.click("确认发出")
    number = world.demo.sandbox.world.people[leader.person].user_id

    def many(work) -> None:  # type: ignore[no-untyped-def]
        by, task = work.people.by_telegram(number), work.notices.tasks_named("2-1")[0]
        now = world.demo.clock.now()
        for n in range(205):
            work.instructions.give(task.id, by.id, f"第{n}件", [(task.leads[0].id, now)], Source(by.chat_id, n), now)

    await world.demo.work(many)
    listed = await unit.send("/instructions")
    assert "<b>批示</b> 1 件" in listed or "批示 1 件" in listed
    assert "请加快选址" in listed and "第204件" not in listed
    await unit.click("2-2")
    assert "请加快选址" in unit.text
    assert "请加快选址" not in await other.send("/instructions")
