"""Leave: the deputy takes over, everything unasked goes there, and the person hears once when it is over."""

from tests.chat.test_nudges import nudges
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


def told(actor: Actor, words: str) -> list[dict]:  # type: ignore[type-arg]
    return [m for m in actor.messages if m["from"]["is_bot"] and words in (m["text"] or "")]


async def test_a_deputy_acts_and_the_one_who_is_back_hears_once(world: World) -> None:
    contact, other = world.of("区水利局"), await world.another_contact("区商务局", "王五")
    await world.leaves(other, "区商务局")
    deputy = await world.another_contact("区水利局", "赵六")
    await world.leaves(deputy, "区水利局")  # of the unit once, no more: no colleague
    await contact.send("/away 3月13日到3月20日，由赵六代理")
    assert "“赵六”没有加入本单位" in contact.text and "不设代理，照样登记" in contact.labels
    await contact.click("不登记了")
    assert "没有登记" in contact.text and "登记请假，直接发" in await contact.send("/away")
    head = Actor(world, "head")
    answer = await contact.send(f"请假3月13日到3月20日，由{name(world, head)}代理")
    assert "已登记：3月13日至3月20日请假" in answer and "都发给代理人" in answer
    assert not told(head, "【代理】")

    await world.pass_to("2023-03-13T08:00")
    assert not told(head, "【代理】")
    await world.pass_to("2023-03-16T18:00")
    brief = told(head, "【代理】")
    assert len(brief) == 1 and brief[0]["time"][5:16] == "03-13T09:00" and "待办 2 项" in brief[0]["text"]
    assert nudges(contact)[-1]["time"][5:10] == "03-09"
    assert [m["time"][5:10] for m in nudges(head)] == ["03-15", "03-16"]
    assert "请假至3月20日" in await world.supervisor.send("/people")
    await world.supervisor.click("下一页")
    assert f"（代{name(world, contact)}）" in world.supervisor.text
    assert "请假无代理 0" in await world.supervisor.send("/reach")

    await head.reply(brief[0], "1. 年度目标：改造30公里 3-12月：按月改造3公里")
    await head.click("提交")
    assert "已报送" in head.text or "1-1" in head.text
    before = len(contact.messages)
    await world.pass_to("2023-03-22T18:00")
    back = contact.said_since(before)
    assert len(back) == 1 and back[0]["time"][5:16] == "03-21T09:00"
    assert "欢迎回来" in back[0]["text"] and "待办 1 项" in back[0]["text"] and "2-3" in back[0]["text"]
    assert "没有" in await head.send("/plan") or "2-3" not in head.text
    history = await world.supervisor.send("/task 1-1")
    assert name(world, head) in history


def name(world: World, actor: Actor) -> str:
    return world.demo.sandbox.world.people[actor.person].name


async def test_without_a_deputy_the_unit_stands_on_the_offices_list_the_same_day(world: World) -> None:
    contact = world.of("区商务局")
    await contact.send("外出 到3月17日")
    assert "由谁代理" in contact.text and "没有其他已加入的同事" in contact.text
    await contact.click("不设代理")
    assert "已登记" in contact.text and "区商务局将列入督查室的联络名单" in contact.text
    before = len(world.supervisor.messages)
    await world.pass_to("2023-03-03T10:00")
    notes = [m["text"] for m in world.supervisor.said_since(before)]
    assert len(notes) == 1 and "区商务局：联系人请假，没有代理人" in notes[0]
    assert "区商务局" in await world.supervisor.send("/reach") and "请假无代理 1" in world.supervisor.text
    await world.pass_to("2023-03-15T18:00")
    assert not nudges(contact)
    assert len(told(world.supervisor, "请假，没有代理人")) == 1

    colleague = await world.another_contact("区商务局", "钱七")
    await contact.send("/away")
    await contact.click("换代理人")
    await contact.click("钱七")
    assert "都发给代理人" in contact.text
    await world.pass_to("2023-03-16T18:00")
    assert len(told(colleague, "【代理】")) == 1
    # The colleague goes on leave as well, and names the one who is away: refused; nobody else is there.
    await colleague.send(f"/away 明天起一周，由{name(world, contact)}代理")
    assert "不能代理" in colleague.text and "3月3日至3月17日" in colleague.text
    await colleague.click("不设代理")
    assert "提前销假" not in contact.labels or contact.text
    answer = await contact.send("销假")
    assert "已销假，欢迎回来" in answer and "2-1" in answer
    await world.pass_to("2023-03-20T18:00")
    assert nudges(contact) and "请假无代理 0" in await world.supervisor.send("/reach")


async def test_what_can_not_be_used_is_explained_and_changes_nothing(world: World) -> None:
    contact = world.of("区民政局")
    for said, answer in {
        "请假到3月1日": "已经过了",
        "/away 3月20日到3月10日": "早于开始日期",
        "/away 从3月20日起": "请到哪一天",
        "/away 很久": "没看懂请假到哪一天",
        "请假到2033年5月1日": "超过一年",
        "销假": "没有登记请假",
    }.items():
        assert answer in await contact.send(said)
        assert "登记请假，直接发" in await contact.send("/away")
    # A report that begins with the same word is a report.
    reply = await contact.send("外出3个现场督导，完成进度40%")
    assert "外出3个现场督导" in reply and "登记" not in reply


async def test_a_supervisor_enters_it_for_somebody_and_a_blocked_deputy_is_refused(world: World) -> None:
    contact = world.of("区水利局")
    deputy = await world.another_contact("区水利局", "孙八")
    await world.demo.sandbox.block(deputy.person, wait=True)
    who = name(world, contact)
    await world.supervisor.send(f"/away {who} 到3月20日，由孙八代理")
    assert "孙八 已停用机器人" in world.supervisor.text
    await world.demo.sandbox.unblock(deputy.person, wait=True)
    await deputy.send("/start")
    await world.supervisor.click("孙八")
    assert f"{who}3月3日至3月20日请假" in world.supervisor.text
    assert "督查室已为您登记" in contact.text
    assert "请先写是谁请假" in await world.supervisor.send("/away 到3月20日")
    await world.pass_to("2023-03-09T18:00")
    assert nudges(deputy) and not nudges(contact)
    # The deputy, who is a contact anyway, blocks the bot: nobody is left, and the office hears of it the same day.
    await world.demo.sandbox.block(deputy.person, wait=True)
    before = len(world.supervisor.messages)
    await world.pass_to("2023-03-10T09:30")
    assert any("区水利局：联系人请假" in m["text"] for m in world.supervisor.said_since(before))
    await world.supervisor.send("/away")
    assert f"{who}\u30003月3日至3月20日" in world.supervisor.text
