"""Files are read in a process of their own: what it may not do, and that the bot lives on."""

from __future__ import annotations

import asyncio
import sys

import pytest

from bot.reading import TOO_HEAVY, Reading
from handlers.patience import busy
from tests.chat.world import NOTICE, World
from tests.plan_form.test_hostile import bomb, book, macros


async def test_a_form_and_a_notice_are_read_there() -> None:
    reading = Reading()
    assert await reading.read("plan", book(), "x.xlsx") == {"forms": []}
    found = await reading.read("notice", NOTICE.read_bytes(), "通知.txt")
    assert len(found["reading"]["tasks"]) == 5


async def test_refusals_come_back_with_their_reason() -> None:
    reading = Reading()
    assert (await reading.read("plan", macros(), "x.xlsm"))["problem"] == "macros"
    assert (await reading.read("plan", bomb(), "../../x.xlsx"))["problem"] == "unsafe"


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    assert await Reading(seconds=0.01).read("plan", book(), "x.xlsx") == TOO_HEAVY


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are the kernel's")
async def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    rows = [tuple(f"第{row}行第{column}列的工作" * 4 for column in range(8)) for row in range(2_000)]
    assert await Reading(memory=40_000_000).read("plan", book(*rows), "x.xlsx") == TOO_HEAVY
    assert (await Reading().read("plan", book(*rows), "x.xlsx"))["forms"] == []


async def test_many_files_at_once_wait_their_turn() -> None:
    reading = Reading()
    found = await asyncio.gather(*(reading.read("plan", book(), f"{n}.xlsx") for n in range(5)))
    assert found == [{"forms": []}] * 5


async def test_the_other_process_learns_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "secret")
    real, seen = asyncio.create_subprocess_exec, {}

    async def spy(*arguments: str, **more: object) -> asyncio.subprocess.Process:
        seen.update(more)
        return await real(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", spy)
    await Reading().read("plan", book(), "x.xlsx")
    assert "BOT_TOKEN" not in seen["env"]  # type: ignore[operator]


async def test_the_chat_goes_on_while_a_file_is_given_up(world: World) -> None:
    assert world.demo.bot is not None
    world.demo.bot.files.reading._seconds = 0.01
    contact = world.of("区民政局")
    assert "太费时间或内存" in await contact.send(files=[("推进计划表.xlsx", book())])
    assert "推进计划" in await contact.send("/plan")


async def test_who_waits_for_a_file_sees_that_it_is_being_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.runner.busy", lambda show: busy(show, first=0.0, every=0.05))
    contact = world.of("区民政局")
    await contact.send(files=[("推进计划表.xlsx", book())])
    shown = world.demo.sandbox.requests(method="sendChatAction")
    assert shown and {each["params"]["action"] for each in shown} == {"typing"}
    assert {int(each["params"]["chat_id"]) for each in shown} == {contact.messages[0]["chat_id"]}
