"""Knows the troubles between the bot and Telegram: cut, gone, answers lost, 429, 5xx."""

from __future__ import annotations

import asyncio

from .faults import Faults
from .office import SAID


async def network_cut(on: Faults) -> int:
    """Every connection is cut before anything is carried out; the bot can't know that."""
    said = ["sendMessage", "sendPhoto", "sendDocument", "editMessageText"]
    return await on.struck(3 if on.short else 15, "refuse", count=10_000, methods=said)


async def network_gone(on: Faults) -> int:
    """Nothing listens where Telegram was: what could not leave has surely not arrived, and is said afterwards."""
    box, port = on.box, int(on.box.url.rpartition(":")[2])
    life = await on.at_work()
    await on.talk(0.5)
    await on.office.quiet()
    await on.office.everybody(1.0)
    async with asyncio.timeout(60):
        while not await on.office.in_flight():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    flying = await on.office.in_flight()
    await box._server.stop()
    flying += await on.office.in_flight()
    await on.talk(3 if on.short else 15)
    await box._server.start(port, "127.0.0.1")
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return flying


async def starting_without_network(on: Faults) -> int:
    on.box.fault("refuse", seconds=600)
    life = await on.office.life()
    await on.talk(2)
    on.box.faults.clear()
    await on.office.quiet()
    assert await life.stop() in (0, -15)
    return 0


async def answers_lost(on: Faults) -> int:
    return await on.struck(3, "answer_lost", count=8 if on.short else 40)


async def storm_of_429(on: Faults) -> int:
    """Nothing leaves in the second half of a pause: what was under way when it was ordered is over by then."""
    pause, before = 2, on.box.ledger.total
    await on.struck(4 if on.short else 12, "429", count=20, retry_after=pause)
    said = [entry for entry in on.calls(before) if entry.method.lower() in SAID]
    ordered = [entry.monotonic for entry in said if entry.status == 429]
    hasty = [e for e in said if any(at + pause / 2 < e.monotonic < at + 0.95 * pause for at in ordered)]
    assert not hasty, f"{len(hasty)} messages left during a pause"
    return 0


async def an_hour_of_5xx(on: Faults) -> int:
    """The process's seconds are 60 times shorter, so that its hour is a minute of ours. It asks now and then, no more."""
    speed, seconds = 60, 4 if on.short else 60
    life = await on.at_work()
    await on.talk(0.5)
    await on.office.quiet()
    await life.stop()
    life = await on.at_work(speed=speed)
    doubted, before = await on.doubted(), on.box.ledger.total
    # At first what people say still comes in, so that there is something to be said; then nothing comes and nothing leaves.
    on.box.fault("outage", seconds=600, methods=[*SAID, "editMessageText"])
    await on.talk(seconds / 2)
    on.box.fault("outage", seconds=600)
    await on.talk(seconds / 2)
    on.box.faults.clear()
    asked = sum(entry.status == 502 and entry.method.lower() in SAID for entry in on.calls(before))
    await on.office.quiet()
    await life.kill()
    on.measured = f"{asked} messages tried"
    assert asked, "nothing was tried: that was no trouble"
    assert asked < 20 + seconds * speed / 8, f"{asked} messages tried: no patience"
    # Its patience for an answer is a third of a second of ours: what a busy machine answers later is in doubt.
    return await on.doubted() - doubted
