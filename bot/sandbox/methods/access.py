"""Knows which chat and message a request means, and whether the bot may touch them."""

from __future__ import annotations

from typing import Any

import bot.sandbox.shapes as shapes
from bot.sandbox.entities import parse
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.markup import units
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Json, Message, World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def chat_of(world: World, params: Params, field: str = "chat_id") -> Chat:
    """The chat a request names, known to the bot. Raises ApiError."""
    raw = params.values.get(field)
    if raw is None or raw == "":
        raise bad_request(f"{field} is empty")
    chat = None
    if isinstance(raw, str) and raw.startswith("@"):
        chat = next((one for one in world.chats.values() if one.title == raw[1:]), None)
    else:
        try:
            chat = world.chats.get(int(raw))
        except (TypeError, ValueError):
            chat = None
    if chat is None or not _met(world, chat):
        raise bad_request("chat not found")
    return chat


def _met(world: World, chat: Chat) -> bool:
    if chat.person:
        return chat.person.started or chat.person.blocked or world.shares_group(chat.person)
    return chat.bot_status != "left" or bool(chat.last_id)


def check_reach(chat: Chat, *, write: bool = True) -> None:
    """Raises ApiError where the bot has no way into the chat any more."""
    if chat.person:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.person.blocked and write:
            raise forbidden("bot was blocked by the user")
        if not chat.person.started and write:
            raise forbidden("bot can't initiate conversation with a user")
        return
    if chat.migrated_to is not None and write:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    kind = "supergroup" if chat.type == "supergroup" else "group"
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")


def writable(world: World, params: Params) -> Chat:
    """The chat to send to. Raises ApiError."""
    chat = chat_of(world, params)
    check_reach(chat)
    return chat


def message_of(world: World, params: Params, purpose: str, field: str = "message_id") -> tuple[Chat, Message]:
    """The message a request names ("message to edit", "message to delete" …). Raises ApiError."""
    if params.values.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = chat_of(world, params)
    check_reach(chat)
    number = params.integer(field)
    if number <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request(f"{purpose} not found")
    return chat, message


def topic_of(chat: Chat, params: Params) -> int | None:
    """The topic to send to, None for the general one. Raises ApiError."""
    thread = params.integer("message_thread_id")
    if not thread or not (chat.forum or chat.private):
        return None
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def reply_of(world: World, chat: Chat, params: Params) -> int | None:
    """The message that is replied to. Raises ApiError where it is gone."""
    order = params.object("reply_parameters", "reply parameters")
    if order is None:
        number, forgiving = params.integer("reply_to_message_id"), params.flag("allow_sending_without_reply")
    elif not isinstance(order, dict):
        raise bad_request("object expected as reply parameters")
    else:
        number = int(order.get("message_id") or 0)
        forgiving = bool(order.get("allow_sending_without_reply"))
    if not number:
        return None
    message = chat.messages.get(number)
    if message is None or message.deleted:
        if not world.history and number <= chat.last_id:
            return None
        if forgiving:
            return None
        raise bad_request("message to be replied not found")
    return number


def body(params: Params, field: str, entities: str, limit: int) -> tuple[str, list[Json]]:
    """A text or caption after parsing, within its limit in UTF-16 units. Raises ApiError."""
    source = params.text(field)
    text, found = parse(source, params.text("parse_mode"), params.object(entities, "entities"))
    if units(text) > limit:
        raise bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    return text, found


def text_body(params: Params) -> tuple[str, list[Json]]:
    """The text of a message. Raises ApiError."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = body(params, "text", "entities", TEXT_LIMIT)
    if not text:
        raise bad_request("text must be non-empty")
    return text, entities


def caption_body(params: Params) -> tuple[str, list[Json]]:
    return body(params, "caption", "caption_entities", CAPTION_LIMIT)


def deliver(world: World, chat: Chat, params: Params, **what: Any) -> Json:
    """Posts a message of the bot with what every send method takes. Raises ApiError."""
    topic = topic_of(chat, params)
    reply_to = reply_of(world, chat, params)
    inline, keyboard = reply_markup(params.values.get("reply_markup"))
    if topic is None and reply_to and chat.forum:
        topic = chat.messages[reply_to].topic
    message = world.post(chat, world.bot.id, topic=topic, reply_to=reply_to, inline=inline, keyboard=keyboard, **what)
    return shapes.message(world, message)
