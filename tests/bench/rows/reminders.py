"""A hundred thousand reminders due at the same moment: the tick beside one APScheduler job each, killed midway and not."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import pickle
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore  # type: ignore[import-untyped]
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from pydantic import SecretStr

from bot.sandbox import SandboxClock
from bot.serve import steady
from bot.settings import Settings
from bot.start import Duban
from core.rules.obligations import Kind, Obligation, State
from core.words.nudge import nudge_message
from core.words.voice import voice
from storage import outbox
from storage.engine import Desk
from storage.migrating import migrate
from tests.bench.instant import ROOT, TOKEN
from tests.bench.offices import BORN, DUE, MORNING, fill
from tests.bench.row import Figure, Row

Json = dict[str, Any]


class Stall:
    """The longest time that the event loop kept a ready task waiting, in milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, (time.perf_counter() - before - 0.001) * 1000)


async def idle(folder: Path) -> Json:
    """A loop that does nothing else, as long as the file `busy` is there: what the machine itself makes everybody wait."""
    stall = Stall()
    watching = asyncio.create_task(stall.watch())
    while (folder / "busy").exists():  # noqa: ASYNC110, ASYNC240
        await asyncio.sleep(0.1)
    watching.cancel()
    return {"stall_ms": stall.longest}


# Ours: the bot's own tick, messages and next rungs committed office by office.


def _bot(folder: Path) -> Duban:
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        data_dir=folder,
        database_url=f"sqlite:///{(folder / 'duban.db').as_posix()}",
        telegram_api_base_url="http://127.0.0.1:9",
    )
    return Duban(settings, SandboxClock(MORNING, frozen=True))


async def tick(folder: Path) -> Json:
    """One tick on what `fill` made."""
    bot, stall = _bot(folder), Stall()
    if hasattr(bot, "agenda"):
        await bot.agenda.open()
    steady()  # as `duban run` does
    watching = asyncio.create_task(stall.watch())
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    await bot.tick()
    seconds = time.perf_counter() - began
    watching.cancel()
    bot.desk.close()
    return {"seconds": seconds, "stall_ms": stall.longest}


def _told(folder: Path) -> int:
    """How many obligations the messages in the outbox tell of."""
    with closing(sqlite3.connect(folder / "duban.db", timeout=30)) as connection:
        rows = connection.execute("SELECT about FROM outbox WHERE kind = 'nudge'").fetchall()
    return len({number for row in rows for number in json.loads(row[0])})


# Theirs: one date job a reminder in a SQLAlchemyJobStore, with the most patient setting for what is late.

_ran: list[int] = []
_desks: dict[str, Desk] = {}
"""The outbox of the jobs in a folder; without one they do nothing but note that they ran."""

_OBLIGATION = Obligation(
    1,
    1,
    1,
    Kind.REPORT,
    "2023-05",
    DUE,
    State.OPEN,
    BORN,
    None,
    "2-15",
    "改造老旧小区12个，加装电梯60部",
    "区住建局",
    None,
)


async def remind(folder: str, number: int) -> None:
    """The job: it writes its message into the same outbox as the tick does, then notes that it ran."""
    desk = _desks.get(folder)
    if desk is not None:
        obligation = replace(_OBLIGATION, id=number)
        message = nudge_message(voice("zh"), [obligation], MORNING.date())
        put = partial(outbox.put, key=f"nudge:{number}", chat_id=number + 1, message=message, kind="nudge", now=MORNING)
        await desk.run(lambda session: put(session))
    _ran.append(number)
    with Path(folder, "ran.txt").open("a", encoding="ascii") as file:  # noqa: ASYNC230
        file.write(f"{number}\n")


def _store(folder: Path) -> SQLAlchemyJobStore:
    return SQLAlchemyJobStore(url=f"sqlite:///{(folder / 'jobs.db').as_posix()}")


def plan(folder: Path, count: int) -> None:
    """Writes the jobs as the store itself would, but in one transaction; all were due a moment ago."""
    store, due = _store(folder), datetime.now(UTC) - timedelta(milliseconds=10)
    scheduler = AsyncIOScheduler(timezone="UTC")
    rows = []
    for number in range(count):
        job = scheduler.add_job(
            remind, "date", run_date=due, args=[str(folder), number], id=f"{number}", misfire_grace_time=None
        )
        job.next_run_time, job.max_instances, job.coalesce, job.executor = due, 1, True, "default"
        content = pickle.dumps(job.__getstate__(), store.pickle_protocol)
        rows.append({"id": job.id, "next_run_time": due.timestamp(), "job_state": content})
    store.start(scheduler, "default")
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)
    store.engine.dispose()


def _left(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "jobs.db", timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM apscheduler_jobs").fetchone()[0])


async def jobs(folder: Path, bare: bool = False) -> Json:
    """Runs all that the store holds."""
    if not bare:
        desk = _desks[str(folder)] = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
        migrate(desk)
    scheduler, stall, count = (
        AsyncIOScheduler(jobstores={"default": _store(folder)}, timezone="UTC"),
        Stall(),
        _left(folder),
    )
    watching = asyncio.create_task(stall.watch())
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    scheduler.start()
    while len(_ran) < count:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    seconds = time.perf_counter() - began
    watching.cancel()
    scheduler.shutdown(wait=False)
    return {"seconds": seconds, "stall_ms": stall.longest}


# Each in a process of its own, killed or not.


def _start(mode: str, folder: Path) -> subprocess.Popen[bytes]:
    order = [sys.executable, "-m", "tests.bench.rows.reminders", mode, str(folder)]
    return subprocess.Popen(order, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _whole(mode: str, folder: Path) -> Json:
    out, _ = (process := _start(mode, folder)).communicate()
    if process.returncode:
        raise RuntimeError(f"{mode} ended with {process.returncode}")
    found: Json = json.loads(out)
    return found


def _killed(mode: str, folder: Path, midway: Callable[[], bool]) -> None:
    """Starts it, kills it when half is done, starts it again and lets it come to its end."""
    process = _start(mode, folder)
    while process.poll() is None and not midway():
        time.sleep(0.005)
    process.kill()
    process.communicate()
    _whole(mode, folder)


def measure(folder: Path, offices: int, theirs: int, killed_offices: int, killed_theirs: int) -> dict[str, float]:
    places = {name: folder / name for name in ("ours", "theirs", "bare", "killed", "killed_theirs")}
    for place in places.values():
        place.mkdir()
    count, small = _filled(places["ours"], offices), _filled(places["killed"], killed_offices)
    plan(places["theirs"], theirs)
    plan(places["bare"], theirs)
    (busy := places["ours"] / "busy").touch()
    beside = _start("idle", places["ours"])
    ours = _whole("tick", places["ours"])
    busy.unlink()
    nothing = json.loads(beside.communicate()[0])
    other = _whole("jobs", places["theirs"])
    bare = _whole("bare", places["bare"])
    told = _told(places["ours"])
    _killed("tick", places["killed"], lambda: _told(places["killed"]) >= small / 2)
    plan(places["killed_theirs"], killed_theirs)
    _killed("jobs", places["killed_theirs"], lambda: _left(places["killed_theirs"]) <= killed_theirs / 2)
    noted = places["killed_theirs"] / "ran.txt"
    ran = noted.read_text("ascii").split() if noted.exists() else []  # killed before the first job ran: all are lost
    return {
        "stall_ms": ours["stall_ms"],
        "idle_stall_ms": nothing["stall_ms"],
        "seconds": ours["seconds"],
        "each_us": ours["seconds"] / count * 1e6,
        "aps_each_us": other["seconds"] / theirs * 1e6,
        "times": (other["seconds"] / theirs) / (ours["seconds"] / count),
        "aps_bare_us": bare["seconds"] / theirs * 1e6,
        "aps_stall_ms": other["stall_ms"],
        "lost": (count - told) + (small - _told(places["killed"])),
        "aps_lost": (killed_theirs - len(set(ran))) / killed_theirs * 100,
    }


def _filled(folder: Path, offices: int) -> int:
    desk = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    migrate(desk)
    count = fill(desk, offices, units=58, tasks_each=6)
    desk.close()
    return count


if __name__ == "__main__":
    kind, place = sys.argv[1], Path(sys.argv[2])
    # Loaded under its own name, so that the store finds the job again.
    own = importlib.import_module("tests.bench.rows.reminders")
    plays = {"tick": own.tick, "idle": own.idle, "jobs": own.jobs, "bare": partial(own.jobs, bare=True)}
    print(json.dumps(asyncio.run(plays[kind](place))))


ROW = Row(
    "100,000 reminders due at the same moment",
    (
        Figure("stall_ms", "longest stall of the event loop during the tick", "ms", at_most=10),
        Figure("idle_stall_ms", "longest stall of a process beside it whose event loop does nothing", "ms"),
        Figure("seconds", "until all 100,224 stand durably in the outbox", "s"),
        Figure("each_us", "for each reminder", "µs"),
        Figure("aps_each_us", "one APScheduler job each (SQLAlchemyJobStore) that writes its message, for each", "µs"),
        Figure("aps_bare_us", "one APScheduler job each that writes nothing, for each", "µs"),
        Figure("times", "as fast", "times", at_least=20),
        Figure("aps_stall_ms", "longest stall with APScheduler's jobs (5,000 of them)", "ms"),
        Figure("lost", "reminders lost when killed midway and started again", at_most=0, counted=True),
        Figure("aps_lost", "APScheduler: of the reminders lost when killed midway and started again", "%"),
    ),
    measure,
    full={"offices": 288, "theirs": 5_000, "killed_offices": 30, "killed_theirs": 2_000},
    smoke={"offices": 1, "theirs": 60, "killed_offices": 2, "killed_theirs": 60},
    note="288 offices of 58 units, each unit with six reports due; the bot's own tick groups them into one message a person, writes "
    "them and the next rungs, and commits each office. APScheduler's job draws one reminder and commits it to the same outbox, "
    "with misfire_grace_time=None (the default of one second would drop nearly all unsent); fewer jobs are played, for each costs "
    "the same. Killed is SIGKILL when half is done.",
)
