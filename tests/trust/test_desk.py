"""The desk: what is wanted soon is done before what waited longer, and nothing is done twice or forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy.orm import Session

from core.ports import StorageTrouble
from storage.engine import Desk


async def test_what_is_wanted_soon_overtakes_what_waits(desk: Desk) -> None:
    if not desk.lite:
        pytest.skip("several writers: nothing waits here")
    order: list[str] = []
    begun, go = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        begun.set()
        go.wait(10)

    running = asyncio.create_task(desk.run(slow))
    await asyncio.to_thread(begun.wait, 10)
    later = [asyncio.create_task(desk.run(lambda session, n=n: order.append(f"later {n}"))) for n in range(3)]
    await asyncio.sleep(0)
    soon = [asyncio.create_task(desk.run(lambda session, n=n: order.append(f"soon {n}"), soon=True)) for n in range(2)]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(running, *later, *soon)
    assert order == ["soon 0", "soon 1", "later 0", "later 1", "later 2"]


async def test_work_given_up_before_it_began_is_not_done(desk: Desk) -> None:
    done: list[int] = []
    gates = [threading.Event() for _ in range(4)]
    go = threading.Event()

    def slow(gate: threading.Event) -> None:
        gate.set()
        go.wait(10)

    busy = [
        asyncio.create_task(desk.run(lambda session, gate=gate: slow(gate))) for gate in gates[: 1 if desk.lite else 4]
    ]
    await asyncio.to_thread(gates[0 if desk.lite else 3].wait, 10)
    given_up = asyncio.create_task(desk.run(lambda session: done.append(1)))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.wait((given_up,))
    kept = asyncio.create_task(desk.run(lambda session: done.append(2)))
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(kept, *busy)
    assert done == [2]


async def test_a_database_locked_by_another_program_is_trouble_not_a_defect(desk: Desk) -> None:
    if not desk.lite:
        pytest.skip("PostgreSQL locks no whole database")
    await desk.run(lambda session: session.connection().exec_driver_sql("PRAGMA busy_timeout=20").close())
    other = sqlite3.connect(desk.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageTrouble, match="locked"):
        await desk.run(lambda session: None if session.connection() else None)
    other.execute("ROLLBACK")
    other.close()
    assert await desk.run(lambda session: bool(session.connection()))
