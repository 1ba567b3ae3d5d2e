"""Knows what a text becomes on its way through Telegram: parsed, trimmed, measured, links and commands found."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.markdown import MarkdownReader, old_markdown
from bot.sandbox.markup import HtmlReader, units, unparsable

Json = dict[str, Any]

_FINDERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("/", "bot_command", re.compile(r"(?<![\w/<>.:])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("@", "email", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    ("@", "mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}\b")),
    ("#", "hashtag", re.compile(r"(?<![\w#])#[^\W\d]\w*")),
    (
        ".",
        "url",
        re.compile(
            r"(?:https?://|(?<![\w@/.-])(?=(?:t\.me|www\.)))[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}"
            r"(?::\d+)?(?:[/?#][^\s<>\"\uff0c\u3002\uff1b\u3001\uff09\u3011\u300b]*)?"
        ),
    ),
)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote expandable",
}


def parse(source: str, mode: str | None, given: list[Json] | None) -> tuple[str, list[Json]]:
    """The visible text and its entities as the message will hold them. Raises ApiError in Telegram's words."""
    if len(source) > 8192 and len(source.encode()) > 1 << 15:
        raise bad_request("text is too long")
    text, entities = _read(source, (mode or "").lower(), given)
    text, entities = _trimmed(text, entities)
    return text, entities + detect(text, entities)


def _read(source: str, mode: str, given: list[Json] | None) -> tuple[str, list[Json]]:
    if mode == "html":
        return HtmlReader(source).read() if "<" in source or "&" in source else (source, [])
    if mode == "markdownv2":
        return MarkdownReader(source).read()
    if mode == "markdown":
        return old_markdown(source)
    if mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    return source, _given(source, given or [])


def _given(text: str, entities: list[Json]) -> list[Json]:
    total = units(text)
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= set(entity):
            raise unparsable('Can\'t find field "type"')
        if entity["offset"] + entity["length"] > total:
            raise unparsable(
                f"Entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text at "
                f"UTF-16 offset {total}",
            )
    return sorted((dict(entity) for entity in entities), key=lambda e: (e["offset"], -e["length"]))


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    front = units(text[: len(text) - len(text.lstrip())])
    total = units(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - front, 0)
        end = min(entity["offset"] + entity["length"] - front, total)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return stripped, kept


def detect(text: str, taken: list[Json]) -> list[Json]:
    """Commands, mentions, e-mail addresses, links and hashtags that Telegram finds by itself."""
    found: list[Json] = []
    for hint, kind, pattern in _FINDERS:
        if hint not in text:
            continue
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            entity = {"type": kind, "offset": start, "length": units(match.group())}
            blocking = [e for e in taken if e["type"] in ("code", "pre", "text_link")] + found
            if not any(_overlap(entity, other) for other in blocking):
                found.append(entity)
    return sorted(found, key=lambda entity: entity["offset"])


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"],
    )


def piece(text: str, entity: Json) -> str:
    """The part of the text under an entity."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def to_html(text: str, entities: list[Json]) -> str:
    """Text and entities as HTML again, nested as Telegram nests them."""
    raw = text.encode("utf-16-le")
    out: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def write(until: int) -> None:
        nonlocal at
        out.append(escape(raw[2 * at : 2 * until].decode("utf-16-le"), quote=False))
        at = until

    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        tag = _TAGS.get(entity["type"]) or (
            f'a href="{escape(entity["url"])}"' if entity["type"] == "text_link" else None
        )
        if tag is None:
            continue
        while stack and stack[-1][0] <= start:
            write(stack[-1][0])
            out.append(stack.pop()[1])
        write(start)
        out.append(f"<{tag}>")
        stack.append((end, f"</{tag.split()[0]}>"))
    while stack:
        end, closing = stack.pop()
        write(max(at, end))
        out.append(closing)
    write(len(raw) // 2)
    return "".join(out)
