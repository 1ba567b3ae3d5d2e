"""Notices that name no lead, or hold no task at all: asked about, shown as shared, never made up."""

from pathlib import Path

import pytest

from tests.chat.world import Actor, World

NO_LEAD = """关于印发湖西县2023年实事任务分解的通知

1.新建口袋公园3个。
责任单位：县住建局、县林业局
2.完成农村公路大修40公里。
责任单位：县交通局、县财政局、县林业局
"""
NO_TASK = """湖西县人民政府办公室文件

现将有关事项公布如下，请知悉。
"""


def saved(folder: Path, text: str) -> Path:
    path = folder / "通知.txt"
    path.write_text(text, encoding="utf-8")
    return path


async def test_units_without_a_named_lead_are_told_that_they_share_the_task(office: World, tmp_path: Path) -> None:
    supervisor = office.supervisor
    await supervisor.send(files=[("通知.txt", saved(tmp_path, NO_LEAD).read_bytes())])
    await supervisor.click("确认交办")
    await supervisor.click("确认交办")
    assert "2 项任务没有牵头单位" in supervisor.text
    await office.demo.join_units()
    contact = office.of("县林业局")
    assert "共同负责 2 项" in contact.text and "配合" not in contact.text
    await contact.send("我的任务")
    assert "[责任]" in contact.text


async def test_the_demo_lets_the_first_listed_lead_when_asked(office: World, tmp_path: Path) -> None:
    await office.demo.take(saved(tmp_path, NO_LEAD))
    await office.demo.join_units()
    assert "牵头 1 项" in office.of("县住建局").text
    assert "牵头 1 项" in office.of("县交通局").text


async def test_a_notice_without_tasks_assigns_nothing_and_says_so(office: World, tmp_path: Path) -> None:
    await office.demo.take(saved(tmp_path, NO_TASK))
    assert "没有找到任务" in office.supervisor.text
    await office.demo.join_units()
    with pytest.raises(StopIteration):
        office.of("县住建局")


async def test_a_list_for_the_office_names_those_who_share(office: World, tmp_path: Path) -> None:
    supervisor: Actor = office.supervisor
    await supervisor.send(files=[("通知.txt", saved(tmp_path, NO_LEAD).read_bytes())])
    await supervisor.click("确认交办")
    await supervisor.click("确认交办")
    assert "县住建局、县林业局" in await supervisor.send("/tasks")
