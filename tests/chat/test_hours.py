"""One's own hours: nothing unasked outside them; what is held back is shown, and comes with the next message."""

from core.words.html import html
from core.words.message import Message
from tests.chat.test_away import told
from tests.chat.test_nudges import nudges
from tests.chat.world import BOTH, World, monthly

DATABASES = BOTH


async def test_hours_hold_what_was_not_asked_for_and_say_so(world: World) -> None:
    contact = world.of("区商务局")
    assert "09:00–17:30" in await contact.send("/hours") and "没有暂缓的消息" in contact.text
    for said, answer in {
        "/hours 晚一点": "没看懂时段",
        "/hours 17:00-9:00": "结束时间要晚于开始时间",
        "/hours 19:00-21:00": "不在办公时间（09:00–17:30）内",
        "时段 9:00-10:00": "至少留出 2 小时",
        "静音 9:30-17:00": "至少留出 2 小时",
    }.items():
        assert answer in await contact.send(said)
    assert "（工作日办公时间）" in await contact.send("/hours")
    # What is held already moves into hours set later.
    await world.pass_to("2023-03-03T18:00")
    await monthly(world)
    assert "交办：3月6日 09:00" in await contact.send("时段")
    answer = await contact.send("时段 8:30到16点半")
    assert "已设定" in answer and "09:00–16:30" in answer and "超出部分不计" in answer
    assert "其间静音：12:00–14:00" in await contact.send("静音12:00-14:00")
    await contact.click("14:00–17:30")
    assert "14:00–17:30" in contact.text and "其间静音" not in contact.text and "3月6日 14:00" in contact.text
    await world.pass_to("2023-03-09T18:00")
    assert [m["time"][5:16] for m in told(contact, "月报")][-1:] == ["03-06T14:00"]
    assert [m["time"][5:16] for m in nudges(contact)] == ["03-09T14:00"]

    # Narrower hours hold nothing up, and nothing comes behind them.
    await contact.send("/hours 9:00-11:00")
    await world.pass_to("2023-03-16T12:00")
    late = len(contact.messages)
    await world.pass_to("2023-03-16T15:00")
    assert not contact.said_since(late)
    assert "恢复" in await contact.send("时段 全天")
    await world.pass_to("2023-03-17T09:30")
    assert nudges(contact)[-1]["time"][5:16] == "03-17T09:00"


async def test_what_the_days_budget_held_back_is_shown_and_said_the_next_day(world: World) -> None:
    contact = world.of("区水利局")
    await world.pass_to("2023-03-16T08:00")
    # Two notes of the kind that counts are on their way for today already.
    number = world.demo.sandbox.world.people[contact.person].user_id

    def spend(work) -> None:  # type: ignore[no-untyped-def]
        person = work.people.by_telegram(number)
        for n in range(2):
            work.outbox.put(
                f"spent:{n}",
                person.chat_id,
                Message(html("催办")),
                kind="urge",
                now=world.demo.clock.now(),
                person_id=person.id,
            )

    await world.demo.work(spend)
    before = len(nudges(contact))
    await world.pass_to("2023-03-16T17:00")
    assert len(nudges(contact)) == before
    answer = await contact.send("/hours")
    assert "今天主动发给您 2 条" in answer and "暂缓 2 项" in answer and answer.count("3月17日（周五）一并提醒") == 2
    await world.pass_to("2023-03-17T09:30")
    assert len(nudges(contact)) == before + 1 and "（其中 2 项上次为免打扰未发" in nudges(contact)[-1]["text"]
    assert "没有暂缓的消息" in await contact.send("/hours")


async def test_what_waited_for_ones_own_hours_comes_when_they_begin_and_once(world: World) -> None:
    """Held in the morning for somebody who is quiet until two: said at two, whatever restarts, ticks or comes behind it."""
    contact = world.of("区商务局")
    await contact.send("时段 14:00-17:30")
    await world.pass_to("2023-03-06T10:00")
    await monthly(world)
    before = len(contact.messages)
    await world.pass_to("2023-03-06T13:59")
    assert not contact.said_since(before)
    assert "交办：3月6日 14:00" in await contact.send("/hours") and "暂缓" in contact.text
    await world.restart()
    before = len(contact.messages)
    await world.pass_to("2023-03-06T14:00")
    [said] = contact.said_since(before)
    assert said["time"][5:16] == "03-06T14:00" and "月报" in said["text"]
    assert "没有暂缓的消息" in await contact.send("/hours")
    await world.restart()
    await world.pass_to("2023-03-07T12:00")
    assert len(told(contact, "月报")) == 1, "once"
    # Quiet at noon: what falls due then is said when the rest is over, and what came before it is not said again.
    await contact.send("时段 全天")
    await contact.send("静音 9:00-11:00")
    await world.pass_to("2023-03-09T10:59")
    assert not nudges(contact)
    await world.pass_to("2023-03-10T18:00")
    assert [m["time"][5:16] for m in nudges(contact)] == ["03-09T11:00"]
