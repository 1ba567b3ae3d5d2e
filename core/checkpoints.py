"""Knows the named steps of receiving, handling, ticking and sending at which a crash test stops the process."""

from __future__ import annotations

from collections.abc import Callable

Checkpoint = Callable[[str], None]
"""Called with the step's name as it is passed. In a running bot nobody listens."""

STEPS: dict[str, str] = {
    "receive.arrived": "updates are here, nothing of them is written",
    "receive.written": "updates are written, not committed",
    "receive.kept": "updates are committed, Telegram is not told yet",
    "handle.claimed": "updates are claimed, none is begun",
    "handle.written": "an update's effects and its done mark are written, not committed",
    "handle.done": "they are committed, the courier is not woken yet",
    "tick.written": "what is due now is written, not committed",
    "tick.done": "it is committed, the courier is not woken yet",
    "claim.written": "messages are claimed, not committed",
    "claim.done": "the claim is committed, nothing has left",
    "send.leaving": "a message is about to leave",
    "send.answered": "Telegram has answered, nothing of that is written",
    "confirm.written": "outcomes are written, not committed",
    "confirm.done": "outcomes are committed",
}


def pass_by(step: str) -> None:
    """Nobody listens."""
