"""Knows how an order to the control interface is read: JSON or a form, with files inside or beside."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ControlError


@dataclass(slots=True)
class Order:
    """One call: what follows the path's first word, the query, the body and the files that came as form parts."""

    rest: str
    query: dict[str, str]
    body: dict[str, Any]
    parts: list[tuple[str, bytes]] = field(default_factory=list)

    def needed(self, name: str) -> Any:
        """Raises ControlError where it is missing."""
        value = self.body.get(name)
        if value is None or value == "":
            raise ControlError(f"{name} is needed")
        return value

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.needed(name) if needed else self.body.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            raise ControlError(f"{name} must be a string")
        return str(value)

    def integer(self, name: str) -> int | None:
        value = self.body.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise ControlError(f"{name} must be a number") from None

    def number(self, name: str, default: int | None) -> Any:
        """A number of the query."""
        value = self.query.get(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise ControlError(f"{name} must be a number") from None

    def flag(self, name: str) -> bool:
        return self.optional_flag(name) is True

    def optional_flag(self, name: str) -> bool | None:
        value = self.body.get(name)
        if value is None or value == "":
            return None
        return value is True or str(value).lower() in ("true", "1", "yes", "on")

    def files(self) -> list[tuple[str, bytes]]:
        """(name, content) of every file. Raises ControlError."""
        found = list(self.parts)
        listed = self.body.get("files") or []
        for one in [self.body.get("file"), *(listed if isinstance(listed, list) else [listed])]:
            if one is None or one == "":
                continue
            if not isinstance(one, dict) or "content_base64" not in one:
                raise ControlError('a file is {"name": …, "content_base64": …}, or a part of a multipart form')
            try:
                content = base64.b64decode(str(one["content_base64"]), validate=True)
            except (binascii.Error, ValueError):
                raise ControlError("content_base64 is not base64") from None
            found.append((str(one.get("name") or "file"), content))
        return found


async def read_order(request: web.BaseRequest, rest: str) -> Order:
    """Raises ControlError."""
    query = dict(request.query)
    if request.method not in ("POST", "DELETE", "PUT"):
        return Order(rest, query, {})
    try:
        if request.content_type == "multipart/form-data":
            return await _form(request, rest, query)
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise ControlError("too big: at most 55 MB", 413) from None
    if not raw.strip():
        return Order(rest, query, {})
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise ControlError(f"the body is not JSON: {error}") from None
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return Order(rest, query, body)


async def _form(request: web.BaseRequest, rest: str, query: dict[str, str]) -> Order:
    body: dict[str, Any] = {}
    parts = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts.append((value.filename, value.file.read()))
        else:
            body[name] = value
    return Order(rest, query, body, parts)
