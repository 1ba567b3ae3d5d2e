"""The control interface: any program can be any person."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import aiohttp
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.sandbox import Sandbox, SandboxClock

from .conftest import Control, png


async def test_people_and_chats_are_listed(sandbox: Sandbox, control: Control) -> None:
    group = sandbox.add_group("督办群", ["han", "li"])
    people = {person["id"]: person for person in await control.get("people")}
    assert (people["li"]["name"], people["li"]["role"], people["li"]["unit"]) == ("李雷", "contact", "区经信局")
    assert people["li"]["chats"] == [people["li"]["user_id"], group.id]
    chats = {chat["id"]: chat for chat in await control.get("chats")}
    assert chats[group.id]["members"] == ["han", "li"] and chats[group.id]["type"] == "group"


async def test_people_and_groups_can_be_made(control: Control) -> None:
    made = await control.post("people", name="王建国", role="contact", unit="区住建局", floor=3)
    assert (made["unit"], made["floor"]) == ("区住建局", 3)
    forum = await control.post("chats", title="专班", members=["han", made["id"]], forum=True, topics=["一季度"])
    assert forum["topics"][0]["name"] == "一季度" and forum["bot"] == "administrator"
    assert "there is a person" in (await control.post("people", 400, id="li", name="x"))["error"]


async def test_say_shows_in_the_chat_and_reaches_the_bot(control: Control, bot: Bot) -> None:
    said = await control.post("say", person="li", text="三月进展 /tasks")
    (update,) = await bot.get_updates()
    assert (update.update_id, update.message.message_id) == (said["update_id"], said["message_id"])
    (message,) = await control.get("chats/li/messages")
    assert (message["text"], message["from"]["id"]) == ("三月进展 /tasks", "li")
    assert message["entities"] == [{"type": "bot_command", "offset": 5, "length": 6}]


async def test_files_come_as_base64_or_as_a_form(control: Control, bot: Bot) -> None:
    content = base64.b64encode(b"sheet").decode()
    await control.post("say", person="li", caption="表", file={"name": "表.xlsx", "content_base64": content})
    form = aiohttp.FormData({"person": "li", "photo": "true"})
    form.add_field("file", png(), filename="图.png", content_type="image/png")
    async with control.session.post(control.url + "say", data=form) as response:
        assert response.status == 200
    document, photo = [update.message for update in await bot.get_updates()]
    assert document.document.file_name == "表.xlsx" and document.caption == "表"
    assert photo.photo[-1].width == 64
    shown = await control.get("chats/li/messages")
    async with control.session.get(control.url[: -len("/sandbox/")] + shown[0]["document"]["url"]) as response:
        assert await response.read() == b"sheet"
    assert shown[1]["photo"]["height"] == 48


async def test_a_wrong_order_says_what_is_wrong(control: Control) -> None:
    assert (await control.post("say", 404, person="nobody", text="x"))["error"].startswith("no such person")
    assert (await control.post("say", 400, text="x"))["error"] == "person is needed"
    assert (await control.post("say", 400, person="li"))["error"] == "text or file is needed"
    assert (await control.post("say", 404, person="li", text="x", reply_to=77))["error"].startswith(
        "there is no message"
    )
    assert "POST" in (await control.get("say", 404))["error"]
    assert "does not exist" in (await control.get("nothing", 404))["error"]


async def test_click_by_label_data_or_place(sandbox: Sandbox, control: Control, bot: Bot) -> None:
    li = sandbox.world.people["li"].user_id
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("签收", callback_data="ok:1")],
            [InlineKeyboardButton("加入", url="https://t.me/duban_bot?start=TOKEN")],
        ]
    )
    sent = await bot.send_message(li, "x", reply_markup=keyboard)
    for button in ("签收", "ok:1", [0, 0]):
        await control.post("click", person="li", message=sent.message_id, button=button)
    await control.post("click", person="li", message=sent.message_id, button="加入")
    updates = await bot.get_updates()
    assert [u.callback_query.data for u in updates[:3]] == ["ok:1"] * 3
    assert updates[0].callback_query.message.message_id == sent.message_id
    assert updates[3].message.text == "/start TOKEN"
    refused = await control.post("click", 404, person="li", message=sent.message_id, button="没有")
    assert "签收, 加入" in refused["error"]


async def test_messages_show_buttons_keyboard_and_html(sandbox: Sandbox, control: Control, bot: Bot) -> None:
    li = sandbox.world.people["li"].user_id
    await bot.send_message(
        li, "<b>a <i>b</i></b> &lt;", parse_mode="HTML", reply_markup=ReplyKeyboardMarkup([["填报"]])
    )
    last = (await control.get("chats/li/messages"))[-1]
    assert (last["html"], last["keyboard"], last["buttons"]) == ("<b>a <i>b</i></b> &lt;", [["填报"]], [])
    assert (await control.get("chats/li"))["keyboard"] == [["填报"]]
    assert await control.get(f"chats/{li}/messages?after={last['message_id']}") == []


async def test_edit_reaches_the_bot_as_an_edited_message(control: Control, bot: Bot) -> None:
    said = await control.post("say", person="li", text="错")
    await control.post("edit", person="li", message=said["message_id"], text="对")
    update = (await bot.get_updates())[-1]
    assert update.edited_message.text == "对" and update.edited_message.edit_date
    assert (await control.get("chats/li/messages"))[0]["edited"] is True


async def test_the_clock_moves_forward_and_only_on_request_back(control: Control, sandbox: Sandbox) -> None:
    await control.post("clock", to="2030-01-07T09:00", back=True, frozen=True)
    assert (await control.get("clock"))["now"] == "2030-01-07T09:00:00+08:00"
    assert (await control.post("clock", forward="1d"))["now"] == "2030-01-08T09:00:00+08:00"
    assert (await control.post("clock", forward=90))["now"] == "2030-01-08T09:01:30+08:00"
    assert "does not go back" in (await control.post("clock", 400, to="2030-01-01T09:00"))["error"]
    assert (await control.post("clock", 400, forward="next"))["error"] == "nothing is due"
    said = await control.post("say", person="li", text="x")
    shown = (await control.get("chats/li/messages"))[0]
    assert said["message_id"] == shown["message_id"] and shown["time"] == "2030-01-08T09:01:30+08:00"


async def test_the_embedding_bot_steps_through_what_is_due() -> None:
    clock = SandboxClock(datetime(2030, 1, 7, tzinfo=UTC), frozen=True)
    async with Sandbox(clock) as sandbox:
        seen = []

        async def step(target: datetime) -> None:
            while clock.now() < target:
                clock.set(min(clock.now() + timedelta(hours=6), target))
                seen.append(clock.now().hour)

        sandbox.on_clock = step
        sandbox.next_due = lambda: clock.now() + timedelta(hours=13)
        state = await sandbox.move_clock(forward="next")
        assert seen == [6, 12, 13] and state["now"] == "2030-01-07T21:00:00+08:00"


async def test_say_waits_until_the_bot_has_settled(sandbox: Sandbox, control: Control) -> None:
    settled = []

    async def settle() -> None:
        settled.append(len(sandbox.messages("li")))

    sandbox.settle = settle
    await control.post("say", person="li", text="x")
    await control.post("say", person="li", text="y", wait=False)
    assert settled == [1]


async def test_requests_are_kept_with_answer_and_masked_token(control: Control, bot: Bot) -> None:
    await control.post("say", person="li", text="/start")
    await bot.get_updates()
    entry = (await control.get("requests?method=getUpdates"))[-1]
    assert entry["status"] == 200 and entry["answer"]["result"][0]["message"]["text"] == "/start"
    assert entry["token"] == "123456:te…"
    assert (await control.get("requests?summary=1"))["by_method"]["getUpdates"] == 1


async def test_faults_are_listed_and_ended(control: Control) -> None:
    await control.post("faults", kind="outage", seconds=60)
    assert [fault["kind"] for fault in await control.get("faults")] == ["outage"]
    assert "known: 429" in (await control.post("faults", 400, kind="flood"))["error"]
    assert await control.delete("faults") == []


async def test_another_sites_page_may_not_give_orders(control: Control) -> None:
    order = control.session.post(
        control.url + "block", json={"person": "li"}, headers={"Origin": "http://evil.example"}
    )
    async with order as response:
        assert response.status == 403
