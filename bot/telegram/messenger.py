"""Knows how a message is said through the Bot API, and what each of Telegram's refusals means for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode
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

from bot.telegram.request import MaybeSent, NothingSent
from core.ports import BadMarkup, Moved, Outgoing, Refused, SendError, Sent, TryAgain, Uncertain, Unreachable
from core.words.html import plain
from core.words.message import Message, Paper

Render = Callable[[str, Mapping[str, Any]], bytes]

_GONE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "have no rights to send",
)
_SAME = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


class TelegramMessenger:
    """core.ports.Messenger over python-telegram-bot. Papers are drawn in a thread when they are sent."""

    def __init__(self, bot: Bot, render: Render) -> None:
        self._bot = bot
        self._render = render

    async def send(self, outgoing: Outgoing) -> Sent:
        """Says it. Raises a SendError that tells what follows."""
        try:
            return await self._say(outgoing)
        except TelegramError as error:
            raise verdict(error) from None

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        """Answers a pressed button: what shows for a moment, at most 200 characters."""
        try:
            await self._bot.answer_callback_query(callback_id, plain(toast)[:200] or None, show_alert=alert)
        except TelegramError as error:
            raise verdict(error) from None

    async def _say(self, outgoing: Outgoing) -> Sent:
        message = outgoing.message
        if message.commands is not None and outgoing.chat_id > 0:
            menu = [BotCommand(name, text[:256]) for name, text in message.commands]
            await self._bot.set_my_commands(menu, scope=BotCommandScopeChat(outgoing.chat_id))
        if outgoing.edit_message_id is None or message.menu is not None:
            return await self._new(outgoing)
        try:
            return await self._edit(outgoing, outgoing.edit_message_id)
        except BadRequest as error:
            text = error.message.lower()
            if _SAME in text:
                return Sent(outgoing.edit_message_id)
            if any(word in text for word in _UNEDITABLE):
                return await self._new(outgoing)
            raise

    async def _edit(self, outgoing: Outgoing, message_id: int) -> Sent:
        message, markup = outgoing.message, _inline(outgoing.message)
        if message.paper is not None:
            await self._bot.edit_message_caption(
                outgoing.chat_id, message_id, caption=message.text, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        else:
            await self._bot.edit_message_text(
                message.text,
                outgoing.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        return Sent(message_id)

    async def _new(self, outgoing: Outgoing) -> Sent:
        message = outgoing.message
        where: dict[str, Any] = {
            "chat_id": outgoing.chat_id,
            "message_thread_id": outgoing.topic_id,
            "disable_notification": message.silent or None,
            "reply_markup": _markup(message),
            "parse_mode": ParseMode.HTML,
        }
        if outgoing.reply_to is not None:
            where["reply_parameters"] = ReplyParameters(outgoing.reply_to, allow_sending_without_reply=True)
        if message.paper is None:
            off = LinkPreviewOptions(is_disabled=True)
            return Sent((await self._bot.send_message(text=message.text, link_preview_options=off, **where)).message_id)
        paper = message.paper
        if paper.kind == "telegram":
            return await self._again(paper, message.text or None, where)
        content = await asyncio.to_thread(self._render, paper.kind, paper.data)
        file = InputFile(content, filename=paper.name)
        caption = message.text or None
        if paper.picture:
            return Sent((await self._bot.send_photo(photo=file, caption=caption, **where)).message_id)
        return Sent((await self._bot.send_document(document=file, caption=caption, **where)).message_id)

    async def _again(self, paper: Paper, caption: str | None, where: dict[str, Any]) -> Sent:
        """A file that Telegram keeps already, named by its file_id; its kind decides the method (Bot API, sendDocument)."""
        file_id, kind = paper.data["file_id"], paper.data.get("kind")
        if kind == "photo":
            return Sent((await self._bot.send_photo(photo=file_id, caption=caption, **where)).message_id)
        if kind == "video":
            return Sent((await self._bot.send_video(video=file_id, caption=caption, **where)).message_id)
        return Sent((await self._bot.send_document(document=file_id, caption=caption, **where)).message_id)


def _inline(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    rows = [
        [InlineKeyboardButton(cell.label, callback_data=cell.action or None, url=cell.url or None) for cell in row]
        for row in message.buttons
        if row
    ]
    return InlineKeyboardMarkup(rows)


def _markup(message: Message) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if message.menu is not None and not message.buttons:
        return ReplyKeyboardMarkup([list(row) for row in message.menu], resize_keyboard=True, is_persistent=True)
    return _inline(message)


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
    return Refused(error.message)
