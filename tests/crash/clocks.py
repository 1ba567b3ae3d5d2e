"""Knows the troubles of a clock that is set: a week forward, an hour back."""

from __future__ import annotations

from datetime import timedelta

from .faults import Faults


async def clock_forward_a_week(on: Faults) -> int:
    """What fell due meanwhile is said in one message a person, not in a burst."""
    life = await on.at_work(tick_seconds=2)
    await on.talk(0.5)
    await on.office.quiet()
    reminded = await on.reminders()
    on.office.shift.write_text(str(7 * 86400))
    on._day += timedelta(days=7)
    on.office.clock.set(on.office.clock.now() + timedelta(days=7))
    await on.talk(1)
    await on.ticked(1)
    await on.office.quiet()
    await life.stop()
    on.office.shift.unlink()
    life = await on.office.life()
    await on.office.quiet()
    await life.stop()
    most = max((await on.reminders() - reminded).values(), default=0)
    on.measured = f"{most} reminder a person"
    assert most <= 1, f"{most} reminders to one person at once"
    return 0


async def clock_back_an_hour(on: Faults) -> int:
    """What is in back-off at that moment is said within seconds, and ticks go on, not an hour later."""
    life = await on.at_work(tick_seconds=2)
    await on.talk(0.5)
    on.box.fault("outage", seconds=600, methods=["sendMessage"])
    await on.in_back_off()
    on.office.shift.write_text("-3600")
    on.box.faults.clear()
    await on.talk(1)
    await on.office.quiet(45)
    await on.ticked(2)
    await life.stop()
    on.office.shift.unlink()
    return 0
