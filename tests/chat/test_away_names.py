"""Leave with names as people write them: with blanks, in Latin letters, of somebody unknown, of two people of one name."""

from core.words.html import html
from core.words.message import Message
from tests.chat.test_away import name, told
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


async def test_a_name_with_blanks_is_one_name_for_who_writes_it_and_for_the_office(world: World) -> None:
    contact, office = world.of("区水利局"), world.supervisor
    await world.another_contact("区水利局", "zhang", "Zhang San")
    await world.another_contact("区水利局", "feng", "Zhang Sanfeng")
    answer = await contact.send("/away Mar 13 to Mar 20, deputy zhang  san")
    assert "3月13日至3月20日" in answer and "代理人Zhang San" in answer
    await contact.click("换代理人")
    await contact.click("Zhang Sanfeng")
    assert "代理人Zhang Sanfeng" in contact.text
    # The office names whose leave it is, by a name of two words, as /away itself shows it.
    who = name(world, contact)
    answer = await office.send(f"/away Zhang San until Mar 10, deputy {who}")
    assert "Zhang San3月3日至3月10日请假" in answer and f"代理人{who}" in answer
    assert "3月3日至3月17日" in await office.send(f"/away 替{who[0]} {who[1:]} 到3月17日，由Zhang Sanfeng代理")
    assert "代理人Zhang Sanfeng" in office.text and "没找到“Li Si”" in await office.send("/away Li Si until Mar 17")


async def test_a_deputy_who_never_joined_or_is_of_another_unit_is_named_and_somebody_else_chosen(world: World) -> None:
    contact, colleague = world.of("区水利局"), await world.another_contact("区水利局", "王五")
    stranger = name(world, world.of("区商务局"))
    for said, answer in {
        "请假到3月20日，由王五一代理": "“王五一”没有加入本单位",  # and is not taken for 王五
        "/away until Mar 20, deputy Anna Maria Schmidt": "“Anna Maria Schmidt”没有加入本单位",
        f"请假到3月20日，由{stranger}代理": f"“{stranger}”不在本单位",
        f"请假到3月20日，由{name(world, contact)}代理": "不能由本人代理",
    }.items():
        assert answer in await contact.send(said), contact.text
        assert "登记请假，直接发" in await contact.send("/away"), "nothing is entered"
    await contact.send("请假到3月20日，由王五一代理")
    await contact.click("王五")
    assert "代理人王五" in contact.text and "您代理" in await colleague.send("/away")
    assert "代理人王五" in await contact.send("请假到3月21日，由王五科长代理")


async def test_two_of_one_name_are_told_apart_by_what_they_are_or_when_they_joined(world: World) -> None:
    contact, office = world.of("区水利局"), world.supervisor
    one = await world.another_contact("区水利局", "wang1", "王五")
    await world.pass_to("2023-03-06T10:15")
    other = await world.another_contact("区水利局", "wang2", "王五")
    await contact.send("请假3月13日到3月20日，由王五代理")
    assert "本单位有几位“王五”，请选是哪一位" in contact.text
    assert {"王五（3月3日 09:00 加入）", "王五（3月6日 10:15 加入）"} <= set(contact.labels)
    await contact.click("王五（3月6日")
    assert "您代理" in await other.send("/away") and "您代理" not in await one.send("/away")
    # One of them hands over, or goes on leave by the office's hand: it is asked which, and the text is kept.
    assert "有几个人都叫“王五”，请选是谁请假" in await office.send("/away 王五 3月8日到3月9日，不设代理")
    pressed = world.action(office.last, "王五（3月3日 09:00 加入）")
    await office.click("王五（3月3日")
    assert "王五3月8日至3月9日请假" in office.text and "督查室已为您登记" in one.text
    world.plant(office, "再按", pressed)
    assert "请重新发 /away" in (await office.click("再按"))["answer"], "an old button enters nothing again"
    third = await world.another_contact("区商务局", "wang3", "王五")
    await office.send("/handover 王五")
    assert "请点选是哪一位" in office.text and "王五（区商务局联系人）" in office.labels
    await office.click("王五（区商务局联系人）")
    assert "移交 王五 的工作：区商务局" in office.text
    await contact.send("/handover 王五")
    assert "王五（区商务局联系人）" in contact.labels and "交给谁" in contact.text
    await contact.click("王五（区商务局联系人）")
    await contact.click("确认移交给王五")
    assert len(told(third, "【移交】")) == 1 and not told(other, "【移交】")


async def test_two_briefs_and_the_own_reminder_share_the_days_and_none_is_lost(world: World) -> None:
    """A deputy of two hears of one desk a day, beside the reminder of their own; the second the next working morning."""
    deputy, contact = world.of("区水利局"), await world.another_contact("区水利局", "郑十")
    third = await world.another_contact("区水利局", "冯一")
    for person in (contact, third):
        await person.send(f"请假3月9日到3月20日，由{name(world, deputy)}代理")
        assert "都发给代理人" in person.text
    before = len(deputy.messages)
    await world.pass_to("2023-03-09T18:00")
    heard = [head for head in _heads(deputy, before) if head != "【请签收"]
    assert heard == ["【代理】"], "the desk is their own unit's: the brief names its reminders too"
    await world.pass_to("2023-03-13T18:00")
    assert [m["time"][5:16] for m in told(deputy, "【代理】")] == ["03-09T09:00", "03-10T09:00"]
    per_day = [m["time"][5:10] for m in deputy.said_since(before)]
    assert max(per_day.count(day) for day in per_day) <= 2


async def test_a_brief_waits_for_room_but_never_longer_than_the_leave(world: World) -> None:
    contact, deputy = world.of("区水利局"), Actor(world, "head")
    await _spend(world, deputy, 2)
    await contact.send(f"请假到3月8日，由{name(world, deputy)}代理")
    await world.pass_to("2023-03-03T17:00")
    assert not told(deputy, "【代理】"), "two were said today"
    assert "3月6日 09:00" in await deputy.send("/hours"), "what waits is shown on request"
    await world.pass_to("2023-03-06T09:30")
    assert len(told(deputy, "【代理】")) == 1
    await contact.send("销假")
    await _spend(world, deputy, 1)
    await contact.send(f"请假今天，由{name(world, deputy)}代理")
    await world.demo.settle()
    assert len(told(deputy, "【代理】")) == 2, "tomorrow would be too late"


async def _spend(world: World, actor: Actor, count: int) -> None:
    """So many messages that nobody asked for."""
    number, now = world.demo.sandbox.world.people[actor.person].user_id, world.demo.clock.now()

    def spend(work) -> None:  # type: ignore[no-untyped-def]
        person = work.people.by_telegram(number)
        for n in range(count):
            key = f"spent:{now.isoformat()}:{n}"
            text = Message(html("催办"))
            work.outbox.put(key, person.chat_id, text, kind="urge", now=now, person_id=person.id)

    await world.demo.work(spend)
    await world.demo.settle()


def _heads(actor: Actor, before: int) -> list[str]:
    return [m["text"][:4] for m in actor.said_since(before)]
