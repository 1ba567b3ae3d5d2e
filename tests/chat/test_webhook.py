"""The webhook: 200 only after the commit, nothing without the secret."""

import asyncio
import io
from pathlib import Path

import aiohttp
from pydantic import SecretStr
from sqlalchemy import func, select

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
        before = await demo.bot.desk.run(lambda session: session.scalar(select(func.count()).select_from(InboxEntry)))
        assert await refused(session, url, headers) == []
        after = await demo.bot.desk.run(lambda session: session.scalar(select(func.count()).select_from(InboxEntry)))
        assert after == before, "nothing of it was kept"
        me = demo.sandbox.world.people["supervisor"]
        user = {"id": me.user_id, "is_bot": False, "first_name": me.name}
        chat = {"id": me.user_id, "type": "private", "first_name": me.name}
        said = {
            "message_id": 90_001,
            "date": int(demo.clock.now().timestamp()),
            "chat": chat,
            "from": user,
            "text": "/help",
        }
        twice = {"update_id": 999_998, "message": said}
        count = len(office.supervisor.messages)

        async def push() -> int:
            async with session.post(url + "/anywhere", json=twice, headers=headers) as answer:
                return answer.status

        assert set(await asyncio.gather(*(push() for _ in range(20)))) == {200}
        await demo.settle()
        assert len(office.supervisor.messages) == count + 1, "twenty at once are one"
    await demo.bot.bot.delete_webhook()


async def refused(session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> list[str]:
    """What of all that is no update was answered otherwise than it should be."""
    wrong = []
    secret = "X-Telegram-Bot-Api-Secret-Token"
    huge = b'{"update_id": 1, "x": "' + b"x" * (5 * 1024 * 1024) + b'"}'
    for name, status, given in (
        ("huge", 413, {"data": io.BytesIO(huge), "headers": headers}),
        ("huge, without the secret", 403, {"data": io.BytesIO(huge)}),
        ("a form", 400, {"data": {"update_id": "5"}, "headers": headers}),
        ("an array", 400, {"data": b"[1]", "headers": headers}),
        ("no text at all", 400, {"data": b"\xff\xfe", "headers": headers}),
        ("a number too great", 400, {"data": b'{"update_id": 1e30}', "headers": headers}),
        ("no number", 400, {"data": b'{"message": {}}', "headers": headers}),
        ("another path, without the secret", 403, {"url": url + "/other", "data": b"{}"}),
        ("a secret of other letters", 403, {"data": b"{}", "headers": {secret: "密钥"}}),
        ("the secret in capitals", 403, {"data": b"{}", "headers": {secret: headers[secret].upper()}}),
    ):
        async with session.post(given.pop("url", url), **given) as answer:  # type: ignore[arg-type]
            if answer.status != status:
                wrong.append(f"{name}: {answer.status}")
    async with session.get(url + "/other") as answer:
        if answer.status != 405:
            wrong.append(f"asked with GET: {answer.status}")
    return wrong
