"""A look of the tick goes by indexes alone: no statement of it grows with other offices."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from bot.demo import TOKEN
from bot.settings import Settings
from bot.start import Duban
from storage import agenda
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
    looks = [text for text in asked if text.startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(looks) > 15
    with closing(sqlite3.connect(path)) as connection:
        plans = {text: connection.execute(f"EXPLAIN QUERY PLAN {text}").fetchall() for text in looks}
    assert {text: plan for text, plan in plans.items() if any(step[3].startswith("SCAN") for step in plan)} == {}
