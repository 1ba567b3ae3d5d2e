"""Knows how people, chats and messages are shown at the control interface."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.entities import to_html
from bot.sandbox.methods.profile import menu_for
from bot.sandbox.world import Chat, Json, Message, Person, World

_FILES = ("document", "video", "audio", "voice", "animation", "video_note", "sticker")


class Views:
    """Reads a world in one time zone."""

    def __init__(self, world: World, zone: ZoneInfo) -> None:
        self.world = world
        self.zone = zone

    def time(self, seconds: int | None) -> str | None:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(self.zone).isoformat()

    def person(self, person: Person) -> Json:
        chats = [chat for chat in self.world.chats.values() if person.id in chat.members]
        return {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "unit": person.unit,
            "user_id": person.user_id,
            "username": person.username,
            "language": person.language,
            "started": person.started,
            "blocked": person.blocked,
            "chats": [chat.id for chat in chats],
            "unread": {str(chat.id): count for chat in chats if (count := self.unread(chat, person))},
            **person.meta,
        }

    def unread(self, chat: Chat, person: Person) -> int:
        seen = chat.read.get(person.id, 0)
        count = 0
        for message in reversed(chat.messages.values()):
            if message.message_id <= seen or count >= 99:
                break
            count += message.sender != person.user_id and not message.deleted
        return count

    def chat(self, chat: Chat) -> Json:
        keyboard = chat.keyboard or {}
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.person.name if chat.person else chat.title,
            "members": list(chat.members),
            "forum": chat.forum,
            "topics": [{"id": number, "name": name} for number, name in chat.topics.items()],
            "bot": chat.bot_status
            if not chat.private
            else ("kicked" if chat.person and chat.person.blocked else "member"),
            "migrated_to": chat.migrated_to,
            "keyboard": _keyboard_rows(keyboard),
            "placeholder": keyboard.get("input_field_placeholder"),
            "keyboard_hidden": bool(keyboard.get("hidden")),
            "last_message_id": chat.last_id,
            "pinned": list(chat.pinned),
        }

    def menu(self, chat: Chat, person: Person) -> list[Json]:
        return menu_for(self.world.bot, chat, person)

    def sender(self, user_id: int) -> Json:
        person = self.world.users.get(user_id)
        if person:
            return {"id": person.id, "name": person.name, "user_id": user_id, "is_bot": False}
        return {"id": "bot", "name": self.world.bot.name, "user_id": self.world.bot.id, "is_bot": True}

    def message(self, one: Message) -> Json:
        words: Json = {"text": one.text, "caption": None}
        if one.media:
            words = {"text": None, "caption": one.text or None}
        return {
            "message_id": one.message_id,
            "chat_id": one.chat_id,
            "from": self.sender(one.sender),
            "date": one.date,
            "time": self.time(one.date),
            "edit_date": one.edit_date,
            "edited": one.edited_text,
            **words,
            "html": to_html(one.text, one.entities) if one.entities else to_html(one.text, []),
            "entities": one.entities,
            "reply_to": one.reply_to,
            "topic": one.topic,
            "buttons": buttons(one),
            "keyboard": _keyboard_rows(one.keyboard or {}),
            **self._files(one),
            "media_group_id": one.extra.get("media_group_id"),
            "service": one.service or None,
            "extra": {k: v for k, v in one.extra.items() if k != "media_group_id"} or None,
            "reactions": one.reactions,
            "deleted": one.deleted,
        }

    def _files(self, one: Message) -> Json:
        out: Json = {"photo": None, "document": None}
        if "photo" in one.media:
            biggest = one.media["photo"][-1]
            out["photo"] = {**self._file(biggest["file_id"]), "width": biggest["width"], "height": biggest["height"]}
        for kind in _FILES:
            if kind in one.media:
                out["document"] = {**self._file(one.media[kind]["file_id"]), "kind": kind}
                break
        return out

    def _file(self, file_id: str) -> Json:
        file = self.world.files.by_id[file_id]
        url = f"/sandbox/files/{file.path}"
        return {"file_id": file_id, "name": file.name, "size": len(file.content), "mime": file.mime, "url": url}

    def messages(self, chat: Chat, after: int = 0, limit: int | None = None, *, deleted: bool = True) -> list[Json]:
        """Oldest first: the first `limit` messages after an id, or the newest `limit` where no id is given."""
        found = [m for m in chat.messages.values() if m.message_id > after and (deleted or not m.deleted)]
        if limit is not None:
            found = found[:limit] if after or limit <= 0 else found[-limit:]
        return [self.message(message) for message in found]


def buttons(one: Message) -> list[list[Json]]:
    """Rows of {label, data | url | other}."""
    rows = (one.inline or {}).get("inline_keyboard", [])
    return [[_button(cell) for cell in row] for row in rows]


def _button(cell: Json) -> Json:
    out: Json = {"label": cell["text"]}
    for field, name in (("callback_data", "data"), ("url", "url")):
        if cell.get(field):
            out[name] = cell[field]
    if len(out) == 1:
        out["other"] = next((name for name in cell if name != "text"), "")
    return out


def _keyboard_rows(keyboard: Json) -> list[list[str]] | None:
    rows: Any = keyboard.get("keyboard")
    return [[cell["text"] for cell in row] for row in rows] if rows else None
