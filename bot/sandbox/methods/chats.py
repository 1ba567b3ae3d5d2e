"""Knows what a bot can ask about a chat and its members, and how it leaves."""

from __future__ import annotations

import bot.sandbox.shapes as shapes
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.access import chat_of, check_reach
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Json


@method("getChat")
def get_chat(api: Api, params: Params) -> Json:
    chat = chat_of(api.world, params)
    check_reach(chat, write=False)
    return shapes.full_chat(api.world, chat)


@method("getChatMember")
def get_chat_member(api: Api, params: Params) -> Json:
    chat = chat_of(api.world, params)
    check_reach(chat, write=False)
    number = params.integer("user_id")
    if number == api.world.bot.id:
        return shapes.member(shapes.bot_user(api.world.bot), chat.bot_status)
    person = api.world.users.get(number)
    if person is None:
        raise bad_request("invalid user_id specified" if not number else "PARTICIPANT_ID_INVALID")
    status = "left"
    if person.id in chat.members:
        status = "creator" if not chat.private and chat.members[0] == person.id else "member"
    return shapes.member(shapes.user(person), status)


@method("getChatAdministrators")
def get_chat_administrators(api: Api, params: Params) -> list[Json]:
    chat = _group(api, params, "there are no administrators in the private chat")
    found = []
    if chat.members:
        found.append(shapes.member(shapes.user(api.world.people[chat.members[0]]), "creator"))
    if chat.bot_status == "administrator":
        found.append(shapes.member(shapes.bot_user(api.world.bot), "administrator"))
    return found


@method("getChatMemberCount", "getChatMembersCount")
def get_chat_member_count(api: Api, params: Params) -> int:
    chat = chat_of(api.world, params)
    check_reach(chat, write=False)
    return len(chat.members) + (1 if chat.private or chat.bot_status in ("member", "administrator") else 0)


@method("leaveChat")
def leave_chat(api: Api, params: Params) -> bool:
    chat = _group(api, params, "chat member status can't be changed in private chats")
    chat.bot_status = "left"
    account = shapes.bot_user(api.world.bot)
    api.world.post(chat, api.world.bot.id, service={"left_chat_member": account})
    api.world.listen("people", {})
    return True


def _group(api: Api, params: Params, refusal: str) -> Chat:
    chat = chat_of(api.world, params)
    check_reach(chat, write=False)
    if chat.private:
        raise bad_request(refusal)
    return chat
