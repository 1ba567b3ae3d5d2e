"""The library's signatures, the sandbox's methods and the published Bot API agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from telegram import Bot

from bot.sandbox import Sandbox
from bot.sandbox.methods.offered import METHODS
from bot.telegram.signatures import signatures

from .conftest import png

API = Path(__file__).parents[2].parent / "shared" / "botapi" / "api.json"


@pytest.fixture
def api() -> dict[str, dict]:
    if not API.is_file():
        pytest.skip("the Bot API's description is not beside this checkout")
    return json.loads(API.read_text("utf-8"))["methods"]


def test_every_parameter_of_a_signature_is_one_of_the_bot_api(api: dict[str, dict]) -> None:
    for method, described in api.items():
        signature = signatures().get(method.lower())
        if signature is None:
            continue
        names = {field["name"] for field in described.get("fields", [])}
        # The library still takes correct_option_id, which the Bot API replaced.
        assert signature.parameters - names <= {"correct_option_id"}, method


def test_every_method_offered_exists(api: dict[str, dict]) -> None:
    known = {method.lower() for method in api} | {"getchatmemberscount"}
    assert set(METHODS) - known == set()


async def test_what_the_library_sends_is_what_the_bot_api_describes(
    sandbox: Sandbox, bot: Bot, api: dict[str, dict]
) -> None:
    li = sandbox.world.people["li"].user_id
    sent = await bot.send_message(li, "x", reply_to_message_id=None, disable_web_page_preview=True)
    await bot.send_photo(li, png(), caption="x")
    await bot.send_document(li, b"x", filename="x.txt")
    await bot.edit_message_text("y", li, sent.message_id)
    await bot.send_chat_action(li, "typing")
    await bot.get_chat(li)
    await bot.get_chat_member(li, li)
    await bot.set_message_reaction(li, sent.message_id, "👍")
    for request in sandbox.requests():
        names = {field["name"] for field in api[request["method"]].get("fields", [])}
        assert set(request["params"]) <= names, request["method"]
        assert request["violations"] == []
