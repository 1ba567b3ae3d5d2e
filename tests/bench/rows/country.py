"""A whole country in one database: what a person waits for, and what a tick costs, with a hundred times the offices."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pydantic import SecretStr

from bot.demo import TOKEN
from bot.settings import Settings
from bot.start import Duban
from storage import agenda
from storage.engine import Desk
from tests.bench.asking import Asker, StoppedClock, percentile
from tests.bench.country import NOW, Size, contact, supervisor, unit_name
from tests.bench.row import Figure, Row

_MAKE = "import sys; from tests.bench.country import Size, fill; fill(sys.argv[1], *map(int, sys.argv[2:3]), Size(*map(int, sys.argv[3:])))"

ASKED = {
    "overdue": "/overdue",
    "tasks": "/tasks",
    "mine": "/tasks",
    "progress": "/progress",
    "task": "/task 2-3",
    "reach": "/reach",
    "unit": f"/unit {unit_name(2)}",
}
"""What is asked, by a supervisor; "mine" by a contact."""

Times = dict[str, list[float]]


def _made(folder: Path, name: str, offices: int, size: Size) -> str:
    """A database, made by a process of its own so that its memory is not counted here."""
    url = f"sqlite:///{(folder / name).as_posix()}"
    numbers = [str(n) for n in (offices, size.open, size.tasks, size.units, size.people)]
    subprocess.run([sys.executable, "-c", _MAKE, url, *numbers], check=True)
    return url


async def _asked(url: str, offices: int, size: Size, times: int) -> Times:
    desk, chance = Desk(url), random.Random(1)
    asker = Asker(desk, NOW)
    for text in set(ASKED.values()):  # what is only prepared once: handlers found, statements compiled
        await asker.ask(supervisor(0), text)
    found: Times = {name: [] for name in ASKED}
    for _ in range(times):
        for name, text in ASKED.items():
            office = chance.randrange(offices)
            person = contact(office, chance.randrange(size.units), size) if name == "mine" else supervisor(office)
            found[name].append(await asker.ask(person, text))
    desk.close()
    return found


async def _ticked(url: str, offices: int, folder: Path, times: int) -> Times:
    """first: each office looked at for the first time; quiet: nothing to do; one: something changed in one office."""
    settings = Settings(bot_token=SecretStr(TOKEN), data_dir=folder, database_url=url, office_name="督查室")
    duban, chance = Duban(settings, StoppedClock(NOW)), random.Random(2)
    found: Times = {"first": [], "quiet": [], "one": [], "audit": []}
    began = time.perf_counter()
    await duban.tick()
    found["first"].append((time.perf_counter() - began) / offices)
    for _ in range(times):
        found["quiet"].append(await _timed(duban.tick))
        office = chance.randrange(offices) + 1
        await duban.desk.run(lambda session, office=office: agenda.look_now(session, office))
        found["one"].append(await _timed(duban.tick))
    for _ in range(5):
        found["audit"].append(await _timed(duban.auditor.run))
    duban.desk.close()
    return found


def _served(url: str, offices: int, size: Size, folder: Path, times: int) -> tuple[Times, Times, float]:
    """What was asked, what was ticked, and the most memory that this process ever had, in MB."""
    asked = asyncio.run(_asked(url, offices, size, times))
    ticked = asyncio.run(_ticked(url, offices, folder, times))
    return asked, ticked, _most_memory()


def _most_memory() -> float:
    """Of this program alone; the resource usage of a process remembers also what it was before its exec."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


def _in_service(*order: object) -> tuple[Times, Times, float]:
    """In a process of its own, as a bot serves one database."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(_served, *order).result()  # type: ignore[arg-type]


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def measure(folder: Path, offices: tuple[int, int], size: Size, large: Size, times: int) -> dict[str, float]:
    few, many = offices
    few_url, many_url = _made(folder, "few.db", few, size), _made(folder, "many.db", many, size)
    few_asked, few_ticks, _ = _in_service(few_url, few, size, folder, times)
    many_asked, many_ticks, memory = _in_service(many_url, many, size, folder, times)
    large_asked = asyncio.run(_asked(_made(folder, "large.db", 1, large), 1, large, max(3, times // 20)))
    out = {f"{name}_ms": percentile(found, 0.99) * 1000 for name, found in many_asked.items()}
    out |= {f"tick_{name}_ms": percentile(many_ticks[name], 0.99) * 1000 for name in ("quiet", "one")}
    grown = [percentile(many_asked[n], 0.5) / percentile(few_asked[n], 0.5) for n in ASKED]
    grown += [percentile(many_ticks[n], 0.5) / percentile(few_ticks[n], 0.5) for n in ("quiet", "one")]
    out["growth"] = max(grown)
    out["first_look_ms"] = many_ticks["first"][0] * 1000
    out["audit_ms"] = percentile(many_ticks["audit"], 0.5) * 1000
    out["memory_mb"] = memory
    out["large_ms"] = max(percentile(found, 0.5) for found in large_asked.values()) * 1000
    return out


ROW = Row(
    "A country in one database: 3,000 offices, 300,000 people, 1,000,000 open obligations",
    (
        *(
            Figure(
                f"{name}_ms",
                f"{text}{' by a contact' if name == 'mine' else ''}: answer written, p99",
                "ms",
                at_most=30,
            )
            for name, text in ASKED.items()
        ),
        Figure("tick_quiet_ms", "a tick with nothing to do, p99", "ms", at_most=30),
        Figure("tick_one_ms", "a tick after something changed in one office, p99", "ms", at_most=30),
        Figure("growth", "the worst of these medians against 30 offices (10,000 obligations)", "times", at_most=1.5),
        Figure("first_look_ms", "a first look at every office (after an update of the program): each", "ms"),
        Figure("audit_ms", "a look of the auditor at everything", "ms"),
        Figure("memory_mb", "most memory of the process, bot and database cache included", "MB", at_most=150),
        Figure(
            "large_ms",
            "one office with 100,000 open obligations: the slowest of these answers, median",
            "ms",
            at_most=1000,
        ),
    ),
    measure,
    full={
        "offices": (30, 3000),
        "size": Size(),
        "large": Size(open=100_000, tasks=8_000, units=1_000, people=2_000),
        "times": 200,
    },
    smoke={
        "offices": (1, 3),
        "size": Size(),
        "large": Size(open=500, tasks=120, units=70, people=120),
        "times": 2,
    },
    repeats=1,
    note="Runner, handler, reply and durable commit, without the network; people of offices chosen at random.",
)
