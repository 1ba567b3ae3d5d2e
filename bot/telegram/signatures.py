"""Knows which parameters each Bot API method takes, from python-telegram-bot's own method signatures."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from telegram import Bot

_TRANSPORT = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}

_CONVENIENCES = {"filename", "reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"}
"""What the library takes from a programmer but puts on the wire under another name."""

_CONVENIENCES_OF = {
    "sendMediaGroup": {"caption", "parse_mode", "caption_entities"},
    "answerInlineQuery": {"current_offset", "auto_pagination"},
    "sendContact": {"contact"},
    "sendLocation": {"location"},
    "sendVenue": {"venue"},
    "editMessageLiveLocation": {"location"},
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A method as the Bot API spells it, with the parameters it takes."""

    method: str
    parameters: frozenset[str]


@cache
def signatures() -> dict[str, Signature]:
    """Every method by its lower-case name (the Bot API does not mind the case)."""
    found = {}
    for name in dir(Bot):
        if "_" in name or name != "close" and name == name.lower():
            continue
        function = getattr(Bot, name)
        if inspect.iscoroutinefunction(inspect.unwrap(function)):
            found[name.lower()] = _signature(name, function)
    return found


def _signature(method: str, function: Callable[..., Any]) -> Signature:
    parameters = inspect.signature(function).parameters
    hidden = _TRANSPORT | _CONVENIENCES | _CONVENIENCES_OF.get(method, set())
    return Signature(method, frozenset(parameters) - hidden)
