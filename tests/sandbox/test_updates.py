"""Updates arrive the way Telegram hands them out: by offset, to one poller, or to a webhook."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot.sandbox import Sandbox

from .conftest import TOKEN


async def texts(bot: Bot, **order) -> list[str]:
    return [update.message.text for update in await bot.get_updates(**order)]


async def test_updates_stay_until_a_higher_offset_confirms_them(sandbox: Sandbox, bot: Bot) -> None:
    for text in ("一", "二", "三"):
        await sandbox.say("li", text)
    assert await texts(bot) == ["一", "二", "三"]
    assert await texts(bot, limit=1) == ["一"]
    first = (await bot.get_updates())[0].update_id
    assert await texts(bot, offset=first + 1) == ["二", "三"]
    assert await texts(bot) == ["二", "三"]
    assert await texts(bot, offset=-1) == ["三"]
    assert await texts(bot) == ["三"]
    assert await texts(bot, offset=first + 3) == []


async def test_a_long_poll_returns_when_something_happens(sandbox: Sandbox, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await until(lambda: sandbox.updates.polled)
    await sandbox.say("li", "在吗")
    assert [update.message.text for update in await poll] == ["在吗"]


async def test_only_allowed_kinds_are_queued(sandbox: Sandbox, bot: Bot) -> None:
    assert await bot.get_updates(allowed_updates=["callback_query"]) == ()
    assert (await sandbox.say("li", "x"))["update_id"] is None
    await bot.get_updates(allowed_updates=[])
    assert (await sandbox.say("li", "x"))["update_id"] is not None


async def test_the_second_poller_ends_the_first(sandbox: Sandbox, bot: Bot) -> None:
    async with Bot(TOKEN, base_url=f"{sandbox.url}/bot") as rival:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await until(lambda: sandbox.updates.polled)
        second = asyncio.create_task(rival.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first
        await sandbox.say("li", "x")
        assert len(await second) == 1


async def test_polling_is_refused_while_a_webhook_is_set(sandbox: Sandbox, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/", secret_token="密")


async def test_a_webhook_gets_updates_again_until_it_accepts_them(sandbox: Sandbox, bot: Bot) -> None:
    got: list[tuple[str, str]] = []
    done = asyncio.Event()

    async def receive(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), bot)
        got.append((update.message.text, request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        if len(got) == 1:
            return web.Response(status=500)
        if len(got) == 3:
            done.set()
            return web.json_response({"method": "sendMessage", "chat_id": update.message.chat_id, "text": "收到"})
        return web.Response()

    runner = web.ServerRunner(web.Server(receive))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    await sandbox.say("li", "一")
    await sandbox.say("li", "二")
    async with asyncio.timeout(10):
        await done.wait()
    await until(lambda: sandbox.messages("li")[-1]["text"] == "收到")
    info = await bot.get_webhook_info()
    await bot.delete_webhook()
    await runner.cleanup()
    assert got == [("一", "s3cret"), ("一", "s3cret"), ("二", "s3cret")]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0


async def test_a_plain_application_polls_and_answers(sandbox: Sandbox) -> None:
    seen: list[str] = []

    async def message(update: Update, context) -> None:
        seen.append(update.effective_message.text)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("签收", callback_data="ok")]])
        await update.effective_message.reply_html(f"<b>{update.effective_message.text}</b>", reply_markup=keyboard)

    async def pressed(update: Update, context) -> None:
        await update.callback_query.answer("已签收", show_alert=True)
        await update.callback_query.edit_message_text("完成")

    async def member(update: Update, context) -> None:
        seen.append(update.my_chat_member.new_chat_member.status)

    application = Application.builder().token(TOKEN).base_url(f"{sandbox.url}/bot").build()
    application.add_handlers(
        [MessageHandler(filters.TEXT, message), CallbackQueryHandler(pressed), ChatMemberHandler(member)]
    )
    await application.initialize()
    await application.updater.start_polling(timeout=5)
    await application.start()
    try:
        await sandbox.say("li", "你好")
        await until(lambda: sandbox.messages("li")[-1]["html"] == "<b>你好</b>")
        answer = await sandbox.click("li", button="签收", wait=True)
        assert (answer["answer"], answer["alert"]) == ("已签收", True)
        await until(lambda: sandbox.messages("li")[-1]["text"] == "完成")
        said = await sandbox.say("li", "错字")
        await sandbox.edit("li", said["message_id"], "改字")
        await sandbox.block("li")
        await until(lambda: seen == ["你好", "错字", "改字", "kicked"])
    finally:
        await application.updater.stop()
        await application.stop()
        await application.shutdown()
    assert sandbox.summary()["violations"] == 0


async def until(condition) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_in_a_group_privacy_hides_what_is_not_for_the_bot(sandbox: Sandbox, bot: Bot) -> None:
    group = sandbox.add_group("群", ["han", "li"])
    note = await bot.send_message(group.id, "通报")
    for text in ("闲聊", "/overdue", "/overdue@other_bot", "/overdue@duban_bot", "问 @duban_bot"):
        await sandbox.say("li", text, chat=group.id)
    await sandbox.say("li", "收到", chat=group.id, reply_to=note.message_id)
    got = [update.message.text for update in await bot.get_updates() if update.message and update.message.text]
    assert got == ["/overdue", "/overdue@duban_bot", "问 @duban_bot", "收到"]
    await sandbox.add(group.id, administrator=True)
    assert (await sandbox.say("li", "闲聊", chat=group.id))["seen"]
