"""The desk: what is wanted soon is done before what waited longer; what shares a commit fails alone; nothing is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.ports import StorageTrouble
from core.words.html import Html
from core.words.message import Message
from storage import outbox
from storage.engine import Desk

from .conftest import NINE


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


async def behind(desk: Desk, *works: Callable[[Session], Any], soon: bool = False) -> list[Any]:
    """What came of short pieces of work that were handed in while the writer was busy."""
    begun, go = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        begun.set()
        go.wait(10)

    running = asyncio.create_task(desk.run(slow))
    await asyncio.to_thread(begun.wait, 10)
    waiting = [asyncio.create_task(desk.run(work, soon=soon, together=True)) for work in works]
    await asyncio.sleep(0)
    go.set()
    await running
    return await asyncio.gather(*waiting, return_exceptions=True)


def commits(desk: Desk) -> list[str]:
    """Grows with every commit of the writer from now on."""
    seen: list[str] = []
    event.listen(desk.engine, "commit", lambda connection: seen.append("commit"))
    return seen


def put(key: str) -> Callable[[Session], int | None]:
    def work(session: Session) -> int | None:
        return outbox.put(session, key, 7, Message(Html(key)), kind="reply", now=NINE)

    return work


def stands(desk: Desk) -> list[str]:
    return desk.run_sync(lambda session: [e.key for e in session.query(outbox.OutboxEntry).order_by("id")])


async def test_short_work_that_waits_shares_a_commit_and_what_fails_is_undone_alone(desk: Desk) -> None:
    def breaks(session: Session) -> None:
        put("half")(session)
        session.add(outbox.OutboxEntry(id=99))  # refused when it is written: it says nothing
        session.flush()

    def gives_up(session: Session) -> None:
        put("half too")(session)
        raise KeyError("no")

    def seen_by_the_next(session: Session) -> list[str]:
        return [entry.key for entry in session.query(outbox.OutboxEntry)]

    counted = commits(desk)
    found = await behind(desk, put("one"), breaks, put("two"), gives_up, put("three"), seen_by_the_next)
    assert [type(one).__name__ for one in found] == ["int", "IntegrityError", "int", "KeyError", "int", "list"]
    assert sorted(stands(desk)) == ["one", "three", "two"]
    if desk.lite:
        assert found[-1] == ["one", "two", "three"]
        assert len(counted) == 2  # these six, the look


async def test_a_transaction_that_ends_for_all_is_trouble_for_all(desk: Desk) -> None:
    if not desk.lite:
        pytest.skip("several writers: nothing is shared")

    def ended(session: Session) -> None:
        session.connection().exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
        raise sqlite3.OperationalError("database or disk is full")

    found = await behind(desk, put("one"), ended, put("two"))
    assert [type(one).__name__ for one in found[:2]] == ["StorageTrouble", "StorageTrouble"]
    assert stands(desk) == ["two"]


async def test_a_transaction_that_can_not_begin_is_trouble_for_all_who_would_have_shared_it(desk: Desk) -> None:
    """The first of them was once told nothing: it waited for ever, although the lock was gone a moment later."""
    if not desk.lite:
        pytest.skip("PostgreSQL locks no whole database")
    await desk.run(lambda session: session.connection().exec_driver_sql("PRAGMA busy_timeout=20").close())
    other = sqlite3.connect(desk.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asks = [lambda session: session.connection().exec_driver_sql("SELECT 1").scalar()] * 3
    async with asyncio.timeout(10):
        found = await behind(desk, *asks)
    other.execute("ROLLBACK")
    other.close()
    assert [type(one) for one in found] == [StorageTrouble] * 3
    assert await behind(desk, *asks) == [1, 1, 1]


async def test_work_that_wants_a_transaction_of_its_own_keeps_its_turn(desk: Desk) -> None:
    if not desk.lite:
        pytest.skip("several writers: nothing waits here")
    order: list[str] = []
    begun, go = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        begun.set()
        go.wait(10)

    running = asyncio.create_task(desk.run(slow))
    await asyncio.to_thread(begun.wait, 10)
    counted = commits(desk)
    turns = [("a", True), ("b", True), ("alone", False), ("c", True), ("d", True)]

    def noting(name: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            session.connection()
            order.append(f"{name}{len(counted)}")

        return work

    waiting = [asyncio.create_task(desk.run(noting(name), together=together)) for name, together in turns]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(running, *waiting)
    assert order == ["a0", "b0", "alone1", "c2", "d2"]
