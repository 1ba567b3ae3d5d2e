"""Fixtures: an office whose notice is assigned and whose everybody has joined."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import World


@pytest.fixture
async def world(tmp_path: Path, database: str) -> AsyncIterator[World]:
    world = World(tmp_path, database_url=database)
    await world.assigned()
    yield world
    await world.close()
