"""A whole desk passes to a successor; nothing that is open is lost, and nobody is without or with two desks."""

import re

from tests.chat.test_away import name, told
from tests.chat.test_nudges import nudges
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


def link_of(actor: Actor) -> str:
    found = re.search(r"start=([\w-]{24})", actor.text)
    assert found, actor.text
    return found[1]


async def test_a_desk_passes_to_a_colleague_with_what_was_begun(world: World) -> None:
    contact, office = world.of("区水利局"), world.supervisor
    colleague = await world.another_contact("区商务局", "周九")
    # Something begun and something nobody has said the task of yet.
    await contact.send("/plan")
    await contact.click("○ 1-1")
    await contact.send("年度目标：改造管网30公里")
    await contact.send("/cancel")
    await contact.send("灌溉水渠已修缮3公里")
    assert "移交您的工作：区水利局" in await contact.send("/handover")
    assert "不能移交给本人" in await contact.send(f"/handover {name(world, contact)}")
    assert "“刘备备”还没有加入" in await contact.send("/handover 刘备备")
    await contact.send("/handover 周九")
    assert "待办 2 项、填了一半的计划 1 份、待归类的来信 1 条" in contact.text
    pressed = world.action(contact.last, "确认移交给周九")
    await contact.click("确认移交给周九")
    assert "已移交给 周九：区水利局" in contact.text
    # Pressed once more, also by the office: it has happened, and nothing happens again.
    world.plant(contact, "再按", pressed)
    await contact.click("再按")
    world.plant(office, "再按", pressed)
    assert "没有可移交的工作" in (await office.click("再按"))["answer"]
    assert "邀请链接" in await contact.send("我的任务")
    mine = told(colleague, "【移交】")
    assert len(mine) == 1 and f"{name(world, contact)} 的工作已交给您：区水利局。待办 2 项" in mine[0]["text"]
    assert f"{name(world, contact)} → 周九，待办 2 项" in office.text
    # The plan goes on where it was, the kept text finds its task, a numbered reply to the list is understood.
    await colleague.click("1-1", mine[0])
    assert "改造管网30公里" in colleague.text or "3月" in colleague.text
    await colleague.click("待归类的来信 1 条", mine[0])
    assert "灌溉水渠已修缮3公里" in colleague.text
    await world.pass_to("2023-03-09T18:00")
    assert nudges(colleague) and not nudges(contact)
    # That was wrong: the office hands it back to who had it before.
    await office.send(f"/handover 周九 {name(world, contact)}")
    await office.click("确认移交给")
    assert "双方已通知" in office.text
    await world.pass_to("2023-03-10T09:30")
    assert len(told(contact, "【移交】周九 的工作已交给您")) == 1 and "1-1" in await contact.send("我的任务")


async def test_who_has_not_joined_gets_a_link_and_until_then_the_old_one_has_the_desk(world: World) -> None:
    contact, office = world.of("区民政局"), world.supervisor
    await contact.send("/handover")
    await contact.click("接替人未加入")
    first = link_of(contact)
    assert "对方加入即完成移交" in contact.text
    # The own link is no way to hand over to oneself; a new link makes the old one void; it can be taken back.
    assert "不能移交给本人" in await contact.send(f"/start {first}")
    await contact.send("/handover")
    assert "正等接替人加入" in contact.text
    await contact.click("换一个新链接")
    second = link_of(contact)
    assert "已撤销" in await world.stranger.send(f"/start {first}")
    await contact.click("撤销移交")
    assert "仍由" in contact.text and "已撤销" in await world.stranger.send(f"/start {second}")
    # The office does it for them; the contact goes on meanwhile.
    await office.send(f"/handover {name(world, contact)}")
    await office.click("接替人未加入")
    third = link_of(office)
    await world.pass_to("2023-03-09T18:00")
    assert nudges(contact)
    await world.stranger.send(f"/start {third}")
    assert len(told(world.stranger, "【移交】")) == 1 and "待办 1 项" in told(world.stranger, "【移交】")[0]["text"]
    assert told(world.stranger, "区民政局联系人")
    assert "邀请链接" in await contact.send("/tasks")
    assert "无法撤销" in (await _press(office, "撤销移交"))["answer"]
    await world.pass_to("2023-03-13T18:00")
    assert len(told(contact, "今后的提醒不再发给您")) == len(told(office, "【移交】区民政局")) == 1
    assert nudges(world.stranger)[-1]["time"][5:10] == "03-13"
    assert [m["time"][5:10] for m in nudges(contact)] == ["03-09"]
    assert "未加入 2" in await office.send("/reach") and "已离岗 0" in office.text


async def _press(actor: Actor, label: str) -> dict:  # type: ignore[type-arg]
    message = next(
        m for m in reversed(actor.messages) if any(label in c["label"] for r in m.get("buttons") or [] for c in r)
    )
    return await actor.click(label, message)


async def test_deputies_of_the_desk_are_shown_before_and_told_after(world: World) -> None:
    """Leaves end with the desk; where its owner acts for a colleague, the successor does from now on."""
    contact, head = world.of("区水利局"), Actor(world, "head")
    deputy = await world.another_contact("区水利局", "赵六")
    colleague = await world.another_contact("区水利局", "孙八")
    successor = await world.another_contact("区商务局", "周九")
    await contact.send("请假3月13日到3月20日，由赵六代理")
    await colleague.send(f"请假3月21日到3月24日，由{name(world, contact)}代理")
    await contact.send("/handover")
    assert "3月13日至3月20日请假随移交取消，代理人 赵六 不再代理" in contact.text
    assert "孙八 3月21日至3月24日请假由本人代理，移交后由接替人代理" in contact.text
    await contact.send("/handover 孙八")
    assert "移交后没有代理人，请 孙八 用 /away 另选" in contact.text, "who would act for themselves has nobody"
    await contact.click("不移交")
    # In the middle of the leave the office hands the desk over: the deputy hears that it is over for them.
    await world.pass_to("2023-03-14T10:00")
    assert len(told(deputy, "【代理】")) == 1
    await world.supervisor.send(f"/handover {name(world, contact)} 周九")
    assert "代理人 赵六 不再代理" in world.supervisor.text
    await world.supervisor.click("确认移交给周九")
    relieved = told(deputy, "您的代理到此为止")
    assert len(relieved) == 1 and "已移交给 周九" in relieved[0]["text"]
    assert "您代理" not in await deputy.send("/away") and "您代理 孙八" in await successor.send("/away")
    assert "前任代理的 孙八（3月21日至3月24日请假）今后由您代理" in told(successor, "【移交】")[0]["text"]
    await world.pass_to("2023-03-21T10:00")
    assert len(told(successor, "【代理】孙八")) == 1 and not told(head, "【代理】")
    assert "没有登记" in await contact.send("销假") or "邀请链接" in contact.text


async def test_a_link_that_nobody_used_is_told_the_next_working_morning_once(world: World) -> None:
    contact, office = world.of("区民政局"), world.supervisor
    await world.pass_to("2023-03-03T18:30")
    await contact.send("/handover")
    await contact.click("接替人未加入")
    token = link_of(contact)
    await world.pass_to("2023-03-19T12:00")
    assert not told(contact, "链接已过期"), "out of date on Friday evening: a weekend is no time to say so"
    noted = len(office.messages)
    await world.pass_to("2023-03-22T18:00")
    [heard] = told(contact, "链接已过期，没有人加入")
    assert heard["time"][5:16] == "03-20T09:00" and "工作仍在您名下" in heard["text"]
    [note] = [m for m in office.said_since(noted) if "移交链接已过期、还没有人接手" in m["text"]]
    assert note["time"][5:10] == "03-20" and name(world, contact) in note["text"]
    # The desk is shown as it stands, who comes later still is told whom to ask, and a new link is one press away.
    assert "链接已失效，还没有人加入" in await contact.send("/handover")
    assert "工作仍在" in await world.stranger.send(f"/start {token}")
    await contact.click("换一个新链接")
    await world.stranger.send(f"/start {link_of(contact)}")
    assert len(told(world.stranger, "【移交】")) == 1
    await world.pass_to("2023-04-07T10:00")
    assert len(told(contact, "链接已过期，没有人加入")) == 1
