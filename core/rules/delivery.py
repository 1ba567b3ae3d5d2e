"""Knows how sending is ordered and what follows when it is uncertain whether a message arrived."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Literal

from core.words.html import CAPTION_LIMIT, TEXT_LIMIT, Html, html, plain, split, visible_length
from core.words.message import Message

AfterUncertain = Literal["again_marked", "leave", "ask"]

_AFTER_UNCERTAIN: dict[str, AfterUncertain] = {
    "reply": "again_marked",  # the person waits for it
    "assignment": "again_marked",  # a task list that never came is worse than one that came twice
    "notice": "again_marked",
    "handover": "again_marked",  # what somebody's desk holds from now on
    "takeover": "again_marked",  # the same, for who has just opened the link and waits for it
    "inspection": "again_marked",
    "finding": "again_marked",
    "input": "again_marked",  # a lead waits for the answer
    "nudge": "leave",  # the next rung says it anyway
    "digest": "leave",  # so does tomorrow's
    "progress": "leave",  # the next one says it anyway
    "urge": "ask",  # a supervisor pressed the button and can press it again
    "broadcast": "ask",
}

_PRIORITY = {"reply": 0, "progress": 0, "takeover": 0, "urge": 1, "notice": 1, "inspection": 1, "finding": 1}
BULK = 2

BACK_OFF_MOST = 300.0
"""Seconds; no message waits longer between two tries."""


def after_uncertain(kind: str) -> AfterUncertain:
    """What follows when a message may or may not have arrived: sent again with a mark, left, or a person decides."""
    return _AFTER_UNCERTAIN.get(kind, "ask")


def priority(kind: str) -> int:
    """0 for what a person waits for, 1 for single notes, 2 for bulk: the smaller number is sent first."""
    return _PRIORITY.get(kind, BULK)


def back_off(tries: int, chance: float | None = None) -> float:
    """Seconds until the next try after `tries` failed ones: doubling, at most five minutes, spread by up to half."""
    chance = random.random() if chance is None else chance
    return min(BACK_OFF_MOST, 2.0 ** min(tries, 10)) * (0.5 + chance / 2)


def pieces(message: Message) -> list[Message]:
    """The message in the parts that Telegram takes: a file with a short caption, then texts of at most 4096 units.

    Buttons and keyboard hang on the last part. Source: Bot API, sendMessage: text; sendDocument: caption.
    """
    if message.paper is not None and visible_length(message.text) <= CAPTION_LIMIT:
        return [message]
    if message.paper is None and visible_length(message.text) <= TEXT_LIMIT:
        return [message]
    bare = replace(message, text=Html(""), buttons=(), menu=None)
    parts = [bare] if message.paper is not None else []
    parts += [replace(bare, text=part, paper=None) for part in split(message.text)]
    parts[-1] = replace(parts[-1], buttons=message.buttons, menu=message.menu)
    return parts


def without_markup(message: Message) -> Message:
    """The same words as plain text, for the case that Telegram refuses the markup."""
    return replace(message, text=html(plain(message.text)))
