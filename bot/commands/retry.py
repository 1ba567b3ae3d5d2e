"""`duban retry`: what was set aside is handled once more, after its cause was mended."""

from __future__ import annotations

import argparse
from typing import Any

from bot import settings
from core.words.voice import voice
from storage import inbox
from storage.engine import Desk
from storage.migrating import migrate


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("retry", help="handle once more what failed and was set aside (after an upgrade)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Puts every update that was set aside back into the queue; the running bot handles them in their order."""
    chosen = settings.load()
    said = voice(chosen.language)
    if chosen.database_file is not None:
        chosen.database_file.parent.mkdir(parents=True, exist_ok=True)
    desk = Desk(chosen.database)
    try:
        migrate(desk)
        count = desk.run_sync(inbox.again_all)
    finally:
        desk.close()
    print(said.plain("cli.retried" if count else "cli.nothing_aside", n=count))
    return 0
