"""That something is under way is shown while it lasts, and never in the way of the work."""

from __future__ import annotations

import asyncio

import pytest

from core.ports import Refused
from handlers.patience import busy


async def test_it_is_shown_again_until_the_work_is_done() -> None:
    shown: list[int] = []
    thrice = asyncio.Event()

    async def show() -> None:
        shown.append(len(shown))
        if len(shown) == 3:
            thrice.set()

    async with busy(show, first=0.0, every=0.0):
        await thrice.wait()
    before = len(shown)
    await asyncio.sleep(0.01)
    assert len(shown) == before


async def test_quick_work_shows_nothing() -> None:
    async def show() -> None:
        raise AssertionError("shown")

    async with busy(show, first=60.0):
        pass


async def test_a_showing_that_fails_spoils_nothing_and_the_works_own_fault_comes_out() -> None:
    async def show() -> None:
        raise Refused("blocked")

    async with busy(show, first=0.0):
        await asyncio.sleep(0.01)
    with pytest.raises(ValueError, match="the work"):
        async with busy(show, first=0.0):
            await asyncio.sleep(0.01)
            raise ValueError("the work")
