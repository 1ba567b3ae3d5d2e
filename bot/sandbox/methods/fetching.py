"""Knows how a bot learns what happened: getUpdates, webhooks, files."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import bot.sandbox.shapes as shapes
from bot.sandbox.errors import bad_request
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Json

LONGEST_POLL = 50


@method("getMe")
def get_me(api: Api, params: Params) -> Json:
    return shapes.me(api.world.bot)


@method("getUpdates")
def get_updates(api: Api, params: Params) -> Coroutine[Any, Any, list[Json]]:
    api.updates.allow(params.object("allowed_updates"))
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), LONGEST_POLL)
    return api.updates.get(params.integer("offset"), limit, timeout)


@method("setWebhook", "deleteWebhook")
async def set_webhook(api: Api, params: Params) -> bool:
    api.updates.allow(params.object("allowed_updates"))
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    secret, drop = params.text("secret_token"), params.flag("drop_pending_updates")
    await api.webhook.set(params.text("url"), secret, connections, drop)
    return True


@method("getWebhookInfo")
def get_webhook_info(api: Api, params: Params) -> Json:
    return api.webhook.info()


@method("getFile")
def get_file(api: Api, params: Params) -> Json:
    number = params.text("file_id")
    if not number:
        raise bad_request("file_id not specified")
    file = api.world.files.by_id.get(number)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": number,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


@method("logOut", "close")
def leave(api: Api, params: Params) -> bool:
    return True
