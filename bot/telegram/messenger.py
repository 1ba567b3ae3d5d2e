"""Knows how a message is said through the Bot API, and what each of Telegram's refusals means for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.request import Call, MaybeSent, NothingSent
from core.papers.render import legible_as_photo
from core.ports import BadMarkup, Moved, Outgoing, Refused, SendError, Sent, TryAgain, Uncertain, Unreachable, Vanished
from core.words.html import plain
from core.words.message import Button, Message
from handlers.patience import busy

log = logging.getLogger(__name__)

Render = Callable[[str, Mapping[str, Any]], bytes]
Json = dict[str, Any]

_NO_PREVIEW = {"is_disabled": True}

_GONE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "have no rights to send",
    "not enough rights to send",
)
_SAME = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


class TelegramMessenger:
    """core.ports.Messenger over python-telegram-bot. Papers are drawn in a thread when they are sent.

    Its methods build and read a whole object model around each message, which costs more than sending it; so what is
    said goes to the library's request as plain JSON, and only the message's number is read from the answer.
    paid: beyond the free limit each message may cost the bot's owner Stars (Bot API, sendMessage: allow_paid_broadcast).
    """

    def __init__(self, bot: Bot, render: Render, paid: bool = False) -> None:
        self._bot = bot
        self._render = render
        self._paid = paid or None

    async def send(self, outgoing: Outgoing) -> Sent:
        """Says it. Raises a SendError that tells what follows."""
        try:
            return await self._say(outgoing)
        except TelegramError as error:
            raise verdict(error) from None

    async def drawn(self, outgoing: Outgoing) -> Outgoing:
        """The same with its paper drawn; an edit and what Telegram keeps already need none."""
        paper = outgoing.message.paper
        if paper is None or paper.kind == "telegram" or _edited(outgoing) is not None:
            return outgoing
        async with busy(partial(self.busy, outgoing.chat_id)):
            content = await asyncio.to_thread(self._render, paper.kind, paper.data)
        return replace(outgoing, content=content)

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        """Answers a pressed button: what shows for a moment, at most 200 characters."""
        try:
            await self._bot.answer_callback_query(callback_id, plain(toast)[:200] or None, show_alert=alert)
        except TelegramError as error:
            raise verdict(error) from None

    async def busy(self, chat_id: int) -> None:
        """ "typing…" for five seconds (Bot API, sendChatAction)."""
        try:
            await self._bot.send_chat_action(chat_id, "typing")
        except TelegramError as error:
            raise verdict(error) from None

    async def _say(self, outgoing: Outgoing) -> Sent:
        message = outgoing.message
        if message.commands is not None and outgoing.chat_id > 0:
            await self._menu(outgoing.chat_id, message.commands)
        if (edited := _edited(outgoing)) is None:
            return await self._new(outgoing)
        try:
            return await self._edit(outgoing, edited)
        except BadRequest as error:
            text = error.message.lower()
            if _SAME in text:
                return Sent(edited)
            if any(word in text for word in _UNEDITABLE):
                raise Vanished(error.message) from None
            raise

    async def _menu(self, chat_id: int, commands: Sequence[tuple[str, str]]) -> None:
        """The commands this person sees. It can be repeated without harm: trouble with it puts no message in doubt."""
        menu = [BotCommand(name, text[:256]) for name, text in commands]
        try:
            await self._bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id))
        except (BadRequest, Forbidden) as error:
            log.info("the menu of chat %s stays as it was: %s", chat_id, error.message)  # the message will tell why
        except (TimedOut, MaybeSent) as error:
            raise TryAgain(error.message) from None

    async def _edit(self, outgoing: Outgoing, message_id: int) -> Sent:
        message = outgoing.message
        where: Json = {"chat_id": outgoing.chat_id, "message_id": message_id, "parse_mode": "HTML"}
        if message.buttons:
            where["reply_markup"] = _inline(message)
        if message.paper is not None:
            await self._call("editMessageCaption", {**where, "caption": str(message.text)})
        else:
            await self._call(
                "editMessageText", {**where, "text": str(message.text), "link_preview_options": _NO_PREVIEW}
            )
        return Sent(message_id)

    async def _new(self, outgoing: Outgoing) -> Sent:
        message, where = outgoing.message, self._where(outgoing)
        if message.paper is None:
            where |= {"text": str(message.text), "link_preview_options": _NO_PREVIEW}
            return _sent(await self._call("sendMessage", where))
        if message.text:
            where["caption"] = str(message.text)
        paper = message.paper
        if paper.kind == "telegram":
            # A file that Telegram keeps already, named by its file_id; its kind decides the method (Bot API, sendDocument).
            kind = paper.data.get("kind")
            kind = kind if kind in ("photo", "video") else "document"
            return _sent(await self._call(f"send{kind.title()}", {**where, kind: paper.data["file_id"]}))
        content = (outgoing if outgoing.content is not None else await self.drawn(outgoing)).content
        assert content is not None
        kind = "photo" if paper.picture and legible_as_photo(content) else "document"
        return _sent(await self._call(f"send{kind.title()}", where, **{kind: InputFile(content, filename=paper.name)}))

    def _where(self, outgoing: Outgoing) -> Json:
        """What every new message says beside its content."""
        message = outgoing.message
        where: Json = {"chat_id": outgoing.chat_id, "parse_mode": "HTML"}
        if outgoing.topic_id is not None:
            where["message_thread_id"] = outgoing.topic_id
        if message.silent:
            where["disable_notification"] = True
        if self._paid:
            where["allow_paid_broadcast"] = True
        if message.buttons:
            where["reply_markup"] = _inline(message)
        elif message.menu is not None:
            rows = [[{"text": label} for label in row] for row in message.menu]
            where["reply_markup"] = {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}
        if outgoing.reply_to is not None:
            where["reply_parameters"] = {"message_id": outgoing.reply_to, "allow_sending_without_reply": True}
        return where

    async def _call(self, method: str, values: Json, **files: InputFile) -> Any:
        """The method's result. Raises TelegramError as the library's own methods do."""
        url = f"{self._bot.base_url}/{method}"
        return await self._bot.request.post(url, Call(values, files))  # type: ignore[arg-type]


def _edited(outgoing: Outgoing) -> int | None:
    """The message that it edits; a reply keyboard comes with a new message only."""
    return outgoing.edit_message_id if outgoing.message.menu is None else None


def _sent(result: Any) -> Sent:
    return Sent(int(result["message_id"]))


def _inline(message: Message) -> Json:
    rows = [[_button(cell) for cell in row] for row in message.buttons if row]
    return {"inline_keyboard": rows}


def _button(cell: Button) -> Json:
    return {"text": cell.label, "callback_data": cell.action} if cell.action else {"text": cell.label, "url": cell.url}


def verdict(error: TelegramError) -> SendError:
    """What follows from an error. The order matters: BadRequest and TimedOut are kinds of NetworkError."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
        return TryAgain("429 Too Many Requests", after=seconds, everybody=True)
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, Forbidden):
        return Unreachable(error.message)
    if isinstance(error, BadRequest):
        text = error.message.lower()
        if "can't parse entities" in text:
            return BadMarkup(error.message)
        return Unreachable(error.message) if any(word in text for word in _GONE) else Refused(error.message)
    if isinstance(error, NothingSent):
        return TryAgain("no connection")
    if isinstance(error, TimedOut | MaybeSent):
        return Uncertain(error.message)
    if isinstance(error, NetworkError):
        # python-telegram-bot's name for an answer of 5xx: Telegram says that it did not do it.
        return TryAgain(error.message)
    if isinstance(error, InvalidToken):
        return TryAgain("the token is not valid", after=60.0)
    # Of this very class is only an answer that nobody can read (a proxy's page): what it answers may have been done.
    return Uncertain(error.message) if type(error) is TelegramError else Refused(error.message)
