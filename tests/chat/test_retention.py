"""What becomes of a closed notice's data: by the office's rule, with a warning, put off, kept, nameless, gone."""

from typing import Any

from sqlalchemy import select

from bot.doctor import _retention
from core.words.voice import voice
from core.work import Work
from storage.base import Base
from storage.work import OfficeStorage
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH
TEXT = "年度目标：建成4家，联系人王小明，联系电话 0512-55501234。3月：选址 4-12月：装修运营"


async def everything(world: World) -> dict[str, str]:
    """{table: all its rows as text}."""

    def dump(work: Work) -> dict[str, str]:
        session: Any = work.groups._session  # type: ignore[attr-defined]
        found = {}
        for table in Base.metadata.sorted_tables:
            found[table.name] = "\n".join(str(tuple(row)) for row in session.execute(select(table)))
        return found

    return await world.demo.work(dump)


def told_by_doctor(work: Work, world: World) -> list[str]:
    found = _retention(OfficeStorage({}), work.groups._session, world.demo.clock.now())  # type: ignore[attr-defined]
    return [voice("zh").plain(f"doctor.{one.name}", **one.values) for one in found]


async def a_year(world: World) -> tuple[Actor, Actor]:
    """A plan with a telephone number, an instruction, an extension; somebody left; the notice was closed on 3 April."""
    await world.pass_to("2023-03-13T10:00")
    contact, gone = world.of("区民政局"), await world.another_contact("区民政局", "马春芳")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send(TEXT)
    await contact.click("提交")
    await gone.send("/extend 2-2 2023-03-30 马春芳外出学习")
    await world.leaves(gone, "区民政局")
    await world.actor("leader").send("/instruct 2-2 请马春芳加快选址")
    await world.actor("leader").click("确认发出")
    await world.pass_to("2023-04-03T10:00")
    await world.supervisor.send("/close")
    await world.supervisor.click("确认收尾")
    await world.pass_to("2023-04-03T15:00")
    return contact, gone


async def test_a_rule_is_previewed_warned_of_put_off_and_then_all_of_the_notice_is_gone(world: World) -> None:
    contact, _ = await a_year(world)
    supervisor = world.supervisor
    assert "没有此项权限" in await contact.send("/retention")
    assert "一直保留" in await supervisor.send("资料留存")
    assert "没看懂" in await supervisor.send("/retention 随便")
    assert "1 到 240" in await supervisor.send("/retention 删除 0个月")
    await supervisor.send("/retention 删除")
    await supervisor.click("12 个月")
    assert "确认留存规定" in supervisor.text and "不能恢复" in supervisor.text and "2024年4月3日删除" in supervisor.text
    await supervisor.click("不改")
    assert "一直保留" in await supervisor.send("/retention"), "nothing holds before it is confirmed"
    await supervisor.send("/retention 删除 一年")
    await supervisor.click("确认")
    assert "已生效" in supervisor.text
    doctor = await world.demo.work(lambda work: told_by_doctor(work, world))
    assert doctor[0].endswith("收尾满 12 个月后删除资料。") and "2024-04-03，涉及 1 份" in doctor[1]
    await supervisor.send("/notice")
    await supervisor.click("已收尾：")
    assert "2024年4月3日删除全部资料" in supervisor.text

    # Warned five working days before, once, every supervisor; the archive first, then ways to put it off.
    before = {actor.person: len(actor.messages) for actor in (supervisor, world.owner, contact)}
    await world.pass_to("2024-03-27T15:00")
    warning = supervisor.last
    assert len(supervisor.messages) == before["supervisor"] + 1 and "资料即将到期" in supervisor.text
    assert "资料即将到期" in world.owner.text and len(contact.messages) == before[contact.person]
    await supervisor.click("归档包", warning)
    assert world.content(supervisor.last)[:2] == b"PK"
    await supervisor.click("推迟3个月", warning)
    assert "2024年7月3日删除" in supervisor.text
    assert "已经变了" in (await world.owner.click("推迟3个月", world.owner.last))["answer"], "two supervisors at once"
    await world.owner.click("一直保留", world.owner.last)
    await world.pass_to("2024-07-05T12:00")
    assert "指定一直保留" in await supervisor.send("/retention")
    await supervisor.click("恢复按规定")
    await world.pass_to("2024-07-05T12:05")
    assert "资料即将到期" in supervisor.text and "7月12日" in supervisor.text
    assert "建成4家" in str(await everything(world))

    await world.pass_to("2024-07-12T10:00")
    assert "已按规定删除" in supervisor.text and "任务 5 项" in supervisor.text
    tables = await everything(world)
    for trace in ("建成4家", "55501234", "王小明", "马春芳", "水渠", "加快选址"):
        assert not [name for name, rows in tables.items() if trace in rows], trace
    empty = ("task", "obligation", "report", "obligation_past", "task_past", "notice_past", "instruction", "extension")
    assert {name: tables[name] for name in empty} == dict.fromkeys(empty, "")
    assert "notice_cleared" in tables["event"] and "区民政局" in tables["unit"], "one line stays, and the units"
    assert "没有" in await supervisor.send("/progress")
    assert "还没有交办" in await supervisor.send("/notice")
    nudge = next(m for m in contact.messages if "推进计划" in (m.get("text") or "") and m["from"]["is_bot"])
    assert await contact.reply(nudge, "补报一下"), "an old reminder is answered all the same"
    await world.restart()
    await world.pass_to("2024-09-02T10:00")
    assert len(await world.demo.work(lambda work: work.people.all())) >= 8


async def test_nameless_keeps_tasks_and_figures_and_nobody(world: World) -> None:
    contact, gone = await a_year(world)
    supervisor = world.supervisor
    await world.pass_to("2023-06-10T11:00")
    await supervisor.send("/retention 匿名 1个月")
    await supervisor.click("确认")
    # The rule came late, and on a Saturday: warned on the next working day, done five working days later.
    await world.pass_to("2023-06-12T10:00")
    assert "资料即将到期" in supervisor.text and "6月19日" in supervisor.text
    await world.pass_to("2023-06-19T08:00")
    assert "资料即将到期" in supervisor.text
    await world.pass_to("2023-06-19T12:00")
    assert "已按规定隐去人员信息" in supervisor.text
    tables = await everything(world)
    for trace in ("55501234", "马春芳"):
        assert not [name for name, rows in tables.items() if trace in rows], trace
    assert "建成4家" in tables["report"] and "加快选址" in tables["instruction"]
    await supervisor.send("/notice")
    await supervisor.click("已收尾：")
    assert "已按规定隐去" in supervisor.text
    await supervisor.click("进展")
    assert "已报 1" in supervisor.text
    names = await world.demo.work(lambda work: [p.name for p in work.people.all()])
    assert "***" in names and names.count("***") == 2
    assert "我的任务" in str(contact.messages) or contact.text
    assert gone.person not in names
