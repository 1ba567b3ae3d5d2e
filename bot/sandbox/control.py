"""Knows the control interface under /sandbox/: which path and method does what."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.control_bodies import Order, read_order
from bot.sandbox.errors import ControlError
from bot.sandbox.pages import font_response
from bot.sandbox.stage import Stage
from bot.sandbox.world import Json
from core.words.voice import LANGUAGES, voice

Route = Callable[[Order], Awaitable[Any]]


class Control:
    """The routes. Each takes an order (path, query, body, files) and returns what becomes JSON."""

    def __init__(self, sandbox: Stage) -> None:
        self.sandbox = sandbox
        self._routes: dict[tuple[str, str], Route] = {
            ("GET", ""): self._info,
            ("GET", "info"): self._info,
            ("GET", "people"): self._people,
            ("POST", "people"): self._new_person,
            ("GET", "chats"): self._chats,
            ("POST", "chats"): self._new_chat,
            ("POST", "say"): self._say,
            ("POST", "click"): self._click,
            ("POST", "edit"): self._edit,
            ("POST", "block"): self._block,
            ("POST", "unblock"): self._unblock,
            ("POST", "upgrade"): self._upgrade,
            ("POST", "add"): self._add,
            ("POST", "kick"): self._kick,
            ("POST", "join"): self._join,
            ("POST", "leave"): self._leave,
            ("POST", "topics"): self._topic,
            ("POST", "read"): self._read,
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._move_clock,
            ("GET", "faults"): self._faults,
            ("POST", "faults"): self._new_fault,
            ("DELETE", "faults"): self._no_faults,
            ("GET", "requests"): self._requests,
            ("GET", "limits"): self._limits,
            ("POST", "limits"): self._set_limits,
            ("GET", "words"): self._words,
        }

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Raises ControlError."""
        head, _, rest = path.partition("/")
        if request.method == "GET" and head in ("events", "font.otf", "files"):
            return await self._stream(request, head, rest)
        route = self._routes.get((request.method, head))
        if head == "chats" and rest:
            route = self._chat if request.method == "GET" else None
        elif rest:
            route = None
        if route is None:
            raise ControlError(self._missing(request.method, path, head), 404)
        order = await read_order(request, rest)
        await self.sandbox.opened.wait()
        answer = await route(order)
        body = json.dumps(answer, ensure_ascii=False).encode()
        return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})

    def _missing(self, method: str, path: str, head: str) -> str:
        others = sorted(verb for verb, name in self._routes if name == head)
        if others:
            return f"{method} /sandbox/{path} does not exist; there is {', '.join(others)} /sandbox/{head}"
        return f"/sandbox/{path} does not exist; there are {', '.join(sorted({n for _, n in self._routes if n}))}"

    async def _stream(self, request: web.BaseRequest, head: str, rest: str) -> web.StreamResponse:
        if head == "events":
            return await self.sandbox.events.stream(request)
        if head == "font.otf":
            return font_response()
        file = self.sandbox.world.files.by_path.get(rest)
        if file is None:
            raise ControlError(f"there is no file {rest!r}", 404)
        return web.Response(body=file.content, headers=_file_headers(file.mime, file.name, file.kind))

    # Who is there

    async def _info(self, order: Order) -> Json:
        bot = self.sandbox.world.bot
        clock = await self.sandbox.hand.state()
        return {
            "bot": {"id": bot.id, "username": bot.username, "name": bot.name, "privacy": bot.privacy},
            "url": self.sandbox.url,
            "clock": clock,
            "webhook": self.sandbox.webhook.url or None,
            "pending_updates": self.sandbox.updates.pending(),
            "people": len(self.sandbox.world.people),
            "chats": len(self.sandbox.world.chats),
            "totals": self.sandbox.ledger.summary(),
        }

    async def _people(self, order: Order) -> list[Json]:
        return [self.sandbox.views.person(person) for person in self.sandbox.world.people.values()]

    async def _new_person(self, order: Order) -> Json:
        body = dict(order.body)
        if not (body.get("name") or body.get("id")):
            raise ControlError("name is needed")
        body = {key: value for key, value in body.items() if key not in ("chats", "blocked", "unread")}
        if body.get("user_id") is not None:
            body["user_id"] = order.integer("user_id")
        return self.sandbox.views.person(self.sandbox.add_person(**body))

    async def _chats(self, order: Order) -> list[Json]:
        return [self.sandbox.views.chat(chat) for chat in self.sandbox.world.chats.values()]

    async def _chat(self, order: Order) -> Any:
        key, _, what = order.rest.partition("/")
        chat = self.sandbox.world.chat(key)
        if what == "messages":
            return self.sandbox.views.messages(chat, order.number("after", 0), order.number("limit", None))
        if what == "menu":
            return self.sandbox.views.menu(chat, self.sandbox.world.person(order.query.get("person", key)))
        if what:
            raise ControlError(f"/sandbox/chats/{order.rest} does not exist; there are messages and menu", 404)
        return self.sandbox.views.chat(chat)

    async def _new_chat(self, order: Order) -> Json:
        members = order.body.get("members") or []
        if not isinstance(members, list):
            raise ControlError("members must be a list of people")
        chat = self.sandbox.add_group(
            order.text("title", needed=True),
            [str(one) for one in members],
            order.flag("forum"),
            supergroup=order.flag("supergroup"),
            topics=[str(one) for one in order.body.get("topics") or []],
            bot=str(order.body.get("bot", "member") or ""),
        )
        return self.sandbox.views.chat(chat)

    # What people do

    async def _say(self, order: Order) -> Json:
        return await self.sandbox.say(
            order.needed("person"),
            order.text("text") or order.text("caption"),
            chat=order.body.get("chat"),
            reply_to=order.integer("reply_to"),
            topic=order.body.get("topic"),
            files=order.files(),
            photo=order.flag("photo"),
            wait=order.optional_flag("wait"),
        )

    async def _click(self, order: Order) -> Json:
        return await self.sandbox.click(
            order.needed("person"),
            order.integer("message"),
            order.needed("button"),
            chat=order.body.get("chat"),
            wait=order.optional_flag("wait"),
        )

    async def _edit(self, order: Order) -> Json:
        number = order.integer("message")
        if number is None:
            raise ControlError("message is needed")
        return await self.sandbox.edit(
            order.needed("person"),
            number,
            order.text("text"),
            chat=order.body.get("chat"),
            wait=order.optional_flag("wait"),
        )

    async def _block(self, order: Order) -> Json:
        return await self.sandbox.block(order.needed("person"), wait=order.optional_flag("wait"))

    async def _unblock(self, order: Order) -> Json:
        return await self.sandbox.unblock(order.needed("person"), wait=order.optional_flag("wait"))

    async def _upgrade(self, order: Order) -> Json:
        return await self.sandbox.upgrade(order.needed("chat"), wait=order.optional_flag("wait"))

    async def _add(self, order: Order) -> Json:
        return await self.sandbox.add(
            order.needed("chat"),
            order.body.get("person"),
            administrator=order.flag("administrator"),
            wait=order.optional_flag("wait"),
        )

    async def _kick(self, order: Order) -> Json:
        return await self.sandbox.kick(order.needed("chat"), order.body.get("person"), wait=order.optional_flag("wait"))

    async def _join(self, order: Order) -> Json:
        return await self.sandbox.join(order.needed("person"), order.needed("chat"), wait=order.optional_flag("wait"))

    async def _leave(self, order: Order) -> Json:
        return await self.sandbox.join(
            order.needed("person"), order.needed("chat"), False, wait=order.optional_flag("wait")
        )

    async def _topic(self, order: Order) -> Json:
        return await self.sandbox.open_topic(
            order.needed("person"),
            order.needed("chat"),
            order.text("name", needed=True),
            wait=order.optional_flag("wait"),
        )

    async def _read(self, order: Order) -> Json:
        person = self.sandbox.world.person(order.needed("person"))
        chat = self.sandbox.world.chat(order.body.get("chat") or person.id)
        chat.read[person.id] = chat.last_id
        return {"read": chat.last_id}

    # Time, trouble, record

    async def _clock(self, order: Order) -> Json:
        return await self.sandbox.hand.state()

    async def _move_clock(self, order: Order) -> Json:
        if not {"to", "forward", "frozen"} & set(order.body):
            raise ControlError("to, forward or frozen is needed")
        return await self.sandbox.hand.move(order.body)

    async def _faults(self, order: Order) -> list[Json]:
        now = self.sandbox.clock.monotonic()
        return [fault.described(now) for fault in self.sandbox.faults.active]

    async def _new_fault(self, order: Order) -> Json:
        body = {key: value for key, value in order.body.items() if key != "kind"}
        if body.get("chat") is not None:
            body["chat"] = self.sandbox.world.chat(body["chat"]).id
        return self.sandbox.fault(order.text("kind", needed=True), **body)

    async def _no_faults(self, order: Order) -> list[Json]:
        self.sandbox.faults.clear()
        self.sandbox.events.tell("faults", {})
        return []

    async def _requests(self, order: Order) -> Any:
        if order.query.get("summary"):
            return self.sandbox.summary()
        limit = order.number("limit", 1000) or 0
        return self.sandbox.requests(order.number("after", 0) or 0, order.query.get("method", ""), limit)

    async def _limits(self, order: Order) -> Json:
        return self.sandbox.rates.summary()

    async def _set_limits(self, order: Order) -> Json:
        return self.sandbox.set_limits(order.text("limits") or "keep", reset=order.flag("reset"))

    async def _words(self, order: Order) -> dict[str, str]:
        lang = order.query.get("lang", "zh")
        if lang not in LANGUAGES:
            raise ControlError(f"no such language: {lang!r}; known: {', '.join(LANGUAGES)}")
        said = voice(lang)
        keys = [key for key in sorted(said.keys()) if key.startswith("sandbox.")]
        return {key.removeprefix("sandbox."): said.template(key) for key in keys}


def _file_headers(mime: str, name: str, kind: str) -> dict[str, str]:
    quiet = "".join(letter if letter.isascii() and letter.isalnum() or letter in ".-_" else "_" for letter in name)
    how = "inline" if kind == "photo" and mime.startswith("image/") and "svg" not in mime else "attachment"
    return {
        "Content-Type": mime if how == "inline" else "application/octet-stream",
        "Content-Disposition": f"{how}; filename=\"{quiet}\"; filename*=UTF-8''{_percent(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }


def _percent(name: str) -> str:
    return "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else f"%{b:02X}" for b in name.encode())
