"""Knows how to read an update of the Bot API: who, where, what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.ports import FileRef, Source
from core.rules.people import Place


@dataclass(frozen=True, slots=True)
class Incoming:
    """The plain facts of one update. `kind`: message | edit | button | member | moved | other."""

    kind: str
    update_id: int
    user_id: int = 0
    user_name: str = ""
    user_lang: str = ""
    chat_id: int = 0
    chat_title: str = ""
    place: Place = Place.PRIVATE
    source: Source = Source(0, 0)
    text: str = ""
    topic_id: int | None = None
    reply_to: int | None = None
    album: str = ""
    callback_id: str = ""
    status: str = ""
    new_chat_id: int = 0


def read(update: dict[str, Any]) -> Incoming:
    """The facts of an update as Telegram sends it (Bot API, Update)."""
    number = update["update_id"]
    if query := update.get("callback_query"):
        return _button(number, query)
    if member := update.get("my_chat_member"):
        return _member(number, member)
    for kind, name in (("message", "message"), ("edited_message", "edit")):
        if message := update.get(kind):
            return _message(number, name, message)
    return Incoming("other", number)


def _message(number: int, kind: str, message: dict[str, Any]) -> Incoming:
    chat, user = message["chat"], message.get("from") or {}
    if moved := message.get("migrate_to_chat_id"):
        return Incoming("moved", number, chat_id=chat["id"], place=Place.GROUP, new_chat_id=moved)
    text = message.get("text") or message.get("caption") or ""
    files = _files(message)
    source = Source(chat["id"], message["message_id"], number, files)
    if not text and not files and not _carries(message):
        return Incoming("other", number, user_id=user.get("id", 0), chat_id=chat["id"], place=_place(chat))
    return Incoming(
        kind,
        number,
        **_who(user),
        chat_id=chat["id"],
        chat_title=chat.get("title", ""),
        place=_place(chat),
        source=source,
        text=text,
        topic_id=message.get("message_thread_id") if message.get("is_topic_message") else None,
        reply_to=_reply_to(message),
        album=message.get("media_group_id", ""),
    )


def _reply_to(message: dict[str, Any]) -> int | None:
    """The message replied to. In a topic every message carries its first message, which is no reply."""
    replied = message.get("reply_to_message")
    if not replied or replied.get("forum_topic_created"):
        return None
    if message.get("is_topic_message") and replied["message_id"] == message.get("message_thread_id"):
        return None
    number: int = replied["message_id"]
    return number


def _button(number: int, query: dict[str, Any]) -> Incoming:
    message = query.get("message") or {}
    chat = message.get("chat") or {"id": query["from"]["id"], "type": "private"}
    return Incoming(
        "button",
        number,
        **_who(query["from"]),
        chat_id=chat["id"],
        chat_title=chat.get("title", ""),
        place=_place(chat),
        source=Source(chat["id"], message.get("message_id", 0), number),
        text=query.get("data") or "",
        topic_id=message.get("message_thread_id") if message.get("is_topic_message") else None,
        callback_id=query["id"],
    )


def _member(number: int, member: dict[str, Any]) -> Incoming:
    chat = member["chat"]
    return Incoming(
        "member",
        number,
        **_who(member.get("from") or {}),
        chat_id=chat["id"],
        chat_title=chat.get("title", ""),
        place=_place(chat),
        status=member["new_chat_member"]["status"],
    )


def _who(user: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(part for part in (user.get("first_name"), user.get("last_name")) if part)
    return {"user_id": user.get("id", 0), "user_name": name, "user_lang": user.get("language_code", "")}


def _place(chat: dict[str, Any]) -> Place:
    return Place.PRIVATE if chat.get("type") == "private" else Place.GROUP


def _carries(message: dict[str, Any]) -> bool:
    """Something a person meant to say although it is neither text nor file (voice, sticker, location)."""
    return any(key in message for key in ("voice", "sticker", "location", "contact", "video_note", "animation"))


def _files(message: dict[str, Any]) -> tuple[FileRef, ...]:
    if document := message.get("document"):
        name = document.get("file_name") or "document"
        return (FileRef(document["file_id"], name, document.get("file_size") or 0),)
    if photos := message.get("photo"):
        largest = max(photos, key=lambda photo: photo.get("width", 0) * photo.get("height", 0))
        return (FileRef(largest["file_id"], "photo.jpg", largest.get("file_size") or 0, "photo"),)
    if video := message.get("video"):
        return (FileRef(video["file_id"], video.get("file_name") or "video.mp4", video.get("file_size") or 0, "video"),)
    return ()
