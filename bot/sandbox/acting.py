"""Knows what people can do: write, press, edit, block, join; and which updates the bot gets of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import bot.sandbox.shapes as shapes
from bot.sandbox.entities import detect, piece
from bot.sandbox.errors import ControlError
from bot.sandbox.files import File, media_of, picture_size
from bot.sandbox.methods.topics import open_topic
from bot.sandbox.world import Chat, Json, Message, Person, Query, World

TEXT_LIMIT = 4096


def present(world: World, person: Person, chat: Chat) -> None:
    """Raises ControlError where the person can't act in the chat."""
    if person.id not in chat.members:
        raise ControlError(f"{person.id} is not in the chat {chat.id}")
    if chat.migrated_to is not None:
        raise ControlError(f"the group {chat.id} became the supergroup {chat.migrated_to}")
    if chat.private and person.blocked:
        raise ControlError(f"{person.id} has blocked the bot; POST /sandbox/unblock first")


def said(
    world: World,
    person: Person,
    chat: Chat,
    text: str = "",
    *,
    reply_to: int | None = None,
    topic: int | None = None,
    files: Sequence[File] = (),
) -> tuple[list[Message], list[int | None]]:
    """A person writes. A text that is too long becomes several messages, as Telegram's own apps do it."""
    present(world, person, chat)
    text = text.strip()
    if not text and not files:
        raise ControlError("text or file is needed")
    if reply_to is not None and (reply_to not in chat.messages or chat.messages[reply_to].deleted):
        raise ControlError(f"there is no message {reply_to} in the chat {chat.id}", 404)
    if topic is None and reply_to is not None:
        topic = chat.messages[reply_to].topic
    if chat.private:
        person.started = True
    posted = []
    group = {"media_group_id": str(random.randint(10**15, 10**16))} if len(files) > 1 else {}
    for number, file in enumerate(files):
        caption = text if number == 0 else ""
        posted.append(
            _post(world, chat, person, caption, reply_to, topic, media=media_of(world.files, file), extra=dict(group))
        )
    if not files:
        for start in range(0, len(text), TEXT_LIMIT):
            posted.append(_post(world, chat, person, text[start : start + TEXT_LIMIT], reply_to, topic))
    chat.read[person.id] = chat.last_id
    if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = {**chat.keyboard, "hidden": True}
    return posted, [tell_message(world, message) for message in posted]


def topic(chat: Chat, key: Any) -> int | None:
    """The topic by id or name, None for none. Raises ControlError."""
    if key in (None, "", 0, "0"):
        return None
    for number, name in chat.topics.items():
        if str(key) in (str(number), name):
            return number
    raise ControlError(f"there is no topic {key!r} in the chat {chat.id}", 404)


def _post(
    world: World, chat: Chat, person: Person, text: str, reply_to: int | None, topic: int | None, **what: Any
) -> Message:
    entities = detect(text, [])
    return world.post(chat, person.user_id, text=text, entities=entities, reply_to=reply_to, topic=topic, **what)


def upload(world: World, name: str, content: bytes, photo: bool = False) -> File:
    """A file that a person sends. Raises ControlError where a photo is no picture."""
    if photo and picture_size(content) == (0, 0):
        raise ControlError(f"{name} is not a picture; leave out photo to send it as a document")
    return world.files.keep("photo" if photo else "document", name, content)


def tell_message(world: World, message: Message, kind: str = "message") -> int | None:
    """The update about a message, where the bot may see it."""
    chat = world.chats[message.chat_id]
    if not sees(world, chat, message):
        return None
    return world.tell_bot(kind, shapes.message(world, message), chat.id)


def sees(world: World, chat: Chat, message: Message) -> bool:
    """Telegram's privacy mode: in groups a plain member bot sees commands, mentions, replies and service messages."""
    if chat.private:
        return True
    if chat.bot_status not in ("member", "administrator"):
        return False
    if chat.bot_status == "administrator" or not world.bot.privacy or message.service:
        return True
    original = chat.messages.get(message.reply_to or 0)
    if original and original.sender == world.bot.id:
        return True
    handle = f"@{world.bot.username}".lower()
    for entity in message.entities:
        words = piece(message.text, entity).lower()
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            return "@" not in words or words.endswith(handle)
        if entity["type"] == "mention" and words == handle:
            return True
    return False


def edited(world: World, person: Person, chat: Chat, number: int, text: str) -> tuple[Message, int | None]:
    """A person changes what they wrote."""
    present(world, person, chat)
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise ControlError(f"there is no message {number} in the chat {chat.id}", 404)
    if message.sender != person.user_id or message.service:
        raise ControlError(f"message {number} is not {person.id}'s")
    if not text.strip() and not message.media:
        raise ControlError("text is needed")
    message.text = text.strip()
    message.entities = detect(message.text, [])
    message.edit_date = world.now()
    message.edited_text = True
    world.changed(message)
    return message, tell_message(world, message, "edited_message")


def labels(message: Message) -> list[str]:
    rows = (message.inline or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def button_of(message: Message, button: Any) -> Json:
    """The inline button by label, callback data or [row, column]. Raises ControlError listing what there is."""
    rows = (message.inline or {}).get("inline_keyboard", [])
    if isinstance(button, (list, tuple)) and len(button) == 2:
        row, column = int(button[0]), int(button[1])
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            return dict(rows[row][column])
    every = [cell for row in rows for cell in row]
    for match in (
        lambda cell: cell["text"] == button,
        lambda cell: cell.get("callback_data") == button,
        lambda cell: str(button) and str(button) in cell["text"],
    ):
        found = [cell for cell in every if match(cell)]
        if found:
            return dict(found[0])
    raise ControlError(f"no button {button!r}; there are: {', '.join(labels(message)) or 'none'}", 404)


def pressed(world: World, person: Person, chat: Chat, message: Message, data: str) -> tuple[Query, int | None]:
    """A person presses a callback button."""
    present(world, person, chat)
    query = world.new_query(person, message)
    chat.read[person.id] = chat.last_id
    number = world.tell_bot("callback_query", shapes.callback_query(world, query, message, data), chat.id)
    return query, number


def start_token(world: World, url: str) -> str | None:
    """The token of a link `https://t.me/<bot>?start=TOKEN` to this bot, "" without a token, None for other links."""
    parts = urlsplit(url)
    if parts.netloc.lower() in ("t.me", "telegram.me") and parts.path.strip("/").lower() == world.bot.username.lower():
        return (parse_qs(parts.query).get("start") or [""])[0]
    if parts.scheme == "tg" and parts.netloc == "resolve":
        query = parse_qs(parts.query)
        if (query.get("domain") or [""])[0].lower() == world.bot.username.lower():
            return (query.get("start") or [""])[0]
    return None


def blocked(world: World, person: Person, on: bool) -> int | None:
    """A person blocks or unblocks the bot. Nothing happens where it is so already."""
    if person.blocked == on:
        return None
    person.blocked = on
    world.listen("people", {})
    old, new = ("member", "kicked") if on else ("kicked", "member")
    chat = world.chats[person.user_id]
    return world.tell_bot("my_chat_member", shapes.my_chat_member(world, chat, person, old, new), chat.id)


def bot_moved(world: World, chat: Chat, by: Person, status: str) -> list[int | None]:
    """Somebody adds the bot to a group (member, administrator) or throws it out (kicked)."""
    if chat.private:
        raise ControlError("the bot can only be added to groups")
    old, chat.bot_status = chat.bot_status, status
    if old == status:
        return []
    account = shapes.bot_user(world.bot)
    change = shapes.my_chat_member(world, chat, by, old, status)
    told = [world.tell_bot("my_chat_member", change, chat.id)]
    inside = ("member", "administrator")
    if status in inside and old not in inside:
        message = world.post(chat, by.user_id, service={"new_chat_members": [account]})
        told.append(tell_message(world, message))
    elif status not in inside and old in inside:
        message = world.post(chat, by.user_id, service={"left_chat_member": account})
        told.append(world.tell_bot("message", shapes.message(world, message), chat.id))
    world.listen("people", {})
    return told


def member_moved(world: World, chat: Chat, person: Person, inside: bool) -> int | None:
    """A person joins or leaves a group."""
    if chat.private or (person.id in chat.members) == inside:
        raise ControlError(f"{person.id} is {'in' if inside else 'not in'} the chat {chat.id} already")
    field: Json
    if inside:
        chat.members.append(person.id)
        field = {"new_chat_members": [shapes.user(person)]}
    else:
        chat.members.remove(person.id)
        field = {"left_chat_member": shapes.user(person)}
    world.listen("people", {})
    return tell_message(world, world.post(chat, person.user_id, service=field))


def upgraded(world: World, chat: Chat) -> tuple[Chat, list[int | None]]:
    """A group becomes a supergroup with a new id."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise ControlError(f"the chat {chat.id} is no group that could be upgraded")
    new = world.upgraded(chat)
    by = world.people[chat.members[0]].user_id if chat.members else world.bot.id
    going = world.post(chat, by, service={"migrate_to_chat_id": new.id})
    coming = world.post(new, by, service={"migrate_from_chat_id": chat.id})
    world.listen("people", {})
    return new, [tell_message(world, going), tell_message(world, coming)]


def topic_opened(world: World, chat: Chat, name: str, by: Person) -> int:
    """A person opens a topic in a forum."""
    if not chat.forum:
        raise ControlError(f"the chat {chat.id} is no forum")
    number = open_topic(world, chat, name, by.user_id)
    tell_message(world, chat.messages[number])
    world.listen("people", {})
    return number
