"""`duban demo`: the bot and a local Telegram, without token, network or database server."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo import EXAMPLE, serve
from bot.settings import terminal_language
from core.papers.notice import UnreadableNotice
from core.words.voice import voice

_ZONE = ZoneInfo("Asia/Shanghai")


def add(subparsers: Any) -> None:
    parser: argparse.ArgumentParser = subparsers.add_parser("demo", help="try the bot in a browser, without Telegram")
    parser.add_argument(
        "--headless", action="store_true", help="no page is meant to be opened; drive /sandbox/ over HTTP"
    )
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--notice", type=Path, default=EXAMPLE, metavar="FILE")
    parser.add_argument("--start", metavar="2023-03-03T09:00", help="the demo's first moment, local time")
    parser.add_argument("--lang", choices=("zh", "en"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    lang = args.lang or terminal_language()
    said = voice(lang)
    if not args.notice.is_file():
        return _fault(said.plain("demo.no_file", file=args.notice))
    try:
        start = datetime.fromisoformat(args.start) if args.start else None
    except ValueError:
        return _fault(said.plain("demo.bad_start"))
    if start is not None and start.tzinfo is None:
        start = start.replace(tzinfo=_ZONE)
    try:
        asyncio.run(serve(args.notice, start, args.port, _ZONE, lang))
    except UnreadableNotice as error:
        return _fault(said.plain(f"notice.{error.reason_key}", **error.values))
    except OSError as error:
        return _fault(said.plain("demo.port_taken", port=args.port) if error.errno == 98 else str(error))
    return 0


def _fault(text: str) -> int:
    print(text, file=sys.stderr)
    return 2
