"""Knows how a Bot API request brings its parameters: query, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request

MAX_REQUEST = 55 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes


class Params:
    """The parameters of one request, read with Telegram's tolerance: numbers and JSON may come as strings."""

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Telegram reads what it can't understand as the default."""
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def object(self, name: str, words: str = "") -> Any:
        """A JSON-serialised parameter, None where it is absent. Raises ApiError."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {words or name} JSON object") from None

    def described(self) -> dict[str, Any]:
        """For the request log: files as name and size."""
        files = {name: {"file": file.name, "size": len(file.content)} for name, file in self.files.items()}
        return {**self.values, **files}


async def read_params(request: web.BaseRequest) -> Params:
    """All parameters of a request. Raises ApiError."""
    values: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True))
    if request.method != "POST":
        return Params(values)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.read()
    if kind == "application/json":
        try:
            found = json.loads(body or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(found, dict):
            raise bad_request("object expected as request body")
        values.update(found)
    elif body:
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Params(values)


async def _multipart(request: web.BaseRequest, values: dict[str, Any]) -> Params:
    files = {}
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return Params(values, files)
