"""Knows how Telegram reads MarkdownV2 and the old Markdown, well enough for ordinary messages."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.markup import units, unparsable

Json = dict[str, Any]

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_NAMES = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "`": ("code", "Code"),
    "```": ("pre", "Pre"),
    "[": ("text_link", "TextUrl"),
    ">": ("blockquote", "BlockQuote"),
}
_LINK = re.compile(r"\(((?:\\.|[^)\\])*)\)")


class MarkdownReader:
    """Reads one MarkdownV2 text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, int]] = []
        self.entities: list[Json] = []
        self.line_start = True

    def read(self) -> tuple[str, list[Json]]:
        """The text without markup and its entities. Raises ApiError."""
        while self.at < len(self.source):
            self._step()
        if self.open and self.open[-1][0] == ">":
            self._close(">")
        if self.open:
            mark, _, began = self.open[-1]
            raise unparsable(f"Can't find end of {_NAMES[mark][1]} entity at byte offset {self._byte(began)}")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def _step(self) -> None:
        source, at = self.source, self.at
        character = source[at]
        following = source[at + 1 : at + 2]
        if character == "\\" and following and ord(following) < 127 and not following.isalnum():
            self._write(following)
            self.at += 2
            return
        inside = self.open[-1][0] if self.open else ""
        if inside in ("`", "```"):
            if source.startswith(inside, at):
                self._close(inside)
                self.at += len(inside)
            else:
                self._plain(character)
            return
        if character == "\n":
            self._newline()
        elif character not in _RESERVED:
            self._plain(character)
        else:
            self._mark(character, inside)

    def _plain(self, character: str) -> None:
        self._write(character)
        self.at += 1
        self.line_start = False

    def _newline(self) -> None:
        if self.open and self.open[-1][0] == ">" and self.source[self.at + 1 : self.at + 2] != ">":
            self._close(">")
        self._write("\n")
        self.at += 1
        self.line_start = True

    def _mark(self, character: str, inside: str) -> None:
        source, at = self.source, self.at
        mark = next((m for m in ("```", "__", "||") if source.startswith(m, at)), character)
        if mark == ">" and self.line_start:
            if not any(entry[0] == ">" for entry in self.open):
                self.open.append((">", self.length, at))
            self.at += 1
            return
        self.line_start = False
        if mark == "]" and inside == "[":
            self._link()
            return
        if mark == inside:
            self._close(mark)
        elif mark in _NAMES and mark != ">":
            self.open.append((mark, self.length, at))
        else:
            raise unparsable(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        self.at += len(mark)
        if mark == "```" and self.open and self.open[-1][0] == "```":
            self._language()

    def _language(self) -> None:
        match = re.match(r"[^\s`]*\n", self.source[self.at :])
        if match:
            self.at += match.end()

    def _link(self) -> None:
        match = _LINK.match(self.source, self.at + 1)
        _, start, began = self.open.pop()
        if match is None:
            if self.source[self.at + 1 : self.at + 2] == "(":
                raise unparsable(f"Can't find end of a URL at byte offset {self._byte(self.at + 1)}")
            self.at += 1
            return
        self.at = match.end()
        url = re.sub(r"\\(.)", r"\1", match.group(1))
        if url and self.length > start:
            entity = {"type": "text_link", "offset": start, "length": self.length - start, "url": url}
            self.entities.append(entity)

    def _close(self, mark: str) -> None:
        _, start, _ = self.open.pop()
        if self.length > start:
            self.entities.append({"type": _NAMES[mark][0], "offset": start, "length": self.length - start})


def old_markdown(source: str) -> tuple[str, list[Json]]:
    """The Markdown of 2015: no nesting, no escaping inside."""
    out, entities, length, at = "", [], 0, 0
    kinds = {"*": "bold", "_": "italic", "`": "code"}
    while at < len(source):
        character = source[at]
        if character == "\\" and source[at + 1 : at + 2] in ("*", "_", "`", "["):
            piece, at = source[at + 1], at + 2
        elif character in kinds:
            mark = "```" if source.startswith("```", at) else character
            end = source.find(mark, at + len(mark))
            if end < 0:
                where = len(source[:at].encode())
                raise unparsable(f"Can't find end of the entity starting at byte offset {where}")
            piece = source[at + len(mark) : end]
            if piece:
                kind = "pre" if mark == "```" else kinds[character]
                entities.append({"type": kind, "offset": length, "length": units(piece)})
            at = end + len(mark)
        elif character == "[" and (match := re.match(r"\[([^\]]*)\]\(([^)]*)\)", source[at:])):
            piece = match.group(1)
            entity = {"type": "text_link", "offset": length, "length": units(piece), "url": match.group(2)}
            entities.append(entity)
            at += match.end()
        else:
            piece, at = character, at + 1
        out += piece
        length += units(piece)
    return out, entities
