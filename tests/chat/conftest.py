"""Fixtures: an office that is open, and one whose notice is assigned."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.engine import Desk
from storage.migrating import migrate
from tests.chat.world import World
from tests.postgres import Server

_numbers = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that says DATABASES = BOTH is played on either database; DUBAN_TESTS_ON=postgresql plays all there."""
    if "database" in metafunc.fixturenames:
        forced = os.environ.get("DUBAN_TESTS_ON")
        kinds = (forced,) if forced else getattr(metafunc.module, "DATABASES", ("sqlite",))
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server with a migrated database to copy from."""
    # Not in pytest's own folder, which the next session on this machine closes to the server's user.
    with TemporaryDirectory(prefix="duban-server-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data")
        desk = Desk(server.database("migrated"))
        migrate(desk)
        desk.close()
        yield server
        server.stop()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database of this test alone; "" is an SQLite file in its folder."""
    if request.param == "sqlite":
        yield ""
        return
    server: Server = request.getfixturevalue("server")
    name = f"test-{next(_numbers)}"
    yield server.database(name, "migrated")
    server.drop(name)


@pytest.fixture
async def office(tmp_path: Path, database: str) -> AsyncIterator[World]:
    world = World(tmp_path, database_url=database)
    await world.open()
    yield world
    await world.close()


@pytest.fixture
async def world(tmp_path: Path, database: str) -> AsyncIterator[World]:
    world = World(tmp_path, database_url=database)
    await world.assigned()
    yield world
    await world.close()


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
