"""Reminders: on the ladder's days, one message a person, in office hours, never in a burst."""

from collections import Counter
from pathlib import Path

from core.rules.calendar import WorkCalendar
from tests.chat.world import BOTH, Actor, World, monthly

DATABASES = BOTH


def nudges(actor: Actor) -> list[dict]:
    return [m for m in actor.messages if m["from"]["is_bot"] and (m["text"] or "").startswith("【提醒】")]


def days(actor: Actor) -> list[str]:
    return [m["time"][5:10] for m in nudges(actor)]


async def test_a_plan_is_nudged_on_the_days_of_the_ladder(world: World) -> None:
    await world.pass_to("2023-04-20T18:00")
    assert days(world.of("区商务局")) == ["03-09", "03-13", "03-15", "03-16", "03-17", "03-21", "03-23"]
    assert "3月21日 09:00 已提醒（推进计划）" in await world.supervisor.send("/task 2-1")


async def test_the_head_is_added_on_the_third_working_day_after(world: World) -> None:
    await world.pass_to("2023-04-20T18:00")
    assert days(Actor(world, "head")) == ["03-21", "03-23"]


async def test_nudges_come_at_the_opening_of_a_working_day(world: World) -> None:
    await world.pass_to("2023-04-20T18:00")
    for message in nudges(world.of("区商务局")):
        assert message["time"][11:16] == "09:00"


async def test_a_filed_plan_is_not_nudged_again(world: World) -> None:
    contact = world.of("区商务局")
    await contact.send("填报计划")
    await contact.click("○ 2-1")
    await contact.send("年度目标：引进6个\n3月：1个\n4月：1个")
    await contact.click("预览")
    await contact.click("提交")
    await world.pass_to("2023-03-25T18:00")
    assert days(contact) == []


async def test_with_two_days_left_nothing_bursts(tmp_path: Path) -> None:
    world = World(tmp_path, start="2023-03-14T10:00")
    await world.assigned()
    await world.pass_to("2023-03-16T18:00")
    contact = world.of("区商务局")
    assert days(contact) == ["03-15", "03-16"]
    await world.close()


async def test_after_a_downtime_one_message_says_where_things_stand(world: World) -> None:
    demo, contact = world.demo, world.of("区商务局")
    assert demo.bot is not None
    await demo.bot.stop()
    demo.clock.set(demo.clock.now().replace(month=3, day=17, hour=2))
    await demo.start_bot()
    await demo.pass_to(demo.clock.now())
    assert days(contact) == ["03-17"]
    assert "已逾期1天" in nudges(contact)[0]["text"]


async def test_all_of_one_person_goes_into_one_message(world: World) -> None:
    await world.pass_to("2023-03-13T18:00")
    contact = world.of("区水利局")
    assert "2 项待报送" in nudges(contact)[-1]["text"]
    assert max(Counter(days(contact)).values()) == 1


async def test_a_year_is_courteous(world: World) -> None:
    """Nobody reports anything: still at most two a day, on working days, in office hours, and the group hears weekly."""
    await monthly(world)
    await world.pass_to("2024-01-05T18:00")
    calendar = WorkCalendar()
    for unit in ("区水利局", "区商务局", "区民政局"):
        said = nudges(world.of(unit))
        assert len(said) > 30
        assert max(Counter(m["time"][:10] for m in said).values()) <= 2
        for message in said:
            day = message["time"][:10]
            assert calendar.is_working(type(world.demo.clock.now()).fromisoformat(day).date()), day
            assert "09:00" <= message["time"][11:16] < "17:30"
    weeks = [m for m in world.group.messages if m["from"]["is_bot"] and "督办通报" in (m["text"] or m["caption"] or "")]
    assert 40 <= len(weeks) <= 80
    assert world.demo.sandbox.summary()["violations"] == 0
