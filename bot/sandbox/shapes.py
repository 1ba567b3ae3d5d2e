"""Knows how the Bot API spells users, chats and messages."""

from __future__ import annotations

from bot.sandbox.world import Bot, Chat, Json, Message, Person, Query, World

_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


def bot_user(bot: Bot) -> Json:
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def me(bot: Bot) -> Json:
    """What getMe returns."""
    return {
        **bot_user(bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def user(person: Person) -> Json:
    out: Json = {"id": person.user_id, "is_bot": False, "first_name": person.name, "language_code": person.language}
    if person.username:
        out["username"] = person.username
    return out


def sender(world: World, user_id: int) -> Json:
    person = world.users.get(user_id)
    return user(person) if person else bot_user(world.bot)


def chat(chat: Chat) -> Json:
    if chat.person:
        out: Json = {"id": chat.id, "type": "private", "first_name": chat.person.name}
        if chat.person.username:
            out["username"] = chat.person.username
        return out
    out = {"id": chat.id, "type": chat.type, "title": chat.title}
    if chat.type == "group":
        out["all_members_are_administrators"] = False
    if chat.forum:
        out["is_forum"] = True
    return out


def full_chat(world: World, one: Chat) -> Json:
    """What getChat returns."""
    out = {
        **chat(one),
        "accent_color_id": one.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if one.pinned and one.pinned[-1] in one.messages:
        out["pinned_message"] = message(world, one.messages[one.pinned[-1]], nested=True)
    if not one.private:
        out["permissions"] = {"can_send_messages": True}
    return out


def message(world: World, one: Message, *, nested: bool = False) -> Json:
    """The message as updates and answers hold it; a message inside another one shows no further reply."""
    where = world.chats[one.chat_id]
    out: Json = {
        "message_id": one.message_id,
        "from": sender(world, one.sender),
        "chat": chat(where),
        "date": one.date,
    }
    if one.topic:
        out["message_thread_id"] = one.topic
        out["is_topic_message"] = True
    if not nested:
        original = where.messages.get(one.reply_to or one.topic or 0)
        if original and not original.deleted and original is not one:
            out["reply_to_message"] = message(world, original, nested=True)
    if one.edit_date:
        out["edit_date"] = one.edit_date
    out.update(one.extra)
    out.update(one.service)
    out.update(one.media)
    if one.text:
        out["caption" if one.media else "text"] = one.text
    if one.entities:
        out["caption_entities" if one.media else "entities"] = one.entities
    if one.inline:
        out["reply_markup"] = one.inline
    return out


def callback_query(world: World, query: Query, one: Message, data: str) -> Json:
    return {
        "id": query.id,
        "from": user(query.person),
        "message": message(world, one),
        "chat_instance": str(-7_000_000_000_000 - query.chat_id),
        "data": data,
    }


def member(account: Json, status: str) -> Json:
    """A chat member as the Bot API spells them."""
    out: Json = {"user": account, "status": status}
    if status == "kicked":
        out["until_date"] = 0
    if status == "administrator":
        out.update(dict.fromkeys(_ADMIN_RIGHTS, True), can_be_edited=False, is_anonymous=False)
    if status == "creator":
        out["is_anonymous"] = False
    return out


def my_chat_member(world: World, where: Chat, by: Person, old: str, new: str) -> Json:
    """What a bot is told when it is blocked, unblocked, added or kicked."""
    account = bot_user(world.bot)
    return {
        "chat": chat(where),
        "from": user(by),
        "date": world.now(),
        "old_chat_member": member(account, old),
        "new_chat_member": member(account, new),
    }
