"""Knows how python-telegram-bot's requests travel over aiohttp, and which failures surely sent nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

FieldTuple = tuple[str, Any, str]
"""File name, content, kind."""

_JSON = {"Content-Type": "application/json"}
_UNSAFE = re.compile(r'["\\\r\n\x00]')


class NothingSent(NetworkError):
    """The connection was refused or never came about: Telegram has not seen the request."""


class MaybeSent(NetworkError):
    """The connection broke after the request had left: Telegram may have carried it out."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a method is called with: a RequestData that was never taken apart into single parameters."""

    values: Mapping[str, Any]
    files: Mapping[str, InputFile]


class AiohttpRequest(BaseRequest):
    """One keep-alive session. Seconds: `connect` until the connection stands, `read` until the answer is there."""

    def __init__(self, connections: int = 100, connect: float = 5.0, read: float = 20.0) -> None:
        self._connections = connections
        self._connect = connect
        self._read = read
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """(status, body). Raises NothingSent, MaybeSent or TimedOut; no exception's text holds the token."""
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        timeout = _timeout(_seconds(connect_timeout, self._connect), _seconds(read_timeout, self._read))
        body = _body(request_data)
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NothingSent(type(error).__name__) from None
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            raise MaybeSent(type(error).__name__) from None


def _seconds(value: Any, default: float) -> float:
    return default if value is BaseRequest.DEFAULT_NONE or value is None else float(value)


@cache
def _timeout(connect: float, read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)


def _body(data: RequestData | Call | None) -> Any:
    """JSON where nothing is uploaded (Bot API, Making requests): a third of the work that a form is."""
    if data is None:
        return None
    if isinstance(data, Call):
        return (
            _form(data.values, {n: f.field_tuple for n, f in data.files.items()}) if data.files else _json(data.values)
        )
    if not data.contains_files:
        return _json(data.parameters)
    return _form(data.parameters, data.multipart_data)


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _form(values: Mapping[str, Any], files: Mapping[str, FieldTuple]) -> aiohttp.FormData:
    # Quoted, a Chinese file name would arrive as %E9%80…; so only what would break the header is taken out.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in values.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    for name, (filename, content, mime) in files.items():
        form.add_field(name, content, filename=_UNSAFE.sub("_", filename), content_type=mime)
    return form
