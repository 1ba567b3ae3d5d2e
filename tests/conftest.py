"""Knows the databases that tests are played on: `database` is SQLite, or a real PostgreSQL started for the session.

A module that says DATABASES = BOTH is played on either; one that says ALWAYS_ON begins there whatever is asked for; DUBAN_TESTS_ON=postgresql plays everything that keeps anything
there (`make test-postgres`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.engine import Desk
from storage.migrating import migrate
from tests.postgres import Server

KINDS = ("sqlite", "postgresql")
_numbers = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    forced = os.environ.get("DUBAN_TESTS_ON")
    if "database" in metafunc.fixturenames:
        asked = (forced,) if forced else getattr(metafunc.module, "DATABASES", ("sqlite",))
        kinds = getattr(metafunc.module, "ALWAYS_ON", asked)
        metafunc.parametrize("database", kinds, indirect=True)
    if "url" in metafunc.fixturenames:
        # What is promised of storage itself is always tried on both.
        metafunc.parametrize("url", (forced,) if forced else KINDS, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What mostly waits for killed processes begins first: at the end nobody would be left to work meanwhile."""
    items.sort(key=lambda item: "tests/crash/" not in item.nodeid)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server with a migrated database to copy from, on a socket of its own."""
    # Not in pytest's own folder, which the next session on this machine closes to the server's user.
    with TemporaryDirectory(prefix="duban-server-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data", hasty=True)
        desk = Desk(server.database("migrated"))
        migrate(desk)
        desk.close()
        yield server
        server.stop()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated database of this test alone; "" is an SQLite file in its folder, or memory."""
    if request.param == "sqlite":
        yield ""
        return
    yield from _of_its_own(request, "migrated")


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of this test alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'duban.db'}"
        return
    yield from _of_its_own(request, "template1")


def _of_its_own(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    server: Server = request.getfixturevalue("server")
    name = f"test-{next(_numbers)}"
    yield server.database(name, template)
    server.drop(name)
