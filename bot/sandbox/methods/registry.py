"""Knows the methods the sandbox offers and what they work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World


@dataclass(slots=True)
class Api:
    """What a method may touch."""

    world: World
    updates: Updates
    webhook: Webhook


Method = Callable[[Api, Params], Any]

METHODS: dict[str, Method] = {}
"""By lower-case name; a method returns the result, or a coroutine of it, or raises ApiError."""


def method(*names: str) -> Callable[[Method], Method]:
    """Offers a function under these Bot API names."""

    def offer(function: Method) -> Method:
        for name in names:
            METHODS[name.lower()] = function
        return function

    return offer
