"""Completion (办结 / 销号): reported with evidence, accepted or returned; a task done owes nothing further."""

from typing import Any

from tests.chat.world import Actor, World

PHOTO = ("完工.docx", b"PK-evidence")


async def report(contact: Actor, text: str = "4家食堂全部开业") -> None:
    await contact.send("/done 2-2")
    await contact.send(text, files=[PHOTO])


def reported(actor: Actor) -> dict[str, Any]:
    return next(m for m in reversed(actor.messages) if "【办结申报】" in (m.get("text") or ""))


async def test_a_task_reported_done_with_evidence_is_closed_by_the_supervisor(world: World) -> None:
    contact = world.of("区民政局")
    await report(contact)
    assert "已申报办结】2-2" in contact.text and "附件 1 个" in contact.text
    await world.supervisor.click("审核", reported(world.supervisor))
    assert "办结申报" in world.supervisor.text
    await world.supervisor.click("附件（1）")
    assert "完工.docx" in str(world.supervisor.last)
    await world.supervisor.send("/review")
    await world.supervisor.click("办结销号")
    assert "【办结销号】2-2" in contact.text and "无需再报" in contact.text
    before = len(contact.messages)
    await world.pass_to("2023-03-24T18:00")
    assert not [m for m in contact.said_since(before) if "2-2" in (m.get("text") or "")]
    assert "逾期 4 项" in await world.supervisor.send("/overdue")
    assert "已办结" in await world.supervisor.send("/task 2-2")
    assert "已办结，无需再申报" in await contact.send("/done 2-2")


async def test_words_first_and_the_evidence_after(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/done")
    await contact.click("2-2")
    assert "佐证" in await contact.send("4家食堂全部开业")
    await contact.send(files=[PHOTO])
    assert "附件 1 个" in contact.text
    assert "4家食堂全部开业" in reported(world.supervisor)["text"]


async def test_without_files_the_office_decides_whether_words_are_enough(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/done 2-2")
    await contact.send("4家食堂全部开业")
    await contact.click("没有附件")
    assert "附件 0 个" in contact.text and "4家食堂" in reported(world.supervisor)["text"]


async def test_a_returned_completion_says_what_is_missing_and_the_reply_reports_it_anew(world: World) -> None:
    contact = world.of("区民政局")
    await report(contact)
    await world.supervisor.send("/review")
    await world.supervisor.click("退回")
    await world.supervisor.send("请补充第4家的开业照片")
    told = contact.last
    assert "请补充第4家的开业照片" in told["text"] and "重新申报" in told["text"]
    await world.pass_to("2023-03-10T18:00")
    assert "2-2" in await contact.send("/plan") or "2-2" in str(contact.last)
    await contact.reply(told, "第4家开业照片见附件", files=[PHOTO])
    assert "第2版" in contact.text
    await world.supervisor.send("/review")
    assert "退回理由：请补充第4家的开业照片" in world.supervisor.text
    await world.supervisor.click("办结销号")
    assert "已办结" in await world.supervisor.send("/task 2-2")


async def test_a_completion_counts_in_no_figure(world: World) -> None:
    await report(world.of("区民政局"))
    assert "应报 5：已报 0" in await world.supervisor.send("/progress")


async def test_only_the_lead_reports_it(world: World) -> None:
    assert "由牵头单位申报" in await world.of("区住建局").send("/done 1-1")
    assert "不在您的任务范围内" in await world.of("区商务局").send("/done 2-2")


async def test_it_is_taken_back_before_the_office_decides(world: World) -> None:
    contact = world.of("区民政局")
    await report(contact)
    await contact.click("撤回")
    assert "没有待审核" in await world.supervisor.send("/review")
    await report(contact, "这次真的完成了")
    assert "这次真的完成了" in await world.supervisor.send("/review")


async def test_the_supervisor_closes_a_task_without_a_report(world: World) -> None:
    await world.supervisor.send("/done 2-2")
    await world.supervisor.send("现场核查已全部开业")
    await world.supervisor.click("确认")
    assert "【办结销号】2-2" in world.of("区民政局").text
