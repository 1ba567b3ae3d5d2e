"""The page in a real browser: somebody's phone, the clock, trouble, the record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.sandbox import Sandbox
from bot.sandbox.pages import font_path
from core.words.voice import voice

from .conftest import Control

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium")


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator:
    playwright = pytest.importorskip("playwright.async_api")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        one = await browser.new_page(bypass_csp=True, viewport={"width": 1280, "height": 800})
        problems: list[str] = []
        one.on("pageerror", lambda error: problems.append(str(error)))
        one.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        await one.goto(sandbox.url)
        await one.wait_for_selector("body[data-ready]")
        yield one
        await browser.close()
        assert problems == []


async def test_a_conversation_on_the_page(sandbox: Sandbox, bot: Bot, page) -> None:
    li = sandbox.world.people["li"].user_id
    await bot.set_my_commands([BotCommand("tasks", "我的任务")])
    await page.click("[data-person=li]")
    await page.fill("#text", "<script>你好</script>")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".mine .words:has-text('<script>你好</script>')")
    assert (await bot.get_updates())[-1].message.text == "<script>你好</script>"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("签收", callback_data="ok")]])
    await bot.send_message(li, "<b>任务</b>\n<blockquote>三月</blockquote>", parse_mode="HTML", reply_markup=keyboard)
    await page.click(".grid button:has-text('签收')")
    await page.wait_for_function("document.querySelectorAll('.grid .busy').length === 1")
    query = (await bot.get_updates())[-1].callback_query
    await query.answer("已签收")
    await page.wait_for_selector(".toast:has-text('已签收')")
    await bot.send_message(li, "菜单", reply_markup=ReplyKeyboardMarkup([["填报"]]))
    await page.click("#keys button:has-text('填报')")
    await page.wait_for_selector(".mine .words:has-text('填报')")
    await page.fill("#text", "/ta")
    await page.click("#commands button:has-text('/tasks')")
    await page.wait_for_selector(".mine .words a:has-text('/tasks')")


async def test_replying_and_editing_on_the_page(sandbox: Sandbox, bot: Bot, page) -> None:
    li = sandbox.world.people["li"].user_id
    sent = await bot.send_message(li, "请报三月进展")
    await page.click("[data-person=li]")
    await page.dblclick(".line .bubble")
    await page.fill("#text", "已完成")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".mine .quote")
    await page.hover(".line.mine")
    await page.click(".line.mine .acts button >> nth=1")
    await page.fill("#text", "全部完成")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(f".mine .stamp:has-text('{voice('zh').plain('sandbox.edited')}')")
    first, second = (await bot.get_updates())[-2:]
    assert first.message.reply_to_message.message_id == sent.message_id
    assert second.edited_message.text == "全部完成"


async def test_clock_trouble_and_record_on_the_page(sandbox: Sandbox, control: Control, bot: Bot, page) -> None:
    before = sandbox.clock.now()
    await page.click("[data-forward='1d']")
    await page.wait_for_function("!document.querySelector('#bar.moving')")
    assert (sandbox.clock.now() - before).days == 1
    await page.click("#trouble")
    await page.click(".choice >> nth=1")
    await page.wait_for_selector("#trouble .badge:not([hidden])")
    assert [fault["kind"] for fault in await control.get("faults")] == ["outage"]
    await page.click(".popover .choice >> nth=-1")
    await page.wait_for_selector("#trouble .badge", state="hidden")
    await bot.send_message(sandbox.world.people["li"].user_id, "记录")
    await page.click("#log")
    await page.click(".entry:has-text('sendMessage') button")
    await page.wait_for_selector(".entry pre:has-text('记录')")


async def test_every_page_fits_a_phone(sandbox: Sandbox, bot: Bot, page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await bot.send_message(sandbox.world.people["li"].user_id, "很长的一行" * 40)
    await page.click("[data-person=li]")
    await page.wait_for_selector(".line")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.click("#back")
    await page.wait_for_selector("#people", state="visible")


async def test_the_other_language_is_one_press_away(page) -> None:
    await page.click("#lang")
    await page.wait_for_function(
        f"document.getElementById('search').placeholder === '{voice('en').plain('sandbox.search')}'"
    )


async def test_chinese_has_a_font_even_on_a_bare_machine(control: Control, page) -> None:
    assert font_path() is not None
    assert await page.evaluate("document.fonts.check('15px \"Sandbox CJK\"', '督办')")
