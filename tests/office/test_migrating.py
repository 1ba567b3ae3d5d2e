"""A database is brought up to date in one transaction, one process at a time, on both kinds of database."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from bot.__main__ import main
from storage.base import Base
from storage.engine import Desk
from storage.migrating import STEPS, NewerDatabase, UnnumberedDatabase, head, known, migrate, revision

ROOT = Path(__file__).parents[2]

DIES_MIDWAY = """
import os, signal, sys
from sqlalchemy import Engine, event
from storage.engine import Desk
from storage.migrating import migrate

made = []

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    made.append("CREATE TABLE" in statement)
    if sum(made) == 6:
        os.kill(os.getpid(), signal.SIGKILL)

migrate(Desk(sys.argv[1]))
"""


def test_the_files_names_are_the_revisions() -> None:
    """A start reads no more than the names."""
    script = ScriptDirectory(str(STEPS.parent))
    assert script.get_heads() == [head()]
    assert {step.revision for step in script.walk_revisions()} == known()


def differences(desk: Desk) -> list[object]:
    def look(session: Session) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(session.connection(), opts=options)
        return list(compare_metadata(context, Base.metadata))

    return desk.run_sync(look)


def tables(desk: Desk) -> list[str]:
    return desk.run_sync(lambda session: inspect(session.connection()).get_table_names())


def test_the_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    desk = Desk(url)
    assert migrate(desk).before is None
    assert differences(desk) == [], 'run python -m storage.upgrading "what changed"'
    assert revision(desk) == head()
    assert not migrate(desk).changed, "a second time changes nothing"
    desk.close()


def test_a_migration_killed_midway_leaves_the_old_revision(url: str) -> None:
    died = subprocess.run([sys.executable, "-c", DIES_MIDWAY, url], cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr
    desk = Desk(url)
    assert tables(desk) == [] and revision(desk) is None
    assert migrate(desk).after == head()
    assert differences(desk) == []
    desk.close()


def test_two_processes_that_start_together_migrate_once(url: str) -> None:
    desks = [Desk(url), Desk(url)]
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(migrate, desks))
    assert sorted(str(one.before) for one in done) == [head(), "None"]
    for desk in desks:
        desk.close()


def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    desk = Desk(url)
    migrate(desk)
    desk.run_sync(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")) and None)
    with pytest.raises(NewerDatabase):
        migrate(desk)
    assert revision(desk) == "9999"
    desk.close()


def test_tables_of_somebody_else_are_left_alone(url: str) -> None:
    desk = Desk(url)
    desk.run_sync(lambda session: session.execute(text("CREATE TABLE office (id INTEGER)")) and None)
    with pytest.raises(UnnumberedDatabase):
        migrate(desk)
    assert tables(desk) == ["office"]
    desk.close()


def test_the_command_says_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "")
    assert main(["migrate"]) == 0
    assert f"（空） → {head()}" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "已是最新版本" in capsys.readouterr().out
    desk = Desk("sqlite:///data/duban.db")
    desk.run_sync(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")) and None)
    desk.close()
    monkeypatch.setenv("LANGUAGE", "en")
    assert main(["migrate"]) == 1
    assert "newer version (9999)" in capsys.readouterr().err


def test_a_database_that_is_away_is_one_line_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://duban:hunter2@127.0.0.1:1/duban")
    assert main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert "duban doctor" in said and "hunter2" not in said and "Traceback" not in said
