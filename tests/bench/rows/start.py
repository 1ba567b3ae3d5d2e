"""Memory and start: a cold process on an existing database, until it polls; and what it holds then."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from storage.engine import Desk
from storage.migrating import migrate
from tests.bench.instant import ROOT, TOKEN, instant
from tests.bench.row import Figure, Row


def settings(folder: Path, url: str) -> dict[str, str]:
    """The environment of `duban run` against a local Bot API."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{(folder / 'duban.db').as_posix()}",
        "TELEGRAM_API_BASE_URL": url,
        "LOG_LEVEL": "WARNING",
    }


def resident_mb(pid: int) -> float:
    """What of a process lies in memory now (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def polling(folder: Path, url: str) -> tuple[subprocess.Popen[bytes], float]:
    """Starts the bot; returns it with the moment of its start."""
    began = time.monotonic()
    environment = settings(folder, url)
    return subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment), began


def measure(folder: Path, quiet: float) -> dict[str, float]:
    desk = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}")
    migrate(desk)
    desk.close()
    with instant() as api:
        bot, began = polling(folder, api.url)
        try:
            seconds = api.moment("getUpdates") - began
            time.sleep(quiet)
            return {"seconds": seconds, "resident_mb": resident_mb(bot.pid)}
        finally:
            bot.kill()
            bot.wait()


ROW = Row(
    "Start and memory",
    (
        Figure("seconds", "from the start of a cold process to its first getUpdates", "s", at_most=2),
        Figure("resident_mb", "memory of the idle bot", "MB", at_most=150),
    ),
    measure,
    full={"quiet": 3.0},
    smoke={"quiet": 0.0},
    repeats=5,
)
