"""A year of the example notice, played end to end: who is told what when, what is handed in, what stays open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.rules.calendar import WorkCalendar
from core.rules.courtesy import UNASKED_PER_DAY
from tests.chat.world import ZONE, Actor, World

EXAMPLE = Path(__file__).parents[2] / "examples" / "notice.txt"
MONTH_ENDS = ("03-31", "04-28", "05-31", "06-30", "07-31", "08-31", "09-28", "10-31", "11-30")
PLAN = "年度目标：按通知完成\n" + "\n".join(f"{month}月：推进第{month}步" for month in range(3, 13))


@pytest.fixture
async def year(tmp_path: Path) -> AsyncIterator[World]:
    world = World(tmp_path)
    await world.assigned(EXAMPLE)
    yield world
    await world.close()


def reminders(actor: Actor) -> list[dict[str, Any]]:
    return [m for m in actor.messages if m["from"]["is_bot"] and "【提醒】" in (m["text"] or "")]


async def file_plans(actor: Actor) -> int:
    filed = 0
    while any(label.startswith("○") for label in ((await actor.send("/plan")), actor.labels)[1]):
        await actor.click("○")
        await actor.send(PLAN)
        await actor.click("提交")
        assert "【已收到】" in actor.text
        filed += 1
    return filed


async def answer_all(actor: Actor, reminder: dict[str, Any]) -> None:
    """Replies to a reminder, with the numbers of its list where it has several."""
    listed = reminder["text"].partition("\n\n")[0].splitlines()
    numbers = [line.partition(".")[0] for line in listed if line.partition(".")[0].isdigit()]
    words = "按计划完成本季度任务"
    said = words if len(numbers) == 1 else "\n".join(f"{number}. {words}" for number in numbers)
    text = await actor.reply(reminder, said)
    assert "【已收到】" in text, (reminder["text"], said, text)


async def test_the_year_from_the_notice_to_december(year: World) -> None:
    people = year.demo.sandbox.world.people
    contacts = [year.actor(name) for name, person in people.items() if person.role == "contact"]
    assert len(contacts) == 54
    assert "已交办：82 项任务，39 个牵头单位" in "".join(m["text"] or "" for m in year.supervisor.messages)

    # Ten units hand their plans in before they are reminded; one never answers anything.
    silent, good = contacts[0], contacts[1:11]
    for actor in good:
        await file_plans(actor)
    await year.pass_to("2023-03-16T17:30")
    for actor in good:
        assert reminders(actor) == [], "what is handed in is not nudged"
    waiting = [actor for actor in contacts[11:] if reminders(actor)]
    for actor in waiting:
        assert await file_plans(actor) > 0
    await year.pass_to("2023-03-24T10:00")
    overdue = await year.supervisor.send("/overdue")
    assert people[silent.person].unit in overdue and people[good[0].person].unit not in overdue
    assert "逾期 5 个工作日" in overdue or "已逾期" in overdue

    await year.supervisor.send("/classify 全部 季报")
    await year.supervisor.click("确认改为季报")
    await inspect(year, good[0], people[good[0].person].unit)
    before = len(year.group.messages)
    for quarter in ("2023-03-27T15:00", "2023-06-25T10:00", "2023-09-25T10:00", "2023-12-25T10:00"):
        await year.pass_to(quarter)
        for actor in contacts[1:]:
            if asked := [m for m in reminders(actor) if "季度" in m["text"] and m["time"][:7] == quarter[:7]]:
                await answer_all(actor, asked[-1])
    await year.pass_to("2023-12-29T17:00")

    assert len(year.group.messages) - before > 35, "a summary every week"
    progress = await year.supervisor.send("/progress")
    for what in ("推进计划", "第一季度进展", "第二季度进展", "第三季度进展", "第四季度进展"):
        assert f"{what}：应报 82，已报 73 · 待报 0 · 逾期 9" in progress, progress
    late = await year.supervisor.send("/overdue")
    assert people[silent.person].unit in late
    courtesy(year)
    await close(year, contacts, silent, good[0])


async def inspect(world: World, contact: Actor, unit: str) -> None:
    """A round for one unit: told once, one thing to be mended, answered by a reply."""
    supervisor = world.supervisor
    await supervisor.send(f"/inspect {unit}")
    for label in ("全选", "下一步"):
        await supervisor.click(label)
    await supervisor.send("3月28日")
    for label in ("用常用的", "确认", "看这一轮", "开始"):
        await supervisor.click(label)
    await supervisor.send("现场台账不全")
    await supervisor.click("需整改")
    await world.pass_to("2023-03-24T10:10")
    assert sum("【督查通知】" in (m["text"] or "") for m in contact.messages) == 1
    found = next(m for m in reversed(contact.messages) if "【督查整改】" in (m["text"] or ""))
    assert "【已收到】" in await contact.reply(found, "台账已补齐")
    assert "督查整改：应报 1，已报 1" in await supervisor.send("/progress")


async def close(world: World, contacts: list[Actor], silent: Actor, good: Actor) -> None:
    """The year's end: previewed, one word of thanks each on the next working day, then nothing more."""
    supervisor = world.supervisor
    preview = await supervisor.send("/close")
    assert "任务 82 项" in preview and "还有 1 个单位未报齐" in preview and "1月2日 09:00" in preview, preview
    before = {actor.person: len(actor.messages) for actor in contacts}
    await supervisor.click("确认收尾")
    await world.pass_to("2024-02-01T17:00")
    said = {actor.person: actor.said_since(before[actor.person]) for actor in contacts}
    assert all(len(messages) == 1 and "年终致谢" in messages[0]["text"] for messages in said.values())
    assert "件未报" in silent.text and "应报的都已报齐" in good.text
    assert "本群不再发送通报" in world.group.text


def courtesy(world: World) -> None:
    """Every reminder of the year: on working days, in office hours, at most two a person and day."""
    calendar, days = WorkCalendar(), Counter[tuple[str, str]]()
    texts: defaultdict[str, int] = defaultdict(int)
    for name in world.demo.sandbox.world.people:
        for message in reminders(world.actor(name)):
            at = datetime.fromisoformat(message["time"]).astimezone(ZONE)
            assert calendar.is_working(at.date()), message["time"]
            assert 9 <= at.hour < 18
            days[name, message["time"][:10]] += 1
            texts[message["text"]] += 1
    assert days and max(days.values()) <= UNASKED_PER_DAY
