"""Knows what a bot may take away: messages, pins."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.access import chat_of, check_reach, message_of
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Message, World

TWO_DAYS = 48 * 3600


@method("deleteMessage")
def delete_message(api: Api, params: Params) -> bool:
    if not api.world.history:
        check_reach(chat_of(api.world, params))
        return True
    chat, message = message_of(api.world, params, "message to delete")
    if not _deletable(api.world, chat, message):
        raise bad_request("message can't be deleted")
    _delete(api.world, message)
    return True


@method("deleteMessages")
def delete_messages(api: Api, params: Params) -> bool:
    chat = chat_of(api.world, params)
    check_reach(chat)
    numbers = params.object("message_ids", "message identifiers")
    if not isinstance(numbers, list):
        raise bad_request("expected an Array of message identifiers")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    for number in numbers:
        message = chat.messages.get(int(number))
        if message and not message.deleted and _deletable(api.world, chat, message):
            _delete(api.world, message)
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    if chat.bot_status == "administrator":
        return True
    if world.now() - message.date > TWO_DAYS:
        return False
    return chat.private or message.sender == world.bot.id


def _delete(world: World, message: Message) -> None:
    message.deleted = True
    world.listen("delete", {"chat": message.chat_id, "message": message.message_id})


@method("pinChatMessage")
def pin_chat_message(api: Api, params: Params) -> bool:
    chat, message = message_of(api.world, params, "message to pin")
    _check_pinning(chat)
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    api.world.changed(message)
    return True


@method("unpinChatMessage")
def unpin_chat_message(api: Api, params: Params) -> bool:
    chat = chat_of(api.world, params)
    check_reach(chat)
    _check_pinning(chat)
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(api: Api, params: Params) -> bool:
    chat = chat_of(api.world, params)
    check_reach(chat)
    _check_pinning(chat)
    chat.pinned.clear()
    return True


def _check_pinning(chat: Chat) -> None:
    if not chat.private and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
