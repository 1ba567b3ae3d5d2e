"""`duban migrate`: brings the database to this version's tables."""

from __future__ import annotations

import argparse
from typing import Any

from bot import settings
from core.words.voice import voice
from storage.engine import Desk
from storage.migrating import migrate


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("migrate", help="bring the database up to date (duban run does so by itself)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    chosen = settings.load()
    said = voice(chosen.language)
    if chosen.database_file is not None:
        chosen.database_file.parent.mkdir(parents=True, exist_ok=True)
    desk = Desk(chosen.database)
    try:
        done = migrate(desk)
    finally:
        desk.close()
    key = "cli.migrated" if done.changed else "cli.migrated_already"
    print(said.plain(key, before=done.before or said.plain("cli.empty"), after=done.after))
    return 0
