"""A task that several leaders head: each sees it, may instruct, and hears the answers; lists put it under the first."""

from pathlib import Path

from core.rules.people import Post, Role
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH

SHARED = """关于印发湖西县2023年重点任务分工的通知

请各牵头单位于3月16日前报送推进计划。

1.新建口袋公园3个。
牵头领导：方竹筠县长、钟若谷副县长
牵头单位：县住建局
配合单位：县林业局
2.完成农村公路大修40公里。
牵头领导：钟若谷副县长
牵头单位：县交通局

湖西县人民政府办公室
2023年3月3日
"""


async def leader(office: World, person: str, name: str) -> Actor:
    office.demo.sandbox.add_person(person, name, role="leader")
    await office.demo.join(person, Post(Role.LEADER, leader_name=name))
    await office.demo.settle()
    return office.actor(person)


async def test_each_leader_sees_the_task_instructs_and_hears_the_answer(office: World, tmp_path: Path) -> None:
    supervisor = office.supervisor
    await supervisor.send(files=[("通知.txt", SHARED.encode())])
    await supervisor.click("确认交办")
    await supervisor.click("确认交办")
    await office.demo.join_units()
    first, second = await leader(office, "first", "方竹筠"), await leader(office, "second", "钟若谷")
    card = await supervisor.send("/task 1-1")
    assert "方竹筠县长、钟若谷副县长" in card
    assert "1-1" in await first.send("/tasks") and "1-1" in await second.send("/tasks")
    assert "不" in await first.send("/task 2-2"), "the other's own task is not hers"
    assert "牵头 2 项" in await second.send("/leader") and "牵头 1 项" in await first.send("/leader")
    # Whoever heads it second may instruct; both hear the answer, the first though she gave nothing.
    await second.send("/instruct 1-1 请月底前开工")
    await second.click("确认发出")
    unit = office.of("县住建局")
    told = next(m for m in reversed(unit.messages) if "【领导批示】1-1" in (m.get("text") or ""))
    await unit.reply(told, "已进场")
    assert "已进场" in first.text and "已进场" in second.text
    assert "签收 1/1" in await first.send("/instructions")
    # Late items: counted once, seen by both.
    await office.pass_to("2023-03-17T10:00")
    assert "1-1" in await first.send("/overdue") and "1-1" in await second.send("/overdue")
    assert "应报 <b>2</b>" in await supervisor.send("/progress") or "应报 2" in supervisor.text
    # A new version of the notice changes who heads it.
    other = SHARED.replace("牵头领导：方竹筠县长、钟若谷副县长", "牵头领导：方竹筠县长")
    await supervisor.send(files=[("通知.txt", other.encode())])
    await supervisor.click("比较差异")
    assert "方竹筠、钟若谷 → 方竹筠" in supervisor.text
    await supervisor.click("确认")
    assert "1-1" not in await second.send("/tasks") and "1-1" in await first.send("/tasks")
    assert "1-1" in await second.send("/tasks 3月17日 09:30"), "as of then she headed it"


async def test_a_second_leaders_card_opens_their_own_late_list(office: World, tmp_path: Path) -> None:
    """`/overdue` of a leader is all that they head, first or not, and nothing else, whichever way it was asked."""
    supervisor = office.supervisor
    third = SHARED.replace(
        "湖西县人民政府办公室\n2023",
        "3.修建健身步道5公里。\n牵头领导：方竹筠县长\n牵头单位：县体育局\n\n湖西县人民政府办公室\n2023",
    )
    await supervisor.send(files=[("通知.txt", third.encode())])
    await supervisor.click("确认交办")
    await supervisor.click("确认交办")
    await office.demo.join_units()
    second = await leader(office, "second", "钟若谷")
    await office.pass_to("2023-03-17T10:00")
    everything = await supervisor.send("/overdue")
    assert all(unit in everything for unit in ("县住建局", "县交通局", "县体育局"))
    ways = []
    for ask in ("/leader 钟若谷", "/overdue 钟若谷"):
        await supervisor.send(ask)
        if ask.startswith("/leader"):
            await supervisor.click("逾期清单")
        ways.append(supervisor.text)
    await supervisor.send("/overdue")
    await supervisor.click("按区领导")
    assert any("钟若谷" in label and "2" in label for label in supervisor.labels), supervisor.labels
    assert any("方竹筠" in label and "2" in label for label in supervisor.labels), supervisor.labels
    await supervisor.click(next(label for label in supervisor.labels if "钟若谷" in label))
    ways.append(supervisor.text)
    for text in ways:
        assert "县住建局" in text and "县交通局" in text and "县体育局" not in text, text
    assert "县体育局" not in await second.send("/overdue")
