"""Knows how real bot processes come to life quickly: one that has loaded everything, and forks each life from itself.

Run as `python -m tests.crash.nursery` it reads one order per line from stdin and writes what became of it to stdout.
With an order as its argument it lives that one life itself, from a cold start.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import select
import selectors
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apscheduler.executors.base
import apscheduler.schedulers.base
from sqlalchemy import event
from sqlalchemy.engine import Engine

import bot.start
from bot import settings
from bot.serve import serve

Json = dict[str, Any]


class Clock:
    """Starts at a given moment, runs `speed` times too fast, and obeys a file that holds seconds to be added."""

    def __init__(self, start: datetime, shift: Path | None, speed: float) -> None:
        self._start, self._shift, self._speed = start, shift, speed
        self._born = time.monotonic()

    def now(self) -> datetime:
        shift = float(self._shift.read_text() or 0) if self._shift and self._shift.exists() else 0.0
        return self._start + timedelta(seconds=(time.monotonic() - self._born) * self._speed + shift)

    def monotonic(self) -> float:
        return time.monotonic() * self._speed


def _schedule_by(clock: Clock) -> None:
    """APScheduler asks the system for the time; where the clock is set, it is set for it too."""

    class Moment(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock.now().astimezone(tz)

    for module in (apscheduler.schedulers.base, apscheduler.executors.base):
        module.datetime = Moment


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds are shorter: an hour of trouble passes in half a minute."""

    def __init__(self, speed: float) -> None:
        super().__init__(_Hurried(speed))
        self._speed = speed

    def time(self) -> float:
        return super().time() * self._speed


class _Hurried(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout if timeout is None else timeout / self._speed)


class StopAt:
    """Kills its own process when a step is passed for the n-th time: `step:n`."""

    def __init__(self, order: str) -> None:
        self.step, _, count = order.partition(":")
        self.left = int(count or 1)

    def __call__(self, step: str) -> None:
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def live(order: Json) -> None:
    """One life, until it is killed or told to stop."""
    if order.get("file_bytes"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], resource.RLIM_INFINITY))
    if order.get("die_at_statement"):
        _die_at_statement(order["die_at_statement"])
    speed = float(order.get("speed", 1))
    shift = Path(order["shift"]) if order.get("shift") else None
    clock = Clock(datetime.fromisoformat(order["now"]) if order.get("now") else datetime.now(UTC), shift, speed)
    _schedule_by(clock)
    bot.start.TICK_SECONDS = order.get("tick_seconds", bot.start.TICK_SECONDS)
    chosen = settings.load(Path(os.devnull), order["env"])
    logging.basicConfig(level=chosen.log_level, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    with asyncio.Runner(loop_factory=(lambda: FastLoop(speed)) if speed != 1 else None) as runner:
        runner.run(serve(chosen, clock, StopAt(order.get("stop_at", ""))))


def _die_at_statement(number: int) -> None:
    left = [number]

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _born(order: Json) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        live(order)
        code = 0
    except BaseException:
        logging.exception("a life ended")
    finally:
        os._exit(code)


def tend() -> None:
    """Forks a life per order and says who was born and who ended, until stdin closes."""
    children: set[int] = set()
    buffer = b""
    while True:
        ready, _, _ = select.select([0], [], [], 0.004)
        if ready:
            got = os.read(0, 65536)
            if not got:
                break
            buffer += got
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                order = json.loads(line)
                pid = _born(order)
                children.add(pid)
                _tell({"born": pid, "id": order["id"]})
        while children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            children.discard(pid)
            _tell({"ended": pid, "status": os.waitstatus_to_exitcode(status)})
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _tell(news: Json) -> None:
    os.write(1, json.dumps(news).encode() + b"\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        live(json.loads(sys.argv[1]))
    else:
        tend()
