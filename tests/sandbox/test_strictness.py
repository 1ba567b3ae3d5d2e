"""The sandbox refuses what Telegram refuses, in Telegram's own words."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.sandbox import Sandbox

from .conftest import TOKEN, Control, png

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@pytest.fixture
def li(sandbox: Sandbox) -> int:
    return sandbox.world.people["li"].user_id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        ("   \n", "Text must be non-empty"),
        ("<b></b>", "Text must be non-empty"),
        ("a" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("a" * 40_000, "Text is too long"),
        ("<i>x", "Can't parse entities: can't find end tag corresponding to start tag \"i\""),
        ("报<x>y</x>", 'Can\'t parse entities: unsupported start tag "x" at byte offset 3'),
        ("<b>x</i>", 'Can\'t parse entities: unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Can't parse entities: unexpected end tag at byte offset 1"),
        ("1 < 2", "Can't parse entities: unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Can\'t parse entities: tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html_and_length_are_judged_after_parsing(bot: Bot, li: int, text: str, words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(li, text, parse_mode="HTML")
    assert caught.value.message.lower() == words.lower()


async def test_tags_and_escapes_do_not_count_towards_the_length(bot: Bot, li: int) -> None:
    sent = await bot.send_message(li, "<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")
    assert sent.text == "&" * 4096
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 4096)]


async def test_offsets_are_counted_in_utf16_units(bot: Bot, li: int) -> None:
    sent = await bot.send_message(li, "😀<b>报送</b> /help 见 https://example.com/a", parse_mode="HTML")
    assert sent.parse_entities() == dict(zip(sent.entities, ["报送", "/help", "https://example.com/a"], strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1. x", "Can't parse entities: character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*x", "Can't parse entities: can't find end of bold entity at byte offset 0"),
    ],
)
async def test_markdown_v2_is_judged_too(bot: Bot, li: int, text: str, words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(li, text, parse_mode="MarkdownV2")
    assert caught.value.message.lower() == words.lower()


async def test_markdown_v2_becomes_entities(bot: Bot, li: int) -> None:
    sent = await bot.send_message(li, r"*粗 _斜_* `码` [链](https://a.cn) 1\.", parse_mode="MarkdownV2")
    assert sent.text == "粗 斜 码 链 1."
    assert [e.type for e in sent.entities] == ["bold", "italic", "code", "text_link"]


TROUBLE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "签" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, TROUBLE + "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x"}, TROUBLE + "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, TROUBLE + 'Can\'t find field "text"'),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_buttons_are_judged(control: Control, sandbox: Sandbox, li: int, button: dict, words: str) -> None:
    order = {"chat_id": li, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}}
    async with control.session.post(f"{sandbox.url}/bot{TOKEN}/sendMessage", json=order) as response:
        assert response.status == 400
        assert await response.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


async def test_callback_data_may_have_64_bytes(bot: Bot, li: int) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="签" * 21 + "x")]])
    assert (await bot.send_message(li, "x", reply_markup=keyboard)).reply_markup == keyboard


async def test_a_pressed_button_is_answered_once(sandbox: Sandbox, bot: Bot, li: int) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("签收", callback_data="ok")]])
    await bot.send_message(li, "x", reply_markup=keyboard)
    pressed = await sandbox.click("li", button="签收")
    assert await bot.answer_callback_query(pressed["query_id"], "好")
    for query in (pressed["query_id"], "12345"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
            await bot.answer_callback_query(query)


async def test_only_own_messages_without_a_reply_keyboard_can_be_edited(sandbox: Sandbox, bot: Bot, li: int) -> None:
    said = await sandbox.say("li", "我写的")
    menu = await bot.send_message(li, "x", reply_markup=ReplyKeyboardMarkup([["填报"]]))
    asked = await bot.send_message(li, "x", reply_markup=ForceReply())
    for number in (said["message_id"], menu.message_id, asked.message_id):
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("y", li, number)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("y", li, 999)


async def test_an_edit_must_change_something(bot: Bot, li: int) -> None:
    sent = await bot.send_message(li, "<b>x</b>", parse_mode="HTML")
    with pytest.raises(BadRequest) as caught:
        await bot.edit_message_text("<b>x</b>", li, sent.message_id, parse_mode="HTML")
    assert caught.value.message == NOT_MODIFIED
    changed = await bot.edit_message_text("x", li, sent.message_id)
    assert changed.edit_date and not changed.entities


async def test_text_and_caption_are_edited_each_in_its_own_way(bot: Bot, li: int) -> None:
    text = await bot.send_message(li, "x")
    photo = await bot.send_photo(li, png(), caption="x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(li, text.message_id, caption="y")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("y", li, photo.message_id)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.edit_message_caption(li, photo.message_id, caption="x" * 1025)


async def test_a_deleted_message_is_gone(bot: Bot, li: int) -> None:
    sent = await bot.send_message(li, "x")
    await bot.delete_message(li, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(li, sent.message_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(li, "y", reply_parameters=ReplyParameters(sent.message_id))
    assert await bot.send_message(
        li, "y", reply_parameters=ReplyParameters(sent.message_id, allow_sending_without_reply=True)
    )


async def test_people_can_only_be_written_to_after_they_began(sandbox: Sandbox, bot: Bot) -> None:
    guo = sandbox.world.people["guo"].user_id
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(guo, "x")
    sandbox.add_group("群", ["han", "guo"])
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(guo, "x")
    await sandbox.say("guo", "/start")
    assert await bot.send_message(guo, "x")


async def test_a_block_closes_the_chat_until_it_is_lifted(sandbox: Sandbox, bot: Bot, li: int) -> None:
    await sandbox.block("li")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(li, "x")
    await sandbox.unblock("li")
    assert await bot.send_message(li, "x")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_kicked_bot_is_told_so(sandbox: Sandbox, bot: Bot) -> None:
    group = sandbox.add_group("群", ["han", "li"])
    await sandbox.kick(group.id)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "x")
    await sandbox.add(group.id)
    assert await bot.send_message(group.id, "x")


async def test_an_upgraded_group_names_its_new_id(sandbox: Sandbox, bot: Bot) -> None:
    group = sandbox.add_group("群", ["han", "li"])
    moved = await sandbox.upgrade(group.id)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == moved["chat_id"]
    assert await bot.send_message(moved["chat_id"], "x")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages[-2:]] == [
        (moved["chat_id"], None),
        (None, group.id),
    ]


async def test_a_topic_must_exist(sandbox: Sandbox, bot: Bot) -> None:
    forum = sandbox.add_group("论坛", ["han", "li"], forum=True, topics=["一季度"])
    (topic,) = forum.topics
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=99)
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic)
    assert sent.is_topic_message and sent.message_thread_id == topic
    created = await bot.create_forum_topic(forum.id, "二季度")
    assert created.message_thread_id in forum.topics


async def test_in_a_topic_each_message_answers_the_topics_first(sandbox: Sandbox, bot: Bot) -> None:
    forum = sandbox.add_group("论坛", ["han", "li"], forum=True, topics=["一季度"])
    (topic,) = forum.topics
    await sandbox.say("li", "普通消息", chat=forum.id, topic="一季度")
    message = (await bot.get_updates())[-1].message
    assert message.reply_to_message.message_id == message.message_thread_id == topic
    assert message.reply_to_message.forum_topic_created.name == "一季度"


async def test_files_have_their_limits(sandbox: Sandbox, bot: Bot, li: int) -> None:
    await sandbox.say("li", files=[("大.zip", bytes(20 * 1024 * 1024 + 1))])
    document = (await bot.get_updates())[-1].message.document
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(document.file_id)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(li, b"no picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(li, png(2001, 100))
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(li, "unknown-id")


async def test_a_file_comes_back_as_it_was_sent(sandbox: Sandbox, bot: Bot, li: int) -> None:
    await sandbox.say("li", "附件", files=[("计划表.docx", b"words")])
    message = (await bot.get_updates())[-1].message
    assert (message.caption, message.document.file_name) == ("附件", "计划表.docx")
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"words"
    again = await bot.send_document(li, message.document.file_id, caption="原件")
    assert again.document.file_id == message.document.file_id


async def test_commands_are_judged_and_kept_by_scope(bot: Bot, li: int) -> None:
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("任务", "x")])
    assert await bot.set_my_commands([BotCommand("tasks", "我的任务")], language_code="zh")
    assert [c.command for c in await bot.get_my_commands(language_code="zh")] == ["tasks"]
    assert await bot.get_my_commands() == ()


async def test_unknown_methods_and_tokens_are_refused(sandbox: Sandbox, bot: Bot) -> None:
    with pytest.raises(TelegramError, match="Not Found|not found"):
        await bot.do_api_request("sendNothing")
    sandbox.bot_side.tokens = {"1:other"}
    with pytest.raises(TelegramError, match="(?i)unauthorized"):
        await bot.get_me()


async def test_unknown_parameters_are_written_down(sandbox: Sandbox, bot: Bot, li: int) -> None:
    await bot.send_message(li, "x", api_kwargs={"colour": "red"})
    assert sandbox.requests(method="sendMessage")[-1]["violations"] == ["unknown parameter colour"]
    await bot.send_message(li, "x", disable_notification=True, protect_content=True)
    assert sandbox.requests(method="sendMessage")[-1]["violations"] == []
