"""`duban claim`: prints the owner's one-time link; the office is made with it."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from telegram.error import TelegramError

from bot import settings
from bot.clock import SystemClock
from bot.database import open_desk
from bot.settings import Settings, SettingsError
from bot.telegram.application import username
from core.cases.people import link, owner_link
from core.rules.people import INVITE_DAYS
from core.words.voice import voice
from storage.work import OfficeStorage


def add(subparsers: Any) -> None:
    parser: argparse.ArgumentParser = subparsers.add_parser("claim", help="print the owner's one-time link")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises SettingsError where the token is missing or Telegram can't be reached to ask for the bot's name."""
    chosen = settings.load()
    said = voice(chosen.language)
    print(said.plain("claim.link", link=link(_name(chosen), _token(chosen)), days=INVITE_DAYS))
    return 0


def _name(chosen: Settings) -> str:
    if chosen.bot_username:
        return chosen.bot_username
    try:
        return asyncio.run(username(chosen.token, chosen.telegram_api_base_url))
    except TelegramError as error:
        raise SettingsError(chosen.language, "BOT_USERNAME", "no_username", why=error) from None


def _token(chosen: Settings) -> str:
    storage, now = OfficeStorage(chosen.office_defaults()), SystemClock().now()
    with open_desk(chosen) as desk:
        return desk.run_sync(lambda session: owner_link(storage.first(session, now), now))
