"""The doctor says what is wrong and what to do, and leaves everything as it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event, text, update
from sqlalchemy.orm import Session

from bot.__main__ import main
from bot.demo import TOKEN
from bot.doctor import Finding, _clock, _webhook, examine
from bot.settings import Settings
from core.words.html import html
from core.words.message import Message
from core.words.voice import voice
from storage import inbox, outbox
from storage.engine import Desk
from storage.migrating import migrate
from storage.tables.notices import AssignmentRow, NoticeRow, TaskRow, UnitRow
from storage.tables.offices import OfficeRow
from tests.chat.world import World
from tests.postgres import Server
from tests.trust.conftest import HandClock

NOW = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)


def names(found: list) -> dict[str, str]:  # type: ignore[type-arg]
    """{finding: level}; every finding can be said in both languages."""
    for one in found:
        for lang in ("zh", "en"):
            assert voice(lang).plain(f"doctor.{one.name}", **one.values)
    return {one.name: one.level for one in found}


def offline(folder: Path, **more: object) -> Settings:
    return Settings(data_dir=folder, telegram_api_base_url="http://127.0.0.1:9", **more)  # type: ignore[arg-type]


async def test_a_bot_at_work_is_well_but_for_units_that_nobody_joined_for(world: World) -> None:
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        data_dir=world.demo.folder,
        telegram_api_base_url=world.demo.url,
        database_url=world.demo.database_url,
    )
    found = names(await examine(settings, world.demo.clock, Path("none")))
    assert found["token"] == found["database"] == found["inbox"] == found["outbox"] == "ok"
    assert found["unreached"] == "warning"
    assert "fault" not in {level for name, level in found.items() if not name.startswith("clock")}


async def test_without_network_the_token_is_not_in_what_is_said(tmp_path: Path) -> None:
    found = await examine(offline(tmp_path, bot_token=SecretStr(TOKEN)), HandClock(NOW), Path("none"))
    said = names(found)
    assert said["telegram_away"] == "fault" and said["database_missing"] == "warning"
    assert TOKEN not in repr(found)
    assert not any(tmp_path.iterdir()), "looking creates nothing"  # noqa: ASYNC240


async def test_what_is_stuck_failed_or_set_aside_shows(tmp_path: Path) -> None:
    desk = Desk(f"sqlite:///{tmp_path / 'duban.db'}")
    migrate(desk)

    def trouble(session) -> None:  # type: ignore[no-untyped-def]
        inbox.keep(session, [(1, 5, json.dumps({"update_id": 1}))], NOW - timedelta(hours=1))
        inbox.claim(session, NOW, "test", 1)
        entry = session.get(inbox.InboxEntry, 1)
        entry.tries = inbox.TRIES
        inbox.failed(session, 1, "Traceback\nValueError: bad", NOW)
        inbox.keep(session, [(2, 6, json.dumps({"update_id": 2}))], NOW - timedelta(hours=1))
        outbox.put(session, "a", 5, Message(html("x")), kind="reply", now=NOW - timedelta(hours=1))

    desk.run_sync(trouble)
    desk.close()
    found = await examine(offline(tmp_path), HandClock(NOW), Path("none"))
    said = names(found)
    assert said["inbox_aside"] == "warning" and said["inbox_stuck"] == "fault" and said["outbox_stuck"] == "fault"
    assert said["no_office"] == "warning" and said["no_token"] == "fault"
    assert "ValueError: bad" in repr(found)


def test_what_was_set_aside_gets_another_round_by_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.commands.retry.settings.load", lambda: offline(tmp_path))
    assert main(["retry"]) == 0 and "没有另存" in capsys.readouterr().out
    desk = Desk(f"sqlite:///{tmp_path / 'duban.db'}")

    def failed(session) -> None:  # type: ignore[no-untyped-def]
        inbox.keep(session, [(n, 5, json.dumps({"update_id": n})) for n in range(1, 61)], NOW)
        session.execute(update(inbox.InboxEntry).values(state="aside", tries=inbox.TRIES, done_at=NOW, error="bad"))

    desk.run_sync(failed)
    assert main(["retry"]) == 0 and "60 条" in capsys.readouterr().out
    assert desk.run_sync(inbox.counts) == {"waiting": 60, "claimed": 0, "reading": 0, "aside": 0}
    desk.close()


async def test_an_old_database_and_a_missing_one_say_which_command_helps(tmp_path: Path) -> None:
    desk = Desk(f"sqlite:///{tmp_path / 'duban.db'}")
    desk.run_sync(lambda session: session.execute(text("SELECT 1")) and None)
    desk.close()
    assert names(await examine(offline(tmp_path), HandClock(NOW), Path("none")))["database_old"] == "fault"
    (tmp_path / "duban.db").write_bytes(b"this is no database at all" * 100)
    assert names(await examine(offline(tmp_path), HandClock(NOW), Path("none")))["database_away"] == "fault"


async def test_a_postgres_database_is_looked_at_too(server: Server, tmp_path: Path) -> None:
    address = server.database("doctor", "migrated")
    found = names(await examine(offline(tmp_path, database_url=address), HandClock(NOW), Path("none")))
    server.drop("doctor")
    assert found["database"] == "ok"


async def test_the_settings_file_is_looked_at(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TOEKN=1\n", encoding="utf-8")
    env.chmod(0o644)
    found = names(await examine(offline(tmp_path, unknown=("BOT_TOEKN",)), HandClock(NOW), env))
    assert found["unknown_settings"] == found["env_open"] == "warning"
    env.chmod(0o600)
    assert "env_open" not in names(await examine(offline(tmp_path), HandClock(NOW), env))


async def test_years_without_holidays_are_named(tmp_path: Path) -> None:
    late = HandClock(datetime(2029, 12, 1, tzinfo=UTC))
    assert names(await examine(offline(tmp_path), late, Path("none")))["calendar_unknown"] == "warning"
    assert names(await examine(offline(tmp_path), HandClock(NOW), Path("none")))["calendar"] == "ok"


def test_a_clock_that_is_off_is_measured_against_telegrams() -> None:
    sent = "Mon, 06 Mar 2023 01:00:00 GMT"
    assert [f.level for f in _clock(sent, NOW + timedelta(seconds=5))] == ["ok"]
    assert [f.level for f in _clock(sent, NOW + timedelta(seconds=90))] == ["warning"]
    assert [f.level for f in _clock(sent, NOW - timedelta(minutes=20))] == ["fault"]
    assert list(_clock("yesterday", NOW)) == [] == list(_clock(None, NOW))


def test_a_webhook_that_disagrees_with_the_mode_is_named(tmp_path: Path) -> None:
    hook = {"url": "https://other.example/hook", "pending_update_count": 500, "last_error_message": "no route"}
    said = [f.name for f in _webhook(offline(tmp_path), hook)]
    assert said == ["webhook_set", "webhook_error", "updates_waiting"]
    pushing = offline(tmp_path, mode="webhook", webhook_url="https://mine.example/hook")
    assert [f.name for f in _webhook(pushing, {"url": ""})] == ["webhook_unset"]
    assert [f.name for f in _webhook(pushing, {"url": "https://other.example/"})] == ["webhook_other"]
    assert list(_webhook(pushing, {"url": "https://mine.example/hook"})) == []


def test_the_command_prints_a_line_for_each_finding_and_fails_on_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "故障 BOT_TOKEN 未设置" in said and "duban claim" in said and "故障 1 处" in said


async def test_a_country_of_offices_is_asked_in_a_few_statements_and_told_in_a_few_lines(world: World) -> None:
    assert world.demo.bot is not None
    settings = Settings(
        bot_token=SecretStr(TOKEN),
        data_dir=world.demo.folder,
        telegram_api_base_url=world.demo.url,
        database_url=world.demo.database_url,
    )

    async def asked() -> tuple[int, list[Finding]]:
        statements: list[str] = []

        def count(*given: Any) -> None:
            statements.append(given[2])

        event.listen(Engine, "before_cursor_execute", count)
        try:
            found = await examine(settings, world.demo.clock, Path("none"))
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        return len(statements), found

    few, found = await asked()
    before = next(one for one in found if one.name == "unreached")
    assert before.values["n"] == 2
    await world.demo.bot.desk.run(many)
    more, found = await asked()
    assert more <= few + 2, "whatever the number of offices"
    names(found)
    shown = [one.values for one in found if one.name == "unreached"]
    assert len(shown) == 10 and shown[0]["office"] == "督查室1" and shown[0]["tasks"] == 3
    assert next(one.values for one in found if one.name == "unreached_more") == {"offices": 41, "n": 42}
    assert next(one.values for one in found if one.name == "retention_many") == {"offices": 50, "ruled": 50}


def many(session: Session) -> None:
    """Fifty offices with a unit that leads three tasks and has nobody, and a closed notice each."""
    for number in range(1, 51):
        office = OfficeRow(
            name=f"督查室{number}", created_at=NOW, settings={"retention": {"what": "delete", "months": 12}}
        )
        session.add(office)
        session.flush()
        paper = {"title": "通知", "number": "", "year": 2023, "reading": {}, "file_hash": "", "sent_at": NOW}
        notice = NoticeRow(office_id=office.id, state="active", **paper)
        unit = UnitRow(office_id=office.id, name="区某局")
        session.add_all([notice, NoticeRow(office_id=office.id, state="closed", **paper), unit])
        session.flush()
        for place in range(3):
            task = TaskRow(
                office_id=office.id, notice_id=notice.id, ref=f"1-{place}", position=place, number="1", content="事"
            )
            session.add(task)
            session.flush()
            session.add(AssignmentRow(task_id=task.id, unit_id=unit.id, part="lead", position=0))
