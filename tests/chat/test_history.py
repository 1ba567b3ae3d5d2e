"""History: complete pages of a task, a unit and a person; who did what when, by which message, in whose words."""

import re
from pathlib import Path

from core.words.voice import voice
from tests.chat.world import BOTH, World, monthly

DATABASES = BOTH
ROOT = Path(__file__).parents[2]


async def test_a_task_a_unit_and_a_person_have_a_complete_history(world: World) -> None:
    boss, unit, leader = world.supervisor, world.of("区商务局"), world.actor("leader")
    await monthly(world)
    await world.pass_to("2023-03-22T10:00")
    nudge = next(m for m in reversed(unit.messages) if m["from"]["is_bot"] and "2-1" in (m.get("text") or ""))
    await unit.reply(nudge, "2-1 3月已引进 <2> 个项目，土地因素影响较大")
    written = unit.own["message_id"]
    # The task: the newest first, by which message, in the unit's own words.
    text = await boss.send("/history 2-1")
    assert "办理记录" in text and "新的在前" in text
    assert f"报送3月进展（第1版） · 消息№{written}" in text, text
    assert "3月已引进 <2> 个项目" in text
    assert "交办" in text and "定为月报" in text
    # What a button did is told by the message whose button it was.
    assert re.search(r"定为月报 · 消息№\d+", text)
    # The same for the unit, with the numbers of the tasks, and for the person; both by name, whole or in part.
    whole = await boss.send("/history 区商务局")
    assert "2-1 3月22日 10:00" in whole and "加入" in whole
    name = world.demo.sandbox.world.people[unit.person].name
    person = await boss.send(f"/history {name}")
    assert person.startswith(f"{name} 办理记录") and "报送3月进展" in person and "加入" in person
    # Pages are turned where they stand, forth and back.
    for n in range(8):
        await boss.send("/adjust 2-1")
        await boss.click("暂停" if n % 2 == 0 else "恢复")
        await boss.send(f"原因{n}")
        await boss.click("确认")
    await boss.send("/history 2-1")
    count = len(boss.messages)
    first = boss.text
    await boss.click(boss.labels[0])
    assert len(boss.messages) == count and "（2/" in boss.text
    await boss.click(boss.labels[0])
    assert boss.text == first
    # As of an earlier moment it ends there.
    then = await boss.send("/history 2-1 3月21日")
    assert then.startswith("截至2023年3月21日") and "报送3月进展" not in then and "交办" in then
    # From the cards.
    await boss.send("/task 2-1")
    await boss.click("办理记录")
    assert "办理记录：" in boss.text
    await boss.send("/unit 区商务局")
    await boss.click("办理记录")
    assert boss.text.startswith("区商务局 办理记录")
    # Who may look: a contact at their tasks, unit and colleagues; a leader at their tasks.
    assert "报送3月进展" in await unit.send("/history 2-1")
    assert (await unit.send("/history")).startswith("区商务局 办理记录")
    assert "不在您的任务范围内" in await unit.send("/history 1-1")
    assert "没有找到" in await unit.send("/history 区民政局")
    other = world.demo.sandbox.world.people[world.of("区民政局").person].name
    assert "没有找到" in await unit.send(f"/history {other}")
    assert "报送3月进展" in await leader.send("/history 2-1")
    assert "报送3月进展" in await leader.send("/history 区商务局")
    assert "不在您的任务范围内" in await leader.send("/history 1-1")
    assert "没有找到" in await leader.send(f"/history {name}")
    assert "没有编号为 9-9" in await boss.send("/history 9-9")
    assert "请带上任务编号" in await boss.send("/history")


def test_everything_that_happens_has_a_sentence() -> None:
    """Every name under which a use case writes into the history."""
    source = "".join(p.read_text("utf-8") for p in (ROOT / "core/cases").glob("*.py"))
    names = set(re.findall(r'history\.add\(\s*"([a-z_]+)"', source)) | set(
        re.findall(r'_log\(work, "([a-z_]+)"', source)
    )
    assert len(names) > 50
    for lang in ("zh", "en"):
        known = voice(lang).keys()
        missing = [n for n in sorted(names) if f"tasks.event_{n}" not in known and f"export.event_{n}" not in known]
        assert not missing, (lang, missing)
