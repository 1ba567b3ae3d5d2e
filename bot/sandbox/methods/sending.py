"""Knows sendMessage, answerCallbackQuery and the small things a bot can send without a file."""

from __future__ import annotations

import random
from typing import Any

import bot.sandbox.shapes as shapes
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.access import (
    body,
    caption_body,
    chat_of,
    check_reach,
    deliver,
    message_of,
    text_body,
    writable,
)
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Json

QUERY_LIFE = 60.0
"""Seconds in which a pressed button can be answered (the Bot API names no figure)."""

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage")
def send_message(api: Api, params: Params) -> Json:
    text, entities = text_body(params)
    chat = writable(api.world, params)
    return deliver(api.world, chat, params, text=text, entities=entities)


@method("answerCallbackQuery")
def answer_callback_query(api: Api, params: Params) -> bool:
    query = api.world.queries.get(params.text("callback_query_id"))
    if query is None or query.answered or api.world.clock.monotonic() - query.asked > QUERY_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    query.answer = {"text": text or None, "alert": params.flag("show_alert"), "url": params.text("url") or None}
    query.done.set()
    data = {"query": query.id, "person": query.person.id, "chat": query.chat_id, **query.answer}
    api.world.listen("answer", data)
    return True


@method("sendChatAction")
def send_chat_action(api: Api, params: Params) -> bool:
    chat = writable(api.world, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    api.world.listen("typing", {"chat": chat.id, "action": action})
    return True


@method("setMessageReaction")
def set_message_reaction(api: Api, params: Params) -> bool:
    _, message = message_of(api.world, params, "message to react")
    reactions = params.object("reaction", "reaction types") or []
    message.reactions = [str(one.get("emoji", "")) for one in reactions if isinstance(one, dict)]
    api.world.changed(message)
    return True


@method("forwardMessage")
def forward_message(api: Api, params: Params) -> Json:
    chat = writable(api.world, params)
    source = Params({"chat_id": params.values.get("from_chat_id"), "message_id": params.values.get("message_id")})
    _, original = message_of(api.world, source, "message to forward")
    origin = {
        "type": "user",
        "date": original.date,
        "sender_user": shapes.sender(api.world, original.sender),
    }
    return deliver(
        api.world,
        chat,
        params,
        text=original.text,
        entities=list(original.entities),
        media=dict(original.media),
        extra={"forward_origin": origin},
    )


@method("copyMessage")
def copy_message(api: Api, params: Params) -> Json:
    chat = writable(api.world, params)
    source = Params({"chat_id": params.values.get("from_chat_id"), "message_id": params.values.get("message_id")})
    _, original = message_of(api.world, source, "message to copy")
    text, entities = original.text, list(original.entities)
    if original.media and params.values.get("caption") is not None:
        text, entities = caption_body(params)
    sent = deliver(api.world, chat, params, text=text, entities=entities, media=dict(original.media))
    return {"message_id": sent["message_id"]}


@method("sendLocation")
def send_location(api: Api, params: Params) -> Json:
    return deliver(api.world, writable(api.world, params), params, extra={"location": _place(params)})


@method("sendVenue")
def send_venue(api: Api, params: Params) -> Json:
    place = _place(params)
    venue = {"location": place, "title": params.text("title"), "address": params.text("address")}
    return deliver(api.world, writable(api.world, params), params, extra={"venue": venue, "location": place})


@method("sendContact")
def send_contact(api: Api, params: Params) -> Json:
    if not params.text("phone_number"):
        raise bad_request("phone number is empty")
    contact = {"phone_number": params.text("phone_number"), "first_name": params.text("first_name")}
    return deliver(api.world, writable(api.world, params), params, extra={"contact": contact})


@method("sendDice")
def send_dice(api: Api, params: Params) -> Json:
    dice = {"emoji": params.text("emoji") or "🎲", "value": random.randint(1, 6)}
    return deliver(api.world, writable(api.world, params), params, extra={"dice": dice})


@method("sendPoll")
def send_poll(api: Api, params: Params) -> Json:
    chat = writable(api.world, params)
    options = params.object("options") or []
    if not 1 <= len(options) <= 12:
        raise bad_request("poll must have at least 1 answer option" if not options else "poll can't have that many")
    question, _ = body(params, "question", "question_entities", 300)
    poll: dict[str, Any] = {
        "id": str(random.randint(10**15, 10**16)),
        "question": question,
        "options": [
            {"text": one if isinstance(one, str) else one.get("text", ""), "voter_count": 0, "persistent_id": str(n)}
            for n, one in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": params.values.get("is_anonymous") is None or params.flag("is_anonymous"),
        "type": params.text("type") or "regular",
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": False,
    }
    return deliver(api.world, chat, params, extra={"poll": poll})


@method("sendMessageDraft")
def send_message_draft(api: Api, params: Params) -> bool:
    check_reach(chat_of(api.world, params))
    return True


def _place(params: Params) -> Json:
    try:
        return {"latitude": float(params.text("latitude")), "longitude": float(params.text("longitude"))}
    except ValueError:
        raise bad_request("latitude is empty") from None
