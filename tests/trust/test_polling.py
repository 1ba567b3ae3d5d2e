"""Polling goes on whatever comes: what can't be read is kept as it came, and the bot knows whether it hears anything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import pytest

from bot.sandbox import Sandbox
from bot.telegram.application import reaches_us
from bot.telegram.keeping import Json, build
from bot.telegram.webhook import update_of
from core.ports import StorageTrouble
from tests.trust.conftest import until


async def test_neither_an_unreadable_update_nor_storage_trouble_ends_polling() -> None:
    kept: list[Json] = []
    trouble: list[Exception] = [StorageTrouble("disk full"), ZeroDivisionError()]
    heard: list[int] = []

    async def keep(updates: Sequence[Json]) -> None:
        if trouble:
            raise trouble.pop()
        kept.extend(updates)

    async with Sandbox() as box:
        box.add_person("li", "李雷", started=True)
        application = build("1000000001:sandbox-token-not-a-secret", box.url, keep, lambda: heard.append(len(kept)))
        await application.initialize()
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0.0, timeout=1, drop_pending_updates=False)
        await box.say("li", "一", wait=False)
        box.updates.put("message", {"chat": {"id": 5, "type": "private"}, "text": "no number, no date"}, 5)
        await box.say("li", "二", wait=False)
        async with asyncio.timeout(20):
            await until(lambda: len(kept) >= 3 and not box.updates.pending())
        await application.updater.stop()
        await application.shutdown()
    assert [update["message"]["text"] for update in kept] == ["一", "no number, no date", "二"]
    assert heard and trouble == []


def test_what_is_no_update_at_all_is_refused() -> None:
    odd = {"update_id": 7, "message": {"text": 1, "chat": "?"}}
    assert update_of(json.dumps(odd).encode()) == odd
    for nothing in ("{}", '{"update_id": "x"}', "[]", '"text"', "null", "{"):
        with pytest.raises((ValueError, KeyError, TypeError)):
            update_of(nothing.encode())


async def test_a_webhook_that_is_set_elsewhere_or_refused_is_noticed() -> None:
    async with Sandbox() as box:
        application = build("1000000001:sandbox-token-not-a-secret", box.url, _nothing)
        await application.bot.initialize()
        url = "http://127.0.0.1:9/hook"
        await application.bot.set_webhook(url)
        assert await reaches_us(application.bot, url, box.clock.now())
        assert not await reaches_us(application.bot, "http://127.0.0.1:9/other", box.clock.now())
        box.add_person("li", "李雷", started=True)
        await box.say("li", "一", wait=False)
        async with asyncio.timeout(10):
            while await reaches_us(application.bot, url, box.clock.now()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await application.bot.shutdown()


async def _nothing(updates: Sequence[Json]) -> None:
    return None
