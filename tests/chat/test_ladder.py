"""The ladder as data: checked on load, frozen with each obligation; leaders only hear by a supervisor's button."""

from pathlib import Path

import pytest

from tests.chat.world import Actor, World, monthly

EXAMPLE = Path(__file__).parents[2] / "examples" / "ladder.toml"
SHORT = b"""
[[report]]
offset = 0
name = "day_of"
adds = ["contact"]
[[report]]
offset = 2
name = "after_2"
adds = ["supervisor"]
"""


def escalation(actor: Actor) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(actor.messages) if "逾期提示" in (m.get("text") or ""))


def leader(world: World) -> Actor:
    return Actor(world, "leader")


async def test_the_ladder_in_force_is_shown_and_set_by_a_file(world: World) -> None:
    assert "系统默认" in await world.supervisor.send("/ladder")
    text = await world.supervisor.send(files=[("ladder.toml", EXAMPLE.read_bytes())])
    assert "已读取提醒档" in text and "逾期5个工作日：联系人、负责人、督查员、区领导" in text
    assert "系统默认" in await world.supervisor.send("/ladder")
    await world.supervisor.send(files=[("ladder.toml", EXAMPLE.read_bytes())])
    await world.supervisor.click("启用")
    assert "本室自定" in await world.supervisor.send("/ladder")
    await world.supervisor.click("恢复默认")
    assert "系统默认" in await world.supervisor.send("/ladder")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"not toml at all [", "不是有效的 TOML"),
        (b"", "没有找到提醒档"),
        (b'[[weekly]]\noffset = 0\nname = "a"\nadds = ["contact"]', "不认识的部分“weekly”"),
        (b'[[plan]]\noffset = 0\nname = "a"\nadds = ["mayor"]', "“推进计划”部分：第1档的 adds 里“mayor”不认识"),
        (b'[[plan]]\noffset = 0\nname = "a"\nadds = ["head"]', "第1档要包含联系人"),
        (b'[[plan]]\noffset = 500\nname = "a"\nadds = ["contact"]', "60 以内的整数工作日"),
        (b'[[plan]]\noffset = 1\nname = "a"\nadds = ["contact"]\n[[plan]]\noffset = 0\nname = "b"', "要晚于上一档"),
    ],
)
async def test_a_ladder_with_a_fault_is_refused_with_what_to_mend(world: World, content: bytes, answer: str) -> None:
    text = await world.supervisor.send(files=[("ladder.toml", content or b"# nothing")])
    assert "没有改动" in text and answer in text
    assert "系统默认" in await world.supervisor.send("/ladder")


async def test_a_new_ladder_rewrites_no_running_promise(world: World) -> None:
    """Plans keep the ladder they arose with; reports that arise later follow the new one."""
    await world.supervisor.send(files=[("ladder.toml", SHORT)])
    await world.supervisor.click("启用")
    await monthly(world)
    contact = world.of("区民政局")
    await contact.click("签收", next(m for m in contact.messages if "签收" in str(m.get("buttons"))))
    await world.pass_to("2023-03-14T10:00")
    assert any("推进计划" in m["text"] and "还有" in m["text"] for m in contact.messages if m["from"]["is_bot"])
    before = len(contact.messages)
    await world.pass_to("2023-03-23T18:00")
    assert not [m for m in contact.said_since(before) if "3月进展" in m["text"]]
    await world.pass_to("2023-03-24T18:00")
    assert [m for m in contact.said_since(before) if "3月进展" in m["text"] and "今天到期" in m["text"]]
    await world.pass_to("2023-03-28T18:00")
    assert "3月进展" in escalation(world.supervisor)["text"]


async def test_the_supervisor_hears_after_five_working_days_and_the_leader_only_by_the_button(world: World) -> None:
    boss = leader(world)
    before = len(boss.messages)
    await world.pass_to("2023-03-22T18:00")
    assert not [m for m in world.supervisor.messages if "逾期提示" in (m.get("text") or "")]
    await world.pass_to("2023-03-23T10:00")
    note = escalation(world.supervisor)
    assert "以下 5 项" in note["text"]
    assert not boss.said_since(before)
    await world.supervisor.click("提请区领导关注", note)
    assert "将提请区领导关注" in world.supervisor.text and not boss.said_since(before)
    await world.supervisor.click("确认发送")
    assert "已提请" in world.supervisor.text
    [told] = boss.said_since(before)
    assert "提请关注" in told["text"] and "逾期7天" in told["text"]


async def test_a_second_supervisor_does_not_tell_the_leader_again(world: World) -> None:
    await world.pass_to("2023-03-23T10:00")
    boss = leader(world)
    before = len(boss.messages)
    await world.supervisor.click("提请区领导关注", escalation(world.supervisor))
    await world.owner.click("提请区领导关注", escalation(world.owner))
    await world.supervisor.click("确认发送")
    await world.owner.click("确认发送")
    assert len(boss.said_since(before)) == 1
    await world.supervisor.click("提请区领导关注", escalation(world.supervisor))
    assert len(boss.said_since(before)) == 1


async def test_what_was_handed_in_since_is_not_told(world: World) -> None:
    await world.pass_to("2023-03-23T10:00")
    boss, contact = leader(world), world.of("区民政局")
    before = len(boss.messages)
    await world.supervisor.click("提请区领导关注", escalation(world.supervisor))
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家 3月：选址 4-12月：装修运营")
    await contact.click("提交")
    await world.supervisor.click("确认发送", next(m for m in reversed(world.supervisor.messages) if "es:ok" in str(m)))
    assert all("2-2" not in m["text"] for m in boss.said_since(before))


async def test_nobody_but_the_office_touches_the_ladder(world: World) -> None:
    assert "没有此项权限" in await world.of("区民政局").send("/ladder")
