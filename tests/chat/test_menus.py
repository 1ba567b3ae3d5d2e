"""Menus, typed words and permissions, role by command by chat, through the real application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.rules.people import ALLOWED, Place, Role, may
from core.words.help import COMMANDS
from core.words.voice import voice
from handlers.registry import registry
from tests.chat.world import Actor, World

ZH = voice("zh")
REFUSALS = {ZH.plain(f"help.{key}") for key in ("only_private", "only_group", "not_joined", "not_allowed")}


def cast(world: World) -> Iterator[tuple[Actor, frozenset[Role]]]:
    yield world.owner, frozenset({Role.OWNER})
    yield world.supervisor, frozenset({Role.SUPERVISOR})
    yield world.actor("leader"), frozenset({Role.LEADER})
    yield world.actor("head"), frozenset({Role.HEAD})
    yield world.of("区商务局"), frozenset({Role.CONTACT})
    yield world.stranger, frozenset({Role.STRANGER})


def refused(text: str) -> bool:
    return text.replace("<b>", "").replace("</b>", "") in {r.replace("<b>", "").replace("</b>", "") for r in REFUSALS}


async def test_every_command_answers_everybody_and_refuses_exactly_whom_the_table_refuses(world: World) -> None:
    commands = registry().commands
    for actor, roles in cast(world):
        for name in sorted(commands):
            before = len(actor.messages)
            text = await actor.send(f"/{name}")
            assert len(actor.messages) > before + 1, f"/{name} was met with silence"
            allowed = may(roles, commands[name].action, Place.PRIVATE)
            assert refused(text) is not allowed, (actor.person, name, text)


async def test_in_a_group_only_what_belongs_there_is_answered_and_nothing_private_is_said(world: World) -> None:
    commands = registry().commands
    chat = world.group.chat
    for actor, roles in cast(world):
        if actor.person not in world.demo.sandbox.world.chats[chat].members:
            await world.demo.sandbox.join(actor.person, chat, wait=True)
        here = world.actor(actor.person, chat)
        for name in sorted(set(commands) - {"unlink"}):
            text = await here.send(f"/{name}@duban_bot")
            allowed = may(roles, commands[name].action, Place.GROUP)
            assert refused(text) is not allowed, (actor.person, name, text)


async def test_each_role_sees_its_own_command_menu_and_keyboard(world: World) -> None:
    seen = {}
    for actor, roles in cast(world):
        await actor.send("帮助")
        sandbox = world.demo.sandbox
        person = sandbox.world.people[actor.person]
        menu = [row["command"] for row in sandbox.views.menu(sandbox.world.chats[person.user_id], person)]
        assert all(may(roles, registry().commands[name].action, Place.PRIVATE) for name in menu), actor.person
        seen[actor.person] = menu
        keyboard = sandbox.views.chat(sandbox.world.chats[person.user_id])["keyboard"] or []
        labels = [cell if isinstance(cell, str) else cell["text"] for row in keyboard for cell in row]
        for label in labels:
            text = await actor.send(label)
            assert not refused(text), (actor.person, label)
        assert bool(labels) is (roles != {Role.STRANGER})
    assert "overdue" in seen["supervisor"] and "plan" not in seen["supervisor"]
    assert "plan" in seen[world.of("区商务局").person] and "review" not in seen[world.of("区商务局").person]


@pytest.mark.parametrize(
    ("word", "said"), [("逾期", "逾期清单"), ("我的任务", "我的任务"), ("填报", "可报"), ("帮助", "/tasks")]
)
async def test_the_chinese_words_work_typed(world: World, word: str, said: str) -> None:
    assert said in await world.of("区水利局").send(word)


@pytest.mark.parametrize("odd", ["？", "asdf", "/nosuch", "/overdue@other_bot", "👍", "你们几点下班", "/task", "/unit"])
async def test_what_is_not_understood_gets_a_helpful_answer(world: World, odd: str) -> None:
    for actor in (world.supervisor, world.actor("leader"), world.stranger):
        before = len(actor.messages)
        text = await actor.send(odd)
        assert len(actor.messages) > before + 1 and len(text) > 5, (actor.person, odd)


async def test_an_unknown_command_is_named_and_a_thank_you_is_not_taken_for_a_report(world: World) -> None:
    contact = world.of("区商务局")
    assert (await contact.send("/nosuch")).startswith("没有 /nosuch 这个功能")
    assert "没有" not in await contact.send("/help")
    assert "如果这就是要报送的内容" in await contact.send("好的，谢谢")
    await contact.click("不是报送")


async def test_an_old_button_says_so_and_nothing_else_happens(world: World) -> None:
    contact = world.of("区商务局")
    message = next(m for m in contact.messages if any("签收" in c["label"] for r in m.get("buttons") or [] for c in r))
    await contact.click("签收", message)
    supervisor_before = len(world.supervisor.messages)
    world.plant(contact, "旧按钮", "nosuch:1")
    answer = await contact.click("旧按钮")
    assert "已失效" in (answer["answer"] or "")
    assert len(world.supervisor.messages) == supervisor_before


async def test_a_button_pressed_by_somebody_without_the_right_is_refused(world: World) -> None:
    await world.supervisor.send("/summary")
    label = next(label for label in world.supervisor.labels if label.startswith("发送到"))
    action = world.action(world.supervisor.last, label)
    contact = world.of("区商务局")
    world.plant(contact, label, action)
    before = len(world.group.messages)
    answer = await contact.click(label)
    assert "没有此项权限" in (answer["answer"] or "")
    assert len(world.group.messages) == before


async def test_whoever_serves_two_roles_has_both_menus(world: World) -> None:
    from_table = {name for name in COMMANDS if may(frozenset({Role.LEADER, Role.CONTACT}), name, Place.PRIVATE)}
    assert {"plan", "leader"} <= from_table <= set(ALLOWED)
