"""Knows the troubles that can be switched on: 429, outage, lost answers, slowness, refused connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ControlError

KINDS = ("429", "outage", "answer_lost", "slow", "refuse")

SENDING = ("send", "edit", "forward", "copy", "answer", "delete", "pin")
"""Beginnings of the methods that 429 and answer_lost strike where no methods are named."""


@dataclass(slots=True)
class Fault:
    """One trouble. It ends after `left` calls or at `until` (monotonic seconds), whichever is set."""

    id: int
    kind: str
    left: int | None
    until: float | None
    methods: tuple[str, ...]
    chat: int | None
    retry_after: int
    delay: float
    hang: bool
    struck: int = 0

    def strikes(self, method: str, chat_id: int | None) -> bool:
        if self.chat is not None and chat_id != self.chat:
            return False
        if self.methods:
            return "*" in self.methods or method in self.methods
        return self.kind not in ("429", "answer_lost") or method.startswith(SENDING)

    def described(self, now: float) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "left": self.left,
            "seconds_left": None if self.until is None else round(max(0.0, self.until - now), 1),
            "methods": list(self.methods),
            "chat": self.chat,
            "struck": self.struck,
        }


class Faults:
    """The troubles that are on, oldest first."""

    def __init__(self) -> None:
        self.active: list[Fault] = []
        self._next = 1

    def add(self, order: dict[str, Any], now: float) -> Fault:
        """Switches a trouble on. Raises ControlError."""
        kind = str(order.get("kind", ""))
        if kind not in KINDS:
            raise ControlError(f"unknown kind {kind!r}; known: {', '.join(KINDS)}")
        seconds, count = order.get("seconds"), order.get("count")
        try:
            left = int(count) if count is not None else (1 if seconds is None or kind == "slow" else None)
            until = now + float(seconds) if seconds is not None and kind != "slow" else None
            fault = Fault(
                self._next,
                kind,
                left,
                until,
                tuple(str(method).lower() for method in order.get("methods") or ()),
                int(order["chat"]) if order.get("chat") is not None else None,
                int(order.get("retry_after", 3)),
                float(seconds or 1.0) if kind == "slow" else 0.0,
                bool(order.get("hang")),
            )
        except (TypeError, ValueError) as error:
            raise ControlError(f"not understood: {error}") from None
        self._next += 1
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        self.active.clear()

    def strike(self, method: str, chat_id: int | None, now: float) -> Fault | None:
        """The trouble that befalls this call, if any; counts it."""
        for fault in list(self.active):
            if fault.until is not None and now >= fault.until:
                self.active.remove(fault)
            elif fault.strikes(method, chat_id):
                fault.struck += 1
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left <= 0:
                        self.active.remove(fault)
                return fault
        return None
