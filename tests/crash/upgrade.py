"""Knows the upgrade in the middle of conversations: a database as an older version kept it, and the new process on it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import psycopg
from sqlalchemy import MetaData, create_engine, inspect, make_url
from sqlalchemy.orm import Session

from core.rules.obligations import Kind
from core.work import Wanted, Work
from storage.engine import Desk
from storage.migrating import head, revision
from storage.upgrading import upgrade
from tests.chat.world import Actor

from .judge import Verdict, judge
from .office import Office

OLDEST = 8
"""The first revision from which an office like ours can have come: it has every column that must be filled."""

MONTHS = "\n".join(f"{month}月：完成{month}成" for month in range(3, 13))


async def upgraded(office: Office, old_url: str, number: int) -> Verdict:
    """1. A plan is half filled in, a report and a question wait unhandled, answers unsaid; the process is killed.
    2. Its database becomes one of revision `number`, at `old_url`; the new process is killed in the middle of its migration.
    3. The next one goes on where everybody was.
    """
    life = await office.life()
    contact = office.world.of("区民政局")
    await contact.send("/plan")
    await office.quiet()
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家社区食堂")
    await office.quiet()
    await office.everybody()
    await asyncio.sleep(0.3)
    await life.kill()
    flying = await office.in_flight()
    await office.everybody()
    await asyncio.to_thread(_as_kept_by, office.url, old_url, f"{number:04d}")
    office.desk.close()
    office.url, office.desk = old_url, Desk(old_url)
    assert await asyncio.to_thread(revision, office.desk) == f"{number:04d}"
    await _killed_while_migrating(office, number)
    life = await office.life()
    await office.quiet()
    await _file(office, contact)
    await office.everybody()
    await office.quiet()
    assert await life.stop() in (0, -15)
    assert await asyncio.to_thread(revision, office.desk) == head()
    return await judge(office, flying)


async def _killed_while_migrating(office: Office, number: int) -> None:
    """A short migration is over at the later statement: then it is whole, and what dies is the start after it."""
    old = f"{number:04d}"
    for statement, whole in ((3, {old}), (9, {old, head()})):
        life = await office.life(die_at_statement=statement)
        assert await life.wait(30) == -9
        assert await asyncio.to_thread(revision, office.desk) in whole, "half a migration"


async def _file(office: Office, contact: Actor) -> None:
    """The rest of the plan, as if nothing had happened."""
    await contact.send(MONTHS)
    await office.quiet()
    assert "【预览】" in contact.text and "建成4家社区食堂" in contact.text, contact.text
    await contact.click("提交")
    await office.quiet()

    def filed(session: Session) -> list[tuple[str, dict[int, str]]]:
        assert office.demo.bot is not None
        work: Work = office.demo.bot.storage.first(session, None)
        plans = work.obligations.find(Wanted(kind=Kind.PLAN, unit_ids=[work.notices.find_units("区民政局")[0].id]))
        return [(report.goal, report.months) for plan in plans for report in work.reports.of(plan.id)]

    ((goal, months),) = await office.desk.read(filed)
    assert goal == "建成4家社区食堂" and months[12] == "完成12成"


def _as_kept_by(now: str, then: str, older: str) -> None:
    """An empty database of that revision gets of every table and column what it has a place for."""
    desk = Desk(then)
    desk.run_sync(lambda session: upgrade(session.connection(), older))
    desk.close()
    shared = _shared(now, then)
    if now.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(then).database))) as there:
            there.execute("ATTACH ? AS source", (str(make_url(now).database),))
            for table, columns in shared.items():
                there.execute(f'DELETE FROM "{table}"')
                there.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM source."{table}"')
            there.commit()
        return
    with psycopg.connect(_plain(now)) as here, psycopg.connect(_plain(then)) as there:
        for table, columns in shared.items():
            copied = f'"{table}" ({columns})'
            with (
                here.cursor().copy(f"COPY {copied} TO STDOUT") as source,
                there.cursor().copy(f"COPY {copied} FROM STDIN") as target,
            ):
                for part in source:
                    target.write(part)
            if "id" in columns.replace('"', "").split(", "):
                serial = f"pg_get_serial_sequence('\"{table}\"', 'id')"
                last = f'(SELECT coalesce(max(id), 1) FROM "{table}")'
                there.execute(f"SELECT setval({serial}, {last}) WHERE {serial} IS NOT NULL")
        there.commit()


def _shared(now: str, then: str) -> dict[str, str]:
    """{table: its columns in both databases}, what is referred to before what refers."""
    tables: dict[str, str] = {}
    here, there = create_engine(now), create_engine(then)
    old = MetaData()
    old.reflect(there)
    new = inspect(here)
    for table in old.sorted_tables:
        if table.name != "alembic_version" and new.has_table(table.name):
            names = {column["name"] for column in new.get_columns(table.name)}
            tables[table.name] = ", ".join(f'"{column.name}"' for column in table.columns if column.name in names)
    here.dispose(), there.dispose()
    return tables


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
