"""Old buttons and old reminders after the state changed: the answer says what became of the task, and records nothing."""

from tests.chat.test_nudges import nudges
from tests.chat.test_units import lead_too
from tests.chat.world import BOTH, Actor, World, monthly

DATABASES = BOTH


async def adjusted(world: World, ref: str, what: str) -> None:
    await world.supervisor.send(f"/adjust {ref}")
    await world.supervisor.click(what)
    await world.supervisor.send("区里决定")
    await world.supervisor.click("确认")


async def nothing_recorded(world: World) -> None:
    assert await world.demo.work(lambda work: (work.reports.every(), work.extensions.every())) == ([], [])


async def answers(world: World, contact: Actor, ref: str) -> list[str]:
    """What an old reminder's buttons, a reply to it, and words that name the task are answered."""
    nudge = nudges(contact)[0]
    plan, extend = world.action(nudge, "填报计划"), world.action(nudge, "申请延期")
    out = []
    for action in (plan, extend):
        await contact.send("/help")
        world.plant(contact, "旧按钮", action)
        out.append((await contact.click("旧按钮"))["answer"])
    out.append(await contact.reply(nudge, "年度目标：按期完成 3-12月：推进"))
    out += [
        await contact.send(said) for said in (f"/plan {ref}", f"/extend {ref} 4月10日 材料不齐", f"{ref}：又推进一步")
    ]
    return out


async def test_of_a_suspended_a_dropped_and_a_completed_task(world: World) -> None:
    await world.pass_to("2023-03-09T10:00")
    contact = world.of("区民政局")
    for what, says in (
        ("暂停", "2-2 已暂停办理"),
        ("取消任务", "2-2 已取消"),
    ):
        await adjusted(world, "2-2", what)
        for said in await answers(world, contact, "2-2"):
            assert says in said, said
        await nothing_recorded(world)
        if what == "暂停":
            await adjusted(world, "2-2", "恢复办理")
    other = world.of("区商务局")
    await adjusted(world, "2-1", "办结销号")
    for said in await answers(world, other, "2-1"):
        assert "2-1 已办结销号" in said, said
    await nothing_recorded(world)


async def test_of_a_task_that_another_unit_has_now(world: World) -> None:
    await world.pass_to("2023-03-09T10:00")
    contact = world.of("区民政局")
    await world.demo.work(lambda work: lead_too(work, "2-2", "区商务局", world.demo.clock.now()))
    await adjusted_lead(world)
    said = await answers(world, contact, "2-2")
    assert all("2-2 已改由 区商务局 办理" in one for one in said[:3]), said
    await nothing_recorded(world)


async def adjusted_lead(world: World) -> None:
    await world.supervisor.send("/adjust 2-2")
    await world.supervisor.click("换牵头单位")
    await world.supervisor.send("区商务局")
    await world.supervisor.send("分工调整")
    await world.supervisor.click("确认")


async def test_of_a_closed_notice(world: World) -> None:
    await world.pass_to("2023-03-09T10:00")
    contact = world.of("区民政局")
    nudge = nudges(contact)[0]
    actions = [world.action(nudge, label) for label in ("填报计划", "申请延期")]
    await world.supervisor.send("/close")
    await world.supervisor.click("确认收尾")
    for action in actions:
        await contact.send("/help")
        world.plant(contact, "旧按钮", action)
        assert "已收尾，2-2 不再办理" in (await contact.click("旧按钮"))["answer"]
    await nothing_recorded(world)


async def test_thanks_for_an_old_reminder_are_no_report_and_get_no_lecture(world: World) -> None:
    await world.pass_to("2023-03-09T10:00")
    contact = world.of("区民政局")
    await adjusted(world, "2-2", "暂停")
    assert "没有记录" not in await contact.reply(nudges(contact)[0], "收到，谢谢")


async def test_a_corrected_message_that_names_its_task_is_the_report_without_the_number(world: World) -> None:
    contact = world.of("区民政局")
    await monthly(world)
    await world.pass_to("2023-04-04T10:00")
    await contact.send("2-2：选址完成")
    await contact.click(next(label for label in contact.labels if "3月进展" in label))
    await contact.edit(contact.own["message_id"], "2-2：选址完成，已开工1家")
    assert "已更新" in contact.text
    texts = await world.demo.work(lambda work: [report.text for report in work.reports.every()])
    assert texts[-1] == "选址完成，已开工1家", texts
