"""Knows how a bot presents itself: command menus by scope and language, name, descriptions, menu button."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.access import chat_of
from bot.sandbox.methods.registry import Api, Method, method
from bot.sandbox.params import Params
from bot.sandbox.world import Bot, Chat, Json, Person

_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@method("setMyCommands")
def set_my_commands(api: Api, params: Params) -> bool:
    commands: Any = params.object("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(one) for one in commands]
    api.world.bot.commands[_key(api, params)] = kept
    api.world.listen("menus", {})
    return True


@method("getMyCommands")
def get_my_commands(api: Api, params: Params) -> list[Json]:
    return api.world.bot.commands.get(_key(api, params), [])


@method("deleteMyCommands")
def delete_my_commands(api: Api, params: Params) -> bool:
    api.world.bot.commands.pop(_key(api, params), None)
    api.world.listen("menus", {})
    return True


def _command(one: Any) -> Json:
    if not isinstance(one, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(one.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command, description = one["command"].strip().removeprefix("/"), one["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if not description:
        raise bad_request("command description must be non-empty")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if len(description) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _key(api: Api, params: Params) -> tuple[str, str]:
    scope: Any = params.object("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad_request("unsupported type specified")
    if "chat_id" in _SCOPES[kind]:
        chat = chat_of(api.world, Params(scope))
        scope = {**scope, "chat_id": chat.id}
    if "user_id" in _SCOPES[kind] and not scope.get("user_id"):
        raise bad_request("invalid user_id specified")
    fields = {name: int(scope[name]) for name in _SCOPES[kind]}
    return json.dumps({"type": kind, **fields}, sort_keys=True), params.text("language_code")


def menu_for(bot: Bot, chat: Chat, person: Person) -> list[Json]:
    """The commands a person sees in a chat, by the order of the Bot API ("Determining list of commands")."""
    scopes: list[Json] = []
    if chat.private:
        scopes = [{"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"}]
    else:
        scopes = [{"type": "chat_member", "chat_id": chat.id, "user_id": person.user_id}]
        if chat.members[:1] == [person.id]:
            scopes.append({"type": "chat_administrators", "chat_id": chat.id})
        scopes.append({"type": "chat", "chat_id": chat.id})
        if chat.members[:1] == [person.id]:
            scopes.append({"type": "all_chat_administrators"})
        scopes.append({"type": "all_group_chats"})
    scopes.append({"type": "default"})
    for scope in scopes:
        key = json.dumps(scope, sort_keys=True)
        for language in (person.language, person.language.split("-")[0], ""):
            if bot.commands.get((key, language)):
                return bot.commands[key, language]
    return []


@method("setChatMenuButton")
def set_chat_menu_button(api: Api, params: Params) -> bool:
    button: Any = params.object("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    chat_id = chat_of(api.world, params).id if params.text("chat_id") else 0
    api.world.bot.menu_buttons[chat_id] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(api: Api, params: Params) -> Json:
    buttons = api.world.bot.menu_buttons
    return buttons.get(params.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


def _texts(field: str, limit: int) -> tuple[Method, Method]:
    def write(api: Api, params: Params) -> bool:
        text = params.text(field)
        if len(text) > limit:
            raise bad_request(f"{field} is too long".replace("_", " "))
        api.world.bot.texts[field, params.text("language_code")] = text
        return True

    def read(api: Api, params: Params) -> Json:
        texts = api.world.bot.texts
        default = api.world.bot.name if field == "name" else ""
        return {field: texts.get((field, params.text("language_code"))) or texts.get((field, "")) or default}

    return write, read


for _field, _name, _limit in (
    ("name", "MyName", 64),
    ("description", "MyDescription", 512),
    ("short_description", "MyShortDescription", 120),
):
    _write, _read = _texts(_field, _limit)
    method(f"set{_name}")(_write)
    method(f"get{_name}")(_read)


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(api: Api, params: Params) -> bool:
    return True
