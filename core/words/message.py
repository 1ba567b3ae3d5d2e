"""Knows what a message to a person consists of, before any messenger is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.words.html import Html

LABEL_ROOM = 34
"""Columns of a button alone in its row that every phone shows; a Chinese character takes two. Measured on small phones."""

ACTION_LIMIT = 64
"""Bytes of a button's action (Bot API, InlineKeyboardButton: callback_data, 1-64 bytes)."""


def label_width(text: str) -> int:
    """Columns of a label."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def fit_label(text: str, room: int = LABEL_ROOM) -> str:
    """The label, cut with "…" where a phone would cut it anyway."""
    if label_width(text) <= room:
        return text
    while text and label_width(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Button:
    """A label with either an action (at most 64 bytes of UTF-8) or a link. Raises ValueError beyond that."""

    label: str
    action: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if len(self.action.encode()) > ACTION_LIMIT:
            raise ValueError(f"button action over {ACTION_LIMIT} bytes: {self.action!r}")
        if bool(self.action) == bool(self.url):
            raise ValueError("a button has either an action or a link")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be drawn when it is sent: `kind` names the maker in core/papers, `data` is plain JSON.

    `picture` papers are sent as photos (those too tall to be read as one as files), the others as documents under `name`.
    """

    kind: str
    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What one message says. `menu` is the reply keyboard to show (rows of labels; such a message can't be edited)."""

    text: Html
    buttons: tuple[tuple[Button, ...], ...] = ()
    menu: tuple[tuple[str, ...], ...] | None = None
    paper: Paper | None = None
    silent: bool = False
    commands: tuple[tuple[str, str], ...] | None = None
    """The command menu that this chat shows from now on: (command, description) pairs."""

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"text": str(self.text)}
        if self.buttons:
            out["buttons"] = [[[b.label, b.action, b.url] for b in row] for row in self.buttons]
        if self.menu is not None:
            out["menu"] = [list(row) for row in self.menu]
        if self.paper:
            paper = self.paper
            out["paper"] = {"kind": paper.kind, "name": paper.name, "data": dict(paper.data), "picture": paper.picture}
        if self.silent:
            out["silent"] = True
        if self.commands is not None:
            out["commands"] = [list(pair) for pair in self.commands]
        return out

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Message:
        """The inverse of `to_json`; the text was made safe when it was written."""
        menu = data.get("menu")
        return Message(
            Html(data["text"]),
            tuple(tuple(Button(*cell) for cell in row) for row in data.get("buttons", ())),
            None if menu is None else tuple(tuple(row) for row in menu),
            Paper(**data["paper"]) if data.get("paper") else None,
            bool(data.get("silent")),
            tuple((name, text) for name, text in data["commands"]) if data.get("commands") is not None else None,
        )
