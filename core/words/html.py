"""Knows how text becomes Telegram HTML: escaping by construction, visible length, splitting."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

TEXT_LIMIT = 4096
"""Characters of a message after entity parsing (Bot API, sendMessage: text), counted as UTF-16 units."""

CAPTION_LIMIT = 1024
"""Characters of a caption after entity parsing (Bot API, sendPhoto: caption), counted as UTF-16 units."""

_TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Markup that is safe to send with parse_mode HTML. Only this module and `voice` make it."""

    __slots__ = ()

    def __add__(self, other: str) -> Html:
        return Html(str(self) + html(other))

    def join(self, parts) -> Html:  # type: ignore[no-untyped-def]
        return Html(str(self).join(html(part) for part in parts))


def html(value: object) -> Html:
    """What a person typed, made harmless; markup that already is `Html` stays as it is."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=False))


def bold(value: object) -> Html:
    return Html(f"<b>{html(value)}</b>")


def italic(value: object) -> Html:
    return Html(f"<i>{html(value)}</i>")


def quote(value: object) -> Html:
    return Html(f"<blockquote>{html(value)}</blockquote>")


def folded(value: object) -> Html:
    """A long quotation that Telegram shows folded."""
    return Html(f"<blockquote expandable>{html(value)}</blockquote>")


def inserted(value: object) -> Html:
    """What is new between two versions."""
    return Html(f"<u>{html(value)}</u>")


def deleted(value: object) -> Html:
    """What is gone between two versions."""
    return Html(f"<s>{html(value)}</s>")


def link(value: object, url: str) -> Html:
    """Words that open an address, which is no person's text."""
    return Html(f'<a href="{escape(url)}">{html(value)}</a>')


def lines(*parts: object) -> Html:
    """The parts that are not None, one under the other."""
    return Html("\n".join([html(part) for part in parts if part is not None]))


def plain(markup: str) -> str:
    """The text a person sees of this markup."""
    return unescape(_TAG.sub("", markup))


def visible_length(markup: str) -> int:
    """Length after entity parsing in UTF-16 units, the way Telegram counts."""
    return len(plain(markup).encode("utf-16-le")) // 2


def split(markup: Html, limit: int = TEXT_LIMIT) -> list[Html]:
    """The markup in pieces of at most `limit` visible units, cut between lines.

    A single line that is longer loses its markup and is cut hard, so that no tag is ever torn.
    """
    pieces: list[Html] = []
    held: list[str] = []
    for line in _whole_lines(str(markup), limit):
        if held and visible_length("\n".join([*held, line])) > limit:
            pieces.append(Html("\n".join(held)))
            held = []
        held.append(line)
    if held:
        pieces.append(Html("\n".join(held)))
    return pieces or [Html("")]


def fitting(text: Callable[[int], Html], room: int) -> Html:
    """The longest of `text(2000)`, `text(400)` … that takes at most `room` visible units, else its first lines.

    `text` makes the message with every quotation cut to so many characters.
    """
    for cut in (2000, 400, 160, 80, 40, 20):
        made = text(cut)
        if visible_length(made) <= room:
            return made
    return Html(f"{split(made, room - 2)[0]}\n…")


def cut(text: str, size: int) -> str:
    """The first `size` characters, marked where something was left out."""
    return text if len(text) <= size else text[:size] + "…"


def _whole_lines(markup: str, limit: int) -> list[str]:
    out: list[str] = []
    for block in _balanced(markup.split("\n")):
        if visible_length(block) <= limit:
            out.append(block)
            continue
        text = plain(block)
        while text:
            piece = _take(text, limit)
            out.append(escape(piece, quote=False))
            text = text[len(piece) :]
    return out


def _balanced(rows: list[str]) -> list[str]:
    """Lines joined so that no tag stays open at the end of one."""
    out: list[str] = []
    held: list[str] = []
    depth = 0
    for row in rows:
        held.append(row)
        depth += len(re.findall(r"<[a-z]", row)) - len(re.findall(r"</[a-z]", row))
        if depth <= 0:
            out.append("\n".join(held))
            held, depth = [], 0
    return out + (["\n".join(held)] if held else [])


def _take(text: str, limit: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return text[:position]
    return text
