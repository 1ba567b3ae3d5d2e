"""Work that takes long: the chat goes on, one message says how far it is, the file comes when it is done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from core.papers.render import MAKERS
from core.papers.steps import Step, listening, step
from storage.inbox import InboxEntry
from storage.leases import me
from storage.outbox import OutboxEntry
from tests.chat import slow_papers
from tests.chat.world import BOTH, World

DATABASES = BOTH


def hasten(world: World) -> None:
    """Seconds become hundredths."""
    bot = world.demo.bot
    assert bot is not None
    bot.courier.drawing.patience = bot.progress.first = bot.runner.patience = 0.02
    bot.progress.every = 0.03


@pytest.fixture
async def slow(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setitem(
        MAKERS,
        "office.json",
        ("tests.chat.slow_papers", "slow_json"),
    )
    slow_papers.GO.clear()
    hasten(world)
    yield world
    slow_papers.GO.set()


async def until(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def asked(world: World) -> int:
    """Everything is asked for; how many messages there were before."""
    await world.supervisor.send("/export")
    count = len(world.supervisor.messages)
    message = world.supervisor.last
    label = next(cell["label"] for row in message["buttons"] for cell in row if "JSON" in cell["label"])
    await world.demo.sandbox.click("supervisor", message["message_id"], label, wait=False)
    return count


def texts(world: World, count: int) -> list[str]:
    return [m.get("text") or m.get("caption") or "" for m in world.supervisor.said_since(count)]


async def test_one_message_says_how_far_it_is_while_the_chat_goes_on(slow: World) -> None:
    count = await asked(slow)
    await until(lambda: any("⏳" in text for text in texts(slow, count)))
    first = next(m for m in slow.supervisor.said_since(count) if "⏳" in m["text"])
    for number in (1, 2, 3):
        slow_papers.say.release()
        await until(lambda: f"第 {number}/4 份（{number * 25}%）" in slow.supervisor.said(first)["text"])  # noqa: B023
    await slow.demo.sandbox.say("supervisor", "/help", wait=False)
    await until(lambda: len(texts(slow, count)) == 2)
    assert not any(m.get("document") for m in slow.supervisor.said_since(count)), "answered before the file"
    slow_papers.GO.set()
    await until(lambda: slow.supervisor.last.get("document"))
    await slow.demo.settle()
    assert json.loads(slow.content(slow.supervisor.last))["format"] == "duban-office"
    assert slow.supervisor.said(first)["text"].startswith("✓")
    assert len(texts(slow, count)) == 3


async def test_quick_work_leaves_no_message(world: World) -> None:
    count = await asked(world)
    await world.demo.settle()
    assert [bool(m.get("document")) for m in world.supervisor.said_since(count)] == [True]


async def test_what_a_killed_process_was_drawing_comes_after_the_next_start(slow: World) -> None:
    count = await asked(slow)
    await until(lambda: any("⏳" in text for text in texts(slow, count)))
    bot = slow.demo.bot
    assert bot is not None
    await bot.stop()
    # As kill -9 leaves it: in the hands of a process that is no more.
    dead = bot.post._who.rpartition(":")[0].rpartition(":")[0] + ":4194300:dead"
    killed = {"state": "drawing", "claimed_by": dead, "lease_until": slow.demo.clock.now() + timedelta(minutes=2)}

    def kill(session: Any) -> int:
        return int(session.execute(update(OutboxEntry).where(OutboxEntry.state == "waiting").values(killed)).rowcount)

    desk = type(bot.desk)(bot.settings.database)
    assert desk.run_sync(kill) >= 1
    desk.close()
    slow_papers.GO.set()
    await slow.demo.start_bot()
    await until(lambda: any(m.get("document") for m in slow.supervisor.said_since(count)))
    await slow.demo.settle()
    said = texts(slow, count)
    assert len(said) == 2 and sum(text.startswith("✓") for text in said) == 1, said
    assert not any("可能重复" in text for text in said)


async def test_reading_a_file_says_how_far_it_is_and_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(world)
    bot = world.demo.bot
    assert bot is not None
    go, real = asyncio.Event(), bot.files.reading.read

    async def read(kind: str, data: bytes, name: str, lang: str = "zh") -> dict[str, Any]:
        step("page", 3, 12)
        await go.wait()
        return await real(kind, data, name, lang)

    monkeypatch.setattr(bot.files.reading, "read", read)
    count = len(world.supervisor.messages)
    await world.demo.sandbox.say("supervisor", files=[("大文件.html", b"<p>1</p>")], wait=False)
    await until(lambda: any("正在读取《大文件.html》：第 3/12 页（25%）" in text for text in texts(world, count)))
    await world.demo.sandbox.say("supervisor", "/help", wait=False)
    await until(lambda: len(texts(world, count)) == 2)
    go.set()
    await world.demo.settle()
    said = texts(world, count)
    assert said[0].startswith("✓") and len(said) == 3 and "大文件" not in said[1], "answered before the file was read"


async def test_a_file_that_was_being_read_at_the_end_of_a_process_is_read_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasten(world)
    bot = world.demo.bot
    assert bot is not None

    async def read(*_: object) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(bot.files.reading, "read", read)
    count = len(world.supervisor.messages)
    await world.demo.sandbox.say("supervisor", files=[("大文件.html", b"<p>1</p>")], wait=False)
    await until(lambda: any("⏳" in text for text in texts(world, count)))
    await bot.stop()
    desk = type(bot.desk)(bot.settings.database)
    dead = me().rpartition(":")[0].rpartition(":")[0] + ":4194300:dead"
    killed = update(InboxEntry).where(InboxEntry.state == "reading").values(claimed_by=dead)
    assert desk.run_sync(lambda session: session.execute(killed).rowcount) == 1
    desk.close()
    await world.demo.start_bot()
    await until(lambda: len(texts(world, count)) == 2)
    await world.demo.settle()
    said = texts(world, count)
    assert said[0].startswith("✓") and len(said) == 2


async def test_an_archive_says_how_far_its_facts_are_gathered(world: World) -> None:
    hasten(world)
    bot = world.demo.bot
    assert bot is not None
    heard: list[Step] = []
    real = bot.progress.shown

    @asynccontextmanager
    async def shown(key: str, *more: Any) -> AsyncIterator[None]:
        async with real(key, *more):
            with listening(heard.append):
                yield

    bot.progress.shown = shown  # type: ignore[method-assign]
    await world.supervisor.send("/notice")
    await world.supervisor.click("查看：")
    await world.supervisor.click("归档包")
    await world.demo.settle()
    assert world.supervisor.last["document"]["name"] == "归档-2023.zip"
    whats = [each.what for each in heard]
    assert whats[0] == "gather" and "file" in whats
    last = heard[-1]
    assert last.number == last.count > 5
