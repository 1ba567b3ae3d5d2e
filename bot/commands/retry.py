"""`duban retry`: what was set aside is handled once more, after its cause was mended."""

from __future__ import annotations

import argparse
from typing import Any

from bot import settings
from bot.database import open_desk
from core.words.voice import voice
from storage import inbox


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("retry", help="handle once more what failed and was set aside (after an upgrade)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Puts every update that was set aside back into the queue; the running bot handles them in their order."""
    chosen = settings.load()
    said = voice(chosen.language)
    with open_desk(chosen) as desk:
        count = desk.run_sync(inbox.again)
    print(said.plain("cli.retried" if count else "cli.nothing_aside", n=count))
    return 0
