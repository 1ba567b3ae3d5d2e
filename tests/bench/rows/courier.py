"""The courier against a Bot API that answers at once: claimed durably, sent, confirmed durably; beside bare sending."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy.orm import Session
from telegram import Bot
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from bot.clock import SystemClock
from bot.telegram.keeping import build
from bot.telegram.messenger import TelegramMessenger
from core.papers.render import render
from core.words.html import Html
from core.words.message import Button, Message
from scheduler.courier import Courier
from scheduler.limits import Limits
from storage import outbox
from storage.delivery import DeskOutbox
from storage.engine import Desk
from storage.leases import me
from storage.migrating import migrate
from tests.bench.instant import TOKEN, instant
from tests.bench.row import Figure, Row

TEXT = (
    "<b>您有 3 项工作到期未报</b>\n1. 2-15 改造老旧小区12个，加装电梯30部（5月25日到期）\n"
    "2. 3-4 新增普惠托位200个（5月25日到期）\n3. 5-1 完成新垦耕地300亩以上（5月25日到期）\n直接回复本条消息即可报送。"
)
TASKS = 30


def fill(desk: Desk, messages: int) -> None:
    """So many reminders to as many people, ready to go."""
    now = SystemClock().now()
    message = Message(Html(TEXT), ((Button("申请延期", "extend:1"),),))

    def work(session: Session) -> None:
        for number in range(messages):
            outbox.put(session, f"nudge:{number}", 10_000 + number, message, kind="nudge", now=now, office_id=1)

    desk.run_sync(work)


async def _courier(desk: Desk, url: str) -> float:
    """Seconds until everything is written down as sent."""
    clock = SystemClock()

    async def keep(updates: object) -> None:
        return None

    application = build(TOKEN, url, keep)
    await application.bot.initialize()
    courier = Courier(
        DeskOutbox(desk, me()), TelegramMessenger(application.bot, render), clock, Limits.none(clock.monotonic)
    )
    await courier.go_on_duty()
    began = time.perf_counter()
    await courier.drain()
    seconds = time.perf_counter() - began
    await application.bot.shutdown()
    return seconds


async def _bare(url: str, messages: int) -> float:
    """Seconds that python-telegram-bot takes with its own HTTP library, nothing written down."""
    request = HTTPXRequest(connection_pool_size=TASKS)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request) as bot:
        numbers = iter(range(messages))

        async def send() -> None:
            for number in numbers:
                await bot.send_message(10_000 + number, TEXT, parse_mode=ParseMode.HTML)

        began = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(TASKS)))
        return time.perf_counter() - began


def measure(folder: Path, messages: int, bare: int) -> dict[str, float]:
    desk = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    migrate(desk)
    fill(desk, messages)
    with instant() as api:
        ours = messages / asyncio.run(_courier(desk, api.url))
        theirs = bare / asyncio.run(_bare(api.url, bare))
    unsent = messages - desk.run_sync(outbox.counts)["sent"]
    desk.close()
    return {"rate": ours, "bare": theirs, "times": ours / theirs, "unsent": unsent}


ROW = Row(
    "The courier against a Bot API that answers at once",
    (
        Figure("rate", "messages sent, each claimed and confirmed durably", "/s", at_least=2500),
        Figure("bare", "python-telegram-bot's send_message, 30 tasks on httpx, nothing written down", "/s"),
        Figure("times", "as many", "times", at_least=5),
        Figure("unsent", "messages not written down as sent", at_most=0, counted=True),
    ),
    measure,
    full={"messages": 20_000, "bare": 2_000},
    smoke={"messages": 150, "bare": 30},
)
