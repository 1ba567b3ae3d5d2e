"""What the messenger says reaches the Bot API with what it was told to say, paid broadcast included."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.error import TelegramError

from bot.sandbox import Sandbox
from bot.telegram.keeping import build
from bot.telegram.messenger import TelegramMessenger, verdict
from core.papers.render import render
from core.ports import Outgoing, Uncertain
from core.words.html import Html
from core.words.message import Button, Message, Paper


async def _keep(updates: Any) -> None:
    return None


@pytest.mark.parametrize("paid", [False, True])
async def test_every_kind_of_message_is_one_that_the_bot_api_knows(paid: bool) -> None:
    async with Sandbox() as box:
        chat = box.add_person("li", "李雷", started=True).user_id
        application = build("1000000001:sandbox-token-not-a-secret", box.url, _keep)
        await application.bot.initialize()
        messenger = TelegramMessenger(application.bot, render, paid=paid)
        buttons = ((Button("签收", "ok:1"), Button("说明", url="https://example.com/")),)
        plain = Message(Html("<b>您好</b>"), buttons, silent=True)
        first = await messenger.send(Outgoing(1, None, chat, "reply", plain, reply_to=99))
        edited = Message(Html("<b>改正</b>"), buttons)
        again = await messenger.send(Outgoing(2, None, chat, "reply", edited, edit_message_id=first.message_id))
        assert again == first
        await messenger.send(Outgoing(3, None, chat, "reply", Message(Html("菜单"), menu=(("我的任务",), ("填报",)))))
        code = Message(
            Html("二维码"), paper=Paper("qr.png", "码.png", {"text": "https://t.me/duban_bot"}, picture=True)
        )
        picture = await messenger.send(Outgoing(4, None, chat, "reply", code))
        named = Message(Html("新的说明"), paper=code.paper)
        await messenger.send(Outgoing(5, None, chat, "reply", named, edit_message_id=picture.message_id))
        await application.bot.shutdown()
        said = box.messages("li")
        assert [m["text"] or m["caption"] for m in said] == ["改正", "菜单", "新的说明"]
        assert [cell["label"] for cell in said[0]["buttons"][0]] == ["签收", "说明"]
        requests = [r for r in box.requests() if r["method"] not in ("getMe",)]
        assert all(r["violations"] == [] and r["status"] == 200 for r in requests), requests
        new = [
            r for r in requests if r["method"].startswith("send") and r["method"] != "sendChatAction"
        ]  # the picture took long
        assert [bool(r["params"].get("allow_paid_broadcast")) for r in new] == [paid] * 3


def test_an_answer_that_nobody_can_read_leaves_it_in_doubt() -> None:
    assert isinstance(verdict(TelegramError("Invalid server response")), Uncertain)
