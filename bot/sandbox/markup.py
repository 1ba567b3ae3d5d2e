"""Knows how Telegram reads HTML: text and entities, or its own words about what it can't parse."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Json = dict[str, Any]

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_TOKEN = re.compile(r"<[^<]*?>|<|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)))?""")


def units(text: str) -> int:
    """Length in UTF-16 units, which is how entities are counted."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def unparsable(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")


class HtmlReader:
    """Reads one text. Byte offsets in errors are those of the UTF-8 source, as Telegram counts them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[str, str, int]] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """The text without markup and its entities. Raises ApiError."""
        at = 0
        for match in _TOKEN.finditer(self.source):
            self._write(self.source[at : match.start()])
            at = match.end()
            found = match.group()
            if found[0] == "&":
                self._write(_decoded(found))
            elif found == "<":
                kind = "end" if self.source[match.start() + 1 : match.start() + 2] == "/" else "start"
                raise unparsable(f"Unclosed {kind} tag at byte offset {self._byte(match.start())}")
            elif found[1] == "/":
                self._close(found, match.start())
            else:
                self._open(found, match.start())
        self._write(self.source[at:])
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _write(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.length += units(text)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _open(self, token: str, position: int) -> None:
        name = re.split(r"[\s>]", token[1:], maxsplit=1)[0].lower()
        where = self._byte(position)
        if name not in _TYPES:
            raise unparsable(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes = {
            key.lower(): double or single or bare
            for key, double, single, bare in _ATTRIBUTE.findall(token[1 + len(name) : -1])
        }
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append((name, _argument(name, attributes), self.length))

    def _close(self, token: str, position: int) -> None:
        where = self._byte(position)
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {where}")
        found = token[2:-1].strip().lower()
        name, argument, start = self.open.pop()
        if found and found != name:
            raise unparsable(
                f'Unmatched end tag at byte offset {where}, expected "</{name}>", found "</{found}>"',
            )
        if self.length > start:
            self._add(name, argument, start)

    def _add(self, name: str, argument: str, start: int) -> None:
        entity: Json = {"type": _TYPES[name], "offset": start, "length": self.length - start}
        if name == "a":
            link = argument or self._since(start)
            if not re.match(r"(https?://|tg://|mailto:|tel:)?\S+\.?\S*", link) or "." not in link and "://" not in link:
                return
            entity["url"] = link if "://" in link or link.startswith(("mailto:", "tel:")) else f"http://{link}"
            if entity["url"].count("/") == 2 and entity["url"].startswith("http"):
                entity["url"] += "/"
        elif name == "code" and argument:
            entity["language"] = argument
        elif name == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif name == "tg-emoji":
            entity["custom_emoji_id"] = argument
        elif name == "pre" and self.entities and self.entities[-1]["type"] == "code":
            inner = self.entities[-1]
            if (inner["offset"], inner["length"]) == (entity["offset"], entity["length"]):
                self.entities.pop()
                if inner.get("language"):
                    entity["language"] = inner["language"]
        self.entities.append(entity)

    def _since(self, start: int) -> str:
        whole = "".join(self.out).encode("utf-16-le")
        return whole[2 * start :].decode("utf-16-le")


def _argument(name: str, attributes: dict[str, str]) -> str:
    if name == "a":
        return attributes.get("href", "")
    if name == "code":
        return attributes.get("class", "").removeprefix("language-")
    if name == "blockquote":
        return "1" if "expandable" in attributes else ""
    if name == "tg-emoji":
        return attributes.get("emoji-id", "")
    return ""


def _decoded(token: str) -> str:
    name = token[1:].rstrip(";")
    if name in _NAMED:
        return _NAMED[name]
    number = int(name[2:], 16) if name[1:2] == "x" else int(name[1:])
    return chr(number) if 0 < number < 0x10FFFF and not 0xD800 <= number < 0xE000 else token
