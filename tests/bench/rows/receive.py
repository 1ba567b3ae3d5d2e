"""Receiving: a backlog committed before Telegram is told, and how long a person waits for the answer to a command."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.sandbox import Sandbox
from storage.engine import Desk
from storage.migrating import migrate
from tests.bench.offices import FIRST_CHAT, fill
from tests.bench.row import Figure, Row
from tests.bench.rows.start import settings


class _Bot:
    """`duban run` in a process of its own against a sandbox of this one."""

    def __init__(self, folder: Path, box: Sandbox) -> None:
        self._environment = {**settings(folder, box.url), "ALLOW_PAID_BROADCAST": "yes"}
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> _Bot:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment, stdin=asyncio.subprocess.DEVNULL
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()


async def _until(true: Any) -> float:
    """The moment at which it became true."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.002)
    return time.perf_counter()


def _prepared(folder: Path, contacts_each: int) -> Desk:
    """An office of 58 units in which no reminder is due by itself."""
    desk = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    migrate(desk)
    fill(desk, 1, 58, 6, contacts_each)
    desk.run_sync(lambda session: session.execute(text("UPDATE obligation SET next_nudge_on = NULL")))
    return desk


async def _backlog(folder: Path, updates: int) -> dict[str, float]:
    """So many updates wait when the bot starts; it keeps them and begins to handle them at the same time."""
    desk = await asyncio.to_thread(_prepared, folder, 1)
    async with Sandbox(history=False) as box:
        for number in range(updates):
            person = box.add_person(f"p{number}", started=True)
            await box.say(person.id, "/help", wait=False)
        calls = box.ledger.by_method
        async with _Bot(folder, box):
            began = await _until(lambda: calls["getUpdates"])
            ended = await _until(lambda: not box.updates.pending())
        kept = await desk.run(lambda session: session.execute(text("SELECT count(*) FROM inbox")).scalar() or 0)
    desk.close()
    return {"kept": updates / (ended - began), "lost": updates - kept}


async def _answers(folder: Path, rate: float, seconds: float, contacts_each: int) -> dict[str, float]:
    """Contacts ask for their tasks at even moments, whether or not earlier ones have their answer (an open loop)."""
    desk = await asyncio.to_thread(_prepared, folder, contacts_each)
    people, asked, waits = 58 * contacts_each, dict[int, float](), list[float]()
    async with Sandbox(history=False) as box:
        for number in range(1, people + 1):
            box.add_person(f"p{number}", started=True, user_id=FIRST_CHAT + number)
        carry_out = box.bot_side.carry_out

        def witnessed(name: str, params: Any, entry: Any) -> Any:
            result = carry_out(name, params, entry)
            if name.lower() == "sendmessage" and (since := asked.pop(int(params.values["chat_id"]), None)):
                waits.append((time.perf_counter() - since) * 1000)
            return result

        box.bot_side.carry_out = witnessed  # type: ignore[method-assign]
        async with _Bot(folder, box):
            await _until(lambda: box.updates.polled)
            await _ask(box, asked, range(1, min(people, 30) + 1), rate)  # everything is loaded once
            await asyncio.sleep(1.0)
            waits.clear()
            count = int(rate * seconds)
            await _ask(box, asked, (n % people + 1 for n in range(count)), rate)
            deadline = time.perf_counter() + 20
            await _until(lambda: not asked or time.perf_counter() > deadline)
    desk.close()
    waits.sort()
    at = {share: waits[min(len(waits) - 1, int(len(waits) * share))] for share in (0.5, 0.99)}
    return {"p50_ms": at[0.5], "p99_ms": at[0.99], "unanswered": count - len(waits)}


async def _ask(box: Sandbox, asked: dict[int, float], people: Any, rate: float) -> None:
    began = time.perf_counter()
    for number, person in enumerate(people):
        if (wait := began + number / rate - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        asked[FIRST_CHAT + person] = time.perf_counter()
        await box.say(f"p{person}", "/tasks", wait=False)


def measure(folder: Path, updates: int, rate: float, seconds: float, contacts_each: int) -> dict[str, float]:
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    places = folder / "backlog", folder / "answers"
    for place in places:
        place.mkdir()
    backlog = asyncio.run(_backlog(places[0], updates))
    # This process is the clock: were it to look through all that the backlog left, it would hold up what it measures.
    gc.collect()
    gc.freeze()
    return backlog | asyncio.run(_answers(places[1], rate, seconds, contacts_each))


ROW = Row(
    "Receiving",
    (
        Figure("kept", "updates of a backlog committed, the bot handling them meanwhile", "/s", at_least=1500),
        Figure("lost", "updates confirmed to Telegram but not in the database", at_most=0, counted=True),
        Figure("p50_ms", "from a command to its answer at 100 updates a second: half of them within", "ms"),
        Figure("p99_ms", "99 of 100 within", "ms", at_most=50),
        Figure("unanswered", "commands without answer", at_most=0, counted=True),
    ),
    measure,
    full={"updates": 20_000, "rate": 100.0, "seconds": 20.0, "contacts_each": 7},
    smoke={"updates": 120, "rate": 20.0, "seconds": 1.0, "contacts_each": 1},
    note="Real long polling of a real `duban run` against the local Bot API. The command is /tasks, asked by 406 contacts of one office in "
    "turn; the answer counts when it arrives at the Bot API: received, committed, handled, committed, claimed, committed, sent. "
    "Paid broadcast is allowed, for a hundred answers a second are more than Telegram's free thirty.",
)
