"""`duban migrate`: brings the database to this version's tables."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from bot import settings
from bot.database import desk_of
from core.words.voice import voice
from storage.migrating import migrate


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("migrate", help="bring the database up to date (duban run does so by itself)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    chosen = settings.load()
    said = voice(chosen.language)
    with closing(desk_of(chosen)) as desk:
        done = migrate(desk)
    key = "cli.migrated" if done.changed else "cli.migrated_already"
    print(said.plain(key, before=done.before or said.plain("cli.empty"), after=done.after))
    return 0
