"""Knows the scene that every test of this folder begins with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.engine import Desk

from .hall import Hall, HandClock, at, build


@pytest.fixture
def hall(database: str) -> Iterator[Hall]:
    """Monday, March 20, 2023, ten in the morning: five plans were due on Thursday; nothing was handed in."""
    desk = Desk(database or "sqlite://")
    if not database:
        desk.create_tables()
    hall = Hall(desk, HandClock(at("2023-03-06T09:00")))
    hall.do(lambda work: build(work, hall.clock.now()))
    hall.pass_to("2023-03-20T10:00")
    yield hall
    desk.close()
