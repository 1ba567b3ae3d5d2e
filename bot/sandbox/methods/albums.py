"""Knows sendMediaGroup: several pictures or documents that belong together."""

from __future__ import annotations

import random
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import media_of
from bot.sandbox.methods.access import caption_body, deliver, writable
from bot.sandbox.methods.media import file_of
from bot.sandbox.methods.registry import Api, method
from bot.sandbox.params import Params
from bot.sandbox.world import Json


@method("sendMediaGroup")
def send_media_group(api: Api, params: Params) -> list[Json]:
    chat = writable(api.world, params)
    items: Any = params.object("media", "media")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    if not items:
        raise bad_request("there must be at least one message to send")
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type")) for item in items}
    if len(kinds) > 1 and kinds - {"photo", "video"}:
        odd = "Document" if "document" in kinds else "Audio"
        raise bad_request(f"{odd} can't be mixed with other media types")
    ready = [prepared(api, params, item) for item in items]
    group = str(random.randint(10**15, 10**16))
    plain = Params({name: value for name, value in params.values.items() if name != "reply_markup"})
    return [
        deliver(api.world, chat, plain, text=text, entities=entities, media=media, extra={"media_group_id": group})
        for text, entities, media in ready
    ]


def prepared(api: Api, params: Params, item: Any) -> tuple[str, list[Json], Json]:
    """Caption, entities and media of one InputMedia. Raises ApiError."""
    if not isinstance(item, dict) or item.get("type") not in ("photo", "video", "document", "audio", "animation"):
        raise bad_request("can't parse InputMedia: type must be one of photo, video, document, audio, animation")
    text, entities = caption_body(Params(item))
    file = file_of(api.world, params, item["type"], item.get("media"))
    return text, entities, media_of(api.world.files, file)
