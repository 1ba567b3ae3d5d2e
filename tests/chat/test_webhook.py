"""The webhook: 200 only after the commit, nothing without the secret."""

from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot.demo import TOKEN
from bot.settings import Settings
from bot.start import Duban
from scheduler.limits import Limits
from storage.inbox import InboxEntry
from tests.chat.world import World


async def test_updates_come_by_webhook_and_only_with_the_secret(
    office: World, tmp_path: Path, unused_port: int
) -> None:
    demo = office.demo
    assert demo.bot is not None
    await demo.bot.stop()
    url = f"http://127.0.0.1:{unused_port}"
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        database_url=f"sqlite:///{tmp_path / 'duban.db'}",
        telegram_api_base_url=demo.url,
        mode="webhook",
        webhook_url=url,
        webhook_secret=SecretStr("a-secret"),
        webhook_listen=f"127.0.0.1:{unused_port}",
    )
    demo.bot = Duban(settings, demo.clock, Limits.none(demo.clock.monotonic))
    await demo.bot.start(clockwork=False)
    assert "督办助手" in await office.supervisor.send("/help")
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(url, json={"update_id": 999_999}, headers=headers) as answer:
                assert answer.status == 403
        headers = {"X-Telegram-Bot-Api-Secret-Token": "a-secret"}
        async with session.post(url, data=b"no json", headers=headers) as answer:
            assert answer.status == 400
        async with session.post(url, json={"update_id": 999_999}, headers=headers) as answer:
            assert answer.status == 200
        kept = await demo.bot.desk.run(lambda session: session.get(InboxEntry, 999_999))
    assert kept is not None
    await demo.bot.bot.delete_webhook()
