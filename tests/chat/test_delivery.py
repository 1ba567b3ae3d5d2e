"""What becomes of messages on their way, with the real application: refused markup, closed chats, doubt, each by its kind."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.doctor import examine
from bot.settings import Settings
from core.rules.delivery import after_uncertain
from core.words.html import Html, html
from core.words.message import Button, Message
from core.work import Work
from storage import inbox
from storage.outbox import OutboxEntry
from tests.chat.world import BOTH, Actor, World, defect

DATABASES = BOTH

KINDS = (
    "reply", "assignment", "notice", "handover", "takeover", "inspection", "finding", "input",
    "nudge", "digest", "urge", "broadcast",
)  # fmt: skip


async def say(world: World, to: Actor, key: str, text: Html, kind: str = "reply", **more: Any) -> None:
    """Puts a message to a person into the outbox, as a handler's transaction would, and lets it leave."""
    chat_id, now = world.demo.sandbox.world.people[to.person].user_id, world.demo.clock.now()

    def put(work: Work) -> None:
        person = next(p for p in work.people.all() if p.chat_id == chat_id)
        work.outbox.put(key, chat_id, Message(text, **more), kind=kind, now=now, person_id=person.id)

    await world.demo.work(put)
    assert world.demo.bot is not None
    world.demo.bot.courier.wake()
    await world.demo.settle()


async def entry(world: World, key: str) -> OutboxEntry:
    assert world.demo.bot is not None
    query = select(OutboxEntry).where(OutboxEntry.key == key)
    found: OutboxEntry = await world.demo.bot.desk.run(lambda session: session.scalar(query))
    return found


def asked(world: World, method: str = "sendMessage", chat: int = 0) -> int:
    """How often the bot called a method (for a chat)."""
    calls = world.demo.sandbox.requests(method=method)
    return sum(not chat or int(call["params"].get("chat_id", 0)) == chat for call in calls)


async def test_markup_that_telegram_refuses_is_said_plainly_and_is_a_defect_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    contact = world.of("区民政局")
    with caplog.at_level(logging.ERROR):
        await say(world, contact, "broken", Html("<b>3项 & <未闭合"), buttons=((Button("签收", "ok:1"),),))
    assert "3项 &" in contact.text and contact.labels == ["签收"]
    assert "defect" in caplog.text and "an't parse entities" in caplog.text
    kept = await entry(world, "broken")
    assert (kept.state, kept.plain) == ("sent", True)


@pytest.mark.parametrize("how", ["blocked", "chat not found"])
async def test_nothing_more_is_sent_to_a_closed_chat_until_the_person_is_back(world: World, how: str) -> None:
    contact = world.of("区水利局")
    person = world.demo.sandbox.world.people[contact.person]
    if how == "blocked":
        person.blocked = True  # and no update tells the bot
    else:
        person.started = False
    await say(world, contact, "first", html("第一条"))
    assert (await entry(world, "first")).state == "failed"
    assert "已停用 1" in await world.supervisor.send("/reach")
    before = asked(world, chat=person.user_id)
    for number, kind in enumerate(("nudge", "assignment", "notice")):
        await say(world, contact, f"later:{number}", html(f"第{number}条"), kind)
    await world.pass_to("2023-03-09T10:00")
    assert asked(world, chat=person.user_id) == before, "nobody knocks at a closed door"
    person.blocked, person.started = False, True
    await contact.send("/start")
    assert "已停用 0" in await world.supervisor.send("/reach")
    await say(world, contact, "again", html("又能收到了"))
    assert "又能收到了" in [m["text"] for m in contact.messages]


async def test_a_group_that_became_a_supergroup_meanwhile_gets_what_was_on_its_way(world: World) -> None:
    assert world.demo.bot is not None
    old = world.group.chat
    await world.demo.bot.stop()
    moved = await world.demo.sandbox.upgrade(old, wait=False)
    world.demo.sandbox.updates.clear()
    await world.demo.start_bot(clockwork=False)
    now = world.demo.clock.now()
    await world.demo.work(lambda work: work.outbox.put("g", old, Message(html("通报")), kind="broadcast", now=now))
    world.demo.bot.courier.wake()
    await world.demo.settle()
    assert Actor(world, "supervisor", moved["chat_id"]).text == "通报"
    assert (await entry(world, "g")).state == "sent"


@pytest.mark.parametrize("kind", KINDS)
async def test_what_may_have_arrived_is_treated_by_its_kind(world: World, kind: str) -> None:
    contact = world.of("区民政局")
    world.demo.sandbox.fault("answer_lost", methods=["sendMessage"], count=1)
    await say(world, contact, "doubtful", html("到底收到没有"), kind)
    kept = await entry(world, "doubtful")
    again = after_uncertain(kind) == "again_marked"
    assert kept.state == ("waiting" if again else "uncertain")
    world.demo.clock.set(world.demo.clock.now() + timedelta(minutes=6))
    await world.demo.settle()
    copies = [m["text"] for m in contact.messages if "到底收到没有" in (m["text"] or "")]
    assert len(copies) == (2 if again else 1)
    assert copies[0] == "到底收到没有" and all("可能重复" in text for text in copies[1:])
    assert (await entry(world, "doubtful")).state == ("sent" if again else "uncertain")


async def test_trouble_with_the_menu_puts_no_message_in_doubt(world: World) -> None:
    """The menu is set before the message leaves: what is lost of that says nothing about the message."""
    contact = world.of("区民政局")
    world.demo.sandbox.fault("answer_lost", methods=["setMyCommands"], count=1)
    await say(world, contact, "menu", html("您的菜单"), commands=(("help", "帮助"),))
    world.demo.clock.set(world.demo.clock.now() + timedelta(minutes=6))
    await world.demo.settle()
    kept = await entry(world, "menu")
    assert (kept.state, kept.repeated) == ("sent", False)
    assert contact.text == "您的菜单"


async def test_what_could_not_be_handled_is_kept_told_and_handled_after_the_mend(world: World) -> None:
    assert world.demo.bot is not None
    contact = world.of("区民政局")
    with defect():
        await contact.send("/tasks")
    assert "已保存" in contact.text
    assert "/help" in await contact.send("/help"), "the chat goes on"
    settings = Settings(
        data_dir=world.demo.folder,
        telegram_api_base_url=world.demo.url,
        database_url=world.demo.database_url,
    )
    found = {one.name: one.values for one in await examine(settings, world.demo.clock)}
    assert found["inbox_aside"]["n"] == 1 and "a defect" in found["inbox_aside"]["why"]
    assert await world.demo.bot.desk.run(inbox.again) == 1
    world.demo.bot.wake()
    await world.demo.settle()
    assert "2-2" in contact.text
