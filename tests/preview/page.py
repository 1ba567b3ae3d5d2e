"""Draws kept screens as one page of phones, with the faults that a phone would show."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape
from typing import Any

from core.words.message import LABEL_ROOM, label_width
from tests.preview.screens import Screen

TALL = 40
"""Lines after which a message no longer fits two screens of a phone."""

_STYLE = """@font-face{font-family:duban;src:url(font.otf)}body{font:15px/1.45 duban,system-ui,sans-serif;background:#dfe7ec;margin:16px}
main{display:flex;flex-wrap:wrap;gap:14px;align-items:flex-start}h2{width:100%;margin:18px 0 0}
section{width:370px;background:#cfdde6;border-radius:14px;padding:10px}
header{font-size:13px;color:#345}.did{background:#e2fdd0;border-radius:10px;padding:6px 10px;margin:6px 0 6px 60px}
.said{background:#fff;border-radius:10px;padding:8px 10px;margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.said img{max-width:100%}.row{display:flex;gap:4px;margin:3px 0}.row span{flex:1;background:#5b8db8;color:#fff;
text-align:center;border-radius:7px;padding:6px 4px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;font-size:14px}
blockquote{border-left:3px solid #5b8db8;margin:2px 0;padding:2px 8px}.fault{color:#b00;font-weight:bold}"""


FOLDED = 3
"""Lines of a foldable quotation that are seen before it is opened."""

_ONE_OF_MANY = re.compile(
    r"\b1 (?:[a-z]+ )?(?:items|units|tasks|days|people|texts|rounds|files|messages|groups|months|leaders)\b"
)
"""An English count that forgot its singular."""


def faults(message: dict[str, Any]) -> list[str]:
    """What a person on a phone would stumble over."""
    found = []
    words = message.get("text") or message.get("caption") or ""
    if (tall := len(words.splitlines()) - _hidden(message, words)) > TALL:
        found.append(f"{tall} lines")
    for row in message.get("buttons") or []:
        room = LABEL_ROOM // len(row) + (len(row) > 1)
        found += [f"button cut: {cell['label']}" for cell in row if label_width(cell["label"]) > room]
    if "{" in words or "None" in words:
        found.append("a value is missing")
    found += [f"does not agree: {one}" for one in _ONE_OF_MANY.findall(words)]
    return found


def _hidden(message: dict[str, Any], words: str) -> int:
    """Lines that Telegram folds away: of a foldable quotation it shows three."""
    units = words.encode("utf-16-le")
    quotes = [one for one in message.get("entities") or () if one["type"] == "expandable_blockquote"]
    texts = [units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in quotes]
    return sum(max(0, len(text.splitlines()) - FOLDED) for text in texts)


def draw(screens: Iterable[Screen], photos: dict[str, bytes], title: str) -> str:
    """The page. photos: file_id -> the picture's bytes."""
    parts = [f"<!doctype html><meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style><main>"]
    chapter = ""
    for screen in screens:
        if screen.chapter != chapter:
            chapter = screen.chapter
            parts.append(f"<h2>{escape(chapter)}</h2>")
        parts.append(f"<section><header>{escape(screen.who)}</header><div class='did'>{escape(screen.did)}</div>")
        parts += [_bubble(message, photos) for message in screen.messages]
        parts.append("</section>")
    return "".join([*parts, "</main>"])


def _bubble(message: dict[str, Any], photos: dict[str, bytes]) -> str:
    media = ""
    if png := photos.get((message.get("photo") or {}).get("file_id", "")):
        media = f"<img src='data:image/png;base64,{base64.b64encode(png).decode()}'>"
    if document := message.get("document"):
        media += f"📄 {escape(document['name'])}\n"
    rows = "".join(
        "<div class='row'>" + "".join(f"<span>{escape(cell['label'])}</span>" for cell in row) + "</div>"
        for row in message.get("buttons") or []
    )
    wrong = "".join(f"<div class='fault'>{escape(one)}</div>" for one in faults(message))
    return f"<div class='said'>{media}{message['html']}</div>{rows}{wrong}"
