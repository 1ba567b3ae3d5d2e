"""Fixtures: an office that is open, and one whose notice is assigned."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import World


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[World]:
    world = World(tmp_path)
    await world.open()
    yield world
    await world.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(tmp_path)
    await world.assigned()
    yield world
    await world.close()
