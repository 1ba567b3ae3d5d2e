"""Knows the machine in general terms, and how busy others kept it while something was measured."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

BUSY = 0.10
"""Share of the machine that others used from which a measurement is marked."""


def facts() -> dict[str, Any]:
    """Kind and size of the machine; no names, no paths."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(pages / 2**30),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "commit_ms": round(commit_ms(), 2),
        "loop_ms": round(loop_ms(), 1),
    }


def commit_ms(times: int = 200) -> float:
    """Median milliseconds of one small SQLite transaction that survives a power cut (WAL, synchronous=FULL)."""
    with TemporaryDirectory(prefix="duban-bench-") as folder:
        connection = sqlite3.connect(Path(folder) / "commit.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (a)")
        found = []
        for number in range(times):
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t VALUES (?)", (number,))
            connection.execute("COMMIT")
            found.append(time.perf_counter() - began)
        connection.close()
    return median(found) * 1000


def loop_ms() -> float:
    """Milliseconds of a million rounds of an empty loop: how fast Python is here."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(1_000_000):
            pass
        found.append(time.perf_counter() - began)
    return median(found) * 1000


class Others:
    """How much of the machine was used by others than us and our children; Linux only, elsewhere None."""

    def __init__(self) -> None:
        self._stat = Path("/proc/stat")
        self._began = time.monotonic()
        self._busy, self._ours = self._now()

    def share(self) -> float | None:
        """0 to 1 since the beginning. Children count once they have ended and were waited for."""
        if not self._stat.exists():
            return None
        busy, ours = self._now()
        seconds = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        return max(0.0, min(1.0, ((busy - self._busy) - (ours - self._ours)) / max(seconds, 0.01)))

    def _now(self) -> tuple[float, float]:
        """Seconds of work: of everybody, of ours."""
        ours = 0.0
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
            used = resource.getrusage(who)
            ours += used.ru_utime + used.ru_stime
        if not self._stat.exists():
            return 0.0, ours
        ticks = [int(word) for word in self._stat.read_text().splitlines()[0].split()[1:]]
        idle = ticks[3] + ticks[4]
        return (sum(ticks[:8]) - idle) / os.sysconf("SC_CLK_TCK"), ours
