"""`duban move`: played on SQLite, carried to PostgreSQL and back, and nothing is lost, doubled or half there."""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from bot.__main__ import main
from bot.commands.move import Bar
from core.words.html import html
from core.words.message import Message
from storage import claims, inbox, outbox
from storage.engine import Desk
from storage.migrating import head, migrate, revision
from tests.chat.world import World, monthly
from tests.postgres import Server

ALWAYS_ON = ("sqlite",)
"""A move begins on SQLite and ends on PostgreSQL: there is no other way to play it."""

ROOT = Path(__file__).parents[2]

DIES_MIDWAY = """
import os, signal, sys
from datetime import UTC, datetime
from storage.engine import Desk
from storage.moving import move

def die(table, done, total):
    if table == "obligation" and done:
        os.kill(os.getpid(), signal.SIGKILL)

move(Desk(sys.argv[1]), Desk(sys.argv[2]), datetime.now(UTC), die)
"""


def lite(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


def tables(url: str) -> list[str]:
    desk = Desk(url)
    try:
        return desk.run_sync(lambda session: inspect(session.connection()).get_table_names())
    finally:
        desk.close()


def counted(url: str, statement: str) -> object:
    desk = Desk(url)
    try:
        return desk.run_sync(lambda session: _first(session.execute(text(statement))))
    finally:
        desk.close()


def _first(result: Any) -> object:
    return result.scalar() if result.returns_rows else None


async def command(*words: str) -> int:
    return await asyncio.to_thread(main, ["move", *words])


async def test_an_office_goes_to_postgresql_and_back_and_replies_to_old_reminders_still_count(
    world: World, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file, there = tmp_path / "duban.db", server.database("moved")
    contact, other = world.of("区民政局"), world.of("区商务局")
    monkeypatch.setattr("bot.commands.move.SystemClock", lambda: world.demo.clock)  # the bot's lease is of this year
    assert await command("--from", lite(file), "--to", there) == 2
    assert "正在使用" in capsys.readouterr().err, "no move under a running bot"
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家 3月：选址 4-12月：装修运营 😀")
    await contact.click("提交")
    await monthly(world)
    await world.pass_to("2023-03-22T10:00")
    reminder = next(m for m in reversed(contact.messages) if "3月进展" in (m["text"] or ""))
    assert world.demo.bot is not None
    await world.demo.bot.stop()

    assert await command("--from", lite(file), "--to", there) == 0
    said = capsys.readouterr().out
    assert "逐表核对一致" in said and "obligation" in said
    assert await command("--from", lite(file), "--to", there) == 2
    assert "已有数据" in capsys.readouterr().err

    world.demo.database_url = there
    await world.demo.start_bot(clockwork=False)
    assert "【已收到】" in await contact.reply(reminder, "已选定2处场地，完成60%")
    await world.pass_to("2023-03-24T10:00")
    latest = next(m for m in reversed(other.messages) if "【提醒】" in (m["text"] or ""))
    assert "已收到" in await other.reply(latest, "2-1：已签约2个项目") or "3月进展" in other.text
    assert counted(there, "SELECT count(*) FROM report WHERE text = '已选定2处场地，完成60%'") == 1
    assert "2-2" not in (await contact.send("/report"))

    await world.demo.bot.stop()
    home = tmp_path / "home.db"
    assert await command("--from", there, "--to", lite(home)) == 0
    said = capsys.readouterr().out
    assert counted(lite(home), "SELECT count(*) FROM outbox") == counted(there, "SELECT count(*) FROM outbox")
    world.demo.database_url = lite(home)
    await world.demo.start_bot(clockwork=False)
    assert "已收到" in await contact.reply(reminder, "已选定3处场地，完成80%")
    assert counted(lite(home), "SELECT max(version) FROM report WHERE text LIKE '%3处场地%'") == 2
    await world.pass_to("2023-04-21T10:00")
    assert "4月进展" in contact.text


async def test_what_can_not_be_moved_is_refused_and_nothing_is_touched(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source, empty = lite(tmp_path / "source.db"), server.database("empty")
    made = Desk(source)
    migrate(made)
    made.close()
    for words, answer in (
        (("--from", source, "--to", source), "同一个数据库"),
        (("--from", source, "--to", "mysql://x"), "写法不对"),
        (("--from", lite(tmp_path / "none.db"), "--to", empty), "找不到原数据库"),
    ):
        assert await command(*words) == 2
        assert answer in capsys.readouterr().err
    for name, statement, answer in (
        ("other", "CREATE TABLE theirs (id INTEGER)", "已有别的数据表"),
        (
            "newer",
            "CREATE TABLE alembic_version (version_num VARCHAR(32))",
            "INSERT INTO alembic_version VALUES ('9999')",
        ),
    ):
        target = server.database(f"move-{name}")
        counted(target, statement)
        if "INSERT" in answer:
            counted(target, answer)
            answer = "版本是 9999"
        assert await command("--from", source, "--to", target) == 2
        assert answer in capsys.readouterr().err
    assert await command("--from", source, "--to", "postgresql://nobody@127.0.0.1:1/none") == 1
    assert "可以重来" in capsys.readouterr().err
    # A target that `duban migrate` made is as good as an empty one; a source of another version is not read.
    prepared = server.database("prepared", "migrated")
    assert await command("--from", source, "--to", prepared) == 0
    counted(source, "UPDATE alembic_version SET version_num = '0001'")
    assert await command("--from", source, "--to", empty) == 2
    assert "duban migrate" in capsys.readouterr().err and tables(empty) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_killed_midway_it_leaves_the_source_as_it_was_and_the_target_empty(
    world: World, server: Server, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert world.demo.bot is not None
    await world.demo.bot.stop()
    file = tmp_path / "duban.db"
    source = lite(file)
    target = lite(tmp_path / "new.db") if kind == "sqlite" else server.database("killed")
    counted(source, "SELECT 1")
    before = hashlib.sha256(await asyncio.to_thread(file.read_bytes)).hexdigest()
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DIES_MIDWAY, source, target], cwd=ROOT, check=False, capture_output=True
    )
    assert died.returncode == -9, died.stderr
    assert hashlib.sha256(await asyncio.to_thread(file.read_bytes)).hexdigest() == before
    assert tables(target) == []
    assert await command("--from", source, "--to", target) == 0
    desk = Desk(target)
    assert revision(desk) == head()
    desk.close()
    for table in ("obligation", "event", "outbox", "inbox"):
        assert counted(target, f"SELECT count(*) FROM {table}") == counted(source, f"SELECT count(*) FROM {table}")
    world.demo.database_url = target
    await world.demo.start_bot(clockwork=False)
    assert "应报 5" in await world.supervisor.send("/progress")


async def test_a_target_that_goes_away_midway_or_is_none_leaves_everything_as_it_was(
    world: World, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert world.demo.bot is not None
    await world.demo.bot.stop()
    file, target = tmp_path / "duban.db", server.database("gone")
    source = lite(file)
    counted(source, "SELECT 1")
    before = hashlib.sha256(await asyncio.to_thread(file.read_bytes)).hexdigest()

    class Cut(Bar):
        def __call__(self, table: str, done: int, total: int) -> None:
            if table == "obligation" and done:
                counted(
                    target,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = 'gone' AND pid <> pg_backend_pid()",
                )

    with monkeypatch.context() as patched:
        patched.setattr("bot.commands.move.Bar", Cut)
        assert await command("--from", source, "--to", target) == 1
    said = capsys.readouterr().err
    assert "可以重来" in said and "Traceback" not in said
    assert tables(target) == []
    no_database = tmp_path / "notes.txt"
    no_database.write_bytes(b"these are notes, and no database at all" * 100)
    for words, code, answer in (
        (server.url("never-made"), 1, "可以重来"),
        (lite(no_database), 1, "可以重来"),
        (lite(no_database / "below" / "x.db"), 2, "notes.txt"),
        ("postgresql://nobody@nowhere.invalid/none", 1, "可以重来"),
        ("postgresql:", 2, "写法不对"),
        ("", 2, "写法不对"),
    ):
        assert await command("--from", source, "--to", words) == code, words
        said = capsys.readouterr().err
        assert answer in said and "Traceback" not in said, (words, said)
    assert hashlib.sha256(await asyncio.to_thread(file.read_bytes)).hexdigest() == before
    assert no_database.read_bytes().startswith(b"these are notes")
    await world.demo.start_bot(clockwork=False)
    assert "应报 5" in await world.supervisor.send("/progress"), "and the bot goes on with what it had"


async def test_what_was_waiting_goes_on_in_the_other_database(
    world: World, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert world.demo.bot is not None
    contact, now = world.of("区民政局"), world.demo.clock.now()
    person = world.demo.sandbox.world.people[contact.person]
    await world.demo.bot.stop()
    user = {"id": person.user_id, "is_bot": False, "first_name": person.name}
    chat = {"id": person.user_id, "type": "private", "first_name": person.name}
    asked = {"message_id": 9_001, "date": int(now.timestamp()), "chat": chat, "from": user, "text": "/tasks"}
    update = json.dumps({"update_id": 900_001, "message": asked}, ensure_ascii=False)
    desk = Desk(lite(tmp_path / "duban.db"))

    def wait(session: Session) -> None:
        inbox.keep(session, [(900_001, person.user_id, update)], now)
        about: dict[str, Any] = {"now": now, "office_id": 1}
        outbox.put(session, "in flight", person.user_id, Message(html("正在发")), kind="reply", **about)
        claims.claim(session, now, "elsewhere:1:a", 1)
        outbox.put(session, "waiting", person.user_id, Message(html("还没发")), kind="reply", **about)
        later = now + timedelta(hours=1)
        outbox.put(session, "held", person.user_id, Message(html("等时候")), kind="notice", not_before=later, **about)

    desk.run_sync(wait)
    desk.close()
    there = server.database("waiting")
    assert await command("--from", lite(tmp_path / "duban.db"), "--to", there) == 0
    world.demo.database_url = there
    await world.demo.start_bot(clockwork=False)
    world.demo.clock.set(now + timedelta(minutes=10))
    await world.demo.settle()
    await world.demo.bot.auditor.run()
    world.demo.clock.set(now + timedelta(minutes=20))
    await world.demo.settle()
    texts = [m["text"] or "" for m in contact.messages]
    assert texts.count("还没发") == 1 and any("2-2" in text for text in texts[-4:])
    assert [text for text in texts if "正在发" in text] == ["（网络中断，这条消息可能重复）\n正在发"]
    assert "等时候" not in texts
    await world.pass_to("2023-03-03T10:30")
    assert [m["text"] for m in contact.messages].count("等时候") == 1
