"""Inspection with two supervisors in one round, and second thoughts before and after the unit was told."""

from core.cases.adjust import set_leads
from core.work import Work
from tests.chat.test_inspection import PHOTO, late, opened, told
from tests.chat.world import BOTH, World

DATABASES = BOTH


async def test_two_supervisors_in_one_round_and_second_thoughts(world: World) -> None:
    supervisor, owner, contact = world.supervisor, world.owner, world.of("区民政局")
    await late(world)
    await opened(world, "2-2 2-1")
    for actor in (supervisor, owner):
        await actor.send("/inspect")
        await actor.click("● 2023年第1轮")
        await actor.click("开始：2-1")
    stale = owner.last
    await supervisor.click("情况正常")
    assert "已标为情况正常" in str(await owner.click("情况正常", stale))
    # Each has a note of their own; what the owner finds replaces the bare mark.
    await owner.send("签约项目无合同")
    await supervisor.click("下一项")
    await supervisor.send("食堂未设无障碍通道")
    await owner.click("需整改")
    await supervisor.click("需整改")
    await owner.click("本轮情况")
    assert "已查 2/2：正常 0，需整改 2" in owner.text
    # Corrected before the unit read it: words by editing the message, the date by button; then withdrawn: not a word.
    await supervisor.edit(supervisor.own["message_id"], "食堂未设无障碍坡道")
    assert "已修改" in supervisor.text and "坡道" in supervisor.text
    await supervisor.click("改期限")
    assert "4月28日前" in await supervisor.send("4月28日")
    await supervisor.click("撤回")
    await supervisor.click("确认撤回")
    await world.pass_to("2023-04-06T11:00")
    assert not told(contact, "整改"), "what was withdrawn in time is never said"
    assert len(told(world.of("区商务局"), "督查整改")) == 1
    # After it was said, the same changes are told.
    await supervisor.send("消防通道被占")
    await supervisor.click("需整改")
    await world.pass_to("2023-04-06T11:10")
    first = told(contact, "督查整改")
    assert len(first) == 1 and "消防通道被占" in first[0]["text"]
    await supervisor.click("改第2条")
    await supervisor.click("改内容")
    await supervisor.send("消防通道被占，须清空")
    assert "须清空" in told(contact, "整改要求有变")[0]["text"]
    await contact.reply(first[0], "已清空，见照片", files=PHOTO)
    assert "【已收到】" in contact.text
    await supervisor.click("撤回")
    assert "单位已报整改情况" in str(await supervisor.click("确认撤回"))
    # Photos added later, an album counted once.
    await supervisor.click("‹ 返回")
    await supervisor.click("补附件")
    await supervisor.send("", files=PHOTO)
    assert "附件 1 个" in "".join(m.get("text") or "" for m in supervisor.messages[-3:])
    # A document sent at a stop is evidence, not a notice.
    await supervisor.send("/inspect")
    await supervisor.click("● 2023年第1轮")
    await supervisor.click("按单位")
    await supervisor.click("区商务局")
    await supervisor.send("合同扫描件另附", files=[("合同.docx", b"PK-not-a-notice")])
    assert "附件 1 个" in supervisor.text and "合同扫描件另附" in supervisor.text
    await supervisor.click("仅记录")
    # Nothing more can be recorded once the round is over; the other supervisor is told so.
    await owner.send("/inspect")
    await owner.click("● 2023年第1轮")
    await owner.click("结束本轮")
    await owner.click("结束，出通报")
    assert "已经结束" in await supervisor.send("还有一个问题")
    # The same task in a second round.
    await opened(world, "2-1", "4月20日")
    assert "第2轮" in supervisor.text
    await supervisor.click("开始：2-1")
    await supervisor.send("合同仍未补齐")
    await supervisor.click("需整改")
    assert "4月6日督查整改" in await supervisor.send("/task 2-1")
    # The task passes to another unit while the round is under way: what is found from then on is that unit's.
    now = world.demo.clock.now()

    def pass_over(work: Work) -> None:
        task = work.notices.tasks_named("2-1")[0]
        assert task is not None
        set_leads(work, task, (work.notices.find_units("区水利局")[0],), now)

    await world.demo.work(pass_over)
    await opened(world, "2-2", "4月21日", owner)
    await supervisor.send("/inspect")
    await supervisor.click("● 2023年第2轮")
    await supervisor.click("按单位")
    await supervisor.click("区商务局")
    await supervisor.send("付款凭证未见")
    await supervisor.click("需整改")
    await world.pass_to("2023-04-06T11:30")
    assert "付款凭证未见" in told(world.of("区水利局"), "督查整改")[-1]["text"]
    assert not any("付款凭证未见" in m["text"] for m in told(world.of("区商务局"), "督查整改"))
