"""Knows the path of one Bot API request: read, judged, struck by trouble, carried out, answered, written down."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.ledger import Entry, Ledger
from bot.sandbox.methods.offered import METHODS, Api
from bot.sandbox.params import Params, read_params
from bot.sandbox.rates import Rates
from bot.telegram.signatures import signatures

NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
BAD_GATEWAY = ApiError(502, "Bad Gateway")

LONGEST_HANG = 120.0
_LEGACY = {"disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply", "thumb"}
_TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]+")


class BotSide:
    """What stands at `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, api: Api, faults: Faults, rates: Rates, ledger: Ledger, tokens: set[str] | None) -> None:
        self.api = api
        self.faults = faults
        self.rates = rates
        self.ledger = ledger
        self.tokens = tokens
        self._named = False

    async def handle(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        """One request over HTTP."""
        clock = self.api.world.clock
        entry = self.ledger.open(clock.now(), clock.monotonic(), token, name, {})
        fault = None
        try:
            self._admit(token)
            params = await read_params(request)
            entry.params = params.described() if params.files else params.values
            fault = self.faults.strike(name.lower(), _chat(params), clock.monotonic()) if self.faults.active else None
            if fault:
                await self._before(fault, request)
            result = self.carry_out(name, params, entry)
            if inspect.isawaitable(result):
                result = await result
            status, answer = 200, {"ok": True, "result": result}
        except ApiError as error:
            status, answer = error.code, error.answer()
            self.ledger.errors[error.description] += 1
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            # A parameter of a shape nobody thought of: Telegram would say 400 in words of its own.
            entry.violations.append(f"not understood: {type(error).__name__}: {error}")
            refusal = bad_request("can't parse the parameters")
            status, answer = refusal.code, refusal.answer()
        except _Cut:
            entry.answer = "connection refused"
            return _cut(request)
        entry.status, entry.answer = status, answer
        if fault and fault.kind == "answer_lost":
            entry.status = 0
            await _lose(fault, request)
            return _cut(request)
        self._told(entry)
        return web.Response(
            body=json.dumps(answer, ensure_ascii=False).encode(), status=status, content_type="application/json"
        )

    async def inline(self, token: str, name: str, values: dict[str, Any]) -> None:
        """A method that came in the answer to a webhook; Telegram does not tell its result."""
        clock = self.api.world.clock
        entry = self.ledger.open(clock.now(), clock.monotonic(), token, name, values)
        try:
            result = self.carry_out(name, Params(values), entry)
            entry.answer = await result if inspect.isawaitable(result) else result
            entry.status = 200
        except ApiError as error:
            entry.status, entry.answer = error.code, error.answer()

    def carry_out(self, name: str, params: Params, entry: Entry) -> Any:
        """The method's result, or a coroutine of it. Raises ApiError."""
        lower = name.lower()
        method = METHODS.get(lower)
        self._judge(lower, params, entry)
        if method is None:
            raise NOT_FOUND
        if not self.rates.counts(lower):
            return method(self.api, params)
        chat_id, now = _chat(params) or 0, self.api.world.clock.monotonic()
        self.rates.check(chat_id, now)
        result = method(self.api, params)
        for _ in range(len(result) if isinstance(result, list) else 1):
            self.rates.took(chat_id, now)
        return result

    def file(self, token: str, path: str) -> web.Response:
        """The content of a file by its `file_path`."""
        if self.tokens is not None and token not in self.tokens:
            return _refused(UNAUTHORIZED)
        file = self.api.world.files.by_path.get(path)
        if file is None:
            return _refused(NOT_FOUND)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _admit(self, token: str) -> None:
        if self.tokens is not None and token not in self.tokens:
            raise UNAUTHORIZED
        if not self._named:
            self._named = True
            match = _TOKEN.fullmatch(token)
            if match:
                self.api.world.rename_bot(int(match.group(1)))

    def _judge(self, name: str, params: Params, entry: Entry) -> None:
        """Writes down what the library's signatures do not know."""
        signature = signatures().get(name)
        if signature is None:
            entry.violations.append(f"unknown method {entry.method}")
        else:
            for parameter in params.values.keys() - signature.parameters - {"method"}:
                kind = "outdated" if parameter in _LEGACY else "unknown"
                entry.violations.append(f"{kind} parameter {parameter}")
        self.ledger.violations += len(entry.violations)

    def _told(self, entry: Entry) -> None:
        if entry.method.lower() != "getupdates" and self.api.world.history:
            self.api.world.listen("request", {"id": entry.id, "method": entry.method, "status": entry.status})

    async def _before(self, fault: Fault, request: web.BaseRequest) -> None:
        if fault.kind == "refuse":
            raise _Cut
        if fault.kind == "outage":
            raise BAD_GATEWAY
        if fault.kind == "429":
            words = f"Too Many Requests: retry after {fault.retry_after}"
            raise ApiError(429, words, {"retry_after": fault.retry_after})
        if fault.kind == "slow":
            await asyncio.sleep(fault.delay)


class _Cut(Exception):
    """The connection ends without an answer."""


async def _lose(fault: Fault, request: web.BaseRequest) -> None:
    """Holds the connection open without an answer until the other side gives up, where the trouble says so."""
    if not fault.hang:
        return
    for _ in range(int(LONGEST_HANG / 0.05)):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(0.05)


def _cut(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=502)


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.answer(), status=error.code)


def _chat(params: Params) -> int | None:
    try:
        return int(params.values["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None
