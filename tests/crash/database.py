"""Knows the troubles of what keeps everything: a full disk, a lock, a dead server, a process killed while it migrates."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from storage.engine import Desk
from storage.migrating import head, probe

from .faults import Faults
from .office import Office

_ROOM = 8192
"""Bytes: a file may be written within them, so that a small transaction at the beginning of the log still succeeds."""


async def disk_full(on: Faults) -> int:
    """The process may write nothing beyond a few kilobytes of a file, then may again."""
    life = await on.at_work()
    await on.talk(0.5)
    await on.office.quiet()
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (_ROOM, resource.RLIM_INFINITY))
    await on.talk(3 if on.short else 10)
    await on.held_up()
    flying = await on.office.in_flight()
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def server_disk_full(on: Faults, disk: Path) -> int:
    """The disk that the server keeps everything on holds nothing more, then does again."""
    life = await on.at_work()
    await on.talk(0.5)
    await on.office.quiet()
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    await on.talk(3 if on.short else 10)
    await on.held_up()
    flying = await on.office.in_flight()
    filler.unlink()
    on.server.start()  # it may have given up
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of 256 MiB at that folder; False where this user may not make one."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", str(folder)], capture_output=True)
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def database_locked(on: Faults) -> int:
    """Another program holds the write lock."""
    life = await on.at_work()
    await on.talk(0.5)
    seconds = 7 if on.short else 30
    if on.lite:
        with closing(sqlite3.connect(str(make_url(on.office.url).database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await on.talk(seconds)
            other.execute("ROLLBACK")
    else:
        engine = create_engine(on.office.url)
        # One table at a time: with two, this program could be the one that PostgreSQL gives up in a deadlock.
        for table in ("inbox", "outbox"):
            with engine.begin() as other:
                other.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
                await on.talk(seconds / 2)
        engine.dispose()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return 0


async def postgres_killed(on: Faults) -> int:
    """The server dies at once, without farewell, and is started again."""
    life = await on.at_work()
    await on.talk(1)
    on.server.crash()
    await on.talk(3)
    on.server.start()
    flying = await on.office.in_flight()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def migration_killed(office: Office, url: str, statements: range) -> int:
    """Kills a process at a statement of its first migration, again and again; returns how often. Then one lives."""
    killed = 0
    for number in statements:
        life = await office.nursery.start(
            {**office.order(die_at_statement=number), "env": {**office.order()["env"], "DATABASE_URL": url}}
        )
        try:
            killed += await life.wait(5) == -9
        except TimeoutError:
            await life.kill()
    life = await office.nursery.start({**office.order(), "env": {**office.order()["env"], "DATABASE_URL": url}})
    await asyncio.sleep(3)
    assert life.alive
    await life.stop()
    desk = Desk(url)
    found = await asyncio.to_thread(probe, desk)
    desk.close()
    assert found.revision == head() and not found.trouble
    return killed
