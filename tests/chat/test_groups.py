"""Groups: linked once, in a topic too, moved to a supergroup, corrected where it was said."""

from __future__ import annotations

from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


async def broadcast(world: World) -> None:
    await world.supervisor.send("通报")
    await world.supervisor.click("发送到")


async def test_a_summary_is_previewed_and_then_said_with_its_picture(world: World) -> None:
    await world.supervisor.send("/summary")
    before = len(world.group.messages)
    assert any(m.get("photo") or m.get("media") for m in world.supervisor.messages[-2:])
    await world.supervisor.click("发送到")
    assert len(world.group.messages) == before + 1
    assert "通报" in world.group.text and world.group.text.count("\n") < 20


async def test_in_a_forum_it_goes_to_the_topic_that_was_linked_and_small_talk_there_is_no_reply(world: World) -> None:
    sandbox = world.demo.sandbox
    forum = sandbox.add_group(
        "重点工作", ["supervisor", world.of("区水利局").person], forum=True, topics=("通报", "闲谈")
    )
    first, second = list(forum.topics)[:2]
    await sandbox.say("supervisor", "/link", chat=forum.id, topic=first, wait=True)
    here = Actor(world, "supervisor", forum.id)
    assert "绑定" in here.text or "通报" in here.text
    await broadcast(world)
    said = [m for m in here.messages if m["from"]["is_bot"]][-1]
    assert said["topic"] == first
    before = len(here.messages)
    await sandbox.say(world.of("区水利局").person, "大家辛苦了", chat=forum.id, topic=second, wait=True)
    assert len(here.messages) == before + 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_link(world: World) -> None:
    old = world.group.chat
    moved = await world.demo.sandbox.upgrade(old, wait=True)
    await broadcast(world)
    assert "通报" in Actor(world, "supervisor", moved["chat_id"]).text


async def test_a_group_that_moved_while_the_bot_was_away_is_found_by_the_next_broadcast(world: World) -> None:
    await world.demo.bot.stop()
    moved = await world.demo.sandbox.upgrade(world.group.chat, wait=False)
    world.demo.sandbox.updates.clear() if hasattr(world.demo.sandbox.updates, "clear") else None
    await world.demo.start_bot(False)
    await world.demo.settle()
    await broadcast(world)
    assert "通报" in Actor(world, "supervisor", moved["chat_id"]).text


async def test_a_bot_put_out_of_the_group_tells_the_supervisor_that_nothing_is_linked(world: World) -> None:
    await world.demo.sandbox.kick(world.group.chat, wait=True)
    await world.supervisor.send("/summary")
    assert not any(label.startswith("发送到") for label in world.supervisor.labels)
    assert "/link" in world.supervisor.text


async def test_unlink_ends_it(world: World) -> None:
    assert "解除" in await world.group.send("/unlink")
    await world.supervisor.send("/summary")
    assert not any(label.startswith("发送到") for label in world.supervisor.labels)


async def test_a_correction_edits_what_was_sent(world: World) -> None:
    await broadcast(world)
    before = len(world.group.messages)
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("建成4家\n3月：选址")
    await contact.click("预览") if "提交" not in contact.labels else None
    await contact.click("提交")
    await world.supervisor.send("/summary")
    await world.supervisor.click("更正")
    assert len(world.group.messages) == before
    assert "已报 1" in world.group.text
