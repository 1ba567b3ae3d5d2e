"""Joining by one-time link only; the supervisor is told and can undo."""

from datetime import timedelta

from core.cases.people import invite
from core.rules.people import Post, Role
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


async def test_a_stranger_is_told_how_to_join_and_sees_nothing(office: World) -> None:
    assert "邀请链接" in await office.stranger.send("/start")
    for asked in ("/overdue", "我的任务", "/invites", "随便说说"):
        assert "邀请链接" in await office.stranger.send(asked)


async def test_a_link_works_once(office: World) -> None:
    _, token = await office.demo.work(lambda work: invite(work, Post(Role.SUPERVISOR), office.demo.clock.now()))
    assert "督查员" in await office.stranger.send(f"/start {token}")
    assert "督查员" in await office.stranger.send(f"/start {token}")
    office.demo.sandbox.add_person("second", "又一个人")
    assert "已被使用" in await Actor(office, "second").send(f"/start {token}")


async def test_a_link_dies_after_two_weeks(office: World) -> None:
    _, token = await office.demo.work(lambda work: invite(work, Post(Role.SUPERVISOR), office.demo.clock.now()))
    office.demo.clock.set(office.demo.clock.now() + timedelta(days=14, minutes=1))
    assert "已过期" in await office.stranger.send(f"/start {token}")


async def test_the_supervisor_hears_who_joined_and_can_undo_it(world: World) -> None:
    _, token = await world.demo.work(
        lambda work: invite(work, Post(Role.CONTACT, work.notices.find_units("区水利局")[0].id), world.demo.clock.now())
    )
    await world.stranger.send(f"/start {token}")
    board = world.supervisor.text
    assert "今天已有 10 人加入" in board and "路过的人\u3000区水利局联系人" in board
    await world.supervisor.click("撤销：路过的人")
    assert "今天已有 9 人加入" in world.supervisor.text and "（已撤销）" in world.supervisor.text
    assert "已由督查室撤销" in world.stranger.text
    assert "邀请链接" in await world.stranger.send("我的任务")


async def test_a_unit_named_with_the_command_is_offered_at_once(world: World) -> None:
    await world.supervisor.send("/invites 水利")
    assert world.supervisor.labels == ["区水利局", "负责人"]
    await world.supervisor.click("区水利局")
    link = world.supervisor.last
    assert "区水利局联系人" in link["caption"] and "start=" in link["caption"]
    await world.supervisor.send("/invites")
    await world.supervisor.click("查看、撤销未用链接")
    await world.supervisor.click("撤销此链接", link)
    void = world.supervisor.said(link)
    assert "已撤销" in void["caption"] and "start=" not in void["caption"] and not void["buttons"]
    assert "已撤销" in await world.stranger.send(f"/start {link['caption'].partition('start=')[2].split()[0]}")
    assert "没有找到“天上的局”" in await world.supervisor.send("/invites 天上的局")


async def test_reach_names_units_that_nobody_joined_for(world: World) -> None:
    text = await world.supervisor.send("/reach")
    assert "未加入 2" in text


async def test_who_blocks_the_bot_is_shown_in_reach_and_comes_back(world: World) -> None:
    contact = world.of("区水利局")
    await world.demo.sandbox.block(contact.person, wait=True)
    assert "已停用 1" in await world.supervisor.send("/reach")
    await world.demo.sandbox.unblock(contact.person, wait=True)
    await contact.send("/start")
    assert "已停用 0" in await world.supervisor.send("/reach")
