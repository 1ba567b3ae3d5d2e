"""Keeping Telegram's limits over many recipients and groups, judged by the sandbox's own account of windows."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.sandbox import Limits as Allowed
from bot.sandbox import Sandbox, SandboxClock
from bot.telegram.keeping import build
from bot.telegram.messenger import TelegramMessenger
from core.papers.render import render
from core.words.html import Html
from core.words.message import Message
from scheduler.courier import Courier
from scheduler.limits import Limits
from storage import outbox
from storage.delivery import DeskOutbox
from storage.engine import Desk
from storage.leases import me
from storage.migrating import migrate
from tests.bench.instant import TOKEN
from tests.bench.row import Figure, Row
from tests.bench.swift import SwiftClock, run

_TEXT = "督查室通知：请各单位于5月25日前报送本月进展。"


def least_seconds(people: int, groups: int, each: int) -> float:
    """No sender that keeps the limits can be done sooner: all together 30 a second, a group 1 a second and 20 a minute."""
    allowed = Allowed()
    overall = (people + groups * each - 1) // allowed.overall
    minutes, rest = divmod(each - 1, allowed.group) if groups else (0, 0)
    return float(max(overall, minutes * 60 + rest))


async def _sandbox(clock: SwiftClock, people: int, groups: int) -> tuple[Sandbox, list[int], list[int]]:
    box = Sandbox(SandboxClock(real=clock), history=False)
    await box.start()
    persons = [box.add_person(f"p{number}", started=True).user_id for number in range(people)]
    chats = [box.add_group(f"g{number}", ["p0"]).id for number in range(groups)]
    return box, persons, chats


def _judged(box: Sandbox, wanted: int, seconds: float, least: float) -> dict[str, float]:
    account = box.rates.summary()
    over = max(0, account["overall_per_second"]["most"] - account["overall_per_second"]["limit"])
    return {
        "share": least / seconds * 100,
        "most": account["overall_per_second"]["most"],
        "most_group": account["group_per_minute"]["most"],
        "violations": over + account["chats_over_limit"] + account["groups_over_limit"],
        "missing": wanted - account["sent"],
    }


async def _ours(folder: Path, clock: SwiftClock, people: int, groups: int, each: int) -> dict[str, float]:
    box, persons, chats = await _sandbox(clock, people, groups)
    desk = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    migrate(desk)

    def put(session: Session) -> None:
        targets = [*(chat for _ in range(each) for chat in chats), *persons]
        for number, chat in enumerate(targets):
            outbox.put(
                session, f"b:{number}", chat, Message(Html(_TEXT)), kind="broadcast", now=clock.now(), office_id=1
            )

    await desk.run(put)

    async def keep(updates: object) -> None:
        return None

    application = build(TOKEN, box.url, keep)
    await application.bot.initialize()
    messenger = TelegramMessenger(application.bot, render)
    courier = Courier(DeskOutbox(desk, me()), messenger, clock, Limits(clock.monotonic))
    await courier.go_on_duty()
    began, wanted = clock.monotonic(), people + groups * each
    running = asyncio.create_task(courier.run())
    while box.rates.sent < wanted and clock.monotonic() - began < 60 + 10 * least_seconds(people, groups, each):  # noqa: ASYNC110
        await asyncio.sleep(0.03)
    seconds = clock.monotonic() - began
    await courier.stop()
    await running
    await application.bot.shutdown()
    desk.close()
    await box.stop()
    return _judged(box, wanted, seconds, least_seconds(people, groups, each))


async def _theirs(folder: Path, clock: SwiftClock, people: int, groups: int, each: int) -> dict[str, float]:
    """python-telegram-bot's own limiter, everything handed to it at once as its documentation has it."""
    box, persons, chats = await _sandbox(clock, people, groups)
    request = HTTPXRequest(connection_pool_size=256, pool_timeout=600, read_timeout=600, connect_timeout=600)
    bot: ExtBot[Any] = ExtBot(TOKEN, base_url=f"{box.url}/bot", request=request, rate_limiter=AIORateLimiter())

    async def send(chat: int) -> None:
        try:
            await bot.send_message(chat, _TEXT)
        except TelegramError:
            return  # counted as missing

    async with bot:
        began = clock.monotonic()
        await asyncio.gather(*(send(chat) for chat in [*(chat for _ in range(each) for chat in chats), *persons]))
        seconds = clock.monotonic() - began
    await box.stop()
    return _judged(box, people + groups * each, seconds, least_seconds(people, groups, each))


def _side(ours: bool, folder: Path, speed: float, people: int, groups: int, each: int) -> dict[str, float]:
    clock = SwiftClock(speed)
    return run((_ours if ours else _theirs)(folder, clock, people, groups, each), clock)


def measure(folder: Path, people: int, groups: int, each: int, speed: float) -> dict[str, float]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as apart:
        ours, theirs = (apart.submit(_side, which, folder, speed, people, groups, each) for which in (True, False))
        return ours.result() | {f"aio_{name}": value for name, value in theirs.result().items()}


ROW = Row(
    "Keeping Telegram's limits: 10,000 recipients and 50 groups",
    (
        Figure("share", "of what the limits allow", "%", at_least=99),
        Figure("most", "most messages in any second (30 allowed)", at_most=30, counted=True),
        Figure("most_group", "most messages in any minute in a group (20 allowed)", at_most=20, counted=True),
        Figure(
            "violations", "chats, groups and messages beyond a limit in any sliding window", at_most=0, counted=True
        ),
        Figure("missing", "messages that never came", at_most=0, counted=True),
        Figure("aio_share", "AIORateLimiter: of what the limits allow", "%"),
        Figure("aio_most", "AIORateLimiter: most messages in any second"),
        Figure("aio_most_group", "AIORateLimiter: most messages in any minute in a group"),
        Figure("aio_violations", "AIORateLimiter: chats, groups and messages beyond a limit"),
        Figure("aio_missing", "AIORateLimiter: messages that never came"),
    ),
    measure,
    full={"people": 10_000, "groups": 50, "each": 25, "speed": 1.0},
    smoke={"people": 60, "groups": 2, "each": 3, "speed": 3.0},
    repeats=1,
    note="Each person gets one message, each group 25: at least 374 seconds for whoever keeps the limits (30 a second in all, 1 a second "
    "in a chat, 20 a minute in a group). Both sides run side by side at real speed; the sandbox does not refuse, it counts. A place in "
    "a window is free again a second after the answer, for only then is it certain when the message counted: the way to the server "
    "and back is lost. A share over 100 % is no feat: it was taken from the limits.",
)
