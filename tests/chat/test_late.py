"""What missed its hour: after a downtime or an outage nothing unasked goes out at night, and no word is stale."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.cases.report import store_plan
from core.ports import Source
from core.rules.obligations import Kind
from core.work import Wanted, Work
from tests.chat.test_nudges import nudges
from tests.chat.world import BOTH, ZONE, Actor, World, monthly

DATABASES = BOTH


def stands_at(world: World, moment: str) -> None:
    """The clock, without anything that falls due on the way."""
    world.demo.clock.set(datetime.fromisoformat(moment).replace(tzinfo=ZONE))


async def tick(world: World) -> None:
    assert world.demo.bot is not None
    await world.demo.bot.tick()
    await world.demo.settle()


def times(messages: list[dict[str, Any]]) -> list[str]:
    return [m["time"][5:16] for m in messages]


async def test_what_waited_for_the_opening_waits_for_the_next_if_the_bot_slept_through_it(world: World) -> None:
    demo, contact, group = world.demo, world.of("区商务局"), world.group
    await world.pass_to("2023-03-08T18:00")
    await monthly(world)
    await world.supervisor.send("/summary")
    await world.supervisor.click("发送到")
    assert demo.bot is not None
    await demo.bot.stop()
    heard, seen = len(contact.messages), len(group.messages)
    stands_at(world, "2023-03-09T22:00")
    await demo.start_bot(clockwork=False)
    await tick(world)
    assert not contact.said_since(heard) and not group.said_since(seen)
    # Who asks is answered at night, and sees what waits.
    assert "交办：3月10日 09:00" in await contact.send("/hours")
    assert len(contact.said_since(heard)) == 1
    await world.pass_to("2023-03-10T09:30")
    assert times(contact.said_since(heard + 2)) == ["03-10T09:00"] * 2
    assert times(group.said_since(seen)) == ["03-10T09:00"]
    assert len(nudges(contact)) == 1, "what fell due meanwhile is in that morning's one reminder"


async def test_a_reminder_behind_an_outage_comes_next_morning_and_counts_its_days_anew(world: World) -> None:
    demo, patient, quick = world.demo, world.of("区商务局"), world.of("区民政局")
    await outage(world, "2023-03-13", lambda work: _hand_in(work, "区民政局", demo.clock.now()), patient)
    assert "今天主动发给您" in patient.text, "answers are said at once"
    assert not nudges(patient) and not nudges(quick)
    await world.pass_to("2023-03-14T12:00")
    assert times(nudges(patient)) == ["03-14T09:00"] and "还有2天" in nudges(patient)[0]["text"]
    assert not nudges(quick), "handed in meanwhile"
    # Where the next rung comes the next morning anyway, it says it all.
    await outage(world, "2023-03-15", lambda work: None, patient)
    await world.pass_to("2023-03-16T12:00")
    assert times(nudges(patient))[1:] == ["03-16T09:00"] and "今天到期" in nudges(patient)[1]["text"]


async def outage(world: World, day: str, meanwhile: Callable[[Work], None], asking: Actor) -> None:
    """Telegram takes no message from opening to closing; somebody asks something all the same."""
    demo = world.demo
    stands_at(world, f"{day}T09:01")
    demo.sandbox.fault("outage", seconds=9 * 3600, methods=["sendMessage"])
    await tick(world)
    await demo.work(meanwhile)
    await asking.send("/hours")
    before = len(asking.messages)
    stands_at(world, f"{day}T17:31")
    demo.sandbox.faults.clear()
    await demo.settle()
    assert len(asking.said_since(before)) == 1


def _plans(work: Work, unit: str) -> list[Any]:
    return work.obligations.find(Wanted(kind=Kind.PLAN, unit_ids=[work.notices.find_units(unit)[0].id]))


def _hand_in(work: Work, unit: str, now: datetime) -> None:
    person = next(
        p for p in work.people.all() if any(post.unit_id == _plans(work, unit)[0].unit_id for post in p.posts)
    )
    for number, plan in enumerate(_plans(work, unit)):
        store_plan(work, plan, person, Source(person.chat_id, number), "四家", {3: "一家"}, now)
