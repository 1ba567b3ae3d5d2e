"""Knows how the sandbox's clock is moved from outside and what has to happen on the way."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ControlError
from bot.sandbox.events import Events

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


class Hooks(Protocol):
    """What the hand needs of the sandbox."""

    clock: SandboxClock
    zone: ZoneInfo
    events: Events
    on_clock: Callable[[datetime], Awaitable[None]] | None
    next_due: Callable[[], Any] | None


class ClockHand:
    """Moves the clock, one order at a time."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._lock = asyncio.Lock()

    async def move(self, order: dict[str, Any]) -> dict[str, Any]:
        """Returns once the bot has done all that was due. Raises ControlError."""
        hooks = self._hooks
        async with self._lock:
            if isinstance(order.get("frozen"), bool):
                (hooks.clock.freeze if order["frozen"] else hooks.clock.run)()
            if order.get("to") is not None or order.get("forward") is not None:
                await self._go(await self._target(order), bool(order.get("back")))
            hooks.events.tell("clock", {})
            return await self.state()

    async def state(self) -> dict[str, Any]:
        """now with the zone's offset, and the next moment at which something is due (null where unknown)."""
        hooks = self._hooks
        due = await self._due()
        return {
            "now": self._shown(hooks.clock.now()),
            "timezone": hooks.zone.key,
            "frozen": hooks.clock.frozen,
            "next_due": self._shown(due) if due else None,
        }

    async def _go(self, target: datetime, back: bool) -> None:
        hooks = self._hooks
        if target < hooks.clock.now() - timedelta(seconds=1) and not back:
            raise ControlError('the clock does not go back; say "back": true to make it')
        if hooks.on_clock and target > hooks.clock.now():
            await hooks.on_clock(target)
            if hooks.clock.now() >= target:
                return
        hooks.clock.set(target)

    async def _target(self, order: dict[str, Any]) -> datetime:
        to, forward = order.get("to"), order.get("forward")
        if to is not None and forward is not None:
            raise ControlError("either to or forward, not both")
        if to is not None:
            return self._moment(to)
        if forward == "next":
            due = await self._due()
            if due is None:
                raise ControlError("nothing is due")
            return max(due, self._hooks.clock.now())
        return self._hooks.clock.now() + timedelta(seconds=_seconds(forward))

    async def _due(self) -> datetime | None:
        if self._hooks.next_due is None:
            return None
        due = self._hooks.next_due()
        return await due if inspect.isawaitable(due) else due

    def _moment(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            moment = value
        else:
            try:
                moment = datetime.fromisoformat(str(value))
            except ValueError:
                raise ControlError(f"not a date and time: {value!r}; like 2023-03-16T09:00") from None
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._hooks.zone)).astimezone(UTC)

    def _shown(self, moment: datetime) -> str:
        return moment.astimezone(self._hooks.zone).isoformat(timespec="seconds")


def _seconds(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhdw]?)\s*", str(value))
    if not match:
        raise ControlError(f'not a span of time: {value!r}; like "1h", "1d", 90 (seconds) or "next"')
    return float(match.group(1)) * _UNITS[match.group(2) or "s"]
