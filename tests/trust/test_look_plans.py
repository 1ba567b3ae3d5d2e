"""What is asked again and again goes by indexes alone: no statement of it grows with other offices, or with the years."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.demo import TOKEN
from bot.settings import Settings
from bot.start import Duban
from storage import agenda
from storage.migrating import migrate
from tests.bench.asking import StoppedClock
from tests.bench.country import NOW, fill


async def test_nothing_that_a_look_asks_goes_through_a_whole_table(tmp_path: Path) -> None:
    path = tmp_path / "duban.db"
    fill(f"sqlite:///{path.as_posix()}", 20)  # with fewer, SQLite would rather read a small table than an index
    settings = Settings(bot_token=SecretStr(TOKEN), data_dir=tmp_path, database_url=f"sqlite:///{path.as_posix()}")
    duban, asked = Duban(settings, StoppedClock(NOW)), set[str]()
    await duban.tick()

    def listen(session: agenda.Session) -> None:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.add)
        agenda.look_now(session, 3)

    await duban.desk.run(listen)
    await duban.tick()
    duban.desk.close()
    looks = statements(asked)
    assert len(looks) > 15
    assert scans(path, looks) == {}


async def test_nothing_that_is_asked_of_the_queues_goes_through_all_that_was_ever_said(tmp_path: Path) -> None:
    path = tmp_path / "duban.db"
    settings = Settings(bot_token=SecretStr(TOKEN), data_dir=tmp_path, database_url=f"sqlite:///{path.as_posix()}")
    duban, asked = Duban(settings, StoppedClock(NOW)), set[str]()
    migrate(duban.desk)

    def listen(session: agenda.Session) -> None:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.add)

    await duban.desk.run(listen)
    chats = [{"id": n, "type": "private"} for n in (1, 2)]
    updates = [{"update_id": c["id"], "message": {"message_id": 1, "date": 0, "chat": c, "from": c}} for c in chats]
    await duban.receiver.keep(updates)
    await duban.receiver._put_strays_back()
    await duban.receiver._claim()
    await duban.post.turn([], NOW, 5)
    await duban.post.recover(StoppedClock(NOW), [1])
    await duban.post.put_back_strays([1])
    await duban.post.recent(NOW)
    await duban.auditor.run()
    while duban.receiver._under_way():  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    duban.desk.close()
    queues = [text for text in statements(asked) if "outbox" in text or "inbox" in text]
    assert len(queues) > 15
    assert scans(path, queues, "inbox", "outbox") == {}


def statements(asked: set[str]) -> list[str]:
    return [text for text in asked if text.startswith(("SELECT", "UPDATE", "DELETE"))]


def scans(path: Path, asked: list[str], *tables: str) -> dict[str, list[Any]]:
    """Those that read a whole table (one of these, if given); an index of a few rows is none."""
    begin = tuple(f"SCAN {table}" for table in tables) or "SCAN"
    with closing(sqlite3.connect(path)) as connection:
        plans = {text: connection.execute(f"EXPLAIN QUERY PLAN {text}").fetchall() for text in asked}
    return {
        text: plan
        for text, plan in plans.items()
        if any(step[3].startswith(begin) and "INDEX" not in step[3] for step in plan)
    }
