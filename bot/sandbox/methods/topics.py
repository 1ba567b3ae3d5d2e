"""Knows the topics of a forum."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.access import writable
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Json, World

COLOUR = 7322096


def open_topic(world: World, chat: Chat, name: str, sender: int) -> int:
    """Creates a topic; its first message is the service message whose id names it."""
    service = {"forum_topic_created": {"name": name, "icon_color": COLOUR}}
    message = world.post(chat, sender, service=service)
    message.topic = message.message_id
    chat.topics[message.message_id] = name
    return message.message_id


@method("createForumTopic")
def create_forum_topic(api: Api, params: Params) -> Json:
    chat = _forum(api, params)
    name = params.text("name").strip()
    if not name:
        raise bad_request("name must be non-empty")
    number = open_topic(api.world, chat, name, api.world.bot.id)
    return {"message_thread_id": number, "name": name, "icon_color": COLOUR}


@method("editForumTopic")
def edit_forum_topic(api: Api, params: Params) -> bool:
    chat = _forum(api, params)
    number = _topic(chat, params)
    if params.text("name"):
        chat.topics[number] = params.text("name")
        api.world.listen("people", {})
    return True


@method("closeForumTopic", "reopenForumTopic")
def close_forum_topic(api: Api, params: Params) -> bool:
    _topic(_forum(api, params), params)
    return True


@method("deleteForumTopic")
def delete_forum_topic(api: Api, params: Params) -> bool:
    chat = _forum(api, params)
    number = _topic(chat, params)
    del chat.topics[number]
    for message in chat.messages.values():
        if message.topic == number:
            message.deleted = True
    api.world.listen("people", {})
    return True


def _forum(api: Api, params: Params) -> Chat:
    chat = writable(api.world, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(chat: Chat, params: Params) -> int:
    number = params.integer("message_thread_id")
    if number not in chat.topics:
        raise bad_request("message thread not found")
    return number
