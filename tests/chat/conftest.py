"""Fixtures: an office that is open, and one whose notice is assigned (and what the module's SCENE has happen)."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import World


@pytest.fixture
async def office(tmp_path: Path, database: str) -> AsyncIterator[World]:
    world = World(tmp_path, database_url=database)
    await world.open()
    yield world
    await world.close()


@pytest.fixture
async def world(tmp_path: Path, database: str, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    world = World(tmp_path, database_url=database)
    await world.assigned(then=getattr(request.module, "SCENE", None))
    yield world
    await world.close()


@pytest.fixture
async def assigned(tmp_path: Path, database: str) -> AsyncIterator[World]:
    """Without what the module's scene has happen."""
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
