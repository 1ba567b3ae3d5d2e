"""Knows what a bot may change afterwards: its own messages without a reply keyboard."""

from __future__ import annotations

from typing import Any

import bot.sandbox.shapes as shapes
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.methods.access import caption_body, chat_of, check_reach, message_of, text_body
from bot.sandbox.methods.albums import prepared
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Json, Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(api: Api, params: Params) -> Json:
    text, entities = text_body(params)
    message = _editable(api, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    return _change(api, params, message, text=text, entities=entities)


@method("editMessageCaption")
def edit_message_caption(api: Api, params: Params) -> Json:
    text, entities = caption_body(params)
    message = _editable(api, params)
    if not message.media and api.world.history:
        raise bad_request("there is no caption in the message to edit")
    return _change(api, params, message, text=text, entities=entities)


@method("editMessageMedia")
def edit_message_media(api: Api, params: Params) -> Json:
    text, entities, media = prepared(api, params, params.object("media", "input media"))
    message = _editable(api, params)
    return _change(api, params, message, text=text, entities=entities, media=media)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(api: Api, params: Params) -> Json:
    return _change(api, params, _editable(api, params))


def _editable(api: Api, params: Params) -> Message:
    if not api.world.history:
        chat = chat_of(api.world, params)
        check_reach(chat)
        return Message(chat.id, params.integer("message_id"), api.world.bot.id, api.world.now())
    _, message = message_of(api.world, params, "message to edit")
    if message.sender != api.world.bot.id or message.service or message.keyboard is not None:
        raise bad_request("message can't be edited")
    if message.extra.get("forward_origin"):
        raise bad_request("message can't be edited")
    return message


def _change(api: Api, params: Params, message: Message, **new: Any) -> Json:
    inline, keyboard = reply_markup(params.values.get("reply_markup"))
    if keyboard is not None:
        raise bad_request("inline keyboard expected")
    if api.world.history and inline == message.inline and all(getattr(message, k) == v for k, v in new.items()):
        raise bad_request(NOT_MODIFIED)
    only_buttons = not new
    for field, value in new.items():
        setattr(message, field, value)
    message.inline = inline
    message.edit_date = api.world.now()
    message.edited_text = message.edited_text or not only_buttons
    if api.world.history:
        api.world.changed(message)
    return shapes.message(api.world, message)
