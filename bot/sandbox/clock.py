"""Knows the sandbox's time: it starts where it is told to, runs with real seconds and can be moved or stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import SystemClock
from core.ports import Clock


class SandboxClock:
    """A `core.ports.Clock` whose `now` can be set; `monotonic` stays real, so that rates and leases stay true."""

    def __init__(self, start: datetime | None = None, *, real: Clock | None = None, frozen: bool = False) -> None:
        self._real = real or SystemClock()
        self._base = (start or self._real.now()).astimezone(UTC)
        self._since = self._real.monotonic()
        self.frozen = frozen

    def now(self) -> datetime:
        """Aware, UTC."""
        if self.frozen:
            return self._base
        return self._base + timedelta(seconds=self._real.monotonic() - self._since)

    def monotonic(self) -> float:
        """Real seconds."""
        return self._real.monotonic()

    def set(self, moment: datetime) -> None:
        """Moves to an aware moment, forward or back."""
        self._base = moment.astimezone(UTC)
        self._since = self._real.monotonic()

    def freeze(self) -> None:
        self._base, self.frozen = self.now(), True

    def run(self) -> None:
        self.set(self.now())
        self.frozen = False
