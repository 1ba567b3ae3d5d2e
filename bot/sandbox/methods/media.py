"""Knows the methods that send a file: uploaded, or named by a file_id."""

from __future__ import annotations

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, File, media_of, picture_size
from bot.sandbox.methods.access import caption_body, deliver, writable
from bot.sandbox.methods.registry import Api, Method, method
from bot.sandbox.params import Params
from bot.sandbox.world import Json, World

_NAMES = {"photo": "Photo", "document": "Document", "video": "Video", "audio": "Audio", "voice": "VoiceNote"}


def file_of(world: World, params: Params, kind: str, value: object, part: str = "") -> File:
    """The file behind an upload, an `attach://` name or a file_id. Raises ApiError."""
    upload = params.files.get(part or kind)
    if isinstance(value, str) and value.startswith("attach://"):
        upload = params.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
    if upload is not None:
        return _uploaded(world, kind, upload.name, upload.content)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    text = str(value)
    if text.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    found = world.files.by_id.get(text)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind and not (kind == "document" and found.kind == "animation"):
        has, wants = _NAMES.get(found.kind, found.kind.title()), _NAMES.get(kind, kind.title())
        raise bad_request(f"can't use file of type {has} as {wants}")
    return found


def _uploaded(world: World, kind: str, name: str, content: bytes) -> File:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        if len(content) > PHOTO_LIMIT:
            raise bad_request(f"file of size {len(content)} bytes is too big for a photo")
        width, height = picture_size(content)
        if not width or not height:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.files.keep(kind, name or kind, content)


def _sender(kind: str) -> Method:
    def send(api: Api, params: Params) -> Json:
        chat = writable(api.world, params)
        text, entities = caption_body(params) if kind not in ("sticker", "video_note") else ("", [])
        file = file_of(api.world, params, kind, params.values.get(kind))
        media = media_of(api.world.files, file)
        return deliver(api.world, chat, params, text=text, entities=entities, media=media)

    return send


for _kind in ("photo", "document", "video", "animation", "audio", "voice", "sticker"):
    method(f"send{_kind}")(_sender(_kind))
method("sendVideoNote")(_sender("video_note"))
